package figure

import (
	"strings"

	"gonum.org/v1/plot"

	"github.com/nudge-abm/nudge/report"
)

// level is a figure whose panels all have the same vertical range, that of the
// tallest, so that they can be compared by eye.
type level struct{ report.Figure }

// Plot implements [report.Figure].
func (f level) Plot() (*report.Sheet, error) {
	s, err := f.Figure.Plot()
	if err != nil {
		return nil, err
	}
	var panels []*plot.Plot
	for _, row := range s.Panels {
		for _, p := range row {
			if p != nil {
				panels = append(panels, p)
			}
		}
	}
	lo, hi := panels[0].Y.Min, panels[0].Y.Max
	for _, p := range panels {
		lo, hi = min(lo, p.Y.Min), max(hi, p.Y.Max)
	}
	for _, p := range panels {
		p.Y.Min, p.Y.Max = lo, hi
	}
	return s, nil
}

// curves is a comparison of functions that are known exactly: its legend speaks
// of no intervals.
type curves struct{ report.Check }

// Plot implements [report.Figure].
func (f curves) Plot() (*report.Sheet, error) {
	s, err := f.Check.Plot()
	if err != nil {
		return nil, err
	}
	for i, k := range s.Keys {
		s.Keys[i].Label, _, _ = strings.Cut(k.Label, ", 95 %")
		s.Keys[i].Swatches = k.Swatches[len(k.Swatches)-1:] // the line without the band
	}
	return s, nil
}
