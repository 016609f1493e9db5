package policy

import (
	"context"
	"math"

	"gonum.org/v1/gonum/stat"
)

// Assessment is a policy measured on plain runs.
type Assessment struct {
	Theta       []float64  `json:"theta"`
	Runs        int        `json:"runs"`
	Objective   float64    `json:"objective"` // mean over the runs
	SE          float64    `json:"se"`
	Outcomes    []Measured `json:"outcomes"`
	Costs       []Measured `json:"costs"`
	Constraints []Kept     `json:"constraints"`
	losses      []float64
}

// Measured is a part of the objective.
type Measured struct {
	Name   string  `json:"name"`
	Mean   float64 `json:"mean"`
	SE     float64 `json:"se"`
	Weight float64 `json:"weight"` // with which an outcome enters; a cost has it in its mean
}

// Kept is how often a constraint was kept.
type Kept struct {
	Name        string  `json:"name"`
	Below       float64 `json:"below"`
	Probability float64 `json:"probability"` // share of the runs
	SE          float64 `json:"se"`
	Wanted      float64 `json:"wanted"`
	Mean        float64 `json:"mean"` // of the measure
	Penalty     float64 `json:"penalty"`
}

// Missed reports whether some constraint was kept less often than wanted.
func (a *Assessment) Missed() bool {
	for _, k := range a.Constraints {
		if k.Probability < k.Wanted {
			return true
		}
	}
	return false
}

// Outcome returns the weighted outcomes, without costs and penalties.
func (a *Assessment) Outcome() float64 {
	sum := 0.0
	for _, x := range a.Outcomes {
		sum += x.Weight * x.Mean
	}
	return sum
}

// Cost returns the sum of the costs.
func (a *Assessment) Cost() float64 {
	sum := 0.0
	for _, x := range a.Costs {
		sum += x.Mean
	}
	return sum
}

// Difference returns how much greater the objective of a is than that of b, with
// its standard error. Both must be measured on the same runs.
func Difference(a, b *Assessment) (mean, se float64) {
	if len(a.losses) != len(b.losses) {
		panic("policy: assessments of different runs cannot be compared")
	}
	d := make([]float64, len(a.losses))
	for i := range d {
		d[i] = a.losses[i] - b.losses[i]
	}
	return meanError(d)
}

// meanError returns the mean of independent values and its standard error.
func meanError(x []float64) (mean, se float64) {
	mean, sd := stat.MeanStdDev(x, nil)
	return mean, sd / math.Sqrt(float64(len(x)))
}

// Assess measures policies on the same fresh runs, which neither the search nor
// the choice among candidates has seen. tell may be nil.
func (p *Problem) Assess(ctx context.Context, policies [][]float64, runs int, tell func(done, total int)) ([]*Assessment, error) {
	all, err := p.evaluators()
	if err != nil {
		return nil, err
	}
	defer closeAll(all)
	return p.assess(ctx, all, policies, fresh, runs, tell)
}

func (p *Problem) assess(ctx context.Context, all []*evaluator, policies [][]float64, first uint64, runs int, tell func(done, total int)) ([]*Assessment, error) {
	found := make([]*Assessment, len(policies))
	var taken []trial
	done := 0
	err := each(ctx, all, policies, first, runs, (*evaluator).simulate, func(k, i int, x trial) {
		if taken = append(taken, x); len(taken) == runs {
			found[k] = p.summarise(policies[k], taken)
			taken = taken[:0]
		}
		if done++; tell != nil {
			tell(done, len(policies)*runs)
		}
	})
	return found, err
}

// summarise makes an assessment of the runs of a policy.
func (p *Problem) summarise(theta []float64, runs []trial) *Assessment {
	a := &Assessment{Theta: append([]float64(nil), theta...), Runs: len(runs)}
	column := func(pick func(x trial) float64) []float64 {
		v := make([]float64, len(runs))
		for i, x := range runs {
			v[i] = pick(x)
		}
		return v
	}
	a.losses = column(func(x trial) float64 { return x.loss })
	a.Objective, a.SE = meanError(a.losses)
	for k, o := range p.Objective.Outcomes {
		m, se := meanError(column(func(x trial) float64 { return x.measured[k] }))
		a.Outcomes = append(a.Outcomes, Measured{o.Name, m, se, o.Weight})
	}
	for k, c := range p.Objective.Costs {
		m, se := meanError(column(func(x trial) float64 { return x.cost[k] }))
		a.Costs = append(a.Costs, Measured{c.Name, m, se, c.Weight})
	}
	for k, c := range p.Objective.Constraints {
		a.Constraints = append(a.Constraints, c.kept(column(func(x trial) float64 { return x.measured[len(p.Objective.Outcomes)+k] })))
	}
	return a
}

// kept counts the runs that keep the constraint.
func (c Constraint) kept(measured []float64) Kept {
	n := 0.0
	for _, v := range measured {
		if v <= c.Below {
			n++
		}
	}
	share := n / float64(len(measured))
	mean, _ := meanError(measured)
	return Kept{
		Name: c.Name, Below: c.Below, Probability: share, Wanted: c.Probability, Mean: mean, Penalty: c.Penalty,
		SE: math.Sqrt(share * (1 - share) / float64(len(measured))),
	}
}
