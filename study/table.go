package study

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/nudge-abm/nudge/abm"
)

// table is a CSV file with a header.
type table struct {
	in     *source
	text   []byte
	header []cell
	rows   [][]cell
}

// cell is the text of a cell, without surrounding space.
type cell struct {
	place
	text string
}

// readTable reads a CSV file: a header, then rows of as many cells.
func readTable(name string, text []byte) (*table, error) {
	text = bytes.TrimPrefix(text, byteOrderMark)
	t := &table{in: newSource(name, text), text: text}
	r := csv.NewReader(bytes.NewReader(text))
	r.FieldsPerRecord = -1
	for {
		row, err := t.next(r)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		t.rows = append(t.rows, row)
	}
	if len(t.rows) == 0 {
		return nil, place{in: t.in}.mistakef("the file is empty; it needs a header and a row for each time")
	}
	t.header, t.rows = t.rows[0], t.rows[1:]
	return t, t.check()
}

// byteOrderMark begins the files of some editors.
var byteOrderMark = []byte("\ufeff")

// next reads a row.
func (t *table) next(r *csv.Reader) ([]cell, error) {
	record, err := r.Read()
	var broken *csv.ParseError
	if errors.As(err, &broken) {
		return nil, t.at(broken.StartLine, 1).mistakef("this is not CSV: %v", broken.Err)
	}
	row := make([]cell, len(record))
	for i, text := range record {
		row[i] = cell{t.at(r.FieldPos(i)), strings.TrimSpace(text)}
	}
	return row, err
}

// at returns the place of a byte of a line.
func (t *table) at(line, column int) place {
	before := t.in.lines[line-1]
	return place{t.in, line, 1 + utf8.RuneCountInString(before[:min(column-1, len(before))])}
}

func (t *table) check() error {
	seen := map[string]bool{}
	for _, h := range t.header {
		switch {
		case len(t.header) == 1 && strings.ContainsAny(h.text, ";\t"):
			return h.mistakef("the cells must be separated by commas")
		case h.text == "":
			return h.mistakef("a column has no name")
		case seen[h.text]:
			return h.mistakef("two columns are named %q", h.text)
		}
		seen[h.text] = true
	}
	if len(t.rows) == 0 {
		return place{in: t.in}.mistakef("the file has a header but no rows")
	}
	for _, row := range t.rows {
		if len(row) != len(t.header) {
			return row[0].mistakef("the row has %d cells where the header has %d", len(row), len(t.header))
		}
	}
	return nil
}

// column returns the index of a column that the study names.
func (t *table) column(name text) (int, error) {
	var names []string
	for i, h := range t.header {
		if h.text == name.value {
			return i, nil
		}
		names = append(names, h.text)
	}
	return 0, name.mistakef("%v in %s", abm.Unknown("column", name.value, names), t.in.name)
}

// number returns the cell's number, NaN for an empty cell or NA.
func (c cell) number(name string) (float64, error) {
	if c.text == "" || c.text == "NA" {
		return math.NaN(), nil
	}
	v, err := abm.ParseNumber(c.text)
	if err != nil || math.IsInf(v, 0) || strings.Contains(c.text, "/") {
		return 0, c.mistakef("%s must be a number, not %q; if it was not observed, leave the cell empty or write NA", name, c.text)
	}
	return v, nil
}
