package cli

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"github.com/nudge-abm/nudge/policy"
	"github.com/nudge-abm/nudge/study"
)

// optimizeFlags are the flags of the verb optimize.
type optimizeFlags struct {
	studyFlags
	posterior string
}

// newOptimize returns the verb that finds the best policy.
func newOptimize(p *Program) *cobra.Command {
	f := optimizeFlags{studyFlags: studyFlags{program: p}}
	cmd := &cobra.Command{
		Use:   "optimize STUDY",
		Short: "Find the policy that makes an objective least, by stochastic gradient",
		Long: "Choose the parameters of a policy so that an objective (weighted outcomes, costs,\n" +
			"constraints) is least on average over runs. The study says which parameters, within\n" +
			"which bounds, and what the objective is. The result is a folder with the policy,\n" +
			"what it attains against no policy and a grid search, the trade-off between cost and\n" +
			"outcome, the neighbourhood of the optimum, and a report that opens in a browser.",
		Example:           "  " + p.Name + " optimize study.yaml --quick --out out/policy",
		Args:              p.oneStudy(study.BuiltinPolicies()),
		ValidArgsFunction: p.completeStudy(study.BuiltinPolicies()),
		RunE:              func(cmd *cobra.Command, args []string) error { return optimizeStudy(cmd, &f, args[0]) },
	}
	if p.Builtin {
		cmd.Example = "  nudge optimize policy/sir --seed 1\n" +
			"  nudge init policy/sir mine && nudge optimize mine --quick\n" +
			"  nudge optimize mine --posterior out/flu"
	}
	f.register(cmd, "a shorter search", "the study's name")
	cmd.Flags().StringVar(&f.posterior, "posterior", "", "`folder` of a calibration: average over its posterior draws")
	return cmd
}

// load returns the study as the flags change it.
func (f *optimizeFlags) load(cmd *cobra.Command, name string) (*study.Policy, error) {
	if err := f.check(name); err != nil {
		return nil, err
	}
	s, err := study.LoadPolicy(name, f.program.Models...)
	if err != nil {
		return nil, usage(err)
	}
	if err := f.begin(cmd, s); err != nil {
		return nil, err
	}
	if f.posterior != "" {
		if err := s.SetPosterior(f.posterior); err != nil {
			return nil, usage(err)
		}
	}
	return s, f.change(s)
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
	r, err := f.search(cmd, name, s)
	if err != nil {
		return err
	}
	summary := r.Summary()
	documents := studyDocuments("summary", summary, r.Documents())
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

// search looks for the best policy.
func (f *optimizeFlags) search(cmd *cobra.Command, name string, s *study.Policy) (*study.PolicyResult, error) {
	d, err := s.Build(f.workers)
	if err != nil {
		return nil, usage(err)
	}
	return work[policy.State, *study.PolicyResult]{
		file: checkpointFile, digest: s.Digest(), goOn: f.goOn(cmd, name),
		run: func(ctx context.Context, from *policy.State, save func(policy.State) error, bar *progress) (*study.PolicyResult, error) {
			return d.Run(ctx, s, from, study.PolicyHooks{
				Progress: bar.told,
				Step:     func(x policy.Step) { bar.remark(fmt.Sprintf("objective %.4g", x.Least())) },
				Save:     save,
			})
		},
	}.do(cmd, &f.studyFlags)
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
