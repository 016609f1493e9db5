package report

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Sheet is a laid-out figure: a title, a row of keys (the legend), and panels
// in rows whose data areas are all of one size. It can be drawn on any
// gonum/plot canvas, for example to write EPS or PDF.
type Sheet struct {
	Title         string
	Keys          []Key
	Panels        [][]*plot.Plot // rows of equal length; nil leaves a gap
	Width, Height vg.Length      // in points

	tight bool // panels close together
}

// gutter returns the distance between panels.
func (s *Sheet) gutter() vg.Length {
	if s.tight {
		return 6
	}
	return gutter
}

// Distances on a sheet.
const (
	margin    = 9  // around everything
	gutter    = 14 // between panels, as a rule
	titleSize = 10.5
)

// newSheet lays panels out row by row, cols to a row of the given height, and
// sets the sheet's height to what all of it needs.
func newSheet(title string, keys []Key, panels []*plot.Plot, cols int, width, row vg.Length) *Sheet {
	s := &Sheet{Title: title, Keys: keys, Width: width}
	for start := 0; start < len(panels); start += cols {
		line := make([]*plot.Plot, cols)
		copy(line, panels[start:min(start+cols, len(panels))])
		s.Panels = append(s.Panels, line)
	}
	n := vg.Length(len(s.Panels))
	s.Height = 2*margin + s.header() + n*row + max(n-1, 0)*gutter
	return s
}

// header returns the height of the title and keys.
func (s *Sheet) header() vg.Length {
	inner := s.Width - 2*margin
	var h vg.Length
	if s.Title != "" {
		h += vg.Length(len(wrap(titleStyle(), s.Title, inner)))*titleSize*1.35 + 5
	}
	if n := len(keyRows(s.Keys, inner)); n > 0 {
		h += vg.Length(n)*keyHeight + keysBelow
	}
	return h
}

// Draw draws the sheet so that it fills c.
func (s *Sheet) Draw(c draw.Canvas) {
	c.SetColor(paper)
	c.Fill(c.Rectangle.Path())
	c = draw.Crop(c, margin, -margin, margin, -margin)
	s.drawTitle(c)
	c.Max.Y -= s.header()
	drawKeys(s.Keys, c)
	s.drawPanels(c)
}

// drawTitle writes the title at the top of c.
func (s *Sheet) drawTitle(c draw.Canvas) {
	sty := titleStyle()
	at := vg.Point{X: c.Min.X, Y: c.Max.Y + 2}
	for _, line := range wrap(sty, s.Title, c.Max.X-c.Min.X) {
		c.FillText(sty, at, line)
		at.Y -= titleSize * 1.35
	}
}

// titleStyle returns the style of a sheet's title.
func titleStyle() draw.TextStyle {
	sty := boldStyle(titleSize, ink)
	sty.YAlign = draw.YTop
	return sty
}

// drawPanels draws the panels on c.
func (s *Sheet) drawPanels(c draw.Canvas) {
	if len(s.Panels) == 0 || len(s.Panels[0]) == 0 {
		return
	}
	s.each(func(_, _ int, p *plot.Plot) { freeze(&p.X); freeze(&p.Y) })
	tiles := draw.Tiles{Rows: len(s.Panels), Cols: len(s.Panels[0]), PadX: s.gutter(), PadY: s.gutter()}
	canvases := plot.Align(s.Panels, tiles, c)
	s.settle(canvases)
	s.each(func(i, j int, p *plot.Plot) { p.Draw(canvases[i][j]) })
}

// freeze computes the ticks of an axis once; drawing asks for them many times.
func freeze(a *plot.Axis) {
	if a.Min < a.Max {
		a.Tick.Marker = plot.ConstantTicks(a.Tick.Marker.Ticks(a.Min, a.Max))
	}
}

// each calls f for every panel that is not a gap.
func (s *Sheet) each(f func(i, j int, p *plot.Plot)) {
	for i, row := range s.Panels {
		for j, p := range row {
			if p != nil {
				f(i, j, p)
			}
		}
	}
}

// tiling is how many columns of panels there are, how wide the sheet is, and
// about how wide the data area of one panel.
type tiling struct {
	cols         int
	width, panel vg.Length
}

// tile arranges n panels on the width w.
func tile(n int, w Width) tiling {
	cols := [...]int{0: 1, 1: 1, 2: 2, 3: 3, 4: 2, 5: 3, 6: 3, 7: 4, 8: 4, 9: 3}
	t := tiling{cols: 4}
	if n < len(cols) {
		t.cols = cols[n]
	}
	if w == Column {
		t.cols = (t.cols + 1) / 2
	}
	natural := Wide.length(0)
	if n <= 1 {
		natural = 130 * vg.Millimeter
	}
	t.width = w.length(natural)
	t.panel = (t.width-2*margin-vg.Length(t.cols-1)*gutter)/vg.Length(t.cols) - 36
	return t
}
