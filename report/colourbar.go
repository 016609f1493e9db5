package report

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// colourBar draws the key of [diverging] colours to the right of a panel.
type colourBar struct {
	limit float64
	label string
}

// Place and size of the bar, in points from the panel's right edge.
const (
	barGap   = 12
	barWidth = 8
)

// Plot implements plot.Plotter.
func (b colourBar) Plot(c draw.Canvas, _ *plot.Plot) {
	left := c.Max.X + barGap
	const n = 64
	for i := range n {
		low, high := c.Y(float64(i)/n), c.Y(float64(i+1)/n)
		fillBox(c, diverging((float64(i)+0.5)/n*2-1), left, low, left+barWidth, min(high+0.4, c.Max.Y))
	}
	b.drawTicks(c, left+barWidth)
	sty := textStyle(7.5, quiet)
	sty.XAlign, sty.YAlign = draw.XLeft, draw.YBottom
	c.FillText(sty, vg.Point{X: left, Y: c.Max.Y + 5 + sty.FontExtents().Descent}, b.label)
}

// drawTicks writes the values beside the bar.
func (b colourBar) drawTicks(c draw.Canvas, x vg.Length) {
	sty := textStyle(7.5, quiet)
	sty.YAlign = draw.YCenter
	for _, t := range b.ticks() {
		y := c.Y((t.Value/b.limit + 1) / 2)
		c.StrokeLine2(stroke(frame, 0.6), x, y, x+2.5, y)
		c.FillText(sty, vg.Point{X: x + 5, Y: y + sty.FontExtents().Descent}, t.Label)
	}
}

// ticks returns the marked values.
func (b colourBar) ticks() []plot.Tick {
	return roundTicks{room: 90, style: textStyle(7.5, quiet), upright: true}.Ticks(-b.limit, b.limit)
}

// GlyphBoxes implements plot.GlyphBoxer: it keeps room beside and above the
// panel.
func (b colourBar) GlyphBoxes(*plot.Plot) []plot.GlyphBox {
	sty := textStyle(7.5, quiet)
	right := barGap + sty.Width(b.label)
	for _, t := range b.ticks() {
		right = max(right, barGap+barWidth+6+sty.Width(t.Label))
	}
	boxes := []plot.GlyphBox{{X: 1, Y: 0.5, Rectangle: vg.Rectangle{Max: vg.Point{X: right, Y: 1}}}}
	if b.label != "" {
		boxes = append(boxes, plot.GlyphBox{X: 1, Y: 1, Rectangle: vg.Rectangle{Max: vg.Point{X: 1, Y: 18}}})
	}
	return boxes
}
