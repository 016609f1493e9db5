package figure

import (
	"context"
	"fmt"
	"math"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/report"
	"github.com/nudge-abm/nudge/study"
)

var figure19 = Figure{
	Number: "19",
	Title:  "Loss over the iterations",
	Claim: "(a) Firms: pathwise converges faster than VarGrad and is steadier. (b) Sugarscape: alike. (c) SIR: VarGrad's " +
		"loss falls more slowly at first, varies more at later stages and ends higher.",
	draw: drawFigure19,
}

// paperStudies are the paper's calibrations in the order of its panels.
var paperStudies = []struct{ part, study, title string }{
	{"a", "paper/firms", "Firms"},
	{"b", "paper/sugarscape", "Sugarscape"},
	{"c", "paper/sir", "SIR"},
}

func drawFigure19(ctx context.Context, d *Drawing) error {
	for _, x := range paperStudies {
		c, err := d.calibrate(ctx, x.study)
		if err != nil {
			return err
		}
		d.add(x.part, fmt.Sprintf("(%s) %s: the objective over the iterations, a running mean of the noisy values of %d draws, and as points on held-out draws.", x.part, x.title, c.fits[0].Calibration.Options.Draws), c.descents())
		d.describeFits(c)
		d.judgeSpeed(x.part, c)
		switch x.part {
		case "a":
			d.judgeSteadiness("(a) Pathwise is steadier.", c)
		case "c":
			d.judgeSteadiness("(c) VarGrad varies more at later stages.", c)
			d.judgeEnd("(c) VarGrad ends higher.", c)
		}
	}
	d.differFits()
	return nil
}

// descents returns the objective of both fits over the steps, in training and on
// held-out draws.
func (c *calibration) descents() report.Curves {
	training := report.CurvePanel{Name: "in training, running mean", X: "step", Y: "objective (nats)"}
	held := report.CurvePanel{Name: "on held-out draws", X: "step", Y: "objective (nats)"}
	c.each(func(who string, r *study.Result) {
		x, y := smooth(r.State.Main().Trace)
		training.Curves = append(training.Curves, report.Curve{Name: who, X: x, Y: y})
		x, y = validations(r.State.Main().Trace)
		held.Curves = append(held.Curves, report.Curve{Name: who, X: x, Y: y, Points: true})
	})
	return report.Curves{Panels: []report.CurvePanel{training, held}}
}

// objectives returns the objective of every step after the warm-up.
func objectives(trace []calibrate.Step) (steps, values []float64) {
	for _, s := range trace {
		if s.Step >= 1 && !math.IsNaN(s.Objective) {
			steps, values = append(steps, float64(s.Step)), append(values, s.Objective)
		}
	}
	return steps, values
}

// smooth returns means of the objective over a fiftieth of the steps each.
func smooth(trace []calibrate.Step) (steps, means []float64) {
	x, y := objectives(trace)
	width := max(1, len(y)/50)
	for i := width; i <= len(y); i += width {
		sum := 0.0
		for _, v := range y[i-width : i] {
			sum += v
		}
		steps, means = append(steps, x[i-1]), append(means, sum/float64(width))
	}
	return steps, means
}

// validations returns the objective on held-out draws where it was taken.
func validations(trace []calibrate.Step) (steps, values []float64) {
	for _, s := range trace {
		if !math.IsNaN(s.Validation) {
			steps, values = append(steps, float64(s.Step)), append(values, s.Validation)
		}
	}
	return steps, values
}

// reaches returns the first step at which the objective on held-out draws is at
// most a value; 0 if it never is.
func reaches(r *study.Result, value float64) float64 {
	steps, values := validations(r.State.Main().Trace)
	for i, v := range values {
		if v <= value {
			return steps[i]
		}
	}
	return 0
}

// judgeSpeed says at which step pathwise has what VarGrad ends with, and holds the
// claims of faster convergence against it: at most half the steps are faster, and
// alike is what ends within a nat.
func (d *Drawing) judgeSpeed(part string, c *calibration) {
	path, score := c.fits[0].State.Main().Best, c.fits[1].State.Main().Best
	at := reaches(c.fits[0], score.Objective)
	total := c.fits[1].Calibration.Options.Steps
	seen := fmt.Sprintf("(%s) On held-out draws pathwise ends at %s nats, VarGrad at %s", part, number(path.Objective), number(score.Objective))
	if at > 0 {
		seen += fmt.Sprintf("; pathwise is as low at step %.0f of %d", at, total)
	} else {
		seen += "; pathwise never is as low"
	}
	switch fast := at > 0 && at <= float64(score.Step)/2; part {
	case "b":
		d.find("(b) The two are alike.", verdictOf(math.Abs(path.Objective-score.Objective) <= 1), seen+".")
	default:
		d.find(fmt.Sprintf("(%s) Pathwise converges faster.", part), verdictOf(fast), seen+".")
	}
}

// judgeSteadiness holds against the fits that the second's objective varies more
// over the last fifth of the steps.
func (d *Drawing) judgeSteadiness(claim string, c *calibration) {
	path, score := late(c.fits[0]), late(c.fits[1])
	d.find(claim, verdictOf(score > path),
		fmt.Sprintf("Over the last fifth of the steps the standard deviation of the objective is %s nats by pathwise and %s by VarGrad.", number(path), number(score)))
}

// late is the standard deviation of the objective over the last fifth of the steps.
func late(r *study.Result) float64 {
	_, y := objectives(r.State.Main().Trace)
	return calibrate.Summarise(y[len(y)-max(2, len(y)/5):]).SD
}

// judgeEnd holds against the fits that the second ends higher.
func (d *Drawing) judgeEnd(claim string, c *calibration) {
	path, score := c.fits[0].State.Main().Best.Objective, c.fits[1].State.Main().Best.Objective
	d.find(claim, verdictOf(score > path), fmt.Sprintf("VarGrad ends %s nats %s.", number(math.Abs(score-path)), higher(score > path)))
}

func higher(yes bool) string {
	if yes {
		return "higher"
	}
	return "lower"
}
