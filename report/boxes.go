package report

import (
	"errors"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Boxes shows how single-run gradients scatter around the reference: per
// parameter one panel with a box at each chosen step (box: quartiles and
// median, whiskers: 5 % and 95 %, dot: mean) over the reference line with its
// 95 % interval.
type Boxes struct {
	Title     string
	Estimator string // named in the legend
	StepLabel string // empty: "Step"
	Step      []float64
	Panels    []BoxPanel
	Scale     Scale
	Width     Width
}

// BoxPanel is one panel of [Boxes].
type BoxPanel struct {
	Parameter, Observable string
	Reference             Estimate // over Boxes.Step
	Boxes                 []Box
}

// Box is the sample of single-run gradients at one step.
type Box struct {
	Step  float64
	Draws []float64 // values that are not finite are left out
}

const boxRow = 140 // height of a row

var boxLine = stroke(hue(0), 0.8)

// Plot implements [Figure].
func (f Boxes) Plot() (*Sheet, error) {
	if len(f.Panels) == 0 {
		return nil, errors.New("boxes figure: no panel")
	}
	t := tile(len(f.Panels), f.Width)
	var panels []*plot.Plot
	for _, b := range f.Panels {
		if err := b.Reference.check("boxes figure: "+b.title()+": reference", len(f.Step)); err != nil {
			return nil, err
		}
		panels = append(panels, f.panel(b, t.panel))
	}
	keys := append(referenceKeys(f.Panels[0].Reference), f.key())
	return newSheet(f.Title, keys, panels, t.cols, t.width, boxRow), nil
}

// Save draws the figure into a .png or .svg file; see [Save].
func (f Boxes) Save(path string) error { return Save(f, path) }

func (b BoxPanel) title() string {
	return Comparison{Parameter: b.Parameter, Observable: b.Observable}.title()
}

func (f Boxes) key() Key {
	label := orElse(f.Estimator, "Estimates") + ": quartiles, 5 – 95 %, mean"
	return narrowKey(label, boxes{})
}

// panel draws one parameter.
func (f Boxes) panel(b BoxPanel, width vg.Length) *plot.Plot {
	marks := boxes{reference: b.Reference}
	across := spanOf(f.Step)
	for _, box := range b.Boxes {
		marks.boxes = append(marks.boxes, summariseBox(box))
		across = across.with(box.Step)
	}
	core := b.Reference.span()
	all := core.join(marks.span())
	if core.isEmpty() {
		core = all
	}
	scale := f.Scale.axisFor(core, all)
	p := panel(axes{
		title: b.title(), x: orElse(f.StepLabel, "Step"), across: across.times(0.05),
		up: scale.limits(all), scale: scale, width: width, height: boxRow - 42, whole: true,
	})
	p.Add(referenceMarks(f.Step, b.Reference)...)
	p.Add(marks)
	return p
}

// boxSummary is what is drawn of a [Box].
type boxSummary struct{ at, p5, p25, p50, p75, p95, mean float64 }

func summariseBox(b Box) boxSummary {
	s := sortedFinite(b.Draws)
	mean, _ := spread(s)
	if len(s) == 0 {
		mean = math.NaN()
	}
	return boxSummary{b.Step, quantile(s, 0.05), quantile(s, 0.25), quantile(s, 0.5), quantile(s, 0.75), quantile(s, 0.95), mean}
}

// boxes is the plot.Plotter of box plots.
type boxes struct {
	boxes     []boxSummary
	reference Estimate
}

// span returns the range of whiskers and means.
func (m boxes) span() span {
	s := empty()
	for _, b := range m.boxes {
		s = s.with(b.p5).with(b.p95).with(b.mean)
	}
	return s
}

// Plot implements plot.Plotter.
func (m boxes) Plot(c draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&c)
	half := m.halfWidth(toX)
	for _, b := range m.boxes {
		if !finite(b.p50) {
			continue
		}
		m.draw(c, toX(b.at), half, [...]vg.Length{toY(b.p5), toY(b.p25), toY(b.p50), toY(b.p75), toY(b.p95), toY(b.mean)})
	}
}

// halfWidth returns half the width of a box: a third of the narrowest gap, at
// most 5 points.
func (m boxes) halfWidth(toX func(float64) vg.Length) vg.Length {
	half := vg.Length(5)
	for i := 1; i < len(m.boxes); i++ {
		gap := vg.Length(math.Abs(float64(toX(m.boxes[i].at) - toX(m.boxes[i-1].at))))
		half = min(half, max(gap*0.33, 0.6))
	}
	return half
}

// draw draws one box around x; y holds the heights of the 5, 25, 50, 75 and
// 95 % quantiles and of the mean.
func (m boxes) draw(c draw.Canvas, x, half vg.Length, y [6]vg.Length) {
	corners := []vg.Point{{X: x - half, Y: y[1]}, {X: x + half, Y: y[1]}, {X: x + half, Y: y[3]}, {X: x - half, Y: y[3]}}
	c.FillPolygon(fade(hue(0), 0.25), c.ClipPolygonXY(corners))
	bold := stroke(hue(0), 1.4)
	c.StrokeLines(boxLine, c.ClipLinesXY(
		append(corners, corners[0]),
		[]vg.Point{{X: x, Y: y[0]}, {X: x, Y: y[1]}},
		[]vg.Point{{X: x, Y: y[3]}, {X: x, Y: y[4]}},
		[]vg.Point{{X: x - half/2, Y: y[0]}, {X: x + half/2, Y: y[0]}},
		[]vg.Point{{X: x - half/2, Y: y[4]}, {X: x + half/2, Y: y[4]}})...)
	c.StrokeLines(bold, c.ClipLinesXY([]vg.Point{{X: x - half, Y: y[2]}, {X: x + half, Y: y[2]}})...)
	c.DrawGlyph(round(hue(1), 1.5), vg.Point{X: x, Y: y[5]})
}

// Thumbnail implements plot.Thumbnailer.
func (m boxes) Thumbnail(c *draw.Canvas) {
	at := func(f float64) vg.Length { return c.Y(f) }
	m.draw(*c, c.Center().X, 4, [...]vg.Length{at(0), at(0.25), at(0.5), at(0.75), at(1), at(0.5)})
}
