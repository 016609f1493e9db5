package figure

import (
	"context"
	"fmt"

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
	ours := []string{flipName, cavityName, debiasedName}
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
	for _, x := range append(c.entries, c.reference) {
		d.note("%s: a standard error of 5 %% of the peak takes %s.", x.name, c.eachParameter(func(k int, name string) string {
			return fmt.Sprintf("%s simulations for %s", digits(c.effort(x, k), 2), name)
		}))
	}
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
