package gradient

import (
	"context"
	"errors"
	"fmt"
	"math"
)

// work is what [Auto] counts a sample of an estimator as, in plain runs: for each
// of its runs so much, and so much more for every parameter. The prices are rounded
// ratios of times on the SIR model, sparse and complete. The zero work is that of
// an estimator nobody has measured.
type work struct {
	run, lane float64
	apart     bool // runs are made for each parameter apart
}

// of returns the work of a sample for some of the active parameters, given the
// runs that one for all of them makes.
func (w work) of(runs float64, some, active int) float64 {
	if w == (work{}) {
		w = work{run: 1, lane: 1}
	}
	if w.apart {
		return runs * w.run * float64(some) / float64(active)
	}
	return runs * (w.run + w.lane*float64(some))
}

// autoLuck sets the luck of Auto's pilot apart from that of all samples; each
// candidate takes luck of its own, autoApart from the next.
const (
	autoLuck  uint64 = 1 << 61
	autoApart uint64 = 1 << 32
)

// trials measure every estimator of the catalogue that can serve the problem.
type trials struct {
	p       *Problem
	loss    Objective // nil: the trials are of the Jacobian
	pilot   int
	budget  float64
	workers int
	steps   []Step // of finite differences; nil: they are tuned

	candidates  []candidate
	differences int // the candidate that takes finite differences
}

// candidate is an estimator with what the trials found.
type candidate struct {
	kind
	estimator      Estimator
	*Moments                 // of the pilot
	bias, variance []float64 // of a sample, in squared peaks, one a parameter
}

// make samples the candidates and measures them. Those that fail or give samples
// that are not finite are left out.
func (t *trials) make(ctx context.Context, told func(done, total int)) error {
	if told == nil {
		told = func(int, int) {}
	}
	for i, k := range catalogue {
		told(i, len(catalogue))
		if k.name == autoName {
			continue
		}
		c, err := t.try(ctx, candidate{kind: k, estimator: k.make(k.defaults())}, autoLuck+uint64(i)*autoApart)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err == nil && c.NonFinite > 0 {
			err = errors.New("some sample is not finite")
		}
		if k.name == differencesName {
			if err != nil {
				return fmt.Errorf("auto judges by finite differences: %w", err)
			}
			t.differences = len(t.candidates)
		}
		if err == nil {
			t.candidates = append(t.candidates, c)
		}
	}
	for k := range t.p.Active {
		t.measure(k)
	}
	return nil
}

// try samples a candidate.
func (t *trials) try(ctx context.Context, c candidate, first uint64) (candidate, error) {
	if f, ok := c.estimator.(FiniteDifference); ok {
		f.Pilot, f.Samples, f.Steps = 8, t.pilot, t.steps
		c.estimator = f
	}
	if err := t.p.idle(c.estimator); err != nil {
		return c, err
	}
	var err error
	if c.estimator, err = Ready(ctx, t.p, c.estimator, t.workers, nil); err != nil {
		return c, err
	}
	c.Moments, err = Collect(ctx, t.p, ofLoss(c.estimator, t.loss), Sampling{Samples: t.pilot, First: first, Workers: t.workers})
	return c, err
}

// measure finds bias and variance of all candidates in parameter k. The judge of
// bias is the one with the least variance among finite differences and those that
// have no bias by construction and none beyond doubt in finite differences' eyes.
func (t *trials) measure(k int) {
	differences := &t.candidates[t.differences]
	peaks := t.peaks(k, differences.Moments)
	for i := range t.candidates {
		c := &t.candidates[i]
		_, _, variance := t.compare(k, peaks, c.Moments, c.Moments)
		c.variance = append(c.variance, variance)
	}
	judge := differences
	for i := range t.candidates {
		c := &t.candidates[i]
		if c.unbiased && c.variance[k] < judge.variance[k] && !t.refuted(k, peaks, c, differences) {
			judge = c
		}
	}
	for i := range t.candidates {
		c := &t.candidates[i]
		deviation, noise, _ := t.compare(k, peaks, c.Moments, judge.Moments)
		bias := max(0, deviation-noise)
		switch {
		case c == differences:
			truncation := c.estimator.(FiniteDifference).Steps[k].Truncation
			bias = truncation * truncation
		case c == judge || c.unbiased && !t.refuted(k, peaks, c, judge):
			bias = 0
		}
		c.bias = append(c.bias, bias)
	}
}

// refuted reports whether two candidates differ in parameter k by twice the noise.
func (t *trials) refuted(k int, peaks []float64, a, b *candidate) bool {
	deviation, noise, _ := t.compare(k, peaks, a.Moments, b.Moments)
	return deviation > 4*noise
}

// peaks returns the largest |derivative| by parameter k of each observable.
func (t *trials) peaks(k int, m *Moments) []float64 {
	peaks := make([]float64, len(t.p.Setup.Model.Observables))
	t.each(k, func(i, o int) { peaks[o] = max(peaks[o], math.Abs(m.Mean[i])) })
	return peaks
}

