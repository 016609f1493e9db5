package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"github.com/nudge-abm/nudge/study"
)

// registerRecovery adds the flag for simulation-based calibration.
func (f *calibrateFlags) registerRecovery(cmd *cobra.Command) {
	cmd.Flags().IntVar(&f.sbc, "sbc", 0, "simulation-based calibration instead: `fits` to data that the model makes at prior draws")
}

// recover fits the study to data of its own and shows where the truth ranks.
func (f *calibrateFlags) recover(ctx context.Context, cmd *cobra.Command, to *destination, s *study.Study, c *study.Calibration) error {
	bar := f.progress(cmd)
	r, err := c.Recover(ctx, s, f.sbc, func(done, total int) { bar.told("fits", done, total) })
	bar.close()
	if errors.Is(err, context.Canceled) {
		return &interrupted{"interrupted; simulation-based calibration begins anew the next time"}
	}
	if err != nil {
		return err
	}
	summary := r.Summary(s, c)
	return f.show(cmd, to, result{
		object:    summary,
		text:      func(w io.Writer) { printRecovery(w, r, summary) },
		documents: []document{jsonDocument("sbc", summary), ranksDocument(r)},
	})
}

// printRecovery shows how each parameter is recovered.
func printRecovery(w io.Writer, r *study.Recovery, s study.RecoverySummary) {
	t := newTable(table.Row{"", "in central half", "in 90 %", "p of the ranks", "95 % band"}, 2, 3, 4)
	for _, name := range r.Names {
		x := s.Parameters[name]
		verdict := "inside"
		if !x.Inside {
			verdict = "outside"
		}
		t.AppendRow(table.Row{name, brief(x.Coverage50), brief(x.Coverage90), brief(x.P), verdict})
	}
	printTable(w, s.Study, t)
	fmt.Fprintf(w, "\n%d fits to data made at prior draws, the truth ranked among %d draws of each.\n", s.Fits, s.Draws)
	if s.Failed > 0 {
		fmt.Fprintf(w, "%d fits failed and are left out.\n", s.Failed)
	}
	if !s.Likelihood {
		fmt.Fprintln(w, "The loss is no likelihood, so ranks need not be uniform: choose the weight by what the intervals cover.")
	}
}

// ranksDocument is a row a fit: the ranks of the true values.
func ranksDocument(r *study.Recovery) document {
	header := []string{"fit"}
	for _, name := range r.Names {
		header = append(header, name, name+"_rank")
	}
	return csvDocument("ranks", header, func(yield func([]string)) {
		for i, truth := range r.Truth {
			line := []string{strconv.Itoa(i + 1)}
			for k := range r.Names {
				line = append(line, exact(truth[k]), strconv.Itoa(r.Ranks[k][i]))
			}
			yield(line)
		}
	})
}
