package study

import (
	"slices"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/calibrate/prior"
	"github.com/nudge-abm/nudge/policy"
)

// Decision is a study of a policy made ready to run.
type Decision struct {
	Problem *policy.Problem
	Options policy.Options
	Fresh   int          // runs that measure the optimum and what it is compared with
	Without []float64    // values of the choices that mean no policy; nil: not said
	Grid    *policy.Grid // nil: no grid search
	Factors []float64    // of the trade-off curve; nil: none
	Runs    int          // with which the neighbourhood of the optimum is measured
	Points  int          // of each profile
	Step    float64      // time between two rows
}

// chooses reports whether a parameter is to be chosen.
func (d *Decision) chooses(name string) bool {
	return slices.Contains(d.Problem.Choices.Names(), name)
}

// Build makes the study ready to run, on the given number of workers. It builds
// the model's network. The error is a [*Mistake] if the study is to blame.
func (s *Policy) Build(workers int) (*Decision, error) {
	d, err := s.assemble()
	if err != nil {
		return nil, err
	}
	if err := s.believe(d); err != nil {
		return nil, err
	}
	d.Problem.Workers = workers
	return d, s.scenario().prepare(d.Problem.Setup)
}

// assemble builds all that needs no run and no network, and so checks the study.
func (s *Policy) assemble() (*Decision, error) {
	setup, err := s.scenario().setup()
	if err != nil {
		return nil, err
	}
	s.soften(setup)
	o, a := &s.spec.Optimize, &s.spec.Around
	d := &Decision{
		Problem: &policy.Problem{Setup: setup, Seed: s.Seed()}, Step: stepOf(setup), Fresh: o.FreshRuns.int(),
		Factors: s.spec.Tradeoff.Factors.values(), Runs: a.Runs.int(), Points: a.Points.int(),
		Options: policy.Options{
			Steps: o.Steps.int(), Runs: o.Runs.int(), Starts: o.Starts.int(), Candidates: o.Candidates.int(),
			LearningRate: o.LearningRate.value, ValidationRuns: o.ValidationRuns.int(), Rounds: o.Rounds.int(),
		},
	}
	for _, part := range []func(*Decision) error{s.choose, s.order, s.aim, s.forgo, s.lay} {
		if err := part(d); err != nil {
			return nil, err
		}
	}
	d.Problem.Estimator, err = s.spec.Estimator.make()
	return d, err
}

// soften lets policies switch by the share of a step they cover, unless the study
// says how: on an integer clock a hard switch has no derivative.
func (s *Policy) soften(setup *abm.Setup) {
	i := setup.Model.Setting("gate")
	if _, given := s.scenario().given("gate"); given || i < 0 || !slices.Contains(setup.Model.Settings[i].Allowed, "fractional") {
		return
	}
	setup.Set("gate", "fractional") // which is allowed
}

// choose builds the space of policies.
func (s *Policy) choose(d *Decision) error {
	var blocks []prior.Block
	var seen []string
	m := d.Problem.Setup.Model
	for _, x := range s.spec.Policy {
		for _, name := range x.names() {
			i := m.Parameter(name.value)
			if i < 0 {
				return name.mistakef("%v", abm.Unknown("parameter", name.value, m.ParameterNames()))
			}
			if slices.Contains(seen, name.value) {
				return name.mistakef("%s is chosen twice", name.value)
			}
			if value, given := s.scenario().given(name.value); given {
				return value.mistakef("%s is chosen, so it cannot have a fixed value as well", name.value)
			}
			for _, bound := range []number{x.Low, x.High} {
				if support := m.Parameters[i].Support; !support.Contains(bound.value) {
					return bound.mistakef("%s must be %s, so it cannot be chosen as %s", name.value, support, bound.text)
				}
			}
			seen = append(seen, name.value)
		}
		block, err := x.block()
		if err != nil {
			return err
		}
		blocks = append(blocks, block)
	}
	var err error
	d.Problem.Choices, err = prior.NewJoint(blocks...)
	return err
}

// block returns the policies that an entry allows.
func (c choosing) block() (prior.Block, error) {
	low, high, err := c.bounds()
	if err != nil {
		return nil, err
	}
	if !c.Name.absent() && len(c.Names) > 0 || c.Name.absent() && len(c.Names) != 2 {
		return nil, c.Low.mistakef("an entry of policy has either name, or names: [lesser, greater] for two parameters in order")
	}
	if c.Name.absent() {
		p, err := prior.NewPair(c.Names[0].value, c.Names[1].value, low, high)
		if err != nil {
			return nil, c.Names[1].mistakef("%v", err)
		}
		return p, nil
	}
	u, err := prior.NewUniform(low, high)
	if err != nil {
		return nil, c.High.mistakef("%v", err)
	}
	x, err := prior.NewCoordinate(c.Name.value, u)
	if err != nil {
		return nil, c.High.mistakef("%v", err)
	}
	return x, nil
}

// order returns an error unless parameters that must be below others are, at
// every policy.
func (s *Policy) order(d *Decision) error {
	for _, p := range d.Problem.Setup.Model.Parameters {
		if p.Below == "" || s.paired(p.Name, p.Below) {
			continue
		}
		_, high := d.span(p.Name)
		low, _ := d.span(p.Below)
		if high > low || high == low && !d.chooses(p.Name) && !d.chooses(p.Below) {
			return s.spec.Model.mistakef("%s must be below %s, but it may be as high as %g and %s as low as %g: choose both as names: [%s, %s], or narrow them",
				p.Name, p.Below, high, p.Below, low, p.Name, p.Below)
		}
	}
	return nil
}

// paired reports whether the two are chosen in order.
func (s *Policy) paired(lesser, greater string) bool {
	return slices.ContainsFunc(s.spec.Policy, func(c choosing) bool { return slices.Equal(c.Names.values(), []string{lesser, greater}) })
}

// span returns the values that a parameter of the model can take.
func (d *Decision) span(name string) (low, high float64) {
	if k := slices.Index(d.Problem.Choices.Names(), name); k >= 0 {
		return d.Problem.Range(k)
	}
	v := d.Problem.Setup.Theta()[d.Problem.Setup.Model.Parameter(name)]
	return v, v
}
