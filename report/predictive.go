package report

import (
	"errors"
	"fmt"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
)

// Predictive shows how well a calibrated model reproduces the data: per
// observable one panel with the data points over the 50 % and 90 % bands and
// the median of the posterior predictive distribution, and, paler, those of
// the prior. The vertical limits come from the data and the posterior; a wider
// prior is cut off at them.
type Predictive struct {
	Title     string
	TimeLabel string // for example "Day"; empty: "Time"
	Time      []float64
	Panels    []Observable
	Width     Width
}

// Observable is one panel of [Predictive] and of [Chart]. Each series has one
// value per time, or is empty if there is nothing to draw.
type Observable struct {
	Name, Unit       string
	Data             []float64 // NaN where nothing was observed
	Posterior, Prior Quantiles
}

const bandRow = 165 // height of a row of time-series panels

// Plot implements [Figure].
func (f Predictive) Plot() (*Sheet, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	t := tile(len(f.Panels), f.Width)
	var panels []*plot.Plot
	for _, o := range f.Panels {
		panels = append(panels, f.panel(o, t.panel))
	}
	return newSheet(f.Title, f.keys(), panels, t.cols, t.width, bandRow), nil
}

// Save draws the figure into a .png or .svg file; see [Save].
func (f Predictive) Save(path string) error { return Save(f, path) }

func (f Predictive) check() error {
	if len(f.Time) == 0 || len(f.Panels) == 0 {
		return errors.New("predictive figure: no time or no panel")
	}
	for _, o := range f.Panels {
		what := "predictive figure: panel " + o.Name + ": "
		err := errors.Join(
			optional(what+"data", o.Data, len(f.Time)),
			o.Posterior.check(what+"posterior", len(f.Time)),
			o.Prior.check(what+"prior", len(f.Time)))
		if err != nil {
			return err
		}
	}
	return nil
}

// panel draws one observable.
func (f Predictive) panel(o Observable, width vg.Length) *plot.Plot {
	p := panel(axes{
		title: o.Name, x: orElse(f.TimeLabel, "Time"), y: o.Unit,
		across: spanOf(f.Time).times(0.02), up: o.limits(), width: width, height: bandRow - 40, whole: true,
	})
	p.Add(nested(f.Time, o.Prior, priorBand)...)
	p.Add(nested(f.Time, o.Posterior, posteriorBand)...)
	if len(o.Data) > 0 {
		p.Add(dots{f.Time, o.Data, dataDot})
	}
	return p
}

// limits returns the vertical range: that of the data and the posterior, or of
// the prior if there is neither.
func (o Observable) limits() span {
	s := spanOf(o.Data, o.Posterior.Lower90, o.Posterior.Upper90)
	if s.isEmpty() {
		s = spanOf(o.Prior.Lower90, o.Prior.Upper90)
	}
	return s.counting()
}

// keys returns the legend for what any panel shows.
func (f Predictive) keys() []Key {
	var data, posterior, prior bool
	for _, o := range f.Panels {
		data = data || len(o.Data) > 0
		posterior = posterior || !o.Posterior.isEmpty()
		prior = prior || !o.Prior.isEmpty()
	}
	var keys []Key
	if data {
		keys = append(keys, narrowKey("Data", dots{glyph: dataDot}))
	}
	if posterior {
		keys = append(keys, nestedKey("Posterior: median, 50 %, 90 %", posteriorBand))
	}
	if prior {
		keys = append(keys, nestedKey("Prior: median, 50 %, 90 %", priorBand))
	}
	return keys
}

// orElse returns s, or other if s is empty.
func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// withUnit returns "name (unit)", or the name alone if there is no unit.
func withUnit(name, unit string) string {
	if unit == "" {
		return name
	}
	return fmt.Sprintf("%s (%s)", name, unit)
}
