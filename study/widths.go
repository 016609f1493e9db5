package study

import (
	"context"
	"fmt"
	"math"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/calibrate/flow"
	"github.com/nudge-abm/nudge/report"
)

// Width is the posterior at another weight of the loss.
type Width struct {
	Weight float64            `json:"weight"`
	Mean   map[string]float64 `json:"mean"`
	SD     map[string]float64 `json:"sd"`
}

// The refits at other weights: steps and learning rate of each. From the fit
// beside it, a quarter of a decade away, the logarithm of a standard deviation
// has at most 0.3 to go.
const (
	fewestWidthSteps = 30
	mostWidthSteps   = 60
	widthRate        = 5e-3
	quarterDecade    = 1.7782794100389228
)

// widthSteps returns the number of steps of a refit, 0 for none.
func (c *Calibration) widthSteps() int {
	switch {
	case c.Likelihood || c.Method != Variational:
		return 0
	case c.Posterior.WeightSteps >= 0:
		return c.Posterior.WeightSteps
	case c.Options.Steps == 0: // the default is long
		return mostWidthSteps
	}
	return min(max(c.Options.Steps/20, fewestWidthSteps), mostWidthSteps)
}

// widen refits at two smaller and two larger weights, each warm-started from the
// one beside it, over a decade around the study's.
func (r *Result) widen(ctx context.Context, h Hooks) error {
	steps := r.Calibration.widthSteps()
	if steps == 0 {
		return nil
	}
	r.Widths = make([]Width, 5)
	r.Widths[2] = r.width(r.Calibration.Weight, r.Posterior)
	for k, factor := range []float64{1 / quarterDecade, quarterDecade} {
		state, weight := r.State.Main(), r.Calibration.Weight
		for i := range 2 {
			weight *= factor
			tell := func(calibrate.Step) {}
			if h.Progress != nil {
				done := steps * (2*k + i)
				tell = func(calibrate.Step) { done++; h.Progress("other weights", done, 4*steps) }
			}
			next, draws, err := r.refit(ctx, weight, steps, state, tell)
			if err != nil {
				return err
			}
			r.WidthRuns += next.Runs
			r.Widths[2+(2*k-1)*(i+1)], state = r.width(weight, draws), next
		}
	}
	return nil
}

// refit fits at another weight from the state of a fit, and draws from it.
func (r *Result) refit(ctx context.Context, weight float64, steps int, from calibrate.State, tell func(calibrate.Step)) (calibrate.State, *calibrate.Draws, error) {
	c := r.Calibration
	p, o := c.Problem(), c.Options
	p.Weight = weight
	o.Flow = from.Flow.Options // as it was fitted
	o.Steps, o.Warmup, o.Anneal, o.Validations, o.Patience, o.Restarts = steps, 1, 1e-9, 1, 0, 1
	o.LearningRate = max(o.LearningRate, widthRate)
	t, err := calibrate.NewTrainer(p, o)
	if err != nil {
		return from, nil, err
	}
	defer t.Close()
	if err := t.WarmStart(from); err != nil {
		return from, nil, err
	}
	if err := t.Run(ctx, tell); err != nil {
		return from, nil, err
	}
	best, err := t.Best()
	if err != nil {
		return from, nil, err
	}
	f := &calibrate.Fitted{Prior: c.Prior, Mixture: flow.NewMixture([]*flow.Flow{best}, []float64{0})}
	return t.State(), f.Draw(c.Posterior.Draws, o.Seed), nil
}

func (r *Result) width(weight float64, d *calibrate.Draws) Width {
	w := Width{Weight: weight, Mean: map[string]float64{}, SD: map[string]float64{}}
	for k, name := range d.Names {
		s := calibrate.Summarise(d.Column(k))
		w.Mean[name], w.SD[name] = s.Mean, s.SD
	}
	return w
}

// findWidths says how much the posterior owes to the weight.
func (r *Result) findWidths() []Finding {
	if len(r.Widths) == 0 {
		return nil
	}
	least, most, name := math.Inf(1), 0.0, ""
	for _, p := range r.Calibration.Parameters {
		ratio := r.Widths[0].SD[p.Name] / r.Widths[4].SD[p.Name]
		least = min(least, ratio)
		if ratio > most {
			most, name = ratio, p.Name
		}
	}
	return []Finding{{true, fmt.Sprintf("The weight of the loss is a choice: from %.3g to %.3g posterior standard deviations shrink by factors of %.2g to %.2g (%s). Report the weight with the result; --choose-weight finds one by coverage.",
		r.Widths[0].Weight, r.Widths[4].Weight, least, most, name)}}
}

// widths are the table and the figure for the report.
func (r *Result) widths() []report.Block {
	t := report.Table{Header: []string{"Weight"}, Align: "r",
		Footnote: fmt.Sprintf("Standard deviations of short refits of %d steps, each from the fit beside it; %.3g is the weight of this fit.", r.Calibration.widthSteps(), r.Calibration.Weight)}
	for _, p := range r.Calibration.Parameters {
		t.Header, t.Align = append(t.Header, p.Name), t.Align+"r"
	}
	for _, w := range r.Widths {
		line := []string{fmt.Sprintf("%.3g", w.Weight)}
		for _, p := range r.Calibration.Parameters {
			line = append(line, fmt.Sprintf("%.3g", w.SD[p.Name]))
		}
		t.Rows = append(t.Rows, line)
	}
	return []report.Block{t, picture(r.widthFigure())}
}

// widthFigure shows the standard deviations against the weight.
func (r *Result) widthFigure() NamedFigure {
	var f report.Curves
	for _, p := range r.Calibration.Parameters {
		c := report.Curve{Name: "posterior sd", Points: true}
		for _, w := range r.Widths {
			c.X, c.Y = append(c.X, math.Log10(w.Weight)), append(c.Y, w.SD[p.Name])
		}
		f.Panels = append(f.Panels, report.CurvePanel{Name: p.Name, X: "log₁₀ weight", Y: "posterior sd", Curves: []report.Curve{c}, Marks: []float64{math.Log10(r.Calibration.Weight)}})
	}
	return NamedFigure{"weights", "Posterior standard deviation over a decade of weights of the loss, the dashed line at that of this fit. A posterior that hangs on the weight says little until the weight is justified.", f}
}
