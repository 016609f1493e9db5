package cli

import (
	"fmt"
	"io"
	"math"
	"strconv"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
)

// newTable returns an empty table in the style of all verbs. The columns whose
// numbers, from 1, are in right are set flush right.
func newTable(header table.Row, right ...int) table.Writer {
	t := table.NewWriter()
	style := table.StyleLight
	style.Options = table.Options{SeparateHeader: true}
	style.Format.Header = text.FormatDefault
	t.SetStyle(style)
	t.SuppressTrailingSpaces()
	var columns []table.ColumnConfig
	for _, n := range right {
		columns = append(columns, table.ColumnConfig{Number: n, Align: text.AlignRight, AlignHeader: text.AlignRight})
	}
	t.SetColumnConfigs(columns)
	t.AppendHeader(header)
	return t
}

// printTable writes a title, if any, and the table.
func printTable(w io.Writer, title string, t table.Writer) {
	if title != "" {
		fmt.Fprintf(w, "%s\n\n", title)
	}
	fmt.Fprintf(w, "%s\n\n", t.Render())
}

// brief writes v with four significant digits.
func brief(v float64) string { return strconv.FormatFloat(v, 'g', 4, 64) }

// exact writes v with as many digits as it takes to read it back.
func exact(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// measured writes v with its standard error se, to two digits of the error.
func measured(v, se float64) string {
	if !(se > 0) || math.IsInf(se, 0) {
		return brief(v)
	}
	if size := math.Floor(math.Log10(math.Max(math.Abs(v), se))); size < -4 || size > 5 {
		return fmt.Sprintf("%.3g ± %.2g", v, se)
	}
	digits := max(0, 1-int(math.Floor(math.Log10(se))))
	return fmt.Sprintf("%.*f ± %.*f", digits, v, digits, se)
}

// fewRows is the number of steps shown on a terminal.
const fewRows = 25

// sampled returns which of n rows to show: all of them, or every k-th and the
// last.
func sampled(n int) []int { return sampledAt(n, fewRows) }

// sampledAt is sampled for about most rows.
func sampledAt(n, most int) []int {
	every := (n + most - 1) / most
	var rows []int
	for t := 0; t < n; t += every {
		rows = append(rows, t)
	}
	if last := n - 1; rows[len(rows)-1] != last {
		rows = append(rows, last)
	}
	return rows
}
