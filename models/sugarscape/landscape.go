package sugarscape

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"os"

	"github.com/nudge-abm/nudge/abm"
)

// landscape is a torus of cells, numbered row by row, and what can be seen on it.
type landscape struct {
	rows, columns int
	capacity      []float64
	sight         sight
}

func (l *landscape) cells() int { return len(l.capacity) }

// peaks are the rings of capacity around two peaks on a map of 50 × 50 cells: cells
// nearer than within[k] to a peak hold 4−k. They follow the map that came with the
// first Sugarscapes, 92 % of whose cells are the same.
var (
	peaks  = [2][2]float64{{10.5, 38.5}, {34.5, 14.5}} // row, column
	within = [4]float64{6, 11, 16.6, 23.7}
)

const peaksSize = 50

// twoPeaks returns the map of size × size cells, scaled.
func twoPeaks(size int) *landscape {
	l := &landscape{rows: size, columns: size, capacity: make([]float64, size*size)}
	scale := float64(size) / peaksSize
	for c := range l.capacity {
		y, x := (float64(c/size)+0.5)/scale-0.5, (float64(c%size)+0.5)/scale-0.5
		nearest := math.Inf(1)
		for _, p := range peaks {
			nearest = min(nearest, math.Hypot(y-p[0], x-p[1]))
		}
		for _, ring := range within {
			if nearest < ring {
				l.capacity[c]++
			}
		}
	}
	return l
}

// readLandscape reads capacities from a CSV file without header. Errors name file
// and line.
func readLandscape(path string) (*landscape, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("landscape: %w", err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.TrimLeadingSpace, r.ReuseRecord, r.FieldsPerRecord = true, true, -1
	l := &landscape{}
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("landscape: %s: %w", path, err)
		}
		line, _ := r.FieldPos(0)
		if err := l.add(record); err != nil {
			return nil, fmt.Errorf("landscape: %s:%d: %w", path, line, err)
		}
	}
	if l.rows == 0 {
		return nil, fmt.Errorf("landscape: %s has no cells", path)
	}
	return l, nil
}

// add appends a row of the map.
func (l *landscape) add(record []string) error {
	if l.rows == 0 {
		l.columns = len(record)
	}
	if len(record) != l.columns {
		return fmt.Errorf("%d cells, but the first line has %d; all rows of a map must be of one length", len(record), l.columns)
	}
	for k, text := range record {
		v, err := abm.ParseNumber(text)
		if err != nil {
			return fmt.Errorf("cell %d %w", k+1, err)
		}
		if v < 0 || math.IsInf(v, 0) {
			return fmt.Errorf("cell %d: a capacity must be zero or positive and finite, is %g", k+1, v)
		}
		l.capacity = append(l.capacity, v)
	}
	l.rows++
	return nil
}

// around writes the first n cells in sight of a cell, itself the first, the others
// by distance, to dst and returns it.
func (l *landscape) around(dst []int32, cell, n int) []int32 {
	y, x := int(uint32(cell)/uint32(l.columns)), int(uint32(cell)%uint32(l.columns))
	if s := &l.sight; y >= s.far && y < l.rows-s.far && x >= s.far && x < l.columns-s.far {
		dst = dst[:n]
		for k, d := range s.shift[:n] {
			dst[k] = int32(cell) + d
		}
		return dst
	}
	dst = dst[:0]
	for _, o := range l.sight.offsets[:n] {
		dst = append(dst, int32(wrap(y+o.dy, l.rows)*l.columns+wrap(x+o.dx, l.columns)))
	}
	return dst
}

// wrap returns i modulo n, for −n ≤ i < 2n.
func wrap(i, n int) int {
	switch {
	case i < 0:
		return i + n
	case i >= n:
		return i - n
	}
	return i
}
