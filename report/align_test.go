package report

import (
	"math"
	"testing"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/recorder"
)

// TestPanelsAlign checks that panels of one row and of one column end on
// common lines although their labels differ in size.
func TestPanelsAlign(t *testing.T) {
	for name, f := range map[string]Figure{
		"pairs": Pairs{Parameters: sampleParameters(6)},
		"boxes": sampleBoxes(Symlog, 1.3),
	} {
		s, err := f.Plot()
		if err != nil {
			t.Fatal(err)
		}
		c := draw.NewCanvas(new(recorder.Canvas), s.Width, s.Height)
		tiles := draw.Tiles{Rows: len(s.Panels), Cols: len(s.Panels[0]), PadX: s.gutter(), PadY: s.gutter()}
		canvases := plot.Align(s.Panels, tiles, c)
		s.settle(canvases)
		columns, rows := map[int]vg.Rectangle{}, map[int]vg.Rectangle{}
		s.each(func(i, j int, p *plot.Plot) {
			a := p.DataCanvas(canvases[i][j]).Rectangle
			if first, ok := columns[j]; ok && apart(a.Min.X, first.Min.X)+apart(a.Max.X, first.Max.X) > 0.05 {
				t.Errorf("%s: panel %d, %d is at %v in a column at %v", name, i, j, a, first)
			}
			if first, ok := rows[i]; ok && apart(a.Min.Y, first.Min.Y)+apart(a.Max.Y, first.Max.Y) > 0.05 {
				t.Errorf("%s: panel %d, %d is at %v in a row at %v", name, i, j, a, first)
			}
			columns[j], rows[i] = a, a
		})
	}
}

func apart(a, b vg.Length) float64 { return math.Abs(float64(a - b)) }
