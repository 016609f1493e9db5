package report

import (
	"errors"

	"gonum.org/v1/plot"
)

// Training shows how a calibration went: the loss and its two parts over the
// steps, the validation points, the iterate that was kept and, in a second
// panel, the norm of the gradient. Series of more than 200 steps are drawn
// faint with their running mean on top. A Log axis that has to become Symlog
// is linear over the values of the later half of the steps.
type Training struct {
	Title                    string
	Step                     []float64
	Loss, ExpectedLoss, KL   []float64 // one value per step, or empty
	GradientNorm             []float64 // one value per step, or empty: no second panel
	ValidationStep           []float64
	Validation               []float64 // one value per validation step
	Chosen                   *float64  // the step whose parameters were kept
	LossScale, GradientScale Scale
	Width                    Width
}

const trainingRow = 175 // height of the row

var (
	validationDot = round(hue(1), 2.2)
	chosenLine    = dashed(ink, 0.9)
)

// Plot implements [Figure].
func (f Training) Plot() (*Sheet, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	n := 1
	if len(f.GradientNorm) > 0 {
		n = 2
	}
	t := tile(n, f.Width)
	panels := []*plot.Plot{f.panel(axes{y: "Loss", width: t.panel}, f.LossScale, f.losses(), f.Validation)}
	if n == 2 {
		gradient := []series{{"Gradient norm", f.GradientNorm, 3}}
		panels = append(panels, f.panel(axes{y: "Gradient norm", width: t.panel}, f.GradientScale, gradient, nil))
	}
	return newSheet(f.Title, f.keys(), panels, t.cols, t.width, trainingRow), nil
}

// Save draws the figure into a .png or .svg file; see [Save].
func (f Training) Save(path string) error { return Save(f, path) }

func (f Training) check() error {
	n := len(f.Step)
	if n == 0 {
		return errors.New("training figure: no step")
	}
	return errors.Join(
		optional("training figure: loss", f.Loss, n),
		optional("training figure: expected loss", f.ExpectedLoss, n),
		optional("training figure: KL", f.KL, n),
		optional("training figure: gradient norm", f.GradientNorm, n),
		optional("training figure: validation", f.Validation, len(f.ValidationStep)))
}

// series is a named curve with the number of its colour.
type series struct {
	name   string
	values []float64
	hue    int
}

// losses returns the loss curves that there are.
func (f Training) losses() []series {
	var some []series
	for _, s := range []series{{"Loss", f.Loss, 0}, {"Expected loss", f.ExpectedLoss, 2}, {"KL", f.KL, 4}} {
		if len(s.values) > 0 {
			some = append(some, s)
		}
	}
	return some
}

// panel draws curves over the steps, with validation points if there are any.
func (f Training) panel(a axes, scale Scale, curves []series, validation []float64) *plot.Plot {
	all, late := spanOf(validation), empty()
	for _, s := range curves {
		all = all.join(spanOf(runningMean(s.values))).join(inner(s.values))
		late = late.join(spanOf(s.values[len(s.values)/2:]))
	}
	a.x, a.height, a.across, a.whole = "Step", trainingRow-40, spanOf(f.Step).times(0.02), true
	a.scale = scale.axisFor(late, all)
	a.up = a.scale.limits(all)
	p := panel(a)
	if f.Chosen != nil {
		p.Add(rule{*f.Chosen, true, chosenLine})
	}
	for _, s := range curves {
		p.Add(f.curves(s)...)
	}
	p.Add(dots{f.ValidationStep, validation, validationDot})
	return p
}

// curves returns the marks of one series.
func (f Training) curves(s series) []plot.Plotter {
	strong := curve{f.Step, runningMean(s.values), stroke(hue(s.hue), 1.2)}
	if len(s.values) <= smoothBeyond {
		return []plot.Plotter{strong}
	}
	return []plot.Plotter{curve{f.Step, s.values, stroke(fade(hue(s.hue), 0.3), 0.5)}, strong}
}

// keys returns the legend.
func (f Training) keys() []Key {
	var keys []Key
	for _, s := range f.losses() {
		keys = append(keys, key(s.name, curve{style: stroke(hue(s.hue), 1.2)}))
	}
	if len(f.Validation) > 0 {
		keys = append(keys, narrowKey("Validation loss", dots{glyph: validationDot}))
	}
	if f.Chosen != nil {
		keys = append(keys, narrowKey("Kept step", rule{upright: true, style: chosenLine}))
	}
	return keys
}

const smoothBeyond = 200 // steps; longer series are smoothed

// runningMean returns the centred mean over a fiftieth of the series, skipping
// values that are not finite; short series are returned as they are.
func runningMean(values []float64) []float64 {
	if len(values) <= smoothBeyond {
		return values
	}
	half := len(values) / 100
	means := make([]float64, len(values))
	for i := range values {
		near := sortedFinite(values[max(0, i-half):min(len(values), i+half+1)])
		means[i], _ = spread(near)
		if len(near) == 0 {
			means[i] = values[i]
		}
	}
	return means
}
