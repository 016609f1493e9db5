package report

import (
	"fmt"
	"html/template"
	"strings"
)

// Table is a table of words and numbers.
type Table struct {
	Caption  string
	Header   []string
	Rows     [][]string // each as long as Header
	Align    string     // one letter a column: l, c or r; empty: numbers right, words left
	Footnote string
}

// cell is one field of a table with its style class.
type cell struct{ Words, Class string }

func (t Table) render() (template.HTML, error) {
	classes, err := t.classes()
	if err != nil {
		return "", err
	}
	var rows [][]cell
	for i, row := range t.Rows {
		if len(row) != len(t.Header) {
			return "", mismatch(fmt.Sprintf("table %q: row %d", t.Caption, i+1), len(row), len(t.Header))
		}
		rows = append(rows, tableCells(row, classes))
	}
	return fragment("table", map[string]any{"Table": t, "Header": tableCells(t.Header, classes), "Rows": rows})
}

// tableCells pairs words with the classes of their columns.
func tableCells(words, classes []string) []cell {
	out := make([]cell, len(words))
	for i, w := range words {
		out[i] = cell{w, classes[i]}
	}
	return out
}

// classes returns the style class of each column.
func (t Table) classes() ([]string, error) {
	names := map[rune]string{'l': "left", 'c': "centre", 'r': "right"}
	align := t.Align
	if align == "" {
		align = t.guess()
	}
	var classes []string
	for _, letter := range align {
		if names[letter] == "" {
			return nil, fmt.Errorf("table %q: alignment %q (allowed: l, c, r)", t.Caption, letter)
		}
		classes = append(classes, names[letter])
	}
	if len(classes) != len(t.Header) {
		return nil, mismatch(fmt.Sprintf("table %q: alignment", t.Caption), len(classes), len(t.Header))
	}
	return classes, nil
}

// guess aligns columns of numbers to the right and all others to the left.
func (t Table) guess() string {
	var b strings.Builder
	for i := range t.Header {
		letter := 'r'
		for _, row := range t.Rows {
			if i < len(row) && !looksNumeric(row[i]) {
				letter = 'l'
			}
		}
		b.WriteRune(letter)
	}
	return b.String()
}

// looksNumeric reports whether s is a number, an interval, a share or a dash.
func looksNumeric(s string) bool {
	return strings.Trim(s, "0123456789.,+-−–—±×%()[]<>≤≥ \u2009\u00a0e") == ""
}
