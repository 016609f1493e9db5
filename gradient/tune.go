package gradient

import (
	"fmt"
	"math"
	"slices"
)

// candidateSteps is how many steps, each half the one before, tuning compares.
const candidateSteps = 7

// largestStep is the largest candidate as a share of the parameter.
const largestStep = 0.4

// Tune returns for each active parameter the step of the least expected squared
// error of a mean over Samples runs. Of each candidate h it estimates, from the
// same pilot runs,
//
//   - the noise: the standard error of the mean difference;
//   - the truncation error by Richardson's comparison: D(2h) − D(h) is three
//     times the O(h²) error of D(h), less what noise contributes; it is assumed
//     to fall no faster than h² from larger steps.
//
// Steps so small that fewer than half of the pilot's runs change at all are left
// out: their noise is in what the pilot does not show.
//
// For a parameter that acts through whole steps (a policy time behind a hard
// gate) D grows as 1/h below one step, which shows as truncation, so that a step
// of that size is chosen.
func (f FiniteDifference) Tune(p *Problem) ([]Step, error) {
	pilot := f.Pilot
	setDefault(&pilot, 16)
	setDefault(&f.Samples, 200)
	steps := make([]Step, len(p.Active))
	for k, i := range p.Active {
		one := *p
		one.Active = []int{i}
		best, err := one.tune(i, pilot, f.Samples)
		if err != nil {
			return nil, err
		}
		steps[k] = best
	}
	return steps, nil
}

// tune chooses the step of parameter i, the only active one.
func (p *Problem) tune(i, pilot, samples int) (Step, error) {
	var tried []trial
	for h := p.firstStep(i); len(tried) < candidateSteps; h /= 2 {
		t, err := p.try(i, h, pilot)
		if err != nil {
			return Step{}, err
		}
		tried = append(tried, t)
	}
	best, least := Step{}, math.Inf(1)
	floor := 0.0 // truncation implied by larger steps
	for k := range len(tried) - 1 {
		t := tried[k]
		if k > 0 && 2*t.changed < pilot {
			break
		}
		floor = max(floor/4, t.truncation(tried[k+1]))
		noise := t.noise * math.Sqrt(float64(pilot)) // of one run
		if e := floor*floor + noise*noise/float64(samples); e < least {
			least = e
			best = Step{Parameter: p.Setup.Model.Parameters[i].Name, H: t.h, Truncation: floor,
				Noise: noise, Peak: t.peak}
		}
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
	h     float64
	mean  []float64
	runs  [][]float64
	noise float64 // root mean square standard error of the mean
	peak  float64

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
		t.noise += m.SE(e) * m.SE(e)
		t.peak = max(t.peak, math.Abs(t.mean[e]))
	}
	t.noise = math.Sqrt(t.noise / float64(len(t.mean)))
	return t, nil
}

// truncation estimates the O(h²) error of t from the candidate of half the step
// on the same luck: 4/3·(D(h) − D(h/2)), with the noise's share taken off.
func (t trial) truncation(half trial) float64 {
	n := float64(len(t.runs))
	excess := 0.0
	for e := range t.mean {
		d := t.mean[e] - half.mean[e]
		noise := 0.0
		for r := range t.runs {
			x := t.runs[r][e] - half.runs[r][e] - d
			noise += x * x
		}
		excess += d*d - noise/(n*(n-1))
	}
	return 4.0 / 3 * math.Sqrt(max(0, excess/float64(len(t.mean))))
}
