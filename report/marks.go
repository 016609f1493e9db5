package report

import (
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// The marks of this file are plot.Plotters. They work on any axis scale, are
// clipped to the panel, and leave a gap where a value is NaN or infinite. None
// of them changes the limits of the axes.

// curve is a line through points.
type curve struct {
	x, y  []float64
	style draw.LineStyle
}

// Plot implements plot.Plotter. A point with a gap on both sides is a dot.
func (m curve) Plot(c draw.Canvas, p *plot.Plot) {
	for _, line := range unbroken(place(m.x, m.y, c, p)) {
		if len(line) == 1 {
			dot := draw.GlyphStyle{Color: m.style.Color, Radius: m.style.Width * 1.2, Shape: draw.CircleGlyph{}}
			c.DrawGlyph(dot, line[0])
			continue
		}
		c.StrokeLines(m.style, c.ClipLinesXY(line)...)
	}
}

// Thumbnail implements plot.Thumbnailer.
func (m curve) Thumbnail(c *draw.Canvas) {
	y := c.Center().Y
	c.StrokeLine2(m.style, c.Min.X, y, c.Max.X, y)
}

// band fills the space between two curves.
type band struct {
	x, low, high []float64
	fill         color.Color
}

// Plot implements plot.Plotter. A band at a single point is a narrow bar.
func (m band) Plot(c draw.Canvas, p *plot.Plot) {
	low, high := place(m.x, m.low, c, p), place(m.x, m.high, c, p)
	for i := 0; i < len(low); {
		j := i
		for j < len(low) && drawable(low[j]) && drawable(high[j]) {
			j++
		}
		if j > i {
			c.FillPolygon(m.fill, c.ClipPolygonXY(outline(low[i:j], high[i:j])))
		}
		i = j + 1
	}
}

// outline walks along low and back along high.
func outline(low, high []vg.Point) []vg.Point {
	if len(low) == 1 {
		const half = 1.5
		l, h := low[0], high[0]
		return []vg.Point{{X: l.X - half, Y: l.Y}, {X: l.X + half, Y: l.Y}, {X: h.X + half, Y: h.Y}, {X: h.X - half, Y: h.Y}}
	}
	pts := append([]vg.Point(nil), low...)
	for i := len(high) - 1; i >= 0; i-- {
		pts = append(pts, high[i])
	}
	return pts
}

// Thumbnail implements plot.Thumbnailer.
func (m band) Thumbnail(c *draw.Canvas) { patch{m.fill, 0}.Thumbnail(c) }

// patch is a swatch of one colour, narrower than the key by inset above and
// below, so that nested bands can be shown on top of each other.
type patch struct {
	fill  color.Color
	inset vg.Length
}

// Thumbnail implements plot.Thumbnailer.
func (m patch) Thumbnail(c *draw.Canvas) {
	box := draw.Crop(*c, 0, 0, m.inset, -m.inset)
	c.FillPolygon(m.fill, []vg.Point{box.Min, {X: box.Max.X, Y: box.Min.Y}, box.Max, {X: box.Min.X, Y: box.Max.Y}})
}

// dots marks points.
type dots struct {
	x, y  []float64
	glyph draw.GlyphStyle
}

// Plot implements plot.Plotter.
func (m dots) Plot(c draw.Canvas, p *plot.Plot) {
	for _, pt := range place(m.x, m.y, c, p) {
		if drawable(pt) {
			c.DrawGlyph(m.glyph, pt)
		}
	}
}

// Thumbnail implements plot.Thumbnailer.
func (m dots) Thumbnail(c *draw.Canvas) { c.DrawGlyph(m.glyph, c.Center()) }

// round returns a filled circle.
func round(c color.Color, radius vg.Length) draw.GlyphStyle {
	return draw.GlyphStyle{Color: c, Radius: radius, Shape: draw.CircleGlyph{}}
}

// rule is a straight line across the whole panel.
type rule struct {
	at      float64
	upright bool
	style   draw.LineStyle
}

// Plot implements plot.Plotter.
func (m rule) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	line := []vg.Point{{X: c.Min.X, Y: y(m.at)}, {X: c.Max.X, Y: y(m.at)}}
	if m.upright {
		line = []vg.Point{{X: x(m.at), Y: c.Min.Y}, {X: x(m.at), Y: c.Max.Y}}
	}
	if drawable(line[0]) {
		c.StrokeLines(m.style, c.ClipLinesXY(line)...)
	}
}

