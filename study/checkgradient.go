package study

import (
	"context"
	"slices"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/gradient"
)

// checkGradients checks the gradient of each group; the parameters then bear the
// name of the group whose run is differentiated, even those that all share.
func (r *Result) checkGradients(ctx context.Context, h Hooks) (*gradient.Report, error) {
	var all *gradient.Report
	for g, run := range r.Calibration.runs() {
		if len(r.Calibration.parametersOf(run)) == 0 {
			continue
		}
		found, err := r.checkGradient(ctx, h, g)
		if err != nil {
			return nil, err
		}
		for i := range found.Rows {
			found.Rows[i].Parameter = inRun(found.Rows[i].Parameter, run)
		}
		for i := range found.Summary {
			found.Summary[i].Parameter = inRun(found.Summary[i].Parameter, run)
		}
		if all == nil {
			all = found
			continue
		}
		all.Rows, all.Summary = append(all.Rows, found.Rows...), append(all.Summary, found.Summary...)
	}
	return all, nil
}

// inRun is the name of a parameter of the model in a run.
func inRun(parameter string, run calibrate.Group) string {
	if run.Name == "" {
		return parameter
	}
	return calibrate.InGroup(parameter, run.Name)
}

// checkGradient compares the estimator that training used with finite
// differences at the posterior mean, in the run of a group.
func (r *Result) checkGradient(ctx context.Context, h Hooks, group int) (*gradient.Report, error) {
	c, run := r.Calibration, r.Calibration.structured()[group]
	setup, point, err := r.middle(run)
	if err != nil {
		return nil, err
	}
	p, err := gradient.NewProblem(setup, c.Options.Seed, c.parametersOf(run)...)
	if err != nil {
		return nil, err
	}
	for i, x := range setup.Model.Parameters {
		if k := c.in(run.Name, x.Name); k >= 0 {
			p.Theta[i] = point[k]
		}
	}
	grid := c.Simulation.Grid.Of(group)
	p.Observables, p.Rows = grid.Needed()
	if _, few := c.Simulation.Estimator.(gradient.Debiased); few {
		p.Rows = thinned(grid.Rows, gradient.MaxEntries/len(p.Observables))
	}
	reference, err := gradient.New("finite-difference", map[string]string{"pilot": "8"})
	if err != nil {
		return nil, err
	}
	found, err := gradient.Check(ctx, p, []gradient.Estimator{c.Simulation.Estimator}, reference,
		gradient.CheckOptions{Samples: c.Posterior.CheckRuns, Workers: c.Options.Workers, Progress: h.Progress})
	if err != nil {
		return nil, err
	}
	found.Rows = slices.DeleteFunc(found.Rows, func(x gradient.Row) bool {
		return !slices.Contains(grid.Rows, x.Step)
	})
	return found, nil
}

// thinned returns at most n of the rows (one at least), evenly spread, with the last.
func thinned(rows []int, n int) []int {
	n = min(max(n, 1), len(rows))
	some := make([]int, n)
	for i := range some {
		some[i] = rows[(i+1)*len(rows)/n-1]
	}
	return some
}

// middle returns the posterior mean, of discrete parameters the most probable
// value, and the model of a run with its settings there.
func (r *Result) middle(run calibrate.Group) (*abm.Setup, []float64, error) {
	var names []string
	var point, own []float64
	for k, p := range r.Calibration.Parameters {
		draws := r.Posterior.Column(k)
		if p.Law != nil {
			point = append(point, p.mode(draws))
		} else {
			point = append(point, calibrate.Summarise(draws).Mean)
		}
		if p.enters(run) {
			names, own = append(names, p.Of), append(own, point[k])
		}
	}
	if run.Structure == nil {
		return run.Setup, point, nil
	}
	setup, err := run.Structure.Setup(names, own)
	return setup, point, err
}

// smoothParameters returns the calibrated parameters in which the model is
// differentiated.
func (c *Calibration) smoothParameters() []string {
	return slices.DeleteFunc(c.modelParameters(), func(name string) bool { return c.Parameters[c.parameter(name)].Law != nil })
}

// modelParameters returns the calibrated parameters that enter the model.
func (c *Calibration) modelParameters() []string {
	var names []string
	for _, p := range c.Parameters {
		if p.Of != "" && !p.Setting {
			names = append(names, p.Name)
		}
	}
	return names
}

// parametersOf returns the model's parameters in which a run is differentiated.
func (c *Calibration) parametersOf(run calibrate.Group) []string {
	var names []string
	for _, p := range c.Parameters {
		if p.enters(run) && !p.Setting && p.Law == nil {
			names = append(names, p.Of)
		}
	}
	return names
}

// enters reports whether a parameter enters a run.
func (p Parameter) enters(run calibrate.Group) bool {
	return p.Of != "" && (p.Group == "" || p.Group == run.Name)
}
