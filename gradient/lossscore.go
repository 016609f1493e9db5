package gradient

import "slices"

// LossSampler multiplies L, less the mean of the group's other runs, by the score
// of all draws until the last row recorded, so that it is unbiased for any L.
func (s Score) LossSampler(p *Problem, l Objective) (Sampler, error) {
	made, err := s.Sampler(p)
	if err != nil {
		return nil, err
	}
	last := p.Setup.Steps() - 1
	if len(p.Rows) > 0 {
		last = slices.Max(p.Rows)
	}
	return &scoreLossSampler{scoreSampler: made.(*scoreSampler), l: l, last: last}, nil
}

type scoreLossSampler struct {
	*scoreSampler
	l       Objective
	last    int // row
	adjoint []float64
	losses  []float64 // of the group's runs
	scores  []float64 // runs × active
}

// Sample makes a group of runs. The loss is that of the first.
func (s *scoreLossSampler) Sample(run uint64, dst *Sample) error {
	active := len(s.p.Active)
	s.losses, s.scores = s.losses[:0], s.scores[:0]
	dst.begin(0, active)
	for g := range s.runs {
		clear(s.rule.score)
		if err := s.w.Run(s.p.Theta, s.p.Luck(run+uint64(g)*apart)); err != nil {
			return err
		}
		s.series, s.pathwise = s.w.Series(s.series), s.w.Jacobian(s.pathwise)
		s.rule.accumulate()
		s.adjoint = resize(s.adjoint, len(s.series))
		s.losses = append(s.losses, s.l(s.series, s.adjoint))
		s.scores = append(s.scores, s.rule.score[s.last*active:][:active]...)
		dst.chain(1/float64(s.runs), s.adjoint, s.pathwise)
	}
	s.covary(dst)
	dst.Series[0], dst.Runs = s.losses[0], float64(s.runs)
	return nil
}

// covary adds the mean over runs of (L − mean L of the others)·score.
func (s *scoreLossSampler) covary(dst *Sample) {
	mean := 0.0
	for _, v := range s.losses {
		mean += v / float64(s.runs)
	}
	active := len(s.p.Active)
	for g, v := range s.losses {
		dst.add((v-mean)/float64(s.runs-1), s.scores[g*active:][:active])
	}
}
