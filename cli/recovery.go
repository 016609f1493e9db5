package cli

import (
	"context"
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

// recover fits the study to data of its own and shows where the truth ranks.
func (f *calibrateFlags) recover(cmd *cobra.Command, name string, to *destination, s *study.Study, c *study.Calibration) error {
	began, asked := time.Now(), fmt.Sprintf("sbc %d", f.sbc)
	r, err := work[study.RecoveryState, *study.Recovery]{
		file: recoveryFile, digest: s.Digest() + " " + asked, goOn: f.goOn(cmd, name),
		run: func(ctx context.Context, from *study.RecoveryState, save func(study.RecoveryState) error, bar *progress) (*study.Recovery, error) {
			return c.Recover(ctx, s, f.sbc, from, study.RecoveryHooks{Progress: bar.stageOf("fits"), Save: save})
		},
	}.do(cmd, &f.studyFlags)
	if err != nil {
		return err
	}
	summary := r.Summary()
	documents := studyDocuments("sbc", summary, r.Documents())
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
func (f *calibrateFlags) weigh(cmd *cobra.Command, name string, to *destination, s *study.Study, c *study.Calibration) error {
	began, asked := time.Now(), fmt.Sprintf("choose-weight %d", f.chooseWeight)
	r, err := work[study.WeightState, *study.WeightChoice]{
		file: weightsFile, digest: s.Digest() + " " + asked, goOn: f.goOn(cmd, name),
		run: func(ctx context.Context, from *study.WeightState, save func(study.WeightState) error, bar *progress) (*study.WeightChoice, error) {
			return c.ChooseWeight(ctx, s, f.chooseWeight, from, study.WeightHooks{Progress: bar.stageOf("fits"), Save: save})
		},
	}.do(cmd, &f.studyFlags)
	if err != nil {
		return err
	}
	summary := r.Summary()
	documents := studyDocuments("weights", summary, r.Documents())
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
