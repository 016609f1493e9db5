package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/study"
)

// calibrateFlags are the flags of the verb calibrate.
type calibrateFlags struct {
	studyFlags
	method       string
	gradient     string
	sbc          int
	chooseWeight int
}

// newCalibrate returns the verb that fits a model to data.
func newCalibrate(p *Program) *cobra.Command {
	f := calibrateFlags{studyFlags: studyFlags{program: p}}
	cmd := &cobra.Command{
		Use:   "calibrate STUDY",
		Short: "Fit a model's parameters to data: a posterior, pictures and a report",
		Long: "Fit the parameters of an agent-based model to data by variational inference with\n" +
			"a normalising flow or, to compare it with, by Markov chains or approximate\n" +
			"Bayesian computation. STUDY is " + p.studies(study.Builtin()) + ".\n" +
			"\nThe result is a folder with the posterior, a summary, figures and a report that\n" +
			"opens in a browser.",
		Example:           p.studyExamples(),
		Args:              p.oneStudy(study.Builtin()),
		ValidArgsFunction: p.completeStudy(study.Builtin()),
		RunE:              func(cmd *cobra.Command, args []string) error { return calibrateStudy(cmd, &f, args[0]) },
	}
	f.register(cmd, "a shorter training", "the name of the study's folder or file")
	f.registerMethod(cmd)
	f.registerGradient(cmd)
	f.registerRecovery(cmd)
	return cmd
}

func (p *Program) studyExamples() string {
	if !p.Builtin {
		return "  " + p.Name + " calibrate study.yaml --quick --out out/fit"
	}
	return "  nudge calibrate boarding-school --quick --out out/flu\n" +
		"  nudge init boarding-school my-study && nudge calibrate my-study\n" +
		"  nudge calibrate boarding-school --out out/flu --resume\n" +
		"  nudge calibrate boarding-school --method nuts --out out/flu-nuts"
}

// load returns the study as the flags change it.
func (f *calibrateFlags) load(cmd *cobra.Command, name string) (*study.Study, error) {
	if err := f.check(name); err != nil {
		return nil, err
	}
	if err := errors.Join(atLeastOne(cmd, "sbc", f.sbc), atLeastOne(cmd, "choose-weight", f.chooseWeight)); err != nil {
		return nil, usage(err)
	}
	s, err := f.program.library().Load(name)
	if err != nil {
		return nil, usage(err)
	}
	var begun changeable = s
	if f.rehearses() {
		begun = rehearsed{s}
	}
	if err := f.begin(cmd, begun); err != nil {
		return nil, err
	}
	if err := f.change(s); err != nil {
		return nil, err
	}
	if err := f.setMethod(s); err != nil {
		return nil, err
	}
	if err := f.setGradient(s); err != nil {
		return nil, err
	}
	return s, f.suits(s.Method())
}

// atLeastOne refuses a flag that asks for no fits.
func atLeastOne(cmd *cobra.Command, flag string, fits int) error {
	if cmd.Flags().Changed(flag) && fits < 1 {
		return fmt.Errorf("--%s: at least one fit is needed, not %d", flag, fits)
	}
	return nil
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
	c, err := s.Build(cmd.Context(), f.workers)
	if err != nil {
		return usage(err)
	}
	switch {
	case f.sbc > 0:
		return f.recover(cmd, name, to, s, c)
	case f.chooseWeight > 0:
		return f.weigh(cmd, name, to, s, c)
	}
	r, err := f.fit(cmd, name, s, c)
	if err != nil {
		return err
	}
	summary := r.Summary()
	documents := studyDocuments("summary", summary, r.Documents())
	summary.Seconds = time.Since(began).Seconds()
	return f.show(cmd, to, result{
		object:    summary,
		text:      func(w io.Writer) { printSummary(w, r, summary, f.out) },
		documents: documents,
	})
}

// fit finds the posterior.
func (f *calibrateFlags) fit(cmd *cobra.Command, name string, s *study.Study, c *study.Calibration) (*study.Result, error) {
	return work[calibrate.CampaignState, *study.Result]{
		file: checkpointFile, digest: s.Digest(), goOn: f.interrupt(cmd, name, c.Method),
		run: func(ctx context.Context, from *calibrate.CampaignState, save func(calibrate.CampaignState) error, bar *progress) (*study.Result, error) {
			return c.Run(ctx, s, from, study.Hooks{
				Progress: bar.told,
				Training: func(x calibrate.Step) { bar.remark(fmt.Sprintf("objective %.4g", x.Objective)) },
				Save:     save,
			})
		},
	}.do(cmd, &f.studyFlags)
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
		if isWord(p) {
			t.AppendRow(table.Row{p.Name, "", "", "", s.Values[p.Name][0].Value, ""})
			continue
		}
		add(p.Name, s.Parameters[p.Name])
	}
	for _, d := range r.Derived() {
		add(d.Name, s.Derived[d.Name])
	}
	printTable(w, s.Study, t)
	for _, p := range r.Calibration.Parameters {
		printValues(w, p.Name, s.Values[p.Name])
	}
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