// each visits the entries by parameter k with their observables; a loss has but
// one entry.
func (t *trials) each(k int, visit func(i, observable int)) {
	if t.loss != nil {
		visit(k, 0)
		return
	}
	for _, o := range t.p.observables() {
		for _, row := range t.p.rows() {
			visit(t.p.entry(row, o, k), o)
		}
	}
}

// compare returns, for parameter k, means over observables and rows in squared
// peaks: the squared deviation of a from b, its variance, and the variance of a
// sample of a.
func (t *trials) compare(k int, peaks []float64, a, b *Moments) (deviation, noise, variance float64) {
	n := 0.0
	t.each(k, func(i, o int) {
		if peaks[o] == 0 {
			return
		}
		d, se, sd := (a.Mean[i]-b.Mean[i])/peaks[o], math.Hypot(a.SE(i), b.SE(i))/peaks[o], a.SD(i)/peaks[o]
		deviation, noise, variance = deviation+d*d, noise+se*se, variance+sd*sd
		n++
	})
	n = max(1, n)
	return deviation / n, noise / n, variance / n
}

// choose returns the best set of estimators, and what each parameter gets and why.
func (t *trials) choose() ([]autoPart, []Choice) {
	var best []int // candidate, by parameter
	least, price := math.Inf(1), 0.0
	for set := 1; set < 1<<len(t.candidates); set++ {
		assigned, cost := t.assign(set)
		sum := 0.0
		for k, c := range assigned {
			sum += math.Log(max(t.candidates[c].error2(k, cost/t.budget), 1e-12))
		}
		if sum < least {
			best, least, price = assigned, sum, cost
		}
	}
	parts := make([]autoPart, len(t.candidates))
	var choices []Choice
	for k, c := range best {
		parts[c].serves = append(parts[c].serves, k)
		choices = append(choices, t.explain(k, c, price))
	}
	var used []autoPart
	for c, part := range parts {
		if part.serves != nil {
			part.estimator = t.candidates[c].serving(part.serves)
			used = append(used, part)
		}
	}
	return used, choices
}

// serving returns the estimator for some of the parameters. What others have
// learnt for all of them they learn anew.
func (c candidate) serving(places []int) Estimator {
	f, ok := c.estimator.(FiniteDifference)
	if !ok {
		return c.kind.make(c.defaults())
	}
	some := FiniteDifference{}
	for _, k := range places {
		some.Steps = append(some.Steps, f.Steps[k])
	}
	return some
}

// assign gives each parameter the best candidate of a set of them (bits), counting
// the work of all, and returns the work of a sample of those that serve.
func (t *trials) assign(set int) (assigned []int, cost float64) {
	active := len(t.p.Active)
	for c, x := range t.candidates {
		if set>>c&1 == 1 {
			cost += x.work.of(x.Runs, active, active)
		}
	}
	serves := make([]int, len(t.candidates))
	for k := range active {
		best := -1
		for c := range t.candidates {
			if set>>c&1 == 1 && (best < 0 || t.candidates[c].error2(k, cost/t.budget) < t.candidates[best].error2(k, cost/t.budget)) {
				best = c
			}
		}
		serves[best]++
		assigned = append(assigned, best)
	}
	cost = 0
	for c, n := range serves {
		if n > 0 {
			cost += t.candidates[c].work.of(t.candidates[c].Runs, n, active)
		}
	}
	return assigned, cost
}

// error2 returns the squared error in parameter k of a mean over 1/share samples.
func (c candidate) error2(k int, share float64) float64 { return c.bias[k] + c.variance[k]*share }

// explain words the choice of a candidate for a parameter: the error that it and
// the others alone would have after the budget.
func (t *trials) explain(k, chosen int, cost float64) Choice {
	active := len(t.p.Active)
	choice := Choice{Parameter: t.p.Setup.Model.Parameters[t.p.Active[k]].Name, Estimator: t.candidates[chosen].name}
	c := t.candidates[chosen]
	if c.error2(k, 1) == 0 {
		choice.Why = "the derivative is zero in every pilot run"
		return choice
	}
	next, least := -1, math.Inf(1)
	for i, x := range t.candidates {
		if e := x.error2(k, x.work.of(x.Runs, active, active)/t.budget); i != chosen && e < least {
			next, least = i, e
		}
	}
	choice.Why = fmt.Sprintf("error %s of the peak after %g plain runs' work", percent(math.Sqrt(c.error2(k, cost/t.budget))), t.budget)
	if c.bias[k] > 0 {
		choice.Why += fmt.Sprintf(" (bias %s)", percent(math.Sqrt(c.bias[k])))
	}
	if next >= 0 {
		choice.Why += fmt.Sprintf("; %s alone: %s", t.candidates[next].name, percent(math.Sqrt(least)))
		if b := t.candidates[next].bias[k]; b > 0 {
			choice.Why += fmt.Sprintf(" (bias %s)", percent(math.Sqrt(b)))
		}
	}
	return choice
}
