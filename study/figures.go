package study

import (
	"fmt"
	"math"
	"slices"

	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/report"
)

// NamedFigure is a figure with the name of its file.
type NamedFigure struct {
	Name    string
	Caption string
	Figure  report.Figure
}

// Figures returns the pictures of a result.
func (r *Result) Figures() []NamedFigure {
	all := []NamedFigure{
		{"predictive", "Data with the posterior-predictive median, 50 % and 90 % bands; the prior-predictive bands for contrast.", r.predictive()},
		{"marginals", "Posterior of each parameter and derived quantity, with the prior.", report.Marginals{Parameters: r.parameters(true)}},
	}
	if n := len(r.Calibration.Parameters); n >= 2 && n <= 10 {
		all = append(all, NamedFigure{"pairs", "Posterior of pairs of parameters; prior draws pale.", report.Pairs{Parameters: r.parameters(false)}})
	}
	_, own := r.inference().section()
	all = append(all, own...)
	if f, is := r.PredictiveCheck().figure(); is {
		all = append(all, f)
	}
	if len(r.Widths) > 0 {
		all = append(all, r.widthFigure())
	}
	if r.Check != nil {
		all = append(all, r.checkFigures()...)
	}
	return all
}

func (r *Result) predictive() report.Predictive {
	o := r.Calibration.Data
	f := report.Predictive{TimeLabel: o.Time, Time: o.Times}
	for c, column := range o.Columns {
		pick := func(values []float64) []float64 {
			x := make([]float64, len(o.Times))
			for t := range x {
				x[t] = values[t*len(o.Columns)+c]
			}
			return x
		}
		f.Panels = append(f.Panels, report.Observable{
			Name: column.Name, Unit: column.Unit, Data: pick(o.Values),
			Posterior: report.Summarise(each(r.Predicted.Runs, pick)),
			Prior:     report.Summarise(each(r.Expected.Runs, pick)),
		})
	}
	return f
}

func each(runs [][]float64, pick func([]float64) []float64) [][]float64 {
	picked := make([][]float64, len(runs))
	for i, run := range runs {
		picked[i] = pick(run)
	}
	return picked
}

// parameters returns the draws for the figures, with the derived quantities if
// asked for.
func (r *Result) parameters(derived bool) []report.Parameter {
	var all []report.Parameter
	for k, p := range r.Calibration.Parameters {
		x := report.Parameter{Name: p.Name, Unit: p.Unit, Posterior: r.Posterior.Column(k), Prior: r.Prior.Column(k)}
		if !math.IsNaN(p.Truth) {
			x.Truth = &p.Truth
		}
		if p.Law != nil {
			x = p.drawn(x)
		} else {
			x.PriorDensity = r.priorDensity(k)
		}
		all = append(all, x)
	}
	if derived {
		for _, d := range r.Derived() {
			all = append(all, report.Parameter{Name: d.Name, Unit: d.Unit, Posterior: d.Posterior, Prior: d.Prior})
		}
	}
	return all
}

// priorDensity evaluates a parameter's prior where its prior or posterior has
// mass.
func (r *Result) priorDensity(k int) report.Density {
	d := r.Calibration.Prior.Marginal(k)
	lo, hi := d.Quantile(0.001), d.Quantile(0.999)
	for _, v := range r.Posterior.Column(k) {
		lo, hi = math.Min(lo, v), math.Max(hi, v)
	}
	const points = 400
	var f report.Density
	for i := range points + 1 {
		x := lo + (hi-lo)*float64(i)/points
		logp, _ := d.LogDensity(x)
		f.At, f.Value = append(f.At, x), append(f.Value, math.Exp(logp))
	}
	return f
}

func (r *Result) training() report.Training {
	f := report.Training{LossScale: report.Log, GradientScale: report.Log}
	for _, s := range r.State.Main().Trace {
		if s.Step < 1 {
			continue
		}
		f.Step = append(f.Step, float64(s.Step))
		f.Loss = append(f.Loss, s.Objective)
		f.ExpectedLoss = append(f.ExpectedLoss, s.Loss)
		f.KL = append(f.KL, s.KL)
		f.GradientNorm = append(f.GradientNorm, s.GradientNorm)
		if !math.IsNaN(s.Validation) {
			f.ValidationStep = append(f.ValidationStep, float64(s.Step))
			f.Validation = append(f.Validation, s.Validation)
		}
	}
	chosen := float64(r.State.Main().Best.Step)
	f.Chosen = &chosen
	return f
}

// checkedRows returns the observed rows at which the gradient was checked.
func (r *Result) checkedRows() []int {
	return slices.DeleteFunc(slices.Clone(r.Calibration.Simulation.Grid.Rows), func(row int) bool {
		return !slices.ContainsFunc(r.Check.Rows, func(x gradient.Row) bool { return x.Step == row })
	})
}

// checkFigures returns a figure an observable: one panel a parameter, over the
// observation times.
func (r *Result) checkFigures() []NamedFigure {
	c := r.Calibration
	figures := map[string]*report.Check{}
	var all []NamedFigure
	for k, o := range c.Simulation.Grid.Observables {
		observable, run := c.Setup.Model.Observables[o].Name, c.runOf(k)
		name := observable
		if run.Name != "" {
			name += "-" + run.Name
		}
		if figures[name] != nil {
			continue
		}
		f := &report.Check{StepLabel: c.Data.Time}
		for _, row := range r.checkedRows() {
			f.Step = append(f.Step, c.Start+float64(row)*c.Step)
		}
		for _, parameter := range c.parametersOf(run) {
			f.Panels = append(f.Panels, checkPanel(r.Check, inRun(parameter, run), observable))
		}
		figures[name] = f
		all = append(all, NamedFigure{"gradient-" + name,
			fmt.Sprintf("Derivatives of %s at the posterior mean: %s against finite differences, %d runs each, with 95 %% intervals.", name, c.Simulation.Estimator.Name(), r.Check.Samples), f})
	}
	return all
}

func checkPanel(check *gradient.Report, parameter, observable string) report.Comparison {
	p := report.Comparison{Parameter: parameter, Observable: observable}
	p.Reference.Name = check.Reference
	p.Estimates = make([]report.Estimate, 1)
	e := &p.Estimates[0]
	for _, x := range check.Rows {
		if x.Parameter != parameter || x.Observable != observable {
			continue
		}
		e.Name = x.Estimator
		e.Mean, e.StdErr = append(e.Mean, x.Estimate), append(e.StdErr, x.SE)
		p.Reference.Mean, p.Reference.StdErr = append(p.Reference.Mean, x.Reference), append(p.Reference.StdErr, x.ReferenceSE)
	}
	return p
}
