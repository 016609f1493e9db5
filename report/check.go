package report

import (
	"errors"
	"fmt"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
)

// Check compares gradient estimators with a reference, usually finite
// differences: per parameter and observable one panel with the derivative over
// the time steps of the model. Intervals are 95 % intervals of the mean.
type Check struct {
	Title     string
	StepLabel string // empty: "Step"
	Step      []float64
	Panels    []Comparison
	Scale     Scale
	Width     Width
}

// Comparison is one panel of [Check]: the derivative of an observable with
// respect to a parameter.
type Comparison struct {
	Parameter, Observable string
	Reference             Estimate   // without values: no reference
	Estimates             []Estimate // drawn in this order
}

// Estimate is a derivative over time: the mean of independent runs and its
// standard error. An empty StdErr draws no interval.
type Estimate struct {
	Name         string
	Mean, StdErr []float64
}

const (
	checkRow = 132  // height of a row
	z95      = 1.96 // half-width of a 95 % interval in standard errors
	fewSteps = 40   // up to here intervals are bars, beyond they are bands
)

// Plot implements [Figure].
func (f Check) Plot() (*Sheet, error) {
	if len(f.Step) == 0 || len(f.Panels) == 0 {
		return nil, errors.New("check figure: no step or no panel")
	}
	t := tile(len(f.Panels), f.Width)
	var panels []*plot.Plot
	for _, c := range f.Panels {
		if err := c.check(len(f.Step)); err != nil {
			return nil, err
		}
		panels = append(panels, f.panel(c, t.panel))
	}
	return newSheet(f.Title, f.keys(), panels, t.cols, t.width, checkRow), nil
}

// Save draws the figure into a .png or .svg file; see [Save].
func (f Check) Save(path string) error { return Save(f, path) }

func (c Comparison) check(n int) error {
	for _, e := range append([]Estimate{c.Reference}, c.Estimates...) {
		what := fmt.Sprintf("check figure: %s: estimate %q", c.title(), e.Name)
		if err := e.check(what, n); err != nil {
			return err
		}
	}
	return nil
}

func (e Estimate) check(what string, n int) error {
	return errors.Join(optional(what+": mean", e.Mean, n), optional(what+": standard error", e.StdErr, len(e.Mean)))
}

// title returns the derivative in symbols.
func (c Comparison) title() string {
	if c.Observable == "" {
		return c.Parameter
	}
	return "∂ " + c.Observable + " / ∂ " + c.Parameter
}

// interval returns the ends of the 95 % interval, the mean itself without
// standard errors.
func (e Estimate) interval() (low, high []float64) {
	if len(e.StdErr) == 0 {
		return e.Mean, e.Mean
	}
	for i, m := range e.Mean {
		low = append(low, m-z95*e.StdErr[i])
		high = append(high, m+z95*e.StdErr[i])
	}
	return low, high
}

// span returns the range of the interval.
func (e Estimate) span() span {
	low, high := e.interval()
	return spanOf(low, high)
}

// panel draws one comparison. Intervals longer than the range of all means
// and the reference are cut off on a linear axis.
func (f Check) panel(c Comparison, width vg.Length) *plot.Plot {
	core := c.Reference.span()
	all, means := core, core
	for _, e := range c.Estimates {
		means, all = means.join(spanOf(e.Mean)), all.join(spanOf(e.Mean)).join(e.span())
	}
	if w := means.width(); f.Scale == Linear && w > 0 {
		all = all.clip(span{means.lo - w, means.hi + w})
	}
	if core.isEmpty() {
		core = means
	}
	scale := f.Scale.axisFor(core, all)
	p := panel(axes{
		title: c.title(), x: orElse(f.StepLabel, "Step"), across: spanOf(f.Step).times(0.03),
		up: scale.limits(all), scale: scale, width: width, height: checkRow - 42, whole: true,
	})
	p.Add(referenceMarks(f.Step, c.Reference)...)
	for i, e := range c.Estimates {
		place := 2.4 * (vg.Length(i) - vg.Length(len(c.Estimates)-1)/2)
		p.Add(f.estimate(e, f.hue(e.Name), place)...)
	}
	return p
}

// estimate returns the marks of one estimator in the given colour; place sets
// bars of several estimators apart.
func (f Check) estimate(e Estimate, colour int, place vg.Length) []plot.Plotter {
	low, high := e.interval()
	if len(f.Step) > fewSteps {
		return []plot.Plotter{
			band{f.Step, low, high, fade(hue(colour), opacity90)},
			curve{f.Step, e.Mean, stroke(hue(colour), 1)},
		}
	}
	return []plot.Plotter{
		shifted{place, curve{f.Step, e.Mean, stroke(fade(hue(colour), 0.45), 0.8)}},
		shifted{place, whiskers{f.Step, low, high, stroke(hue(colour), 0.9)}},
		shifted{place, dots{f.Step, e.Mean, round(hue(colour), 1.6)}},
	}
}

// hue returns the colour of an estimator: its place among all names.
func (f Check) hue(name string) int {
	for i, n := range f.names() {
		if n == name {
			return i
		}
	}
	return 0
}

// names returns the estimators' names in order of first appearance.
func (f Check) names() []string {
	var names []string
	seen := map[string]bool{}
	for _, c := range f.Panels {
		for _, e := range c.Estimates {
			if !seen[e.Name] {
				seen[e.Name] = true
				names = append(names, e.Name)
			}
		}
	}
	return names
}

// keys returns the legend.
func (f Check) keys() []Key {
	keys := referenceKeys(f.Panels[0].Reference)
	for i, n := range f.names() {
		label := n + ", 95 % interval"
		if len(f.Step) > fewSteps {
			keys = append(keys, key(label, patch{fade(hue(i), opacity90), 1.5}, curve{style: stroke(hue(i), 1)}))
		} else {
			keys = append(keys, narrowKey(label, whiskers{style: stroke(hue(i), 0.9)}, dots{glyph: round(hue(i), 1.6)}))
		}
	}
	return keys
}
