package cli

import (
	"slices"

	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/sensitivity"
)

// deviations returns the prior standard deviations of the active parameters, zero
// for those without a prior.
func deviations(s *subject, p *gradient.Problem) []float64 {
	if len(s.space) == 0 {
		return nil
	}
	names, all := s.space.Names(), s.space.SD()
	sd := make([]float64, len(p.Active))
	for k, i := range p.Active {
		if at := slices.Index(names, s.setup.Model.Parameters[i].Name); at >= 0 {
			sd[k] = all[at]
		}
	}
	return sd
}

// draws returns what derivatives are averaged over, values of all parameters;
// none for a point.
func (f *sensitivityFlags) draws(s *subject) (at string, draws [][]float64, err error) {
	switch at = f.at; {
	case at == "" && s.posterior != nil:
		at = "posterior"
	case at == "" && s.calibrated != nil:
		at = "prior"
	case at == "":
		at = "point"
	case at == "posterior" && s.posterior == nil:
		return at, nil, usagef("--at posterior: %s is not the folder of a calibration, which has a file posterior.csv", s.name)
	}
	switch at {
	case "posterior":
		for _, values := range s.posterior {
			draws = append(draws, s.with(s.calibrated, values))
		}
	case "prior":
		if err := s.space.Check(); err != nil {
			return at, nil, usage(err)
		}
		names, sequence := s.space.Names(), sensitivity.NewScrambled(s.space.Dim(), s.seed)
		for range f.runs {
			values := make([]float64, len(names))
			s.space.Draw(values, sequence.Next(nil))
			draws = append(draws, s.with(names, values))
		}
	}
	return at, draws, nil
}

// with returns the point with the named parameters at other values.
func (s *subject) with(names []string, values []float64) []float64 {
	theta := slices.Clone(s.theta)
	for k, name := range names {
		theta[s.setup.Model.Parameter(name)] = values[k]
	}
	return theta
}
