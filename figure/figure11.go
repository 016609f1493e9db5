package figure

import (
	"context"
	"fmt"
	"strings"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/models/sugarscape"
	"github.com/nudge-abm/nudge/report"
)

var figure11 = Figure{
	Number: "11",
	Title:  "Sugarscape: derivatives of the mean holdings",
	Claim: "Straight-through derivatives of the mean holdings in the shapes of metabolism and wealth agree excellently with " +
		"finite differences. Those in the probabilities of vision start right; then their variance and their distance from " +
		"finite differences grow with time.",
	draw: drawFigure11,
}

// The parameters of vision come first, the shapes after them.
const visionParameters = 2

func drawFigure11(ctx context.Context, d *Drawing) error {
	s, err := d.sugarscape()
	if err != nil {
		return err
	}
	c := &contest{subject: s}
	if c.reference, err = s.collect(ctx, "Score (unbiased)", gradient.Score{Runs: groupOfRuns, Continuous: true}, 2000, referenceRuns); err != nil {
		return err
	}
	c, err = d.enter(ctx, c, []method{
		{estimator: "straight-through", samples: 500},
		{label: "Resample-pair (unbiased)", estimator: "resample-pair", options: map[string]string{"pairs": "30"}, samples: 400},
	})
	if err != nil {
		return err
	}
	wide, err := d.sugarscape("survival_width=1")
	if err != nil {
		return err
	}
	x, err := wide.sample(ctx, method{label: "straight-through, width 1", estimator: "straight-through", samples: 500})
	if err != nil {
		return err
	}
	c.entries = append(c.entries, x)
	d.add("holdings", "Derivatives of the mean holdings in the six parameters: single straight-through estimates against the unbiased score estimator.", c.tracks())
	d.add("means", "The means of straight-through, of a second unbiased estimator, of straight-through at the width that the published code gives the surrogate of survival, and of the reference.", c.means(report.Linear))
	d.judgeHoldings(c)
	d.describeSugarscape(c)
	return nil
}

// sugarscape returns the mean holdings as what is differentiated by all parameters.
func (d *Drawing) sugarscape(settings ...string) (*subject, error) {
	setup := abm.NewSetup(sugarscape.Model)
	for _, assignment := range settings {
		if err := setup.Assign(assignment); err != nil {
			return nil, err
		}
	}
	p, err := gradient.NewProblem(setup, d.options.Seed)
	if err != nil {
		return nil, err
	}
	observable := sugarscape.Model.Observable("holdings")
	p.Observables = []int{observable}
	return &subject{problem: p, observable: observable, options: d.options, about: "figure 11"}, nil
}

// firstRows are those at the start of a run, the last of which has seen five steps.
const firstRows = 6

// until returns the first rows.
func (d *derivatives) until(rows int) *derivatives {
	first := &derivatives{name: d.name}
	for k := range d.mean {
		first.mean, first.se = append(first.mean, d.mean[k][:rows]), append(first.se, d.se[k][:rows])
	}
	return first
}

// groupOfRuns is the runs that a sample of the score estimator compares.
const groupOfRuns = 20

// judgeHoldings holds the paper's statements against the derivatives.
func (d *Drawing) judgeHoldings(c *contest) {
	x, pairs := c.entries[0], c.entries[1]
	g := c.gaps(x, c.reference)
	d.find("Straight-through agrees excellently for the shapes of metabolism and wealth.", g[visionParameters:].verdict(), g[visionParameters:].String()+".")
	start := c.gaps(x.until(firstRows), c.reference.until(firstRows))[:visionParameters]
	d.find("Straight-through derivatives in the probabilities of vision start right.", start.verdict(),
		fmt.Sprintf("In the first %d rows, as a share of the peak there: %s. Over the whole run: %s.", firstRows, start, g[:visionParameters]))
	last := len(x.sd[1]) - 1
	early10 := x.sd[1][10]
	d.find("Their variance grows with time.", verdictOf(x.sd[1][last] > 2*early10), fmt.Sprintf(
		"The standard deviation of a single estimate by %s is %s at step 10 and %s at step %d.", c.parameters()[1], number(early10), number(x.sd[1][last]), last))
	d.find("Their distance from the reference grows with time.", verdictOf(distance(x, c.reference, 1, last) > 2*distance(x, c.reference, 1, 5)), fmt.Sprintf(
		"For %s straight-through has %s where %s is right at step 5, and %s in place of %s at step %d.", c.parameters()[1],
		number(x.mean[1][5]), number(c.reference.mean[1][5]), number(x.mean[1][last]), number(c.reference.mean[1][last]), last))
	both := c.gaps(pairs, c.reference)
	d.note("Two unbiased estimators that share no draws, held against each other: %s.", both)
	d.note("At the width 1 of the published code the surrogate of survival is worse for the shapes: %s. Agents that stay poor for long count at every step.", c.biases(c.entries[2]))
	d.note("Where straight-through is biased: %s. It does not see that an agent with another vision, or one that goes elsewhere, has other neighbours from then on, since cells are chosen by number.", c.biases(x))
}

// distance is how far the mean of x is from the reference in row t.
func distance(x, reference *derivatives, k, t int) float64 {
	return max(x.mean[k][t]-reference.mean[k][t], reference.mean[k][t]-x.mean[k][t])
}

// biases lists, for each parameter, the bias in the last row as a share of the
// reference.
func (c *contest) biases(x *derivatives) string {
	last := len(x.mean[0]) - 1
	var words []string
	for k, name := range c.parameters() {
		truth := c.reference.mean[k][last]
		words = append(words, fmt.Sprintf("%s by %s ± %s", name, percent(x.mean[k][last]/truth-1), percent(x.se[k][last]/max(truth, -truth)+c.reference.se[k][last]/max(truth, -truth))))
	}
	return fmt.Sprintf("at step %d ", last) + strings.Join(words, ", ")
}

// describeSugarscape lists what the run was like.
func (d *Drawing) describeSugarscape(c *contest) {
	setup := c.problem.Setup
	var values []string
	for i, p := range setup.Model.Parameters {
		values = append(values, fmt.Sprintf("%s %g", p.Name, c.problem.Theta[i]))
	}
	d.set("Parameters", "%s", strings.Join(values, ", "))
	d.set("Radii of vision", "%s and %s", setup.Text("radius_near"), setup.Text("radius_far"))
	d.set("Surrogates", "temperature of the choice %s, width of survival %s (normal; 1 in the published code)", setup.Text("temperature"), setup.Text("survival_width"))
	d.set("Rows", "%d", setup.Steps())
	c.list(d)
	d.differ("The reference is the score estimator in place of finite differences: every parameter is one of the law of an initial draw, so that it is unbiased at any step.")
	d.differ("Draws are of beta laws, by implicit derivatives; the paper's code draws from Kumaraswamy's law. Agents may stay where they are, and die when their holdings reach zero (rules: paper).")
	d.differ("Derivatives in the probabilities of vision are along the simplex: that in one of them is with both divided by their sum.")
	d.differ("Occupied cells are taken as they are: their derivatives, which the paper's code carries along, are left out.")
}
