package figure

import (
	"context"
	"fmt"

	"github.com/nudge-abm/nudge/report"
)

var figure15a = Figure{
	Number: "15a",
	Title:  "Estimators on the complete network",
	Claim: "On the complete network all estimators do exceptionally well: straight-through, Gumbel-softmax, smoothed " +
		"stochastic triples and stochastic triples all match finite differences of the new infections in the initial " +
		"infection probability and in transmission.",
	draw: drawFigure15a,
}

// The estimators of figure 15 by what they are called there.
const (
	throughName  = "straight-through"
	gumbelName   = "gumbel-softmax"
	smoothedName = "smoothed"
	oneSidedName = "smoothed, one side"
	flipName     = "flip"
	cavityName   = "cavity"
	debiasedName = "debiased"
	temperature  = "0.1"
)

// surrogates are the estimators that put a tangent in place of a jump.
func surrogates(samples int) []method {
	return []method{
		{estimator: throughName, samples: samples},
		{estimator: gumbelName, options: map[string]string{"temperature": temperature}, samples: samples},
		{estimator: smoothedName, samples: samples},
		{label: oneSidedName, estimator: smoothedName, options: map[string]string{"side": "right"}, samples: samples},
	}
}

// flips is the unbiased estimator of the paper: stochastic triples.
func flips(samples int) method {
	return method{estimator: flipName, samples: samples}
}

// contested are the parameters of figure 15.
var contested = []string{"initial", "transmission"}

func drawFigure15a(ctx context.Context, d *Drawing) error {
	small, err := d.denseContest(ctx, smallTown, 3000, append(surrogates(400), flips(200)))
	if err != nil {
		return err
	}
	for k, name := range contested {
		d.add(name, fmt.Sprintf("Single estimates against finite differences, %d agents: %s.", smallTown, name), level{small.scatter(k, report.Linear)})
	}
	large, err := d.denseContest(ctx, largeTown, 150, append(surrogates(60), flips(150)))
	if err != nil {
		return err
	}
	for k, name := range contested {
		d.add(fmt.Sprintf("%s-n%d", name, largeTown), fmt.Sprintf("The same with %d agents.", largeTown), level{large.scatter(k, report.Linear)})
	}
	d.describe(small.subject)
	small.list(d)
	large.list(d)
	d.contested()
	return nil
}

// denseContest holds the contest on the complete network and judges it.
func (d *Drawing) denseContest(ctx context.Context, agents, references int, methods []method) (*contest, error) {
	s, err := d.epidemic(agents, contested, onComplete, noPolicies)
	if err != nil {
		return nil, err
	}
	c, err := d.hold(ctx, s, references, methods)
	if err != nil {
		return nil, err
	}
	d.add(fmt.Sprintf("means-n%d", agents), fmt.Sprintf("Mean estimates against finite differences, %d agents.", agents), c.means(report.Linear))
	for _, x := range c.entries {
		g := c.gaps(x, c.reference)
		d.find(fmt.Sprintf("On the complete network %s matches finite differences (N = %d).", x.name, agents), g.verdict(),
			fmt.Sprintf("%s, N = %d: %s.", x.name, agents, g))
	}
	return c, nil
}

// contested says what all drawings of figure 15 leave open.
func (d *Drawing) contested() {
	d.set("Options", "gumbel-softmax at temperature %s, flip with as many alternatives a sample as take the work of a run", temperature)
	d.differ("Whether the paper's epidemic had policies is not known; here it has none.")
	d.differ("The paper's stochastic triples are averaged over ten samples an estimate; here flip follows some hundred alternatives a sample for all parameters at once.")
	d.differ("Its smoothed triples look to one side only, StochasticAD.jl's to both; both are shown. Its temperature, called finely tuned, is not known.")
}
