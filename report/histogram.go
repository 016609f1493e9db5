package report

import (
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// histogram is a density estimate by counting: bin i, from edges[i] to
// edges[i+1], holds the share of draws density[i]·(edges[i+1]−edges[i]).
type histogram struct{ edges, density []float64 }

// newHistogram bins the finite draws with the rule of Freedman & Diaconis
// (1981), at least 10 and at most 60 bins. Draws that are all equal share one
// narrow bin.
func newHistogram(draws []float64) histogram {
	sorted := sortedFinite(draws)
	n := len(sorted)
	if n == 0 {
		return histogram{}
	}
	lo, hi := sorted[0], sorted[n-1]
	if hi-lo <= 1e-12*max(math.Abs(lo), math.Abs(hi))+tiny {
		s := span{lo, hi}.padded(0)
		mid, half := (s.lo+s.hi)/2, s.width()/40
		return histogram{[]float64{mid - half, mid + half}, []float64{1 / (2 * half)}}
	}
	h := histogram{density: make([]float64, binCount(sorted))}
	width := (hi - lo) / float64(len(h.density))
	for i := 0; i <= len(h.density); i++ {
		h.edges = append(h.edges, lo+float64(i)*width)
	}
	for _, v := range sorted {
		h.density[min(int((v-lo)/width), len(h.density)-1)] += 1 / (float64(n) * width)
	}
	return h
}

// binCount returns the number of bins for sorted values that are not all
// equal.
func binCount(sorted []float64) int {
	iqr := quantile(sorted, 0.75) - quantile(sorted, 0.25)
	width := 2 * iqr / math.Cbrt(float64(len(sorted)))
	if width <= 0 {
		return 10
	}
	return int(min(60, max(10, math.Ceil((sorted[len(sorted)-1]-sorted[0])/width))))
}

// peak returns the largest density.
func (h histogram) peak() float64 {
	var m float64
	for _, d := range h.density {
		m = max(m, d)
	}
	return m
}

// bars draws a histogram as one filled staircase.
type bars struct {
	histogram
	fill color.Color
	line draw.LineStyle
}

// Plot implements plot.Plotter.
func (m bars) Plot(c draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&c)
	var pts []vg.Point
	for i, d := range m.density {
		pts = append(pts, vg.Point{X: toX(m.edges[i]), Y: toY(d)}, vg.Point{X: toX(m.edges[i+1]), Y: toY(d)})
	}
	if len(pts) == 0 {
		return
	}
	base := toY(0)
	pts = append(append([]vg.Point{{X: pts[0].X, Y: base}}, pts...), vg.Point{X: pts[len(pts)-1].X, Y: base})
	c.FillPolygon(m.fill, c.ClipPolygonXY(pts))
	c.StrokeLines(m.line, c.ClipLinesXY(pts)...)
}

// Thumbnail implements plot.Thumbnailer.
func (m bars) Thumbnail(c *draw.Canvas) {
	patch{m.fill, 0}.Thumbnail(c)
	c.StrokeLine2(m.line, c.Min.X, c.Max.Y, c.Max.X, c.Max.Y)
}