// Thumbnail implements plot.Thumbnailer.
func (m rule) Thumbnail(c *draw.Canvas) {
	if !m.upright {
		curve{style: m.style}.Thumbnail(c)
		return
	}
	x := c.Center().X
	c.StrokeLine2(m.style, x, c.Min.Y, x, c.Max.Y)
}

// whiskers are vertical error bars.
type whiskers struct {
	x, low, high []float64
	style        draw.LineStyle
}

// Plot implements plot.Plotter.
func (m whiskers) Plot(c draw.Canvas, p *plot.Plot) {
	low, high := place(m.x, m.low, c, p), place(m.x, m.high, c, p)
	for i := range low {
		if drawable(low[i]) && drawable(high[i]) {
			c.StrokeLines(m.style, c.ClipLinesXY([]vg.Point{low[i], high[i]})...)
		}
	}
}

// Thumbnail implements plot.Thumbnailer.
func (m whiskers) Thumbnail(c *draw.Canvas) { rule{upright: true, style: m.style}.Thumbnail(c) }

// shifted moves a mark sideways, so that several at the same places stay
// apart.
type shifted struct {
	by   vg.Length
	mark plot.Plotter
}

// Plot implements plot.Plotter.
func (m shifted) Plot(c draw.Canvas, p *plot.Plot) {
	c.Min.X += m.by
	c.Max.X += m.by
	m.mark.Plot(c, p)
}

// cloud marks many points with one filled path, which keeps SVG files small.
type cloud struct {
	x, y []float64
	fill color.Color
}

// Plot implements plot.Plotter.
func (m cloud) Plot(c draw.Canvas, p *plot.Plot) {
	const radius = 0.8
	var path vg.Path
	for _, pt := range place(m.x, m.y, c, p) {
		if drawable(pt) && c.Contains(pt) {
			path.Move(vg.Point{X: pt.X + radius, Y: pt.Y})
			path.Arc(pt, radius, 0, 2*math.Pi)
			path.Close()
		}
	}
	if len(path) > 0 {
		c.SetColor(m.fill)
		c.Fill(path)
	}
}

// place maps values to points of the canvas.
func place(x, y []float64, c draw.Canvas, p *plot.Plot) []vg.Point {
	toX, toY := p.Transforms(&c)
	pts := make([]vg.Point, len(y))
	for i := range y {
		pts[i] = vg.Point{X: toX(x[i]), Y: toY(y[i])}
	}
	return pts
}

// unbroken splits pts where a point cannot be drawn.
func unbroken(pts []vg.Point) [][]vg.Point {
	var lines [][]vg.Point
	joined := false
	for _, pt := range pts {
		switch {
		case !drawable(pt):
			joined = false
		case joined:
			lines[len(lines)-1] = append(lines[len(lines)-1], pt)
		default:
			lines, joined = append(lines, []vg.Point{pt}), true
		}
	}
	return lines
}

// drawable reports whether pt has finite coordinates.
func drawable(pt vg.Point) bool { return finite(float64(pt.X)) && finite(float64(pt.Y)) }

// thin returns at most n of the values, evenly spread over their order.
func thin(values []float64, n int) []float64 {
	if len(values) <= n {
		return values
	}
	kept := make([]float64, n)
	for i := range kept {
		kept[i] = values[int(math.Floor(float64(i)*float64(len(values))/float64(n)))]
	}
	return kept
}
