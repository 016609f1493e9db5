package report

import (
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// powers is a text handler that sets what follows [raise] in a line as a
// superscript, so that 10 followed by raise and −5 reads as a power of ten.
// (The fonts lack some of Unicode's superscript digits.)
type powers struct{ text.Plain }

// raise starts a superscript. It is a control character, so that no name a
// user gives can contain it by accident.
const raise = "\x1e"

// superscript is the size of a superscript relative to its line; lift is the
// height of its baseline relative to the type size.
const (
	superscript = 0.72
	lift        = 0.36
)

// Box returns the width, height and depth of one line.
func (h powers) Box(txt string, f font.Font) (width, height, depth vg.Length) {
	base, exp, raised := strings.Cut(txt, raise)
	width, height, depth = h.Plain.Box(base, f)
	if raised {
		f.Size *= superscript
		w, _, _ := h.Plain.Box(exp, f)
		width += w
	}
	return width, height, depth
}

// Draw draws txt in the style at pt; superscripts only in unrotated text.
func (h powers) Draw(c vg.Canvas, txt string, sty text.Style, pt vg.Point) {
	base, exp, raised := strings.Cut(txt, raise)
	if !raised {
		h.Plain.Draw(c, txt, sty, pt)
		return
	}
	pt.X += sty.Width(txt) * vg.Length(sty.XAlign)
	sty.XAlign, sty.Handler = draw.XLeft, h.Plain
	h.Plain.Draw(c, base, sty, pt)
	// Drop from pt to the baseline, which shrinks with the type.
	drop := sty.Height(base)*vg.Length(sty.YAlign) - sty.FontExtents().Ascent + sty.Font.Size
	pt.X += sty.Width(base)
	pt.Y += drop*(1-superscript) + sty.Font.Size*lift
	sty.Font.Size *= superscript
	h.Plain.Draw(c, exp, sty, pt)
}

// wrap breaks txt at spaces into lines no wider than width.
func wrap(sty text.Style, txt string, width vg.Length) []string {
	var lines []string
	for _, word := range strings.Fields(txt) {
		last := len(lines) - 1
		if last >= 0 && sty.Width(lines[last]+" "+word) <= width {
			lines[last] += " " + word
			continue
		}
		lines = append(lines, word)
	}
	return lines
}

// shorten cuts txt with an ellipsis so that it is no wider than width.
func shorten(sty text.Style, txt string, width vg.Length) string {
	if sty.Width(txt) <= width {
		return txt
	}
	r := []rune(txt)
	for len(r) > 1 && sty.Width(string(r)+"…") > width {
		r = r[:len(r)-1]
	}
	return strings.TrimRight(string(r), " ") + "…"
}

// heading draws a panel's title above its left edge.
type heading struct {
	text  string
	style text.Style
}

// Plot implements plot.Plotter.
func (h heading) Plot(c draw.Canvas, _ *plot.Plot) {
	h.style.YAlign = draw.YBottom
	txt := shorten(h.style, h.text, c.Max.X-c.Min.X)
	c.FillText(h.style, vg.Point{X: c.Min.X, Y: c.Max.Y + 4 + h.style.FontExtents().Descent}, txt)
}

// GlyphBoxes implements plot.GlyphBoxer: it keeps room above the panel.
func (h heading) GlyphBoxes(*plot.Plot) []plot.GlyphBox {
	room := vg.Rectangle{Max: vg.Point{Y: h.style.Height(h.text) + 4}}
	return []plot.GlyphBox{{X: 0, Y: 1, Rectangle: room}}
}
