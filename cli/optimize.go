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
	"slices"
	"strings"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/policy"
	"github.com/nudge-abm/nudge/study"
)

// optimizeFlags are the flags of the verb optimize.
type optimizeFlags struct {
	calibrateFlags
	posterior string
}

// newOptimize returns the verb that finds the best policy.
func newOptimize(p *Program) *cobra.Command {
	f := optimizeFlags{calibrateFlags: calibrateFlags{program: p}}
	cmd := &cobra.Command{
		Use:   "optimize STUDY",
		Short: "Find the policy that makes an objective least, by stochastic gradient",
		Long: "Choose the parameters of a policy so that an objective (weighted outcomes, costs,\n" +
			"constraints) is least on average over runs. The study says which parameters, within\n" +
			"which bounds, and what the objective is. The result is a folder with the policy,\n" +
			"what it attains against no policy and a grid search, the trade-off between cost and\n" +
			"outcome, the neighbourhood of the optimum, and a report that opens in a browser.",
		Example:           "  " + p.Name + " optimize study.yaml --quick --out out/policy",
		Args:              p.onePolicy,
		ValidArgsFunction: p.completePolicy,
		RunE:              func(cmd *cobra.Command, args []string) error { return optimizeStudy(cmd, &f, args[0]) },
	}
	if p.Builtin {
		cmd.Example = "  nudge optimize policy/sir --seed 1\n" +
			"  nudge init policy/sir mine && nudge optimize mine --quick\n" +
			"  nudge optimize mine --posterior out/flu"
	}
	f.display.register(cmd)
	flags := cmd.Flags()
	flags.StringArrayVar(&f.set, "set", nil, "`name=value` of a fixed parameter or setting; may be repeated")
	flags.Uint64Var(&f.seed, "seed", 1, "seed of all randomness; the study's unless given")
	flags.IntVar(&f.workers, "workers", runtime.GOMAXPROCS(0), "runs made at the same time; the result does not depend on it")
	flags.StringVar(&f.out, "out", "", "`folder` to write to (default out/ and the study's name)")
	flags.BoolVar(&f.quick, "quick", false, "a shorter search, as the study says")
	flags.BoolVar(&f.resume, "resume", false, "go on from the checkpoint in the folder")
	flags.StringVar(&f.posterior, "posterior", "", "`folder` of a calibration: average over its posterior draws")
	flags.StringVar(&f.estimator, "estimator", "", "gradient estimator of the model; the study's unless given")
	flags.StringArrayVar(&f.options, "option", nil, "`name=value` of the estimator; may be repeated")
	cmd.RegisterFlagCompletionFunc("estimator", cobra.FixedCompletions(gradient.Names(), cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// onePolicy accepts exactly one study of a policy as argument.
func (p *Program) onePolicy(_ *cobra.Command, args []string) error {
	switch {
	case len(args) == 1:
		return nil
	case p.Builtin:
		return usagef("optimize needs one study: a study file, a folder with study.yaml, or a built-in study (%s)", strings.Join(study.BuiltinPolicies(), ", "))
	}
	return usagef("optimize needs one study: a study file or a folder with study.yaml")
}

func (p *Program) completePolicy(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	switch {
	case len(args) > 0:
		return nil, cobra.ShellCompDirectiveNoFileComp
	case !p.Builtin:
		return nil, cobra.ShellCompDirectiveDefault
	}
	return study.BuiltinPolicies(), cobra.ShellCompDirectiveDefault
}

// load returns the study as the flags change it.
func (f *optimizeFlags) load(cmd *cobra.Command, name string) (*study.Policy, error) {
	if f.workers < 1 {
		return nil, usagef("--workers must be at least 1, is %d", f.workers)
	}
	if _, err := os.Stat(name); err != nil && !f.program.Builtin {
		return nil, usagef("there is no study file or folder %s", name)
	}
	s, err := study.LoadPolicy(name, f.program.Models...)
	if err != nil {
		return nil, usage(err)
	}
	if cmd.Flags().Changed("seed") {
		s.SetSeed(f.seed)
	}
	if f.quick {
		err = s.Quick()
	}
	if err == nil && f.posterior != "" {
		err = s.SetPosterior(f.posterior)
	}
	if err != nil {
		return nil, usage(err)
	}
	if err := s.Set(f.set...); err != nil {
		return nil, usagef("--set: %w", err)
	}
	if f.estimator == "" && len(f.options) == 0 {
		return s, nil
	}
	options, err := assignments("--option", f.options)
	if err != nil {
		return nil, err
	}
	return s, usage(s.SetEstimator(f.estimator, options))
}

func optimizeStudy(cmd *cobra.Command, f *optimizeFlags, name string) error {
	began := time.Now()
	s, err := f.load(cmd, name)
	if err != nil {
		return err
	}
	to, err := f.folder(name)
	if err != nil {
		return err
	}
	r, err := f.search(cmd, s, name)
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
		text:      func(w io.Writer) { printPolicy(w, r, summary, f.out) },
		documents: documents,
	})
}

// folder checks where the result is to go; by default under the study's name.
func (f *optimizeFlags) folder(name string) (*destination, error) {
	switch {
	case f.out != "":
	case slices.Contains(study.BuiltinPolicies(), name):
		f.out = filepath.Join("out", filepath.FromSlash(name))
	default:
		f.out = filepath.Join("out", filepath.Base(filepath.Clean(name)))
	}
	return newFolder(f.out)
}

// search runs the study, from the checkpoint under --resume.
func (f *optimizeFlags) search(cmd *cobra.Command, s *study.Policy, name string) (*study.PolicyResult, error) {
	var from *policy.State
	var err error
	digest := s.Digest()
	if f.resume {
		if from, err = readCheckpoint[policy.State](f.out, digest); err != nil {
			return nil, err
		}
	}
	ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt)
	defer stop()
	d, err := s.Build(f.workers)
	if err != nil {
		return nil, usage(err)
	}
	bar := f.progress(cmd)
	r, err := d.Run(ctx, s, from, study.PolicyHooks{
		Progress: bar.told,
		Step:     func(x policy.Step) { bar.remark(fmt.Sprintf("objective %.4g", x.Least())) },
		Save:     func(state policy.State) error { return saveCheckpoint(f.out, digest, state) },
	})
	bar.close()
	if errors.Is(err, context.Canceled) {
		return nil, &interrupted{fmt.Sprintf("interrupted; go on with: %s optimize %s --out %s --resume", f.program.Name, name, f.out)}
	}
	return r, err
}

