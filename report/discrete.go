package report

import (
	"fmt"
	"math"

	"gonum.org/v1/plot"
)

// Value is one value of a discrete parameter.
type Value struct {
	At    float64
	Label string  // in place of the number; all values have one or none
	Prior float64 // probability
}

// discrete reports whether the parameter has few values.
func (p Parameter) discrete() bool { return len(p.Values) > 0 }

// fewValues is how many values are all shown, whether draws have them or not.
const fewValues = 16

// valueLimits returns the axis range of a discrete parameter: all its values if
// they are few, else those of draws and truth.
func (p Parameter) valueLimits() span {
	all := spanOf(p.Posterior)
	if p.Truth != nil {
		all = all.with(*p.Truth)
	}
	if len(p.Values) <= fewValues {
		for _, v := range p.Values {
			all = all.with(v.At)
		}
	}
	return span{all.lo - 0.6, all.hi + 0.6}
}

// mass returns a bar for each value, as high as share says.
func (p Parameter) mass(share func(v Value) float64) histogram {
	const half = 0.38
	var h histogram
	for i, v := range p.Values {
		if i > 0 {
			h.density = append(h.density, 0)
		}
		h.edges = append(h.edges, v.At-half, v.At+half)
		h.density = append(h.density, share(v))
	}
	return h
}

// addMass adds prior, posterior and truth of a discrete parameter to a panel, and
// returns the greatest probability.
func (p Parameter) addMass(out *plot.Plot) (peak float64) {
	post, prior := posteriorBars, priorBars
	post.histogram = p.mass(p.share)
	prior.histogram = p.mass(func(v Value) float64 { return v.Prior })
	out.Add(prior, post)
	if p.Truth != nil {
		out.Add(rule{*p.Truth, true, truthLine})
	}
	return max(post.peak(), prior.peak())
}

// share returns the share of the posterior draws that have a value.
func (p Parameter) share(v Value) float64 {
	n := 0
	for _, x := range p.Posterior {
		if x == v.At {
			n++
		}
	}
	return float64(n) / float64(len(p.Posterior))
}

// ticks returns the ticks of an axis along a parameter whose values have labels,
// as they are otherwise.
func (p Parameter) ticks(otherwise plot.Ticker) plot.Ticker {
	if !p.discrete() || p.Values[0].Label == "" {
		return otherwise
	}
	var ticks []plot.Tick
	for _, v := range p.Values {
		ticks = append(ticks, plot.Tick{Value: v.At, Label: v.Label})
	}
	return plot.ConstantTicks(ticks)
}

// mostProbable says which value most draws have, and how many.
func (p Parameter) mostProbable() string {
	best := p.Values[0]
	for _, v := range p.Values {
		if p.share(v) > p.share(best) {
			best = v
		}
	}
	name := best.Label
	if name == "" {
		name = fmt.Sprint(best.At)
	}
	return fmt.Sprintf("%s (%.0f %%)", name, 100*p.share(best))
}

// scattered returns draws of a discrete parameter spread around their values, evenly
// and always the same, so that points do not hide each other; others as they are.
func (p Parameter) scattered(draws []float64, step float64) []float64 {
	if !p.discrete() {
		return draws
	}
	spread := make([]float64, len(draws))
	for i, x := range draws {
		_, part := math.Modf(float64(i) * step)
		spread[i] = x + 0.5*(part-0.5)
	}
	return spread
}

// Steps of [Parameter.scattered] that are far from rational, across and up.
const (
	acrossStep = 0.6180339887498949
	upStep     = 0.7548776662466927
)
