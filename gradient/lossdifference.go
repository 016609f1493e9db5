package gradient

// LossSampler takes the difference quotients of L itself. The steps are those of
// the series.
func (f FiniteDifference) LossSampler(p *Problem, l Objective) (Sampler, error) {
	s, err := f.Sampler(p)
	if err != nil {
		return nil, err
	}
	return &differenceLossSampler{differenceSampler: s.(*differenceSampler), l: l}, nil
}

type differenceLossSampler struct {
	*differenceSampler
	l Objective
}

// Sample makes a run at θ and the runs of all stencils with the luck of run.
func (s *differenceLossSampler) Sample(run uint64, dst *Sample) error {
	dst.Runs = 0
	copy(s.theta, s.p.Theta) // a run that failed may have left a step
	loss, err := s.loss(run, dst)
	if err != nil {
		return err
	}
	dst.begin(loss, len(s.p.Active))
	for k, i := range s.p.Active {
		for j, d := range s.stencils[k].offset {
			s.theta[i] = s.p.Theta[i] + d
			v, err := s.loss(run, dst)
			if err != nil {
				return err
			}
			dst.Jacobian[k] += s.stencils[k].weight[j] * v
		}
		s.theta[i] = s.p.Theta[i]
	}
	return nil
}

// loss makes a run at the parameters set.
func (s *differenceLossSampler) loss(run uint64, dst *Sample) (float64, error) {
	if err := s.w.Run(s.theta, s.p.Luck(run)); err != nil {
		return 0, err
	}
	dst.Runs++
	s.series = s.w.Series(s.series)
	return s.l(s.series, nil), nil
}
