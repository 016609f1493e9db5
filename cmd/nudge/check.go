package main

import (
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"github.com/nudge-abm/nudge/gradient"
)

// checkFlags are the flags of the verb check.
type checkFlags struct {
	job
	methods
	selection
}

// newCheck returns the verb that checks estimators against a reference.
func newCheck() *cobra.Command {
	var f checkFlags
	cmd := &cobra.Command{
		Use:   "check MODEL",
		Short: "Check gradient estimators against finite differences",
		Long: "Compare gradient estimators with central finite differences with common random\n" +
			"numbers, whose step is tuned for each parameter: bias, spread and cost of each\n" +
			"estimator, and a verdict in plain words.",
		Example: "  nudge check sir --set network=complete --set agents=5000 --samples 200\n" +
			"  nudge check sir --observables new_infections --out check.png",
		Args:              oneModel,
		ValidArgsFunction: completeModel,
		RunE:              func(cmd *cobra.Command, args []string) error { return checkModel(cmd, &f, args[0]) },
	}
	f.job.register(cmd, "samples", 200, "samples of each estimator and of the reference")
	f.job.registerOut(cmd, "`file` (.csv, .json, .png, .svg) or folder to write to")
	f.methods.register(cmd)
	f.selection.register(cmd)
	return cmd
}

func checkModel(cmd *cobra.Command, f *checkFlags, model string) error {
	if f.runs < 2 {
		return usagef("--samples must be at least 2, is %d", f.runs)
	}
	estimators, err := f.methods.make()
	if err != nil {
		return err
	}
	truth, err := gradient.New(reference, nil)
	if err != nil {
		return err
	}
	setup, err := f.setup(model)
	if err != nil {
		return err
	}
	p, err := f.problem(setup, f.seed)
	if err != nil {
		return err
	}
	to, err := newDestination(f.out, ".csv", ".json", ".png", ".svg")
	if err != nil {
		return err
	}
	bar := f.progress(cmd)
	found, err := gradient.Check(cmd.Context(), p, estimators, truth, gradient.CheckOptions{
		Samples: f.runs, Workers: f.workers, Progress: bar.told,
	})
	bar.close()
	if err != nil {
		return because(found, err)
	}
	if to.picture() && len(p.Observables) > 1 {
		f.note(cmd, "the figure shows %s; --observables chooses another, a folder gets all", found.Rows[0].Observable)
	}
	return f.show(cmd, to, checkResult(found))
}

// because adds to [gradient.ErrNone] the estimators' reasons.
func because(found *gradient.Report, err error) error {
	if !errors.Is(err, gradient.ErrNone) {
		return err
	}
	for _, s := range found.Skipped {
		err = fmt.Errorf("%w; %s: %s", err, s.Estimator, s.Why)
	}
	return err
}

// checkResult returns a report in all its forms.
func checkResult(r *gradient.Report) result {
	documents := []document{checkTable(r), jsonDocument("check", r)}
	return result{
		object:    r,
		text:      func(w io.Writer) { printCheck(w, r) },
		documents: append(documents, checkFigures(r)...),
	}
}

// checkTable has a line for each row of the report.
func checkTable(r *gradient.Report) document {
	header := []string{"estimator", "parameter", "observable", "step", "estimate", "se", "sd", "reference", "reference_se"}
	return csvDocument("check", header, func(yield func([]string)) {
		for _, x := range r.Rows {
			record := []string{x.Estimator, x.Parameter, x.Observable, strconv.Itoa(x.Step)}
			for _, v := range []float64{x.Estimate, x.SE, x.SD, x.Reference, x.ReferenceSE} {
				record = append(record, exact(v))
			}
			yield(record)
		}
	})
}

// printCheck shows the verdicts, the costs and the steps of the reference.
func printCheck(w io.Writer, r *gradient.Report) {
	title := fmt.Sprintf("Derivatives of %s against %s, %d samples each, seed %d", r.Model, r.Reference, r.Samples, r.Seed)
	printTable(w, title, verdicts(r))
	printTable(w, "", costs(r))
	if len(r.Steps) > 0 {
		printTable(w, "Steps of the reference", steps(r))
	}
	for _, s := range r.Skipped {
		fmt.Fprintf(w, "Left out: %s: %s\n", s.Estimator, s.Why)
	}
}

func verdicts(r *gradient.Report) table.Writer {
	t := newTable(table.Row{"estimator", "parameter", "worst z", "worst deviation", "verdict"}, 3, 4)
	for _, s := range r.Summary {
		t.AppendRow(table.Row{s.Estimator, s.Parameter, fmt.Sprintf("%.3g", s.Z.Value), share(s.Deviation.Value), s.Verdict})
	}
	return t
}

func costs(r *gradient.Report) table.Writer {
	t := newTable(table.Row{"estimator", "ms a sample", "plain runs' time", "runs a sample", "not finite"}, 2, 3, 4, 5)
	for _, c := range r.Cost {
		t.AppendRow(table.Row{c.Estimator, fmt.Sprintf("%.3g", 1e3*c.SecondsPerRun), fmt.Sprintf("%.3g", c.Ratio), brief(c.RunsPerSample), c.NonFinite})
	}
	return t
}

func steps(r *gradient.Report) table.Writer {
	t := newTable(table.Row{"parameter", "step", "truncation error", "noise of a sample", "peak"}, 2, 3, 4, 5)
	for _, s := range r.Steps {
		t.AppendRow(table.Row{s.Parameter, brief(s.H), share(s.Truncation), share(s.Noise), brief(s.Peak)})
	}
	return t
}

// share writes a share of the peak.
func share(v float64) string {
	switch {
	case math.IsInf(v, 0):
		return "∞"
	case v > 10:
		return fmt.Sprintf("%.2g ×", v)
	}
	return fmt.Sprintf("%.3g %%", 100*v)
}
