package figure

import (
	"context"
	"fmt"
	"math"
	"strings"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/models/firms"
	"github.com/nudge-abm/nudge/report"
)

var figure10 = Figure{
	Number: "10",
	Title:  "What moves the output of firms",
	Claim: "In Axtell's model of firms the derivatives of the mean firm output by the shapes of the laws of preference, initial " +
		"effort, scale and returns, through a surrogate of the choice of firm, agree closely with finite differences for all " +
		"eight parameters at all steps. Those by the shapes of the initial effort decay to zero.",
	draw: drawFigure10,
}

func drawFigure10(ctx context.Context, d *Drawing) error {
	var output *contest
	for _, observable := range []string{"firm_output", "firm_size"} {
		s, err := d.economy(observable)
		if err != nil {
			return err
		}
		c, err := d.hold(ctx, s, 200, through(200))
		if err != nil {
			return err
		}
		if output == nil {
			output = c
			f := c.tracks()
			for k := range f.Panels {
				f.Panels[k].Boxes = c.entries[0].boxes(k, 1)
			}
			d.add("output", "Derivatives of the mean firm output by all eight parameters: single samples with the surrogate of the choice against finite differences.", f)
			d.judgeEconomy(c)
			c.list(d)
		}
		d.add(strings.TrimPrefix(observable, "firm_")+"-means", fmt.Sprintf("The means of the derivatives of %s.", observable), c.means(report.Linear))
		if c != output {
			d.note("%s, on which the paper has no figure: %s.", observable, c.gaps(c.entries[0], c.reference))
		}
	}
	d.note("The surrogate lets single agents consider a different firm for one step; a founder that does not found, or a joiner that does not join, has no further history. What it misses shows in the number of firms, and so in their mean size. Estimators without bias: score with continuous=score and resample-pair, and finite differences at a smaller step; all need many more runs.")
	d.describeEconomy(output.subject)
	return nil
}

// economy returns an observable of the firms as what is differentiated by all
// their parameters.
func (d *Drawing) economy(observable string) (*subject, error) {
	p, err := gradient.NewProblem(abm.NewSetup(firms.Model), d.options.Seed)
	if err != nil {
		return nil, err
	}
	o := firms.Model.Observable(observable)
	p.Observables = []int{o}
	return &subject{problem: p, observable: o, options: d.options, about: fmt.Sprintf("figure %s, %s", d.Number, observable)}, nil
}

// forgotten is the step from which the effort at the start should not matter.
const forgotten = 10

// judgeEconomy holds the statements of the paper against the only entry.
func (d *Drawing) judgeEconomy(c *contest) {
	x := c.entries[0]
	g := c.gaps(x, c.reference)
	d.find("The derivatives agree closely with finite differences for all eight parameters at all steps.", g.verdict(), g.String()+".")
	decays := true
	var words, off []string
	for k, name := range c.parameters() {
		bias := (total(x.mean[k][forgotten:]) - total(c.reference.mean[k][forgotten:])) / float64(len(x.mean[k])-forgotten)
		off = append(off, fmt.Sprintf("%s %s", name, percent(math.Abs(bias)/peak(c.reference.mean[k]))))
		if !strings.HasPrefix(name, "effort_") {
			continue
		}
		late, other := rms(x.mean[k][forgotten:])/peak(x.mean[k]), rms(c.reference.mean[k][forgotten:])/peak(c.reference.mean[k])
		decays = decays && late < 0.02
		words = append(words, fmt.Sprintf("%s %s (finite differences %s)", name, percent(late), percent(other)))
	}
	d.find("The derivatives by the shapes of the initial effort decay to zero.", verdictOf(decays), fmt.Sprintf(
		"From step %d on their root mean square, as a share of the peak, is: %s.", forgotten, strings.Join(words, ", ")))
	d.note("Averaged over the steps from %d on, which leaves less noise, the surrogate is off by, as a share of the peak: %s. More than 10 %% is a bias to reckon with.", forgotten, strings.Join(off, ", "))
}

// describeEconomy lists what the firms were like.
func (d *Drawing) describeEconomy(s *subject) {
	setup := s.problem.Setup
	var values, steps []string
	for i, p := range setup.Model.Parameters {
		values = append(values, fmt.Sprintf("%s %g", p.Name, s.problem.Theta[i]))
		steps = append(steps, fmt.Sprintf("%s ±%g", p.Name, differenceSteps[p.Name]))
	}
	d.set("Parameters", "%s", strings.Join(values, ", "))
	d.set("Agents", "%s, each with 1 to %s friends, all active in every step", setup.Text("agents"), setup.Text("most_friends"))
	d.set("Rows", "%d", setup.Steps())
	d.set("Surrogate", "softmax of log utilities at temperature %s", setup.Text("temperature"))
	d.set("Finite differences", "central, common random numbers: %s", strings.Join(steps, ", "))
	d.differ("The paper's number of agents and the steps and samples of its finite differences are not known; the parameters are those of its code.")
	d.differ("Rules and laws are the paper's: every agent has a turn in each step, judges a firm by what it would make with the agent, and draws are from beta laws. The paper's code lets an agent act with probability 0.22, judges by the output of the step before, and draws from Kumaraswamy's laws (rules=published-code).")
	d.differ("The paper's surrogate is a softmax of utilities at temperature 1, which notices firms that are far from being chosen.")
}
