package gradient

// LossSampler samples L(alternative) − L(F) where the estimator of the Jacobian
// samples the difference of the series, so that it is unbiased for any L.
func (f Flip) LossSampler(p *Problem, l Objective) (Sampler, error) {
	s, err := f.Sampler(p)
	if err != nil {
		return nil, err
	}
	return &flipLossSampler{flipSampler: s.(*flipSampler), l: l}, nil
}

type flipLossSampler struct {
	*flipSampler
	l           Objective
	x           Sample // the run itself
	adjoint     []float64
	alternative []float64
	changes     []float64 // of the loss, by alternative chosen
}

// Sample makes the run and follows the chosen alternatives.
func (s *flipLossSampler) Sample(run uint64, dst *Sample) error {
	if err := s.run(run, &s.x); err != nil {
		return err
	}
	s.adjoint = resize(s.adjoint, len(s.x.Series))
	loss := s.l(s.x.Series, s.adjoint)
	dst.begin(loss, len(s.p.Active))
	dst.chain(1, s.adjoint, s.x.Jacobian)
	s.changes = s.changes[:0]
	for _, f := range s.rule.chosen {
		s.alternative = append(s.alternative[:0], s.x.Series...)
		err := s.follow(run, f, s.x.Series, func(entry int, difference float64) { s.alternative[entry] += difference })
		if err != nil {
			return err
		}
		change := s.l(s.alternative, nil) - loss
		s.changes = append(s.changes, change)
		dst.add(change-f.expected, f.weight)
	}
	if s.rule.foresight != nil {
		dst.add(1, s.rule.foresight.control)
	}
	dst.Runs = s.x.Runs + s.replayed
	return nil
}