// printPolicy shows the best policy and what it attains.
func printPolicy(w io.Writer, r *study.PolicyResult, s study.PolicySummary, out string) {
	t := newTable(table.Row{"best policy", "value", "bounds", "costs 1 %"}, 2, 4)
	for _, c := range s.Policy {
		t.AppendRow(table.Row{c.Parameter, brief(c.Value), brief(c.Low) + " … " + brief(c.High), fmt.Sprintf("± %.2g", c.Tolerance)})
	}
	printTable(w, s.Study, t)
	t = newTable(table.Row{"", "objective", "outcomes", "costs"}, 2, 3, 4)
	for _, x := range r.Compared() {
		t.AppendRow(table.Row{x.Name, measured(x.Objective, x.SE), brief(x.Outcome()), brief(x.Cost())})
	}
	printTable(w, "", t)
	if len(s.Tradeoff) > 0 {
		t = newTable(table.Row{"costs count", "cost", "outcomes"}, 2, 3)
		for _, b := range s.Tradeoff {
			t.AppendRow(table.Row{fmt.Sprintf("× %g", b.Factor), brief(b.Assessment.Cost()), brief(b.Assessment.Outcome())})
		}
		printTable(w, "", t)
	}
	fmt.Fprintf(w, "%.0f simulations to find the policy, %.0f s in all.\n", s.Simulations.Search, s.Seconds)
	printFindings(w, s.Believe)
	fmt.Fprintf(w, "Report: %s\n", filepath.Join(out, "report.html"))
}
