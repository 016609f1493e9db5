package study

import (
	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/gradient"
)

// estimate makes the estimator of the runs' Jacobians.
func (s *Study) estimate(c *Calibration) (err error) {
	c.estimator, err = s.spec.Estimator.make()
	return err
}

// make returns the estimator; the Mistake says which name or option is wrong.
func (e *estimator) make() (gradient.Estimator, error) {
	options := map[string]string{}
	made, err := gradient.New(e.Name.value, nil)
	if err != nil {
		return nil, e.Name.mistakef("%v", err)
	}
	for _, x := range e.Options.list {
		options[x.name.value] = x.value.value
		if made, err = gradient.New(e.Name.value, options); err != nil {
			return nil, x.name.mistakef("%v", err)
		}
	}
	return made, nil
}

// fit collects the options of the fit and of what is made of it.
func (s *Study) fit(c *Calibration) error {
	t := &s.spec.Training
	c.Options = calibrate.Options{
		Gradient: t.Gradient.value, Steps: t.Steps.int(), Draws: t.Draws.int(), KLDraws: t.KLDraws.int(),
		LearningRate: t.LearningRate.value, Schedule: t.Schedule.value, WeightDecay: t.WeightDecay.value, Clip: t.Clip.value,
		Warmup: t.Warmup.int(), Anneal: t.Anneal.value,
		Validations: t.Validations.int(), ValidationDraws: t.ValidationDraws.int(),
		Search: t.Search.int(), Restarts: t.Restarts.int(),
		MaxNonFinite: t.MaxNonFinite.value, Seed: s.Seed(),
	}
	if err := t.Gradient.value.Suits(c.Prior); err != nil {
		return t.Gradient.mistakef("%v", err)
	}
	if c.Prior.Leading() > 0 && c.Options.Draws == 1 {
		return t.Draws.mistakef("discrete parameters need at least 2 draws a step")
	}
	if t.Gradient.value != "" && !t.Gradient.value.Differentiates() && c.Options.Draws == 1 {
		return t.Gradient.mistakef("%s needs at least 2 draws a step: raise draws", t.Gradient.text.value)
	}
	if family := s.spec.Flow.familyKind; family != nil {
		c.Options.Flow = family.options()
		if err := c.Options.Flow.Check(c.Prior.Dim()); err != nil {
			return family.kind().mistakef("%v", err)
		}
	}
	p := &s.spec.Posterior
	c.Posterior = Posterior{Draws: p.Draws.int(), PriorDraws: p.PriorDraws.int(), CheckRuns: p.CheckRuns.int()}
	return nil
}
