package network

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
)

// edge is one contact of an edge list, with the line it stands on.
type edge struct {
	i, j   int32 // j < i
	weight float64
	line   int
}

// ReadEdges reads an undirected network of n agents from a CSV file with the
// header from,to or from,to,weight and one contact a line; agents are numbered
// from 0. Agents without contacts are allowed, see [Network.Isolated]. Errors name
// the file and line: an agent that does not exist, a contact of an agent with
// itself, a contact given twice, a weight that is not positive.
func ReadEdges(path string, n int) (*Network, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("the network's edge list cannot be read: %w", err)
	}
	defer f.Close()
	edges, weighted, err := parseEdges(f, path, n)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(edges, func(a, b edge) int {
		if a.i != b.i {
			return int(a.i - b.i)
		}
		return int(a.j - b.j)
	})
	for k := 1; k < len(edges); k++ {
		if a, b := edges[k-1], edges[k]; a.i == b.i && a.j == b.j {
			return nil, fmt.Errorf("%s:%d: the contact of agents %d and %d is also on line %d; contacts are undirected, give each once",
				path, max(a.line, b.line), a.j, a.i, min(a.line, b.line))
		}
	}
	return fromEdges(n, edges, weighted), nil
}

func parseEdges(r io.Reader, path string, n int) (edges []edge, weighted bool, err error) {
	in := csv.NewReader(r)
	in.FieldsPerRecord = -1
	header, err := in.Read()
	if errors.Is(err, io.EOF) {
		return nil, false, fmt.Errorf("%s:1: no header; the first line must be from,to or from,to,weight", path)
	}
	if err != nil {
		return nil, false, unreadable(path, err)
	}
	weighted = slices.Equal(header, []string{"from", "to", "weight"})
	if !weighted && !slices.Equal(header, []string{"from", "to"}) {
		return nil, false, fmt.Errorf("%s:1: the header must be from,to or from,to,weight, not %v", path, header)
	}
	for {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			return edges, weighted, nil
		}
		if err != nil {
			return nil, false, unreadable(path, err)
		}
		line, _ := in.FieldPos(0)
		e, err := parseEdge(record, len(header), n)
		if err != nil {
			return nil, false, fmt.Errorf("%s:%d: %w", path, line, err)
		}
		e.line = line
		edges = append(edges, e)
	}
}

// unreadable puts the place before an error of the CSV reader.
func unreadable(path string, err error) error {
	var broken *csv.ParseError
	if errors.As(err, &broken) {
		return fmt.Errorf("%s:%d: %w", path, broken.Line, broken.Err)
	}
	return fmt.Errorf("%s: %w", path, err)
}

func parseEdge(record []string, fields, n int) (edge, error) {
	if len(record) != fields {
		return edge{}, fmt.Errorf("%d cells where the header has %d", len(record), fields)
	}
	i, err := parseAgent(record[0], n)
	if err != nil {
		return edge{}, err
	}
	j, err := parseAgent(record[1], n)
	if err != nil {
		return edge{}, err
	}
	if i == j {
		return edge{}, fmt.Errorf("agent %d is in contact with itself; remove the line", i)
	}
	e := edge{i: max(i, j), j: min(i, j), weight: 1}
	if fields == 3 {
		e.weight, err = strconv.ParseFloat(record[2], 64)
		if err != nil || !(e.weight > 0) || math.IsInf(e.weight, 0) {
			return edge{}, fmt.Errorf("a weight must be a positive number, not %q", record[2])
		}
	}
	return e, nil
}

func parseAgent(cell string, n int) (int32, error) {
	i, err := strconv.Atoi(cell)
	if err != nil {
		return 0, fmt.Errorf("an agent must be a whole number, not %q", cell)
	}
	if i < 0 || i >= n {
		return 0, fmt.Errorf("agent %d does not exist; there are %d agents, numbered 0 to %d", i, n, n-1)
	}
	return int32(i), nil
}

// fromEdges builds the rows from edges sorted by larger and then smaller member.
func fromEdges(n int, edges []edge, weighted bool) *Network {
	g := fromPairs(n, func(yield func(i, j int)) {
		for _, e := range edges {
			yield(int(e.i), int(e.j))
		}
	})
	if !weighted {
		return g
	}
	g.weight = make([]float64, len(g.adjacent))
	clear(g.degree)
	next := slices.Clone(g.first[:n])
	for _, e := range edges {
		for _, k := range []int32{e.i, e.j} {
			g.weight[next[k]] = e.weight
			g.degree[k] += e.weight
			next[k]++
		}
	}
	return g
}
