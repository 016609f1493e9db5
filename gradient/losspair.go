package gradient

// LossSampler samples L(alternative) − L(F) where the estimator of the Jacobian
// samples the difference of the series, so that it is unbiased for any L.
func (r ResamplePair) LossSampler(p *Problem, l Objective) (Sampler, error) {
	s, err := r.Sampler(p)
	if err != nil {
		return nil, err
	}
	return &resampleLossSampler{resampleSampler: s.(*resampleSampler), l: l}, nil
}

type resampleLossSampler struct {
	*resampleSampler
	l                         Objective
	series, adjoint, pathwise []float64 // of the run itself
}

// Sample makes the run and its alternatives.
func (s *resampleLossSampler) Sample(run uint64, dst *Sample) error {
	if err := s.run(run); err != nil {
		return err
	}
	s.series, s.pathwise = s.w.Series(s.series), s.w.Jacobian(s.pathwise)
	s.adjoint = resize(s.adjoint, len(s.series))
	loss, active := s.l(s.series, s.adjoint), len(s.p.Active)
	dst.begin(loss, active)
	dst.chain(1, s.adjoint, s.pathwise)
	for i, site := range s.rule.chosen {
		s.alternative.Force(site.at, site.value)
		if err := s.alternative.Run(s.p.Theta, s.p.Luck(run)); err != nil {
			return err
		}
		s.altered = s.alternative.Series(s.altered)
		dst.add(s.l(s.altered, nil)-loss, s.rule.weights[i*active:][:active])
	}
	dst.Runs = float64(1 + len(s.rule.chosen))
	return nil
}
