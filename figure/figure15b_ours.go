package figure

import (
	"context"
	"fmt"
	"math"

	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/report"
)

var figure15bOurs = Figure{
	Number: "15b-ours",
	Title:  "More estimators on the sparse network",
	Claim: "The paper concludes that stochastic triples may be the only option on sparse networks, at the price of a high " +
		"variance. This figure, which is ours, adds estimators to Figure 15b: flip, which chooses the alternative histories " +
		"it follows by their weight; cavity, which cuts the echo that makes straight-through explode; and debiased, which " +
		"corrects a cheap biased estimate by a few flips.",
	draw: drawFigure15bOurs,
}

func drawFigure15bOurs(ctx context.Context, d *Drawing) error {
	ours := []string{flipName, cavityName}
	methods := surrogates(200)[:3]
	for _, name := range ours {
		methods = append(methods, method{estimator: name, samples: 400})
	}
	c, err := d.sparseContest(ctx, methods)
	if err != nil {
		return err
	}
	d.add("means", "Mean estimates against finite differences. The axis is linear up to the scale of the reference, then logarithmic.", c.means(report.Symlog))
	c.entries = c.only(ours)
	for k, name := range contested {
		d.add(name, fmt.Sprintf("Single estimates against finite differences: %s.", name), level{c.scatter(k, report.Linear)})
	}
	for _, x := range c.entries {
		d.note("%s: %s.", x.name, c.gaps(x, c.reference))
	}
	if err := d.addDebiased(ctx, c); err != nil {
		return err
	}
	for _, x := range append(c.entries, c.reference) {
		d.note("%s: a standard error of 5 %% of the peak takes %s.", x.name, c.eachParameter(func(k int, name string) string {
			return fmt.Sprintf("%s simulations for %s", digits(c.effort(x, k), 2), name)
		}))
	}
	return nil
}

// addDebiased adds the figure of debiased, which takes a sweep for every step and is
// sampled at few.
func (d *Drawing) addDebiased(ctx context.Context, c *contest) error {
	rows, some := c.problem.Setup.Steps(), *c.subject
	problem := *c.problem
	problem.Observables, problem.Rows = []int{c.observable}, nil
	for i := range gradient.MaxEntries {
		problem.Rows = append(problem.Rows, (2*i+1)*rows/(2*gradient.MaxEntries))
	}
	some.problem = &problem
	x, err := some.sample(ctx, method{estimator: debiasedName, samples: 400})
	if err != nil {
		return err
	}
	f := report.Boxes{Title: "∂ new_infections, debiased at some steps", Step: count(rows)}
	worst := 0.0
	for k, name := range c.parameters() {
		p := report.BoxPanel{Parameter: name, Reference: c.reference.estimate(k)}
		for _, t := range problem.Rows {
			p.Boxes = append(p.Boxes, report.Box{Step: float64(t), Draws: x.draws[k][t]})
			if se := math.Hypot(x.se[k][t], c.reference.se[k][t]); se > 0 {
				worst = max(worst, math.Abs(x.mean[k][t]-c.reference.mean[k][t])/se)
			}
		}
		f.Panels = append(f.Panels, p)
	}
	d.add("debiased", "Single estimates by debiased, which takes a sweep for every step, at some steps.", f)
	d.note("debiased differs from the reference by at most %s standard errors.", digits(worst, 2))
	return nil
}

// only returns the named entries.
func (c *contest) only(names []string) []*derivatives {
	var chosen []*derivatives
	for _, name := range names {
		if x := c.entry(name); x != nil {
			chosen = append(chosen, x)
		}
	}
	return chosen
}

// effort is how many plain runs' worth of simulations bring the standard error
// under 5 % of the peak at all steps. Finite differences need only those of the
// parameter.
func (c *contest) effort(x *derivatives, k int) float64 {
	noise := peak(x.sd[k]) / (0.05 * peak(c.reference.mean[k]))
	runs := x.runs
	if x == c.reference {
		runs /= float64(len(c.parameters()))
	}
	return runs * noise * noise
}
