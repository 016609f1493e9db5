package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/study"
)

// calibrateFlags are the flags of the verb calibrate.
type calibrateFlags struct {
	display
	program   *Program
	set       []string
	seed      uint64
	workers   int
	out       string
	quick     bool
	resume    bool
	estimator string
	options   []string
	gradient  string
	sbc       int
}

// newCalibrate returns the verb that fits a model to data.
func newCalibrate(p *Program) *cobra.Command {
	f := calibrateFlags{program: p}
	cmd := &cobra.Command{
		Use:   "calibrate STUDY",
		Short: "Fit a model's parameters to data: a posterior, pictures and a report",
		Long: "Fit the parameters of an agent-based model to data by variational inference with\n" +
			"a normalising flow. STUDY is " + p.studies() + ".\n" +
			"\nThe result is a folder with the posterior, a summary, figures and a report that\n" +
			"opens in a browser.",
		Example:           p.studyExamples(),
		Args:              p.oneStudy,
		ValidArgsFunction: p.completeStudy,
		RunE:              func(cmd *cobra.Command, args []string) error { return calibrateStudy(cmd, &f, args[0]) },
	}
	f.display.register(cmd)
	flags := cmd.Flags()
	flags.StringArrayVar(&f.set, "set", nil, "`name=value` of a fixed parameter or setting; may be repeated")
	flags.Uint64Var(&f.seed, "seed", 1, "seed of all randomness; the study's unless given")
	flags.IntVar(&f.workers, "workers", runtime.GOMAXPROCS(0), "runs made at the same time; the result does not depend on it")
	flags.StringVar(&f.out, "out", "", "`folder` to write to (default out/ and the name of the study's folder or file)")
	flags.BoolVar(&f.quick, "quick", false, "a shorter training, as the study says")
	flags.BoolVar(&f.resume, "resume", false, "go on from the checkpoint in the folder")
	flags.StringVar(&f.estimator, "estimator", "", "gradient estimator of the model; the study's unless given")
	flags.StringArrayVar(&f.options, "option", nil, "`name=value` of the estimator; may be repeated")
	f.registerGradient(cmd)
	f.registerRecovery(cmd)
	cmd.RegisterFlagCompletionFunc("estimator", cobra.FixedCompletions(gradient.Names(), cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// oneStudy accepts exactly one study as argument.
func (p *Program) oneStudy(cmd *cobra.Command, args []string) error {
	if len(args) == 1 {
		return nil
	}
	return usagef("%s needs one study: %s", cmd.Name(), p.studies())
}

// studies says how a study may be named.
func (p *Program) studies() string {
	if p.Builtin {
		return "a study file, a folder with study.yaml, or a built-in study (" + strings.Join(study.Builtin(), ", ") + ")"
	}
	return "a study file or a folder with study.yaml"
}

func (p *Program) studyExamples() string {
	if !p.Builtin {
		return "  " + p.Name + " calibrate study.yaml --quick --out out/fit"
	}
	return "  nudge calibrate boarding-school --quick --out out/flu\n" +
		"  nudge init boarding-school my-study && nudge calibrate my-study\n" +
		"  nudge calibrate boarding-school --out out/flu --resume"
}

func (p *Program) completeStudy(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	switch {
	case len(args) > 0:
		return nil, cobra.ShellCompDirectiveNoFileComp
	case !p.Builtin:
		return nil, cobra.ShellCompDirectiveDefault
	}
	return study.Builtin(), cobra.ShellCompDirectiveDefault
}

// load returns the study as the flags change it.
func (f *calibrateFlags) load(cmd *cobra.Command, name string) (*study.Study, error) {
	if f.workers < 1 {
		return nil, usagef("--workers must be at least 1, is %d", f.workers)
	}
	if _, err := os.Stat(name); err != nil && !f.program.Builtin {
		return nil, usagef("there is no study file or folder %s", name)
	}
	s, err := study.Load(name, f.program.Models...)
	if err != nil {
		return nil, usage(err)
	}
	if cmd.Flags().Changed("seed") {
		s.SetSeed(f.seed)
	}
	if f.quick {
		if err := s.Quick(); err != nil {
			return nil, usage(err)
		}
	}
	if err := s.Set(f.set...); err != nil {
		return nil, usagef("--set: %w", err)
	}
	if f.estimator != "" || len(f.options) > 0 {
		options, err := assignments("--option", f.options)
		if err != nil {
			return nil, err
		}
		if err := s.SetEstimator(f.estimator, options); err != nil {
			return nil, usage(err)
		}
	}
	return s, f.setGradient(s)
}

func calibrateStudy(cmd *cobra.Command, f *calibrateFlags, name string) error {
	began := time.Now()
	s, err := f.load(cmd, name)
	if err != nil {
		return err
	}
	if f.out == "" {
		f.out = filepath.Join("out", label(name))
	}
	to, err := newFolder(f.out)
	if err != nil {
		return err
	}
	var from *calibrate.State
	if f.resume {
		if from, err = readCheckpoint[calibrate.State](f.out, s.Digest()); err != nil {
			return err
		}
	}
	ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt)
	defer stop()
	c, err := s.Build(ctx, f.workers)
	if err != nil {
		return usage(err)
	}
	if f.sbc > 0 {
		return f.recover(ctx, cmd, to, s, c)
	}
	bar := f.progress(cmd)
	r, err := c.Run(ctx, s, from, study.Hooks{
		Progress: bar.told,
		Training: func(x calibrate.Step) { bar.remark(fmt.Sprintf("objective %.4g", x.Objective)) },
		Save:     func(state calibrate.State) error { return saveCheckpoint(f.out, s.Digest(), state) },
	})
	bar.close()
	if errors.Is(err, context.Canceled) {
		return &interrupted{fmt.Sprintf("interrupted; go on with: %s calibrate %s --out %s --resume", f.program.Name, name, f.out)}
	}
	if err != nil {
		return err
	}
	summary := r.Summary()
	documents := []document{jsonDocument("summary", summary)}
	for _, d := range r.Documents() {
		documents = append(documents, document{d.Name, d.Write})
	}
	summary.Seconds = time.Since(began).Seconds()
	return f.show(cmd, to, result{
		object:    summary,
		text:      func(w io.Writer) { printSummary(w, r, summary, f.out) },
		documents: documents,
	})
}

// label returns a name for the results of a study: that of its folder or, if the
// file has another name than usual, of the file.
func label(name string) string {
	if path, err := filepath.Abs(name); err == nil {
		name = path
	}
	if filepath.Base(name) == study.FileName {
		name = filepath.Dir(name)
	}
	base := filepath.Base(name)
	return strings.TrimSuffix(strings.TrimSuffix(base, ".yaml"), ".yml")
}

// printSummary shows the posterior and what to believe.
func printSummary(w io.Writer, r *study.Result, s study.Summary, out string) {
	t := newTable(table.Row{"", "mean", "sd", "5 %", "median", "95 %"}, 2, 3, 4, 5, 6)
	add := func(name string, x calibrate.Summary) {
		t.AppendRow(table.Row{name, brief(x.Mean), brief(x.SD), brief(x.Q05), brief(x.Q50), brief(x.Q95)})
	}
	for _, p := range r.Calibration.Parameters {
		add(p.Name, s.Parameters[p.Name])
	}
	for _, d := range r.Derived() {
		add(d.Name, s.Derived[d.Name])
	}
	printTable(w, s.Study, t)
	fmt.Fprintf(w, "\nWeight of the loss: %g nats per unit. %d simulations in %.0f s.\n", s.Weight, s.Simulations, s.Seconds)
	printFindings(w, s.Believe)
	printChoices(w, s.Choices)
	fmt.Fprintf(w, "Report: %s\n", filepath.Join(out, "report.html"))
}

func printFindings(w io.Writer, findings []study.Finding) {
	for _, f := range findings {
		mark := "+"
		if !f.OK {
			mark = "!"
		}
		fmt.Fprintf(w, " %s %s\n", mark, f.Text)
	}
}
