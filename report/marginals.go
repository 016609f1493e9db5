package report

import (
	"errors"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
)

// Marginals shows, per parameter, the histogram of the posterior draws with
// the prior behind it and, if known, the true value. Above each panel stand
// the posterior median and the 90 % interval.
type Marginals struct {
	Title      string
	Parameters []Parameter
	Width      Width
}

const marginalRow = 120 // height of a row

var (
	posteriorBars = bars{fill: fade(hue(0), 0.30), line: stroke(hue(0), 1)}
	priorBars     = bars{fill: fade(shadow, 0.22), line: stroke(fade(shadow, 0.6), 0.7)}
	priorLine     = dashed(quiet, 1)
)

// Plot implements [Figure].
func (f Marginals) Plot() (*Sheet, error) {
	if len(f.Parameters) == 0 {
		return nil, errors.New("marginals figure: no parameter")
	}
	t := tile(len(f.Parameters), f.Width)
	var panels []*plot.Plot
	for _, p := range f.Parameters {
		if err := p.check("marginals figure: parameter " + p.Name); err != nil {
			return nil, err
		}
		panels = append(panels, p.marginal(t.panel))
	}
	return newSheet(f.Title, f.keys(), panels, t.cols, t.width, marginalRow), nil
}

// Save draws the figure into a .png or .svg file; see [Save].
func (f Marginals) Save(path string) error { return Save(f, path) }

// marginal draws the panel of one parameter.
func (p Parameter) marginal(width vg.Length) *plot.Plot {
	out := panel(axes{title: p.summary(), x: p.label(), across: p.limits(1.5), width: width, noY: true, whole: p.discrete()})
	out.X.Tick.Marker = p.ticks(out.X.Tick.Marker)
	out.Y.Min, out.Y.Max = 0, p.addDensities(out)*1.06
	return out
}

// addDensities adds prior, posterior and truth to a panel whose horizontal
// axis is the parameter, and returns the largest density.
func (p Parameter) addDensities(out *plot.Plot) (peak float64) {
	if p.discrete() {
		return p.addMass(out)
	}
	post := posteriorBars
	post.histogram = newHistogram(p.Posterior)
	peak = post.peak()
	if len(p.PriorDensity.At) == 0 {
		prior := priorBars
		prior.histogram = newHistogram(p.Prior)
		out.Add(prior)
		peak = max(peak, min(prior.peak(), 2*peak))
	}
	out.Add(post)
	if len(p.PriorDensity.At) > 0 {
		out.Add(curve{p.PriorDensity.At, p.PriorDensity.Value, priorLine})
		peak = max(peak, min(spanOf(p.PriorDensity.Value).hi, 2*peak))
	}
	if p.Truth != nil {
		out.Add(rule{*p.Truth, true, truthLine})
	}
	return peak
}

// keys returns the legend for what any panel shows.
func (f Marginals) keys() []Key {
	keys := []Key{key("Posterior: median (90 % interval)", posteriorBars)}
	return append(keys, contextKeys(f.Parameters)...)
}

// contextKeys returns the legend of priors and truths.
func contextKeys(params []Parameter) []Key {
	var line, draws, truth bool
	for _, p := range params {
		line = line || len(p.PriorDensity.At) > 0
		draws = draws || (len(p.Prior) > 0 || p.discrete()) && len(p.PriorDensity.At) == 0
		truth = truth || p.Truth != nil
	}
	var keys []Key
	if line {
		keys = append(keys, key("Prior density", curve{style: priorLine}))
	}
	if draws {
		keys = append(keys, key("Prior", priorBars))
	}
	if truth {
		keys = append(keys, narrowKey("True value", rule{upright: true, style: truthLine}))
	}
	return keys
}
