package report

import (
	"math"
	"testing"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
)

func TestTile(t *testing.T) {
	for _, c := range []struct {
		n     int
		width Width
		cols  int
		mm    float64
	}{
		{1, Auto, 1, 130}, {2, Auto, 2, 183}, {4, Auto, 2, 183}, {8, Auto, 4, 183}, {12, Auto, 4, 183},
		{1, Column, 1, 89}, {2, Column, 1, 89}, {6, Column, 2, 89}, {1, Wide, 1, 183},
	} {
		got := tile(c.n, c.width)
		if got.cols != c.cols || apart(got.width, vg.Length(c.mm)*vg.Millimeter) > 1e-9 || got.panel < 50 {
			t.Errorf("%d panels on width %d: %+v", c.n, c.width, got)
		}
	}
}

func TestHeaderHoldsWrappedTitleAndKeys(t *testing.T) {
	keys := []Key{key("one", patch{}), key("two", patch{}), key("a much longer third entry of the legend", patch{})}
	plain := newSheet("", nil, []*plot.Plot{plot.New()}, 1, Column.length(0), 100)
	full := newSheet("A title that does not fit on one line of a narrow column", keys, []*plot.Plot{plot.New()}, 1, Column.length(0), 100)
	if rows := keyRows(keys, full.Width-2*margin); len(rows) != 2 || len(rows[0]) != 2 {
		t.Errorf("keys in rows %v", rows)
	}
	if got, want := float64(full.Height-plain.Height), 2*titleSize*1.35+5+2*keyHeight+keysBelow; math.Abs(got-want) > 1e-9 {
		t.Errorf("header of %g points, expected %g", got, want)
	}
}
