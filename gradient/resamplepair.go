package gradient

import (
	"fmt"
	"math"

	"github.com/nudge-abm/nudge/abm"
)

// ResamplePair draws single sites anew, follows the alternative history under
// otherwise the same luck, and weights the difference by that of the scores:
//
//	d E[F]/dθ = E[dF at fixed draws] + Σ_sites ½·E[(F′ − F)·(score(x′) − score(x))]
//
// with x′ an independent draw of the law that x came from. One alternative serves
// all parameters of the law and sees jumps as well as slopes. Sites are chosen by
// systematic sampling in the order of execution, all with the same probability.
//
//   - Estimates: d E[F]/dθ, all parameters at once. All draws are sites whose
//     law depends on parameters: discrete ones and those of continuous laws that
//     a [abm.DensityRule] hears of. Other continuous draws are pathwise.
//   - Bias: none, if what follows from pathwise draws is continuous in them.
//   - Variance: falls as 1/Pairs towards that of all sites together, and grows
//     with the number of sites.
//   - Cost: one run with P tangents and a plain run a site that came out otherwise.
//   - Needs: probabilities strictly between 0 and 1 where parameters move them, as
//     [Score] does.
//   - Use it for: attributes drawn once from laws with parameters (tastes, sights,
//     skills) that decisions depend on discontinuously.
//
// Source: the identity 2·Cov(F, s) = E[(F′−F)(s′−s)] of independent copies, applied
// to the score; Heidergott and Vázquez-Abad (2008) for re-execution.
type ResamplePair struct {
	Pairs int // sites drawn anew a sample, on average; 0 means 10
}

// Name returns "resample-pair".
func (ResamplePair) Name() string { return "resample-pair" }

// Sampler makes a run that counts the sites; it fails if the run does.
func (r ResamplePair) Sampler(p *Problem) (Sampler, error) {
	pairs := r.Pairs
	if pairs == 0 {
		pairs = 10
	}
	if pairs < 1 {
		return nil, fmt.Errorf("resample-pair needs at least 1 pair a sample, not %d", pairs)
	}
	rule := &resampleRule{spacing: math.Inf(1), before: make([]float64, len(p.Active)), after: make([]float64, len(p.Active))}
	s := &resampleSampler{p: p, w: p.world(rule), alternative: p.world(nil), rule: rule}
	if err := s.run(math.MaxUint64); err != nil {
		s.Close()
		return nil, err
	}
	rule.spacing = max(1, rule.sites/float64(pairs))
	return s, nil
}

// resampleSampler samples by a run and alternatives to it.
type resampleSampler struct {
	p           *Problem
	w           *abm.World
	alternative *abm.World
	rule        *resampleRule
	altered     []float64
}

// Sample makes the run and its alternatives.
func (s *resampleSampler) Sample(run uint64, dst *Sample) error {
	if err := s.run(run); err != nil {
		return err
	}
	dst.Series = s.w.Series(dst.Series)
	dst.Jacobian = s.w.Jacobian(dst.Jacobian)
	dst.Runs = 1
	for i := range s.rule.chosen {
		if err := s.follow(run, i, dst); err != nil {
			return err
		}
	}
	return nil
}

// run makes the run itself.
func (s *resampleSampler) run(run uint64) error {
	luck := s.p.Luck(run)
	s.rule.begin(luck)
	return s.w.Run(s.p.Theta, luck)
}

// follow adds what alternative i of the run brings.
func (s *resampleSampler) follow(run uint64, i int, dst *Sample) error {
	s.alternative.Force(s.rule.chosen[i].at, s.rule.chosen[i].value)
	if err := s.alternative.Run(s.p.Theta, s.p.Luck(run)); err != nil {
		return err
	}
	dst.Runs++
	s.altered = s.alternative.Series(s.altered)
	active := len(s.p.Active)
	weight := s.rule.weights[i*active:][:active]
	for e, v := range s.altered {
		d := v - dst.Series[e]
		row := dst.Jacobian[e*active:][:active]
		for k, x := range weight {
			row[k] += x * d
		}
	}
	return nil
}

// Close frees the worlds.
func (s *resampleSampler) Close() {
	s.w.Close()
	s.alternative.Close()
}
