package gradient

import "github.com/nudge-abm/nudge/abm"

// tangentSampler samples by one run in forward mode under a rule: all P
// parameters in one pass.
type tangentSampler struct {
	p    *Problem
	rule abm.Rule
	w    *abm.World
}

func newTangentSampler(p *Problem, rule abm.Rule) *tangentSampler {
	return &tangentSampler{p: p, rule: rule, w: p.world(rule)}
}

// Sample makes one run with the luck of run.
func (s *tangentSampler) Sample(run uint64, dst *Sample) error {
	if err := s.w.Run(s.p.Theta, s.p.Luck(run)); err != nil {
		return err
	}
	dst.Series = s.w.Series(dst.Series)
	dst.Jacobian = s.w.Jacobian(dst.Jacobian)
	dst.Runs = 1
	return nil
}

// Close frees the world.
func (s *tangentSampler) Close() { s.w.Close() }
