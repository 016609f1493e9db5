package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"github.com/nudge-abm/nudge/gradient"
)

// gradFlags are the flags of the verb grad.
type gradFlags struct {
	job
	method
	selection
}

// newGrad returns the verb that estimates the Jacobian.
func newGrad(p *Program) *cobra.Command {
	f := gradFlags{job: job{program: p}}
	cmd := &cobra.Command{
		Use:   p.use("grad"),
		Short: "Estimate how observables depend on parameters",
		Long: "Estimate the Jacobian of a model: the derivative of the mean of each observable at\n" +
			"each step with respect to each parameter, averaged over runs.",
		Example: p.examples("grad", "--runs 100 --out jacobian.csv", "  nudge grad sir --set agents=1000 --seed 3 --json\n"+
			"  nudge grad sir --runs 100 --parameters transmission,recovery --out jacobian.csv"),
		Args:              p.oneModel,
		ValidArgsFunction: p.completeModel,
		RunE:              func(cmd *cobra.Command, args []string) error { return gradModel(cmd, &f, args) },
	}
	f.job.register(cmd, "runs", 1, "independent runs to average over")
	f.job.registerOut(cmd, "`file` (.csv, .json) or folder to write to")
	f.method.register(cmd)
	f.selection.register(cmd, p)
	return cmd
}

func gradModel(cmd *cobra.Command, f *gradFlags, args []string) error {
	e, err := f.method.make()
	if err != nil {
		return err
	}
	setup, err := f.setup(args)
	if err != nil {
		return err
	}
	p, err := f.problem(setup, f.seed)
	if err != nil {
		return err
	}
	to, err := newDestination(f.out, ".csv", ".json")
	if err != nil {
		return err
	}
	bar := f.progress(cmd)
	m, err := f.estimate(cmd.Context(), p, e, bar)
	bar.close()
	if err != nil {
		return err
	}
	if m.N == 0 {
		return errors.New("no run gave finite derivatives; try another estimator")
	}
	j := newJacobian(p, f.estimator, m)
	j.Choices = gradient.Choices(e)
	return f.show(cmd, to, j.result())
}

// estimate averages the estimator over the runs.
func (f *gradFlags) estimate(ctx context.Context, p *gradient.Problem, e gradient.Estimator, bar *progress) (*gradient.Moments, error) {
	e, err := gradient.Ready(ctx, p, e, f.workers, bar.stageOf("tuning "+e.Name()))
	if err != nil {
		return nil, err
	}
	return gradient.Collect(ctx, p, e, gradient.Sampling{
		Samples: f.runs, Workers: f.workers, Series: true,
		Each: func(i int, _ *gradient.Sample) { bar.told(e.Name(), i+1, f.runs) },
	})
}

// jacobian is a mean Jacobian in JSON: T × C × P.
type jacobian struct {
	Model       string        `json:"model"`
	Seed        uint64        `json:"seed"`
	Runs        int           `json:"runs"`
	Estimator   string        `json:"estimator"`
	Parameters  []string      `json:"parameters"`
	Observables []string      `json:"observables"`
	Mean        [][]float64   `json:"mean"` // T × C
	Jacobian    [][][]float64 `json:"jacobian"`
	SE          [][][]float64 `json:"se,omitempty"` // if there are several runs
	NonFinite   int           `json:"nonfinite"`

	Choices []gradient.Choice `json:"choices,omitempty"` // of the estimator auto
}

func newJacobian(p *gradient.Problem, estimator string, m *gradient.Moments) *jacobian {
	model := p.Setup.Model
	j := &jacobian{Model: model.Name, Seed: p.Seed, Runs: m.N + m.NonFinite, Estimator: estimator, NonFinite: m.NonFinite}
	for _, i := range p.Active {
		j.Parameters = append(j.Parameters, model.Parameters[i].Name)
	}
	for _, c := range p.Observables {
		j.Observables = append(j.Observables, model.Observables[c].Name)
	}
	rows, observables, active := p.Shape()
	for t := range rows {
		mean := make([]float64, len(p.Observables))
		d, se := make([][]float64, len(mean)), make([][]float64, len(mean))
		for k, c := range p.Observables {
			at := t*observables + c
			mean[k] = m.Series[at]
			d[k] = m.Mean[at*active : (at+1)*active]
			for i := range active {
				se[k] = append(se[k], m.SE(at*active+i))
			}
		}
		j.Mean, j.Jacobian = append(j.Mean, mean), append(j.Jacobian, d)
		if m.N > 1 {
			j.SE = append(j.SE, se)
		}
	}
	return j
}

// result returns the Jacobian in all its forms.
func (j *jacobian) result() result {
	return result{
		object:    j,
		text:      j.print,
		documents: []document{j.csv(), jsonDocument("grad", j)},
	}
}

// csv has a line for each step, observable and parameter.
func (j *jacobian) csv() document {
	header := []string{"step", "observable", "parameter", "mean", "derivative", "se"}
	return csvDocument("grad", header, func(yield func([]string)) {
		for t := range j.Jacobian {
			for c, observable := range j.Observables {
				for p, parameter := range j.Parameters {
					se := ""
					if j.SE != nil {
						se = exact(j.SE[t][c][p])
					}
					yield([]string{strconv.Itoa(t), observable, parameter, exact(j.Mean[t][c]), exact(j.Jacobian[t][c][p]), se})
				}
			}
		}
	})
}

// print shows, for each observable and parameter, the derivative where it is
// largest and at the last step.
func (j *jacobian) print(w io.Writer) {
	t := newTable(table.Row{"observable", "parameter", "largest derivative", "at step", "at the last step"}, 3, 4, 5)
	for c, observable := range j.Observables {
		for p, parameter := range j.Parameters {
			at := j.largest(c, p)
			t.AppendRow(table.Row{observable, parameter, j.entry(at, c, p), at, j.entry(len(j.Jacobian)-1, c, p)})
		}
	}
	title := fmt.Sprintf("Derivatives of %s by %s, one run, seed %d", j.Model, j.Estimator, j.Seed)
	if j.Runs > 1 {
		title = fmt.Sprintf("Derivatives of %s by %s, mean of %d runs ± standard error, seed %d", j.Model, j.Estimator, j.Runs, j.Seed)
	}
	printTable(w, title, t)
	printChoices(w, j.Choices)
	if j.NonFinite > 0 {
		fmt.Fprintf(w, "%d runs were left out since some derivative was not finite.\n", j.NonFinite)
	}
}

// printChoices shows what auto chose, if it did.
func printChoices(w io.Writer, choices []gradient.Choice) {
	if len(choices) > 0 {
		printTable(w, "Chosen by auto", choicesGrid(choices).text())
	}
}

// largest returns the step at which the derivative is largest in size.
func (j *jacobian) largest(c, p int) int {
	at := 0
	for t := range j.Jacobian {
		if math.Abs(j.Jacobian[t][c][p]) > math.Abs(j.Jacobian[at][c][p]) {
			at = t
		}
	}
	return at
}

func (j *jacobian) entry(t, c, p int) string {
	if j.SE == nil {
		return brief(j.Jacobian[t][c][p])
	}
	return measured(j.Jacobian[t][c][p], j.SE[t][c][p])
}
