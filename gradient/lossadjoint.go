package gradient

import "github.com/nudge-abm/nudge/abm"

// fewParameters is up to how many parameters tangents are cheaper than a sweep.
const fewParameters = 4

// adjointSampler samples a loss by one run in reverse mode under a rule, at a
// cost that does not depend on the number of parameters.
type adjointSampler struct {
	p               *Problem
	r               *abm.Reverse
	l               Objective
	series, adjoint []float64
}

func newAdjointSampler(p *Problem, rule abm.Rule, l Loss) *adjointSampler {
	s := &adjointSampler{p: p, r: abm.NewReverse(p.Setup, p.Active, rule), l: l.Objective}
	s.r.Tape = l.Tape
	s.r.Want(p.Observables, p.Rows)
	return s
}

// Sample makes one run with the luck of run, and the sweep back.
func (s *adjointSampler) Sample(run uint64, dst *Sample) (err error) {
	if err := s.r.Run(s.p.Theta, s.p.Luck(run)); err != nil {
		return err
	}
	s.series = s.r.Series(s.series)
	s.adjoint = resize(s.adjoint, len(s.series))
	dst.begin(s.l(s.series, s.adjoint), len(s.p.Active))
	dst.Jacobian, err = s.r.Gradient(dst.Jacobian, s.adjoint)
	dst.Runs = 1
	return err
}

// Close frees the tape.
func (s *adjointSampler) Close() { s.r.Close() }
