package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"github.com/nudge-abm/nudge/study"
)

// The checkpoints of the two kinds of rehearsal on data of the study's own.
const (
	recoveryFile = "sbc-checkpoint.json"
	weightsFile  = "weights-checkpoint.json"
)

// registerRecovery adds the flags for simulation-based calibration.
func (f *calibrateFlags) registerRecovery(cmd *cobra.Command) {
	cmd.Flags().IntVar(&f.sbc, "sbc", 0, "simulation-based calibration instead: `fits` to data that the model makes at prior draws")
	cmd.Flags().IntVar(&f.chooseWeight, "choose-weight", 0, "choose the weight of the loss instead: as many `fits` as with --sbc at each of five weights")
	cmd.MarkFlagsMutuallyExclusive("sbc", "choose-weight")
}

// rehearses reports whether the study is fitted to data of its own.
func (f *calibrateFlags) rehearses() bool { return f.sbc > 0 || f.chooseWeight > 0 }

// rehearsed is a study whose quick run is that of simulation-based calibration.
type rehearsed struct{ *study.Study }

// Quick applies the changes of both sections.
func (r rehearsed) Quick() error { return r.QuickSBC() }

// rehearse fits the study to data of its own.
func (f *calibrateFlags) rehearse(ctx context.Context, cmd *cobra.Command, name string, to *destination, s *study.Study, c *study.Calibration) error {
	if f.chooseWeight > 0 {
		return f.weigh(ctx, cmd, name, to, s, c)
	}
	return f.recover(ctx, cmd, name, to, s, c)
}

// goOn is what an interrupted rehearsal returns, and any other error as it is.
func (f *calibrateFlags) goOn(err error, name, flag string, n int) error {
	if !errors.Is(err, context.Canceled) {
		return err
	}
	return &interrupted{fmt.Sprintf("interrupted; go on with: %s calibrate %s %s %d --out %s --resume", f.program.Name, name, flag, n, f.out)}
}

// recover fits the study to data of its own and shows where the truth ranks.
func (f *calibrateFlags) recover(ctx context.Context, cmd *cobra.Command, name string, to *destination, s *study.Study, c *study.Calibration) error {
	began, digest := time.Now(), fmt.Sprintf("%s sbc %d", s.Digest(), f.sbc)
	from, err := resumed[study.RecoveryState](cmd, &f.studyFlags, recoveryFile, digest)
	if err != nil {
		return err
	}
	bar := f.progress(cmd)
	r, err := c.Recover(ctx, s, f.sbc, from, study.RecoveryHooks{
		Progress: bar.stageOf("fits"),
		Save:     func(x study.RecoveryState) error { return saveCheckpoint(f.out, recoveryFile, digest, x) },
	})
	bar.close()
	if err != nil {
		return f.goOn(err, name, "--sbc", f.sbc)
	}
	summary := r.Summary()
	documents := []document{jsonDocument("sbc", summary)}
	for _, d := range r.Documents() {
		documents = append(documents, document{d.Name, d.Write})
	}
	summary.Seconds = time.Since(began).Seconds()
	return f.show(cmd, to, result{
		object:    summary,
		text:      func(w io.Writer) { printRecovery(w, r, summary, f.out) },
		documents: documents,
	})
}

// printRecovery shows how each parameter is recovered.
func printRecovery(w io.Writer, r *study.Recovery, s study.RecoverySummary, out string) {
	t := newTable(table.Row{"", "in half", "in 90 %", "p of the ranks", "95 % band"}, 2, 3, 4)
	row := func(name string, x study.Uniform) {
		verdict := "inside"
		if !x.Inside {
			verdict = "outside"
		}
		t.AppendRow(table.Row{name, brief(x.Coverage50), brief(x.Coverage90), brief(x.P), verdict})
	}
	for _, name := range r.Names {
		row(name, s.Parameters[name])
	}
	row("all, by highest density", s.Density)
	row("all, by TARP", s.Distance)
	printTable(w, s.Study, t)
	fmt.Fprintf(w, "%d fits in %.0f s to data made at prior draws, the truth ranked among %d draws of each.\n", s.Fits, s.Seconds, s.Draws)
	printFindings(w, s.Believe)
	fmt.Fprintf(w, "Report: %s\n", filepath.Join(out, "sbc.html"))
}

// weigh chooses the weight of the loss by coverage.
func (f *calibrateFlags) weigh(ctx context.Context, cmd *cobra.Command, name string, to *destination, s *study.Study, c *study.Calibration) error {
	began, digest := time.Now(), fmt.Sprintf("%s choose-weight %d", s.Digest(), f.chooseWeight)
	from, err := resumed[study.WeightState](cmd, &f.studyFlags, weightsFile, digest)
	if err != nil {
		return err
	}
	bar := f.progress(cmd)
	r, err := c.ChooseWeight(ctx, s, f.chooseWeight, from, study.WeightHooks{
		Progress: bar.stageOf("fits"),
		Save:     func(x study.WeightState) error { return saveCheckpoint(f.out, weightsFile, digest, x) },
	})
	bar.close()
	if err != nil {
		return f.goOn(err, name, "--choose-weight", f.chooseWeight)
	}
	summary := r.Summary()
	documents := []document{jsonDocument("weights", summary)}
	for _, d := range r.Documents() {
		documents = append(documents, document{d.Name, d.Write})
	}
	summary.Seconds = time.Since(began).Seconds()
	return f.show(cmd, to, result{
		object:    summary,
		text:      func(w io.Writer) { printWeights(w, r, summary, f.out) },
		documents: documents,
	})
}

// printWeights shows what the intervals cover at each weight.
func printWeights(w io.Writer, r *study.WeightChoice, s study.WeightSummary, out string) {
	header := table.Row{"weight"}
	right := []int{1}
	for k, name := range r.Recoveries[0].Names {
		header, right = append(header, name+", half", "90 %"), append(right, 2*k+2, 2*k+3)
	}
	t := newTable(header, right...)
	for i, x := range s.Weights {
		row := table.Row{brief(x.Weight)}
		for _, name := range r.Recoveries[i].Names {
			row = append(row, brief(x.Parameters[name].Coverage50), brief(x.Parameters[name].Coverage90))
		}
		t.AppendRow(row)
	}
	printTable(w, s.Study, t)
	fmt.Fprintf(w, "Shares of truths inside, of %d fits at each weight, in %.0f s.\n", s.Fits, s.Seconds)
	printFindings(w, s.Believe)
	fmt.Fprintf(w, "Report: %s\n", filepath.Join(out, "weights.html"))
}
