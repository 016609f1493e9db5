package study

import (
	"fmt"

	"github.com/nudge-abm/nudge/policy"
	"github.com/nudge-abm/nudge/report"
)

// Figures returns the pictures of a result.
func (r *PolicyResult) Figures() []NamedFigure {
	all := []NamedFigure{
		{"paths", fmt.Sprintf("Median and 90 %% band of %d fresh runs under the best policy and, if it is known what that is, without one; dashed: bounds.", len(r.BestPaths)), r.paths()},
	}
	if len(r.Tradeoff) > 0 {
		all = append(all, NamedFigure{"tradeoff", "What the best policies cost and what they attain, when costs count from less to more. Bars of the band are one standard error.", r.balances()})
	}
	return append(all,
		NamedFigure{"around", "Change of the objective along each parameter, the others held, on the same runs, with one standard error; dashed: the optimum.", r.profiles()},
		NamedFigure{"search", "Objective of each descent over the steps, each the mean of that step's runs.", r.descents()})
}

// paths shows the observables that the objective is about.
func (r *PolicyResult) paths() report.Curves {
	p := r.Decision.Problem
	columns := len(p.Setup.Model.Observables)
	var f report.Curves
	for c, o := range p.Setup.Model.Observables {
		levels, used := r.levels(c)
		if !used {
			continue
		}
		x := report.CurvePanel{Name: o.Name, X: "Time", Y: o.Unit, Levels: levels}
		x.Curves = append(x.Curves, r.band("best policy", r.BestPaths, c, columns))
		if r.NonePaths != nil {
			x.Curves = append(x.Curves, r.band("no policy", r.NonePaths, c, columns))
		}
		f.Panels = append(f.Panels, x)
	}
	return f
}

// levels returns the bounds on an observable's levels, and whether the objective
// looks at it.
func (r *PolicyResult) levels(observable int) (levels []float64, used bool) {
	o := &r.Decision.Problem.Objective
	for _, x := range o.Outcomes {
		used = used || x.Observable == observable
	}
	for _, x := range o.Constraints {
		used = used || x.Observable == observable
		if x.Observable == observable && x.Over == policy.Max {
			levels = append(levels, x.Below)
		}
	}
	return levels, used
}

func (r *PolicyResult) band(name string, paths [][]float64, c, columns int) report.Curve {
	q := report.Summarise(each(paths, func(run []float64) []float64 {
		var x []float64
		for t := c; t < len(run); t += columns {
			x = append(x, run[t])
		}
		return x
	}))
	curve := report.Curve{Name: name, Y: q.Median, Low: q.Lower90, High: q.Upper90}
	for t := range q.Median {
		curve.X = append(curve.X, float64(t)*r.Decision.Step)
	}
	return curve
}

// balances is the trade-off curve.
func (r *PolicyResult) balances() report.Curves {
	c := report.Curve{Name: "best policies", Points: true}
	for _, b := range r.Tradeoff {
		v, se := b.Assessment.Outcome(), 0.0
		for _, o := range b.Assessment.Outcomes {
			se += o.Weight * o.SE
		}
		c.X, c.Y = append(c.X, b.Assessment.Cost()), append(c.Y, v)
		c.Low, c.High = append(c.Low, v-se), append(c.High, v+se)
	}
	return report.Curves{Panels: []report.CurvePanel{{X: "Cost of the policy", Y: "Weighted outcomes", Curves: []report.Curve{c}, Marks: []float64{r.Best.Cost()}}}}
}

func (r *PolicyResult) profiles() report.Curves {
	var f report.Curves
	for k, x := range r.Around.Profiles {
		c := report.Curve{Name: "change", X: x.Value, Y: x.Change, Points: true}
		for i, v := range x.Change {
			c.Low, c.High = append(c.Low, v-x.SE[i]), append(c.High, v+x.SE[i])
		}
		f.Panels = append(f.Panels, report.CurvePanel{
			Name: x.Parameter, X: r.unit(x.Parameter), Y: "Change", Curves: []report.Curve{c}, Marks: []float64{r.Best.Theta[k]}, Levels: []float64{0},
		})
	}
	return f
}

func (r *PolicyResult) descents() report.Curves {
	p := report.CurvePanel{X: "Step", Y: "Objective"}
	for k := range r.State.Trace[0].Objectives {
		c := report.Curve{Name: fmt.Sprintf("descent %d", k+1)}
		for _, s := range r.State.Trace {
			if v := s.Objectives[k]; v == v {
				c.X, c.Y = append(c.X, float64(s.Step)), append(c.Y, s.Objectives[k])
			}
		}
		p.Curves = append(p.Curves, c)
	}
	return report.Curves{Panels: []report.CurvePanel{p}}
}
