package gradient

import (
	"fmt"
	"math"
	"sync"

	"github.com/nudge-abm/nudge/abm"
)

// FiniteDifference compares runs at θ+h and θ−h with common random numbers.
//
//   - Estimates: (E[F(θ+h)] − E[F(θ−h)])/2h, one parameter at a time; at the edge
//     of a support the one-sided stencil (−3F(θ)+4F(θ+h)−F(θ+2h))/2h.
//   - Bias: O(h²). For a policy time behind a hard gate the derivative proper is
//     zero almost everywhere; the difference over a whole step is what is told.
//   - Variance: Var F·O(1/h) for discrete outcomes, since luck is shared.
//   - Cost: 2P plain runs (3 for a one-sided parameter), plus tuning once.
//   - Needs: nothing.
//   - Use it for: checking the others; up to three parameters.
//
// The step is tuned per parameter to the least sum of both errors, see
// [FiniteDifference.Tune]. Source: paper, equations 9 and 56.
type FiniteDifference struct {
	RelativeStep float64 // h as a share of |θ| (of 1 at θ = 0); 0 tunes h
	Steps        []Step  // steps to use, one an active parameter; overrides RelativeStep
	Pilot        int     // runs per candidate when tuning; 0 means 16
	Samples      int     // samples that the step is tuned for; 0 means 200

	tuned *tunedSteps
}

// tunedSteps makes the samplers of one estimator tune once between them.
type tunedSteps struct {
	once  sync.Once
	steps []Step
	err   error
}

// Step is the finite-difference step of one parameter with the errors expected
// of it: root mean squares over observables and rows, as shares of the largest
// |derivative| of each observable.
type Step struct {
	Parameter  string  `json:"parameter"`
	H          float64 `json:"step"`
	Truncation float64 `json:"truncation_error"` // of O(h²), by Richardson's comparison
	Noise      float64 `json:"noise_error"`      // standard error of a single run's difference
	Peak       float64 `json:"peak"`             // largest |derivative|, for scale
}

// Name returns "finite-difference".
func (FiniteDifference) Name() string { return differencesName }

const differencesName = "finite-difference"

// Sampler fails if a step does not fit into a parameter's support.
func (f FiniteDifference) Sampler(p *Problem) (Sampler, error) {
	steps, err := f.stepsFor(p)
	if err != nil {
		return nil, err
	}
	s := &differenceSampler{p: p, w: p.world(nil), theta: append([]float64(nil), p.Theta...)}
	for k, i := range p.Active {
		st, err := p.stencil(i, steps[k].H)
		if err != nil {
			s.Close()
			return nil, err
		}
		s.stencils = append(s.stencils, st)
	}
	return s, nil
}

func (f FiniteDifference) stepsFor(p *Problem) ([]Step, error) {
	switch {
	case f.Steps != nil:
		return f.Steps, nil
	case f.RelativeStep > 0:
		steps := make([]Step, len(p.Active))
		for k, i := range p.Active {
			steps[k] = Step{Parameter: p.Setup.Model.Parameters[i].Name, H: f.RelativeStep * scale(p.Theta[i])}
		}
		return steps, nil
	case f.tuned == nil:
		return f.Tune(p)
	}
	f.tuned.once.Do(func() { f.tuned.steps, f.tuned.err = f.Tune(p) })
	return f.tuned.steps, f.tuned.err
}

// scale is the size against which a relative step is measured.
func scale(theta float64) float64 {
	if theta == 0 {
		return 1
	}
	return math.Abs(theta)
}

// stencil is a difference quotient: Σ weight·F(θ + offset).
type stencil struct {
	offset []float64
	weight []float64
}

// stencil returns the central difference of parameter i if it fits, else a
// one-sided one of second order.
func (p *Problem) stencil(i int, h float64) (stencil, error) {
	central := stencil{[]float64{h, -h}, []float64{0.5 / h, -0.5 / h}}
	right := stencil{[]float64{0, h, 2 * h}, []float64{-1.5 / h, 2 / h, -0.5 / h}}
	left := stencil{[]float64{0, -h, -2 * h}, []float64{1.5 / h, -2 / h, 0.5 / h}}
	for _, s := range []stencil{central, right, left} {
		if p.fits(i, s) {
			return s, nil
		}
	}
	return stencil{}, fmt.Errorf("a finite-difference step of %g does not fit into what %s may be; choose a smaller one",
		h, p.Setup.Model.Parameters[i].Name)
}

func (p *Problem) fits(i int, s stencil) bool {
	theta := append([]float64(nil), p.Theta...)
	for _, d := range s.offset {
		theta[i] = p.Theta[i] + d
		if p.Setup.Check(theta) != nil {
			return false
		}
	}
	return true
}

type differenceSampler struct {
	p        *Problem
	w        *abm.World
	theta    []float64
	stencils []stencil
	series   []float64
	first    []float64 // series of a stencil's first run
}

// Sample makes the runs of all stencils with the luck of run. The series is
// that of a run at θ, made only if dst.Series is not nil.
func (s *differenceSampler) Sample(run uint64, dst *Sample) error {
	rows, observables, active := s.p.Shape()
	if dst.Jacobian == nil {
		dst.Jacobian = make([]float64, rows*observables*active)
	}
	clear(dst.Jacobian)
	dst.Runs = 0
	copy(s.theta, s.p.Theta) // a run that failed may have left a step
	for k, i := range s.p.Active {
		for j, d := range s.stencils[k].offset {
			s.theta[i] = s.p.Theta[i] + d
			if err := s.w.Run(s.theta, s.p.Luck(run)); err != nil {
				return err
			}
			dst.Runs++
			s.series = s.w.Series(s.series)
			if j == 0 { // weights sum to 0, so differences do, without rounding
				s.first = append(s.first[:0], s.series...)
				continue
			}
			for e, v := range s.series {
				dst.Jacobian[e*active+k] += s.stencils[k].weight[j] * (v - s.first[e])
			}
		}
		s.theta[i] = s.p.Theta[i]
	}
	if dst.Series != nil {
		if err := s.w.Run(s.theta, s.p.Luck(run)); err != nil {
			return err
		}
		dst.Series = s.w.Series(dst.Series)
	}
	return nil
}

// Close frees the world.
func (s *differenceSampler) Close() { s.w.Close() }
