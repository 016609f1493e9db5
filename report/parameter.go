package report

import (
	"errors"
	"math"
	"strconv"
)

// Parameter is what [Marginals] and [Pairs] show of one model parameter.
type Parameter struct {
	Name, Unit   string
	Posterior    []float64 // draws
	Prior        []float64 // draws; may be empty
	PriorDensity Density   // drawn by Marginals instead of a histogram of Prior
	Truth        *float64  // the value that made the data, if known
	Values       []Value   // of a discrete parameter, ascending; drawn as bars in place of densities
}

// Density is a probability density given at rising points; the zero value is
// no density.
type Density struct{ At, Value []float64 }

// label returns the axis label.
func (p Parameter) label() string { return withUnit(p.Name, p.Unit) }

// check returns an error if there is nothing to draw or the density is ragged.
func (p Parameter) check(what string) error {
	if len(sortedFinite(p.Posterior)) == 0 {
		return errors.New(what + ": no finite posterior draw")
	}
	return optional(what+": prior density", p.PriorDensity.Value, len(p.PriorDensity.At))
}

// limits returns the axis range: the posterior, the truth, and of the prior at
// most room times their width at either side.
func (p Parameter) limits(room float64) span {
	if p.discrete() {
		return p.valueLimits()
	}
	core := inner(p.Posterior)
	if p.Truth != nil {
		core = core.with(*p.Truth)
	}
	prior := inner(p.Prior).join(spanOf(p.PriorDensity.At))
	all := core.join(prior)
	if w := core.width() * room; w > 0 {
		all = all.clip(span{core.lo - w, core.hi + w})
	}
	return all.padded(0.05)
}

// inner returns the range of the draws without the outermost thousandth at
// each end.
func inner(draws []float64) span {
	sorted := sortedFinite(draws)
	if len(sorted) == 0 {
		return empty()
	}
	return span{quantile(sorted, 0.001), quantile(sorted, 0.999)}
}

// summary returns the posterior's median and 90 % interval in words such as
// "1.66 (1.58 – 1.74)", of a discrete parameter the most probable value.
func (p Parameter) summary() string {
	if p.discrete() {
		return p.mostProbable()
	}
	sorted := sortedFinite(p.Posterior)
	lo, mid, hi := quantile(sorted, 0.05), quantile(sorted, 0.5), quantile(sorted, 0.95)
	if hi-lo <= 1e-12*math.Abs(hi)+tiny {
		return strconv.FormatFloat(mid, 'g', 5, 64)
	}
	unit, times := 1.0, ""
	if exp := int(math.Floor(math.Log10(max(-lo, hi)))); exp <= -4 || exp >= 6 {
		unit, times = math.Pow10(exp), " ×"+powerOfTen(exp)
	}
	step := math.Pow10(int(math.Floor(math.Log10((hi-lo)/unit))) - 1)
	say := func(v float64) string { return decimal(v/unit, step) }
	return say(mid) + " (" + say(lo) + " – " + say(hi) + ")" + times
}
