package study

import (
	"fmt"
	"math"

	"github.com/nudge-abm/nudge/policy"
)

// PolicySummary is the result of a study of a policy in numbers.
type PolicySummary struct {
	Study       string             `json:"study"`
	Model       string             `json:"model"`
	Version     string             `json:"version"`
	Seed        uint64             `json:"seed"`
	Estimator   string             `json:"estimator"`
	Draws       int                `json:"posterior_draws,omitempty"`
	Policy      []Chosen           `json:"policy"`
	Best        *policy.Assessment `json:"best"`
	Without     *policy.Assessment `json:"without,omitempty"`
	OverWithout *Gain              `json:"gain_over_without,omitempty"`
	Grid        *GridSummary       `json:"grid,omitempty"`
	Tradeoff    []policy.Balance   `json:"tradeoff,omitempty"`
	Around      *policy.Around     `json:"around"`
	Simulations Simulations        `json:"simulations"`
	Rounds      int                `json:"rounds"` // in which penalties were doubled
	Believe     []Finding          `json:"believe"`
	Seconds     float64            `json:"seconds,omitempty"`
}

// Chosen is a parameter of the best policy.
type Chosen struct {
	Parameter string  `json:"parameter"`
	Unit      string  `json:"unit"`
	Value     float64 `json:"value"`
	Low       float64 `json:"low"`
	High      float64 `json:"high"`
	Tolerance float64 `json:"tolerance"` // a change that costs one per cent of the objective; null: none does
	Gradient  float64 `json:"gradient"`
	SE        float64 `json:"gradient_se"`
}

// GridSummary compares the optimum with a grid search.
type GridSummary struct {
	Names       []string           `json:"parameters"`
	Points      int                `json:"points"`
	Policies    int                `json:"policies"`
	Simulations int                `json:"simulations"`
	Best        *policy.Assessment `json:"best"`
	Gain        Gain               `json:"gain_of_gradient"`
	Share       float64            `json:"simulations_of_gradient"` // as a share of the grid's
}

// Simulations counts runs, those with a gradient as what they are worth.
type Simulations struct {
	Gradients float64 `json:"gradients"`
	Choice    int     `json:"choice"` // of starting points and among the ends
	Search    float64 `json:"search"` // both together: what finding the optimum took
	Grid      int     `json:"grid"`
	Tradeoff  float64 `json:"tradeoff"`
	Around    int     `json:"around"`
}

// Summary returns the result in numbers.
func (r *PolicyResult) Summary() PolicySummary {
	d := r.Decision
	s := PolicySummary{
		Study: r.Study.Title(), Model: d.Problem.Setup.Model.Name, Version: Version(), Seed: d.Problem.Seed,
		Estimator: d.Problem.Estimator.Name(), Draws: len(d.Problem.Belief.Draws),
		Best: r.Best, Without: r.None, Tradeoff: r.Tradeoff, Around: r.Around, Rounds: r.State.Round,
		Simulations: Simulations{
			Gradients: r.State.Gradients, Choice: r.State.Plain, Search: r.State.Simulations(),
			Tradeoff: r.SweepRuns, Around: r.Around.Runs,
		},
		Believe: r.Findings(),
	}
	for k, name := range d.Problem.Choices.Names() {
		low, high := d.Problem.Range(k)
		c := Chosen{Parameter: name, Unit: r.unit(name), Value: r.Best.Theta[k], Low: low, High: high, Tolerance: math.Inf(1)}
		c.Gradient, c.SE = r.Around.Gradient[k], r.Around.SE[k]
		if r.Around.Tolerance != nil {
			c.Tolerance = r.Around.Tolerance[k]
		}
		s.Policy = append(s.Policy, c)
	}
	if r.None != nil {
		gain := r.over(r.None)
		s.OverWithout = &gain
	}
	if r.Grid != nil {
		s.Simulations.Grid = r.Grid.Simulations
		s.Grid = &GridSummary{
			Names: d.gridNames(), Points: d.Grid.Points, Policies: r.Grid.Policies, Simulations: r.Grid.Simulations,
			Best: r.OfGrid, Gain: r.over(r.OfGrid), Share: r.State.Simulations() / float64(r.Grid.Simulations),
		}
	}
	return s
}

func (d *Decision) gridNames() []string {
	if len(d.Grid.Names) > 0 {
		return d.Grid.Names
	}
	return d.Problem.Choices.Names()
}

func (r *PolicyResult) unit(parameter string) string {
	m := r.Decision.Problem.Setup.Model
	return m.Parameters[m.Parameter(parameter)].Unit
}

// Findings says in plain words what to believe of the result.
func (r *PolicyResult) Findings() []Finding {
	var all []Finding
	if r.None != nil {
		g := r.over(r.None)
		all = append(all, Finding{g.Mean > 3*g.SE, fmt.Sprintf("The policy lowers the objective by %.3g ± %.2g against no policy (%.0f %%).", g.Mean, g.SE, 100*g.Share)})
	}
	for _, k := range r.Best.Constraints {
		ok := k.Probability+k.SE >= k.Wanted
		all = append(all, Finding{ok, fmt.Sprintf("%s stays at or below %.3g in %.1f ± %.1f %% of %d fresh runs; %.0f %% were asked for.",
			k.Name, k.Below, 100*k.Probability, 100*k.SE, r.Best.Runs, 100*k.Wanted)})
	}
	if r.Grid != nil {
		g := r.over(r.OfGrid)
		side := "below"
		if g.Mean < 0 {
			side = "above"
		}
		all = append(all, Finding{g.Share >= -0.01, fmt.Sprintf("Its objective is %.2g ± %.1g (%.1f %%) %s that of the best of %d policies on a grid, with %.1f %% of the grid's simulations.",
			math.Abs(g.Mean), g.SE, 100*math.Abs(g.Share), side, r.Grid.Policies, 100*r.State.Simulations()/float64(r.Grid.Simulations))})
	}
	return append(all, r.findEdges()...)
}

// findEdges names choices that lie at a bound, and a better policy that the
// profiles show.
func (r *PolicyResult) findEdges() []Finding {
	var all []Finding
	p := r.Decision.Problem
	for k, name := range p.Choices.Names() {
		low, high := p.Range(k)
		if at := (r.Best.Theta[k] - low) / (high - low); at < 0.01 || at > 0.99 {
			all = append(all, Finding{false, fmt.Sprintf("%s lies at a bound, %.3g: a wider range may allow a better policy.", name, r.Best.Theta[k])})
		}
	}
	for _, x := range r.Around.Profiles {
		for i, change := range x.Change {
			if change < -4*x.SE[i] && change < -0.01*math.Abs(r.Best.Objective) {
				all = append(all, Finding{false, fmt.Sprintf("With %s = %.3g the objective is lower by %.3g ± %.2g: this is not the least. Try more starts, or another estimator.", x.Parameter, x.Value[i], -change, x.SE[i])})
			}
		}
	}
	return all
}
