package figure

import (
	"context"
	"fmt"
	"math"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/models/walk"
	"github.com/nudge-abm/nudge/report"
)

var figure5 = Figure{
	Number: "5",
	Title:  "Gumbel-softmax on a random walk",
	Claim: "Low temperatures of the Gumbel-softmax estimator give little bias and much variance, high temperatures " +
		"the reverse. On the random walk x ← x + 2·Bernoulli(θ) − 1, whose mean position has the derivative 2t in θ, " +
		"the estimates at the low temperature are right on average and vary extremely; those at the high temperature " +
		"are tightly clustered and fall behind as t grows; the one between has little of both at all steps.",
	draw: drawFigure5,
}

// The samples of figure 5 at scale 1.
const (
	walks        = 20
	walkSamples  = 2000
	walkBoxEvery = 2
)

func drawFigure5(ctx context.Context, d *Drawing) error {
	p, err := gradient.NewProblem(abm.NewSetup(walk.Model), d.options.Seed)
	if err != nil {
		return err
	}
	s := &subject{problem: p, observable: walk.Model.Observable("position"), options: d.options, about: "figure 5"}
	if err := d.drawWalks(s); err != nil {
		return err
	}
	if err := d.drawTemperatures(ctx, s); err != nil {
		return err
	}
	d.set("Model", "walk: θ = %g, %d rows", p.Theta[0], p.Setup.Steps())
	d.set("Samples", "%d a temperature", d.options.samples(walkSamples))
	d.differ("The paper gives neither θ nor the length of the walk nor its temperatures; these are those of the tutorial that comes with its code.")
	return nil
}

// drawWalks adds the picture of some runs.
func (d *Drawing) drawWalks(s *subject) error {
	runs, err := s.trajectories(walks)
	if err != nil {
		return err
	}
	d.add("walks", fmt.Sprintf("%d walks and their mean.", walks), report.Series{
		TimeLabel: "Step", Time: count(s.problem.Setup.Steps()),
		Panels: []report.Trajectories{{Name: "Position of the walker", Runs: runs}},
	})
	return nil
}

// drawTemperatures samples Gumbel-softmax at three temperatures, adds their
// picture and judges them.
func (d *Drawing) drawTemperatures(ctx context.Context, s *subject) error {
	boxes := report.Boxes{Estimator: "Gumbel-softmax", Step: count(s.problem.Setup.Steps())}
	exact := report.Estimate{Name: "Exact: 2t"}
	for _, t := range boxes.Step {
		exact.Mean = append(exact.Mean, 2*t)
	}
	var found []softened
	for _, tau := range []string{"0.1", "0.5", "1"} {
		x, err := s.sample(ctx, method{estimator: "gumbel-softmax", options: map[string]string{"temperature": tau}, samples: walkSamples})
		if err != nil {
			return err
		}
		boxes.Panels = append(boxes.Panels, report.BoxPanel{Parameter: "Temperature τ = " + tau, Reference: exact, Boxes: x.boxes(0, walkBoxEvery)})
		found = append(found, soften(x))
	}
	d.add("gradients", "Derivative of the mean position in θ: single Gumbel-softmax estimates and their mean, against the exact 2t.", level{boxes})
	d.judgeTemperatures(found[0], found[1], found[2])
	return nil
}

// trajectories returns plain runs of the observable.
func (s *subject) trajectories(n int) ([][]float64, error) {
	w := abm.NewWorld(s.problem.Setup, nil, nil)
	defer w.Close()
	rows, observables, _ := s.problem.Shape()
	runs := grid(n, rows)
	for run := range runs {
		if err := w.Run(s.problem.Theta, s.problem.Luck(uint64(run))); err != nil {
			return nil, err
		}
		series := w.Series(nil)
		for t := range rows {
			runs[run][t] = series[t*observables+s.observable]
		}
	}
	return runs, nil
}

// softened is what a temperature gives at the last step.
type softened struct{ mean, se, sd, exact float64 }

func soften(x *derivatives) softened {
	last := len(x.mean[0]) - 1
	return softened{mean: x.mean[0][last], se: x.se[0][last], sd: x.sd[0][last], exact: 2 * float64(last)}
}

// bias is the share of the exact derivative that the mean is off by, and what
// noise may add to that.
func (x softened) bias() (share, noise float64) {
	return math.Abs(x.mean-x.exact) / x.exact, sure * x.se / x.exact
}

// String says what was seen.
func (x softened) String() string {
	share, noise := x.bias()
	return fmt.Sprintf("the mean at the last step is %s of an exact %s (off by %s, of which noise may explain %s), and a single estimate varies by ±%s",
		number(x.mean), number(x.exact), percent(share), percent(noise), number(x.sd))
}

// judgeTemperatures holds the paper's three statements against what was found.
func (d *Drawing) judgeTemperatures(low, middle, high softened) {
	small := func(x softened) bool {
		share, noise := x.bias()
		return share-noise <= agreement
	}
	d.find("At the low temperature the mean is close to the exact derivative and single estimates vary extremely.",
		verdictOf(small(low) && low.sd > 3*high.sd), "τ = 0.1: "+low.String()+".")
	d.find("The temperature between has low bias and low variance at all steps.",
		verdictOf(small(middle) && middle.sd < low.sd/2), "τ = 0.5: "+middle.String()+".")
	d.find("At the high temperature single estimates are well clustered and the mean diverges from the exact derivative as t grows.",
		verdictOf(!small(high) && high.sd < middle.sd), "τ = 1: "+high.String()+".")
	d.note("The bias is a constant factor of the exact derivative, the mean slope of the softmax at θ and τ, since the position is a sum of draws. " +
		"Straight-through, which has no temperature, gives exactly 2t in every single run.")
}
