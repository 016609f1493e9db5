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
	return newAdjointSampler(p, surrogate.rule, Loss{Objective: l, Tape: 1}), nil
}
