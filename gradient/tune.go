package gradient

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
)

// candidateSteps is how many steps, each half the one before, tuning compares.
const candidateSteps = 7

// biasWeight is by how much more a squared truncation error counts than a squared
// standard error: unlike noise it has no interval that tells of it, and a check
// would lay it to the estimator's charge.
const biasWeight = 9

// largestStep is the largest candidate as a share of the parameter.
const largestStep = 0.4

// Tune returns for each active parameter the step of the least expected squared
// error (truncation weighed heavier than noise, see biasWeight) of a mean over f.Samples runs. Errors are shares of the peak of the
// derivative of each observable, so that observables of different size count
// alike. Of each candidate h it estimates, from the same pilot runs,
//
//   - the noise: the standard deviation of the difference of one run;
//   - the truncation error by Richardson's comparison: D(2h) − D(h) is three
//     times the O(h²) error of D(h), less what noise contributes. What noise may
//     hide counts as well, but no more than a quarter of the squared error of
//     the step before; and the error is assumed to fall no faster than h².
//
// Steps so small that fewer than half of the pilot's runs change at all are left
// out: their noise is in what the pilot does not show. Once noise alone makes a step
// worse than the best, smaller ones are not tried.
//
// For a parameter that acts through whole steps (a policy time behind a hard
// gate) D grows as 1/h below one step, which shows as truncation, so that a step
// of that size is chosen.
func (f FiniteDifference) Tune(p *Problem) ([]Step, error) {
	pilot, runs := f.Pilot, f.Samples
	setDefault(&pilot, 16)
	setDefault(&runs, 200)
	steps := make([]Step, len(p.Active))
	for k, i := range p.Active {
		one := *p
		one.Active = []int{i}
		best, err := one.tune(i, pilot, runs)
		if err != nil {
			return nil, err
		}
		steps[k] = best
	}
	return steps, nil
}

// tune chooses the step of parameter i, the only active one.
func (p *Problem) tune(i, pilot, runs int) (Step, error) {
	h := p.firstStep(i)
	t, err := p.try(i, h, pilot)
	if err != nil {
		return Step{}, err
	}
	peaks := t.peaks(len(p.Setup.Model.Observables)) // of the least noisy
	best, least := Step{}, math.Inf(1)
	truncation := math.Inf(1) // squared, of the step before
	for k := range candidateSteps - 1 {
		if k > 0 && 2*t.changed < pilot || t.noise(peaks)/float64(runs) >= least {
			break
		}
		h /= 2
		finer, err := p.try(i, h, pilot)
		if err != nil {
			return Step{}, err
		}
		if t.mean != nil && finer.mean != nil { // some run was finite
			floor := truncation / 16
			if k == 0 {
				floor = 0
			}
			excess, hidden := t.truncation(finer, peaks)
			truncation = max(floor, excess+min(hidden, truncation/4))
			noise := t.noise(peaks)
			if e := biasWeight*truncation + noise/float64(runs); e < least {
				least = e
				best = Step{Parameter: p.Setup.Model.Parameters[i].Name, H: t.h,
					Truncation: math.Sqrt(truncation), Noise: math.Sqrt(noise), Peak: slices.Max(peaks)}
			}
		}
		t = finer
	}
	if best.H == 0 {
		return Step{}, fmt.Errorf("no finite-difference step for %s can be tuned: the model's series are not finite around %g",
			p.Setup.Model.Parameters[i].Name, p.Theta[i])
	}
	return best, nil
}

// firstStep is the largest candidate that fits.
func (p *Problem) firstStep(i int) float64 {
	h := largestStep * scale(p.Theta[i])
	for range 60 {
		if _, err := p.stencil(i, h); err == nil {
			break
		}
		h /= 2
	}
	return h
}

// trial is the difference quotient of one candidate step over the pilot runs.
type trial struct {
	h    float64
	mean []float64
	sd   []float64
	runs [][]float64

	changed int // runs in which the step makes any difference
}

func (p *Problem) try(i int, h float64, pilot int) (trial, error) {
	s, err := FiniteDifference{Steps: []Step{{H: h}}}.Sampler(p)
	if err != nil {
		return trial{}, err
	}
	defer s.Close()
	t := trial{h: h}
	var m Moments
	for run := range pilot {
		var x Sample
		if err := s.Sample(uint64(run), &x); err != nil {
			return trial{}, err
		}
		m.add(&x)
		t.runs = append(t.runs, slices.Clone(x.Jacobian))
		if slices.ContainsFunc(x.Jacobian, func(d float64) bool { return d != 0 }) {
			t.changed++
		}
	}
	t.mean = m.Mean
	for e := range t.mean {
		t.sd = append(t.sd, m.SD(e))
	}
	return t, nil
}

// peaks returns the largest |derivative| of each observable.
func (t trial) peaks(observables int) []float64 {
	peaks := make([]float64, observables)
	for e, v := range t.mean {
		peaks[e%observables] = max(peaks[e%observables], math.Abs(v))
	}
	return peaks
}

// noise returns the variance of a single run in units of squared peaks: the mean
// over rows and observables.
func (t trial) noise(peaks []float64) float64 {
	return stat.Mean(squares(peaks, len(t.mean), func(e int) float64 { return t.sd[e] * t.sd[e] }), nil)
}

// truncation estimates the squared O(h²) error of t in units of squared peaks
// from the candidate of half the step on the same luck: that of
// 4/3·(D(h) − D(h/2)), with the share of noise taken off; and what of it noise
// may hide, a standard deviation. Observables count by how little noise they have.
func (t trial) truncation(half trial, peaks []float64) (excess, hidden float64) {
	n := float64(len(t.runs))
	noise := squares(peaks, len(t.mean), func(e int) float64 {
		d, sum := t.mean[e]-half.mean[e], 0.0
		for r := range t.runs {
			x := t.runs[r][e] - half.runs[r][e] - d
			sum += x * x
		}
		return sum / (n * (n - 1))
	})
	total := squares(peaks, len(t.mean), func(e int) float64 {
		d := t.mean[e] - half.mean[e]
		return d * d
	})
	weights := make([]float64, len(noise))
	for c, v := range noise {
		weights[c] = 1 / (v + 1e-4) // a noise of 1 % is small
	}
	v := stat.Mean(noise, weights)
	return 16.0 / 9 * max(0, stat.Mean(total, weights)-v), 16.0 / 9 * v
}

// squares returns, for each observable with a peak, the mean over rows of
// square(e)/peak², of n entries in all.
func squares(peaks []float64, n int, square func(e int) float64) []float64 {
	var means []float64
	for c, peak := range peaks {
		if peak == 0 {
			continue
		}
		sum := 0.0
		for e := c; e < n; e += len(peaks) {
			sum += square(e)
		}
		means = append(means, sum*float64(len(peaks))/float64(n)/(peak*peak))
	}
	if means == nil {
		return []float64{0}
	}
	return means
}
