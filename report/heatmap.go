package report

import (
	"errors"
	"fmt"
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Heatmap shows a matrix of signed values, usually sensitivities: one row per
// parameter, one column per time, colours from blue (negative) over white to
// vermilion (positive). A value that is not finite is grey.
type Heatmap struct {
	Title      string
	TimeLabel  string // empty: "Time"
	ValueLabel string // beside the colour bar
	Rows       []string
	Time       []float64
	Values     [][]float64 // Values[row][time]
	Limit      float64     // value of the strongest colour; 0: the largest magnitude
	Width      Width
}

// Plot implements [Figure].
func (f Heatmap) Plot() (*Sheet, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	t := tile(1, f.Width)
	if f.Width == Auto {
		t = tile(1, Wide)
	}
	height := max(90, vg.Length(len(f.Rows))*17+38)
	edges := cellEdges(f.Time)
	p := panel(axes{
		x: orElse(f.TimeLabel, "Time"), across: span{edges[0], edges[len(edges)-1]},
		up: span{-0.5, float64(len(f.Rows)) - 0.5}, width: t.panel - 80, whole: true, noY: true,
	})
	p.Y.Tick.Marker = f.rowTicks()
	p.Y.Tick.Label.Color = ink
	p.Add(cells{f.Values, edges, f.limit()}, colourBar{f.limit(), f.ValueLabel})
	return newSheet(f.Title, nil, []*plot.Plot{p}, 1, t.width, height), nil
}

// Save draws the figure into a .png or .svg file; see [Save].
func (f Heatmap) Save(path string) error { return Save(f, path) }

func (f Heatmap) check() error {
	if len(f.Rows) == 0 || len(f.Time) == 0 {
		return errors.New("heat map: no row or no time")
	}
	if len(f.Values) != len(f.Rows) {
		return mismatch("heat map: matrix (rows)", len(f.Values), len(f.Rows))
	}
	for i, row := range f.Values {
		if len(row) != len(f.Time) {
			return mismatch(fmt.Sprintf("heat map: row %q", f.Rows[i]), len(row), len(f.Time))
		}
	}
	return nil
}

// limit returns the value of the strongest colour.
func (f Heatmap) limit() float64 {
	if f.Limit > 0 {
		return f.Limit
	}
	s := spanOf(f.Values...)
	if m := max(-s.lo, s.hi); m > 0 {
		return m
	}
	return 1
}

// rowTicks names the rows, the first on top.
func (f Heatmap) rowTicks() plot.ConstantTicks {
	var ticks plot.ConstantTicks
	for i, name := range f.Rows {
		ticks = append(ticks, plot.Tick{Value: float64(len(f.Rows) - 1 - i), Label: name})
	}
	return ticks
}

// cellEdges returns the borders half-way between times.
func cellEdges(time []float64) []float64 {
	n := len(time)
	if n == 1 {
		return []float64{time[0] - 0.5, time[0] + 0.5}
	}
	edges := []float64{time[0] - (time[1]-time[0])/2}
	for i := 1; i < n; i++ {
		edges = append(edges, (time[i-1]+time[i])/2)
	}
	return append(edges, time[n-1]+(time[n-1]-time[n-2])/2)
}

// cells draws the matrix.
type cells struct {
	values [][]float64
	edges  []float64
	limit  float64
}

// Plot implements plot.Plotter. Cells reach a little under their right
// neighbours, so that no seam shows between them.
func (m cells) Plot(c draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&c)
	const gap, under = 0.04, 0.4
	for i, row := range m.values {
		mid := float64(len(m.values) - 1 - i)
		bottom, top := toY(mid-0.5+gap), toY(mid+0.5-gap)
		for t, v := range row {
			right := min(toX(m.edges[t+1])+under, c.Max.X)
			fillBox(c, diverging(v/m.limit), toX(m.edges[t]), bottom, right, top)
		}
	}
}

// fillBox fills a rectangle.
func fillBox(c draw.Canvas, fill color.Color, left, bottom, right, top vg.Length) {
	c.FillPolygon(fill, []vg.Point{{X: left, Y: bottom}, {X: right, Y: bottom}, {X: right, Y: top}, {X: left, Y: top}})
}

// divergingStops are the colours at −1, −1/2, 0, 1/2 and 1; blue and orange
// stay apart for every common kind of colour blindness.
var divergingStops = [...]color.NRGBA{
	{0x0a, 0x4f, 0x86, 0xff}, {0x6f, 0xae, 0xd6, 0xff}, {0xf7, 0xf7, 0xf5, 0xff}, {0xf0, 0xa0, 0x63, 0xff}, {0xa6, 0x3f, 0x00, 0xff},
}

// diverging returns the colour of x in [−1, 1]; values beyond take the
// strongest colour.
func diverging(x float64) color.NRGBA {
	return blend(divergingStops[:], (max(-1, min(1, x))+1)/2)
}

// blend returns the colour at x in [0, 1] between stops at equal distances, grey
// if x is not finite.
func blend(stops []color.NRGBA, x float64) color.NRGBA {
	if !finite(x) {
		return color.NRGBA{0xc4, 0xca, 0xd2, 0xff}
	}
	at := x * float64(len(stops)-1)
	i := min(int(at), len(stops)-2)
	a, b, f := stops[i], stops[i+1], at-float64(i)
	mix := func(u, v uint8) uint8 { return uint8(math.Round(float64(u)*(1-f) + float64(v)*f)) }
	return color.NRGBA{mix(a.R, b.R), mix(a.G, b.G), mix(a.B, b.B), 0xff}
}
