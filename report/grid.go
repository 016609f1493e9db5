package report

import (
	"errors"
	"fmt"
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Grid shows maps side by side, each a grid of square cells coloured by value,
// from pale to dark or, where values have signs, from blue over white to
// vermilion.
type Grid struct {
	Title string
	Keys  []Key
	Maps  []Map
	Width Width
}

// Map is one panel of [Grid].
type Map struct {
	Name    string
	Cells   [][]float64 // row by row, the first on top
	Dots    [][2]int    // cells, row and column, marked by a dot
	Signed  bool        // values have signs
	Numbers bool        // write the values into the cells
	Limit   float64     // value of the strongest colour; 0: the largest magnitude
}

const gridRow = 190 // height of a row of maps

// Plot implements [Figure].
func (f Grid) Plot() (*Sheet, error) {
	if len(f.Maps) == 0 {
		return nil, errors.New("grid: no map")
	}
	t := tile(len(f.Maps), f.Width)
	var panels []*plot.Plot
	for _, m := range f.Maps {
		if err := m.check(); err != nil {
			return nil, err
		}
		p := panel(axes{title: m.Name, across: span{0, 1}, up: span{0, 1}, noX: true, noY: true})
		p.Add(squares{m, m.limit()})
		panels = append(panels, p)
	}
	row := min(vg.Length(gridRow+80), t.panel+56)
	return newSheet(f.Title, f.Keys, panels, t.cols, t.width, row), nil
}

// Save draws the figure into a .png or .svg file; see [Save].
func (f Grid) Save(path string) error { return Save(f, path) }

func (m Map) check() error {
	what := fmt.Sprintf("grid: map %q", m.Name)
	if len(m.Cells) == 0 || len(m.Cells[0]) == 0 {
		return fmt.Errorf("%s: no cells", what)
	}
	for i, row := range m.Cells {
		if len(row) != len(m.Cells[0]) {
			return mismatch(fmt.Sprintf("%s: row %d", what, i), len(row), len(m.Cells[0]))
		}
	}
	for _, d := range m.Dots {
		if min(d[0], d[1]) < 0 || d[0] >= len(m.Cells) || d[1] >= len(m.Cells[0]) {
			return fmt.Errorf("%s: a dot at row %d, column %d of %d × %d cells", what, d[0], d[1], len(m.Cells), len(m.Cells[0]))
		}
	}
	return nil
}

func (m Map) limit() float64 {
	if m.Limit > 0 {
		return m.Limit
	}
	s := spanOf(m.Cells...)
	if top := max(-s.lo, s.hi); top > 0 {
		return top
	}
	return 1
}

// squares draws a map.
type squares struct {
	Map
	limit float64
}

// Plot implements plot.Plotter.
func (m squares) Plot(c draw.Canvas, _ *plot.Plot) {
	rows, columns := vg.Length(len(m.Cells)), vg.Length(len(m.Cells[0]))
	side := min((c.Max.X-c.Min.X)/columns, (c.Max.Y-c.Min.Y)/rows)
	left, top := c.Min.X, c.Max.Y
	gap := vg.Length(0)
	if side > 6 {
		gap = 0.5
	}
	at := func(i, j int) vg.Point {
		return vg.Point{X: left + side*(vg.Length(j)+0.5), Y: top - side*(vg.Length(i)+0.5)}
	}
	for i, row := range m.Cells {
		for j, v := range row {
			p, half := at(i, j), side/2-gap
			fillBox(c, m.colour(v), p.X-half, p.Y-half, p.X+half+0.2, p.Y+half+0.2)
			if m.Numbers {
				m.write(c, p, side, v)
			}
		}
	}
	for _, d := range m.Dots {
		p, radius := at(d[0], d[1]), side*0.42
		c.DrawGlyphNoClip(round(paper, radius+0.5), p)
		c.DrawGlyphNoClip(round(hue(0), radius), p)
	}
}

func (m squares) colour(v float64) color.NRGBA {
	if m.Signed {
		return diverging(v / m.limit)
	}
	return sequential(v / m.limit)
}

// write writes a value into its cell.
func (m squares) write(c draw.Canvas, at vg.Point, side vg.Length, v float64) {
	shade := m.colour(v)
	sty := textStyle(min(9, side*0.42), ink)
	if int(shade.R)+int(shade.G)+int(shade.B) < 380 {
		sty.Color = paper
	}
	sty.XAlign, sty.YAlign = draw.XCenter, draw.YCenter
	at.Y += sty.FontExtents().Descent
	c.FillText(sty, at, label(v))
}

// label writes a value with a true minus sign.
func label(v float64) string {
	if v < 0 {
		return "−" + fmt.Sprintf("%.3g", -v)
	}
	return fmt.Sprintf("%.3g", v)
}

// sequentialStops are the colours at 0, 1/4, 1/2, 3/4 and 1: from pale to brown,
// darker all the way.
var sequentialStops = [...]color.NRGBA{
	{0xfa, 0xf7, 0xee, 0xff}, {0xf5, 0xe3, 0xae, 0xff}, {0xe8, 0xbf, 0x5e, 0xff}, {0xc3, 0x8a, 0x2e, 0xff}, {0x85, 0x53, 0x19, 0xff},
}

// sequential returns the colour of x in [0, 1]; values beyond take the nearest.
func sequential(x float64) color.NRGBA { return blend(sequentialStops[:], max(0, min(1, x))) }

// hexes returns the colours from low to 1 for a page's script.
func hexes(of func(float64) color.NRGBA, low float64) []string {
	const n = 64
	var out []string
	for i := range n + 1 {
		c := of(low + (1-low)*float64(i)/n)
		out = append(out, fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B))
	}
	return out
}
