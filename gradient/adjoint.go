package gradient

import "github.com/nudge-abm/nudge/abm"

// Adjoint makes runs under a surrogate ([StraightThrough], [Smoothed],
// [GumbelSoftmax]) and carries adjoints of their series back to the parameters, at a
// cost that does not grow with their number. The two come apart, since the adjoints
// of a loss of several runs are known once all are made; keep an Adjoint for each.
type Adjoint struct {
	p *Problem
	r *abm.Reverse
}

// fewParameters is up to how many parameters tangents are cheaper than a sweep that
// needs a tape: 6 plain runs against 6.7 for the 8 of the firms.
const fewParameters = 8

// NewAdjoint returns an adjoint of the problem that keeps a record of so many
// bytes (0: 64 MB), or nil if the estimator has none or its Sampler is cheaper.
func NewAdjoint(p *Problem, e Estimator, bytes int) (*Adjoint, error) {
	s, err := e.Sampler(p)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	if t, ok := s.(*tangentSampler); ok {
		return newAdjoint(p, t.rule, bytes), nil
	}
	return nil, nil
}

// newAdjoint is NewAdjoint under a rule.
func newAdjoint(p *Problem, rule abm.Rule, bytes int) *Adjoint {
	a := anyAdjoint(p, rule, bytes)
	if len(p.Active) <= fewParameters && !a.Cheap() {
		a.Close()
		return nil
	}
	return a
}

func anyAdjoint(p *Problem, rule abm.Rule, bytes int) *Adjoint {
	a := &Adjoint{p: p, r: abm.NewReverse(p.Setup, p.Active, rule)}
	a.r.Tape = bytes
	a.r.Want(p.Observables, p.Rows)
	return a
}

// Cheap reports whether a run costs little more than a plain one, so that all may
// be made with a record although few are followed back.
func (a *Adjoint) Cheap() bool { return !a.r.NeedsTape() }

// Run makes a run with the luck of run and returns its series (T × C) in dst (nil:
// allocate).
func (a *Adjoint) Run(run uint64, dst []float64) ([]float64, error) {
	if err := a.r.Run(a.p.Theta, a.p.Luck(run)); err != nil {
		return dst, err
	}
	return a.r.Series(dst), nil
}

// Gradient returns dL/dθ (P) in dst (nil: allocate), given the adjoint dL/d(series)
// of the latest run. It may be asked more than once.
func (a *Adjoint) Gradient(dst, adjoint []float64) ([]float64, error) {
	return a.r.Gradient(dst, adjoint)
}

// Close frees the record.
func (a *Adjoint) Close() { a.r.Close() }
