package gradient

import "errors"

// ByTangents returns the sampler of a surrogate's loss that carries tangents,
// however many parameters there are.
func ByTangents(p *Problem, e Estimator, l Objective) (Sampler, error) {
	s, err := e.Sampler(p)
	return &chainSampler{p: p, s: s, l: l}, err
}

// ByAdjoints returns the sampler of a surrogate's loss that sweeps back, however
// few parameters there are.
func ByAdjoints(p *Problem, e Estimator, l Objective) (Sampler, error) {
	s, err := e.Sampler(p)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	surrogate, ok := s.(*tangentSampler)
	if !ok {
		return nil, errors.New("not a surrogate")
	}
	return &adjointSampler{Adjoint: anyAdjoint(p, surrogate.rule, 1), l: l}, nil
}

// Forecast returns what all alternatives of a run are expected to change in a
// loss, weighted, if the forecasts of a surrogate are trusted.
func Forecast(p *Problem, by Surrogate, l Objective, run uint64) ([]float64, error) {
	d := Debiased{Surrogate: by}.withDefaults()
	s, err := d.LossSampler(p, l)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	trusting := s.(*debiasedSampler)
	trusting.rule.foresight.most = nil // without bounds
	for kind := range 1 << 10 {
		trusting.rule.foresight.trust[kind] = 1
	}
	if err := trusting.run(run, &Sample{}); err != nil {
		return nil, err
	}
	return trusting.rule.foresight.control, nil
}

// LinearCavity returns the derivatives of cavity without what brings other
// histories together.
func LinearCavity(p *Problem, run uint64) (*Sample, error) {
	s, err := Cavity{}.Sampler(p)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	s.(*cavitySampler).m.linear = true
	x := &Sample{}
	return x, s.Sample(run, x)
}
