package report

import (
	"image/color"

	xfont "golang.org/x/image/font"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Width is how much of a journal page a figure takes.
type Width int

const (
	Auto   Width = iota // chosen from the number of panels
	Column              // one column: 89 mm
	Wide                // two columns: 183 mm
)

// length returns the width in points; natural is used for Auto.
func (w Width) length(natural vg.Length) vg.Length {
	switch w {
	case Column:
		return 89 * vg.Millimeter
	case Wide:
		return 183 * vg.Millimeter
	default:
		return natural
	}
}

// The page colours. They are opaque so that a page can exchange them for its
// dark palette.
var (
	paper  = color.NRGBA{0xff, 0xff, 0xff, 0xff} // background
	ink    = color.NRGBA{0x1c, 0x25, 0x30, 0xff} // titles, data
	quiet  = color.NRGBA{0x5a, 0x66, 0x75, 0xff} // axis text
	frame  = color.NRGBA{0xa9, 0xb2, 0xbd, 0xff} // axis lines
	grid   = color.NRGBA{0xe8, 0xeb, 0xef, 0xff} // grid lines
	shadow = color.NRGBA{0x8d, 0x97, 0xa5, 0xff} // priors and background runs
)

// okabeIto is the colour-blind-safe palette of Okabe & Ito (2008), "Color
// universal design", without its black, yellow last because it is faint on
// white.
var okabeIto = [...]color.NRGBA{
	{0x00, 0x72, 0xb2, 0xff}, // blue
	{0xd5, 0x5e, 0x00, 0xff}, // vermilion
	{0x00, 0x9e, 0x73, 0xff}, // bluish green
	{0xcc, 0x79, 0xa7, 0xff}, // reddish purple
	{0xe6, 0x9f, 0x00, 0xff}, // orange
	{0x56, 0xb4, 0xe9, 0xff}, // sky blue
	{0xf0, 0xe4, 0x42, 0xff}, // yellow
}

// hue returns the i-th series colour, i ≥ 0, repeating after seven.
func hue(i int) color.NRGBA { return okabeIto[i%len(okabeIto)] }

// fade returns c with the given opacity in (0, 1].
func fade(c color.NRGBA, opacity float64) color.NRGBA {
	c.A = uint8(255*opacity + 0.5)
	return c
}

// Opacities of the 90 % and 50 % bands, the same in every figure.
const (
	opacity90 = 0.20
	opacity50 = 0.34
)

// textStyle returns the sans-serif style of every word in a figure.
func textStyle(size vg.Length, c color.Color) text.Style {
	return text.Style{
		Color:   c,
		Font:    font.Font{Typeface: "Liberation", Variant: "Sans", Size: size},
		Handler: powers{text.Plain{Fonts: font.DefaultCache}},
	}
}

// boldStyle is textStyle in bold.
func boldStyle(size vg.Length, c color.Color) text.Style {
	s := textStyle(size, c)
	s.Font.Weight = xfont.WeightBold
	return s
}

// stroke returns a plain line style.
func stroke(c color.Color, width vg.Length) draw.LineStyle {
	return draw.LineStyle{Color: c, Width: width}
}

// dashed returns a dashed line style.
func dashed(c color.Color, width vg.Length) draw.LineStyle {
	return draw.LineStyle{Color: c, Width: width, Dashes: []vg.Length{4, 2.5}}
}

// axes says what a panel shows: its title, its axis labels, its limits, and
// how it maps values to the page.
type axes struct {
	title, x, y   string
	across, up    span
	width, height vg.Length // of the area between the axes, about; sets the number of ticks
	scale         axisScale // of the vertical axis; nil is linear
	whole         bool      // horizontal ticks at whole numbers only
	small         bool      // small type, for many panels
	noX, noY      bool      // neither ticks nor grid lines along this axis
}

// panel returns an empty plot in the house style: horizontal axis line, light
// grid, round ticks, left-aligned title.
func panel(a axes) *plot.Plot {
	p := plot.New()
	p.BackgroundColor = nil
	size := vg.Length(7.5)
	if a.small {
		size = 6.5
	}
	styleAxis(&p.X, a.x, size, draw.XCenter, draw.YTop)
	styleAxis(&p.Y, a.y, size, draw.XRight, draw.YCenter)
	p.X.LineStyle, p.X.Tick.LineStyle, p.X.Tick.Length = stroke(frame, 0.6), stroke(frame, 0.6), 2.5
	p.Y.LineStyle.Width, p.Y.Tick.Length = 0, 0
	p.X.Min, p.X.Max = a.across.lo, a.across.hi
	p.Y.Min, p.Y.Max = a.up.lo, a.up.hi
	p.X.Tick.Marker = roundTicks{room: a.width, style: p.X.Tick.Label, whole: a.whole}
	if a.scale == nil {
		a.scale = linearScale{}
	}
	p.Y.Scale, p.Y.Tick.Marker = a.scale, a.scale.ticker(a.height)
	if a.noX {
		p.HideX()
	}
	if a.noY {
		p.HideY()
	}
	p.Add(gridLines{p.X.Tick.Marker, p.Y.Tick.Marker})
	if a.title != "" {
		p.Add(heading{a.title, boldStyle(size+0.7, ink)})
	}
	return p
}

// styleAxis sets the type of one axis.
func styleAxis(a *plot.Axis, label string, size vg.Length, x draw.XAlignment, y draw.YAlignment) {
	a.Padding = 0
	a.Label.Text = label
	a.Label.Padding = 2
	a.Label.TextStyle = textStyle(size+0.3, quiet)
	a.Label.TextStyle.XAlign, a.Label.TextStyle.YAlign = draw.XCenter, draw.YBottom
	a.Tick.Label = textStyle(size, quiet)
	a.Tick.Label.XAlign, a.Tick.Label.YAlign = x, y
}
