package gradient

// Objective is a scalar function L of a run's series (T × C, row-major; entries
// that are not recorded are zero). It returns L and, unless adjoint is nil,
// fills it with dL/d(series). Several workers call it at the same time.
type Objective func(series, adjoint []float64) float64

// Loss estimates the gradient of E[L(F)], the mean of a scalar function of a run,
// each run for itself. It is an estimator whose series is [L(F)] and whose
// Jacobian, 1 × P, is the gradient, so that [Collect] averages it like any other.
//
// The Jacobian of E[F] does not suffice for it: E[L′(F)]·dE[F]/dθ is not the
// gradient unless L is linear. Each estimator has its own rule:
//
//   - surrogates ([StraightThrough], [GumbelSoftmax], [Smoothed]) let dL/dF flow
//     back through the run, by one adjoint sweep whatever P is ([Adjoint]), or where
//     that is cheaper, for few parameters, by tangents. They have the bias of a surrogate, which
//     sees the slope of L in place of finite jumps;
//   - [Flip] and [ResamplePair] take L(alternative) − L(F), [Score] L with its
//     baseline, [FiniteDifference] differences of L: no bias but that of the
//     estimator;
//   - any other has L′(F) times its Jacobian of the same run.
type Loss struct {
	Objective Objective
	Estimator Estimator
	Tape      int // bytes of record that a sweep may keep; see [abm.Reverse]
}

// LossEstimator is an estimator with a rule of its own for losses.
type LossEstimator interface {
	Estimator
	// LossSampler returns what samples the loss: a sample's series is [L(F)] of the
	// run itself and its Jacobian the gradient.
	LossSampler(p *Problem, l Objective) (Sampler, error)
}

// Name returns the name of the estimator.
func (l Loss) Name() string { return l.Estimator.Name() }

// Sampler fails where the estimator does.
func (l Loss) Sampler(p *Problem) (Sampler, error) {
	if own, ok := l.Estimator.(LossEstimator); ok {
		return own.LossSampler(p, l.Objective)
	}
	s, err := l.Estimator.Sampler(p)
	if err != nil {
		return nil, err
	}
	if t, ok := s.(*tangentSampler); ok {
		if a := newAdjoint(p, t.rule, l.Tape); a != nil {
			s.Close()
			return &adjointSampler{Adjoint: a, l: l.Objective}, nil
		}
	}
	return &chainSampler{p: p, s: s, l: l.Objective}, nil
}

// chainSampler carries L′(F) through the Jacobian of the same run.
type chainSampler struct {
	p       *Problem
	s       Sampler
	l       Objective
	x       Sample
	adjoint []float64
}

// Sample takes a sample of the Jacobian.
func (s *chainSampler) Sample(run uint64, dst *Sample) error {
	if s.x.Series == nil {
		s.x.Series = []float64{} // have the run itself made, too
	}
	if err := s.s.Sample(run, &s.x); err != nil {
		return err
	}
	s.adjoint = resize(s.adjoint, len(s.x.Series))
	dst.begin(s.l(s.x.Series, s.adjoint), len(s.p.Active))
	dst.chain(1, s.adjoint, s.x.Jacobian)
	dst.Runs = s.x.Runs
	return nil
}

// Close closes the sampler of Jacobians.
func (s *chainSampler) Close() { s.s.Close() }

// begin makes the sample that of a loss, with no gradient yet.
func (s *Sample) begin(loss float64, active int) {
	s.Series = append(s.Series[:0], loss)
	s.Jacobian = resize(s.Jacobian, active)
	clear(s.Jacobian)
}

// chain adds scale times the adjoint of a series through its Jacobian.
func (s *Sample) chain(scale float64, adjoint, jacobian []float64) {
	active := len(s.Jacobian)
	for e, g := range adjoint {
		if g == 0 {
			continue
		}
		for k, d := range jacobian[e*active:][:active] {
			s.Jacobian[k] += scale * g * d
		}
	}
}

// add adds scale times the weights, one a parameter, to the gradient.
func (s *Sample) add(scale float64, weights []float64) {
	for k, w := range weights {
		s.Jacobian[k] += scale * w
	}
}
