package cli

import (
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/nudge-abm/nudge/gradient"
)

// checkFlags are the flags of the verb check.
type checkFlags struct {
	job
	methods
	selection
	truth  truth
	detail bool
}

// newCheck returns the verb that checks estimators against a reference.
func newCheck(p *Program) *cobra.Command {
	f := checkFlags{job: job{program: p}}
	cmd := &cobra.Command{
		Use:   p.use("check"),
		Short: "Check gradient estimators against a reference and recommend one",
		Long: "Compare gradient estimators with a reference: central finite differences with\n" +
			"common random numbers, whose step is tuned for each parameter, or flip with many\n" +
			"flips. For each estimator and parameter: bias with its error, spread, cost, the\n" +
			"error after one second of CPU, a verdict and a recommendation in plain words. The\n" +
			"model is audited, too: reads that lose derivatives, draws made twice under one\n" +
			"key, and numbers used too late are reported with their source lines.\n\n" +
			"--out writes tables, figures (means, and box plots of single samples over the\n" +
			"reference) and report.html, a page with all of it.",
		Example: p.examples("check", "--samples 200 --out check/", "  nudge check sir --set network=complete --set agents=5000 --samples 200\n"+
			"  nudge check sir --estimators flip,score --reference flip --reference-option flips=2000\n"+
			"  nudge check sir --observables new_infections --out check/"),
		Args:              p.oneModel,
		ValidArgsFunction: p.completeModel,
		RunE:              func(cmd *cobra.Command, args []string) error { return checkModel(cmd, &f, args) },
	}
	f.job.register(cmd, "samples", gradient.DefaultSamples(1), "samples of each estimator, by default fewer for more than 3 parameters")
	f.job.registerOut(cmd, "`file` (.html, .csv, .json, .png, .svg) or folder to write to")
	f.methods.register(cmd)
	f.truth.register(cmd)
	f.selection.register(cmd, p)
	cmd.Flags().BoolVar(&f.detail, "detail", false, "print bias, error and spread step by step, too")
	return cmd
}

func checkModel(cmd *cobra.Command, f *checkFlags, args []string) error {
	if f.runs < 2 {
		return usagef("--samples must be at least 2, is %d", f.runs)
	}
	estimators, err := f.methods.make(f.truth.name)
	if err != nil {
		return err
	}
	reference, err := f.truth.make()
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
	f.fit(cmd, len(p.Active))
	to, err := newDestination(f.out, ".html", ".csv", ".json", ".png", ".svg")
	if err != nil {
		return err
	}
	c := &checked{problem: p, flags: f}
	options := gradient.CheckOptions{Samples: f.runs, ReferenceSamples: f.truth.samples, Workers: f.workers}
	if to != nil {
		c.scatter = newScatter(p)
		options.Sampled = c.scatter.add
	}
	bar := f.progress(cmd)
	options.Progress = bar.told
	c.Report, err = gradient.Check(cmd.Context(), p, estimators, reference, options)
	bar.close()
	if err != nil {
		return because(c.Report, err)
	}
	if to.picture() && len(p.Observables) > 1 {
		f.note(cmd, "the figure shows %s; --observables chooses another, a folder gets all", c.Rows[0].Observable)
	}
	c.ReferenceOptions = f.truth.words()
	return f.show(cmd, to, c.result())
}

// fit takes, unless told how many, fewer samples for many parameters, and says so.
func (f *checkFlags) fit(cmd *cobra.Command, parameters int) {
	fits := gradient.DefaultSamples(parameters)
	if cmd.Flags().Changed("samples") || cmd.Flags().Changed("runs") || fits == f.runs {
		return
	}
	f.note(cmd, "%d samples of each estimator instead of %d, as finite differences by %d parameters take %d runs a sample; --samples chooses",
		fits, f.runs, parameters, 2*parameters)
	f.runs = fits
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

// checked is a report with what its forms need besides.
type checked struct {
	*gradient.Report
	problem *gradient.Problem
	flags   *checkFlags
	scatter *scatter // nil unless something is written
}

// result returns a report in all its forms.
func (c *checked) result() result {
	documents := []document{checkTable(c.Report), jsonDocument("check", c.Report), {"report.html", func(w io.Writer) error { return c.page().Write(w) }}}
	for _, f := range append(c.means(), c.boxes()...) {
		documents = append(documents, pictures(f.Name, f.Figure)...)
	}
	return result{object: c.Report, text: c.print, documents: documents}
}

// checkTable has a line for each row of the report. What depends on times is left
// to JSON, so that the same seed gives the same bytes.
func checkTable(r *gradient.Report) document {
	header := []string{"estimator", "parameter", "observable", "step", "estimate", "se", "sd", "reference", "reference_se",
		"bias", "bias_se"}
	return csvDocument("check", header, func(yield func([]string)) {
		for _, x := range r.Rows {
			record := []string{x.Estimator, x.Parameter, x.Observable, strconv.Itoa(x.Step)}
			for _, v := range []float64{x.Estimate, x.SE, x.SD, x.Reference, x.ReferenceSE, x.Bias, x.BiasSE} {
				record = append(record, exact(v))
			}
			yield(record)
		}
	})
}
