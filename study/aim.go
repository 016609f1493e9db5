package study

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/policy"
)

// aim builds the objective.
func (s *Policy) aim(d *Decision) error {
	o, setup := &d.Problem.Objective, d.Problem.Setup
	for _, x := range s.spec.Objective.Outcomes {
		m, err := x.measure(setup)
		if err != nil {
			return err
		}
		o.Outcomes = append(o.Outcomes, policy.Outcome{Measure: m, Weight: x.Weight.value})
	}
	for _, x := range s.spec.Objective.Costs {
		c := policy.Cost{Name: x.Name.value, Weight: x.Weight.value}
		for _, part := range x.Product {
			l, err := policy.ParseLinear(setup.Model, part.value)
			if err != nil {
				return part.mistakef("%v", err)
			}
			c.Product = append(c.Product, l)
		}
		o.Costs = append(o.Costs, c)
	}
	for _, x := range s.spec.Objective.Constraints {
		m, err := x.measure(setup)
		if err != nil {
			return err
		}
		o.Constraints = append(o.Constraints, policy.Constraint{
			Measure: m, Below: x.Below.value, Probability: x.Probability.value, Penalty: x.Penalty.value,
		})
	}
	if len(o.Outcomes) == 0 && len(o.Constraints) == 0 {
		return s.spec.Policy[0].Low.mistakef("the objective has neither outcomes nor constraints: nothing that runs decide")
	}
	return nil
}

// measure returns what makes one number of a run.
func (x measured) measure(setup *abm.Setup) (policy.Measure, error) {
	i := setup.Model.Observable(x.Observable.value)
	if i < 0 {
		return policy.Measure{}, x.Observable.mistakef("%v", abm.Unknown("observable", x.Observable.value, setup.Model.ObservableNames()))
	}
	m := policy.Measure{
		Name:       fmt.Sprintf("%s of %s", x.Over.value, x.Observable.value),
		Observable: i, Over: x.Over.value, From: x.From.int(), To: setup.Steps() - 1,
	}
	if x.To.given {
		if x.To.int() > m.To {
			return m, x.To.mistakef("to must be at most %d, the last row of a run, is %d", m.To, x.To.value)
		}
		m.To = x.To.int()
	}
	if m.From > m.To {
		return m, x.From.mistakef("from must be at most %d, is %d", m.To, m.From)
	}
	return m, nil
}

// forgo reads the values that mean no policy; a choice that is not named takes
// the middle of its bounds.
func (s *Policy) forgo(d *Decision) error {
	if len(s.spec.Without.list) == 0 {
		return nil
	}
	names := d.Problem.Choices.Names()
	d.Without = make([]float64, len(names))
	d.Problem.Choices.Constrain(d.Without, make([]float64, d.Problem.Choices.Dim()))
	for _, x := range s.spec.Without.list {
		k := slices.Index(names, x.name.value)
		if k < 0 {
			return x.name.mistakef("%v", abm.Unknown("parameter of the policy", x.name.value, names))
		}
		v, err := abm.ParseNumber(x.value.value)
		if err != nil {
			return x.value.mistakef("%s %v", x.name.value, err)
		}
		if support := d.Problem.Setup.Model.Parameters[d.Problem.Setup.Model.Parameter(x.name.value)].Support; !support.Contains(v) {
			return x.value.mistakef("%s must be %s, is %g", x.name.value, support, v)
		}
		d.Without[k] = v
	}
	return nil
}

// lay builds the grid.
func (s *Policy) lay(d *Decision) error {
	g := &s.spec.Grid
	if !g.Points.given {
		return nil
	}
	d.Grid = &policy.Grid{Names: g.Parameters.values(), Points: g.Points.int(), Runs: g.Runs.int()}
	for _, x := range g.Parameters {
		if !d.chooses(x.value) {
			return x.mistakef("%v", abm.Unknown("parameter of the policy", x.value, d.Problem.Choices.Names()))
		}
	}
	const most = 2_000_000
	size := 1.0
	for range max(1, d.varied()) {
		size *= float64(d.Grid.Points)
	}
	if size*float64(d.Grid.Runs) > most {
		return g.Points.mistakef("the grid would take about %.3g runs, more than %d: vary fewer parameters, or at fewer points", size*float64(d.Grid.Runs), most)
	}
	return nil
}

// varied returns the number of parameters that the grid varies.
func (d *Decision) varied() int {
	if len(d.Grid.Names) > 0 {
		return len(d.Grid.Names)
	}
	return len(d.Problem.Choices.Names())
}

// believe reads the posterior draws.
func (s *Policy) believe(d *Decision) error {
	folder := s.folder()
	if folder == "" {
		return nil
	}
	if !HasPosterior(folder) {
		return s.spec.Posterior.mistakef("there is no %s in %s; name the folder that a calibration wrote", PosteriorFile, folder)
	}
	calibrated, err := Load(folder, s.models...)
	if err != nil {
		return err
	}
	c, err := calibrated.assemble()
	if err != nil {
		return err
	}
	if c.Setup.Model != d.Problem.Setup.Model {
		return s.spec.Posterior.mistakef("the calibration in %s is of the model %s, the policy of %s", folder, c.Setup.Model.Name, d.Problem.Setup.Model.Name)
	}
	if len(c.Groups) > 0 {
		return s.spec.Posterior.mistakef("the calibration in %s has groups, but a policy is about one run of the model", folder)
	}
	if settings, _ := c.settings(c.runs()[0]); len(settings) > 0 {
		return s.spec.Posterior.mistakef("the calibration in %s has found settings of the model (%s); a policy is averaged over parameters alone", folder, strings.Join(settings, ", "))
	}
	for _, name := range c.modelParameters() {
		if !d.chooses(name) {
			d.Problem.Belief.Names = append(d.Problem.Belief.Names, name)
		}
	}
	d.Problem.Belief.Draws, err = ReadPosterior(folder, d.Problem.Belief.Names)
	return err
}
