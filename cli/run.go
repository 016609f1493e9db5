package cli

import (
	"fmt"
	"io"
	"strconv"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"github.com/nudge-abm/nudge/report"
)

// newRun returns the verb that simulates.
func newRun(p *Program) *cobra.Command {
	f := runFlags{job: job{program: p}}
	cmd := &cobra.Command{
		Use:   p.use("run"),
		Short: "Simulate a model",
		Long: "Simulate a model and print the means of its observables. With --out, write every\n" +
			"run as .csv or .json, a figure as .png or .svg, or all of them into a folder.\n" +
			"With --animate, also write a page that plays the first run, if the model can be\n" +
			"looked at, with derivatives to lay over it.",
		Example: p.examples("run", "--runs 20 --seed 3 --out runs.csv", "  nudge run sir --runs 20 --seed 3 --out runs.csv\n"+
			"  nudge run sir --set network=complete --set agents=5000 --runs 50 --out runs.png\n"+
			"  nudge run sugarscape --animate sugarscape.html"),
		Args:              p.oneModel,
		ValidArgsFunction: p.completeModel,
		RunE:              func(cmd *cobra.Command, args []string) error { return runModel(cmd, &f, args) },
	}
	f.register(cmd, "runs", 1, "independent runs")
	f.registerOut(cmd, "`file` (.csv, .json, .png, .svg) or folder to write to")
	cmd.Flags().StringVar(&f.animate, "animate", "", "`file` (.html) to write an animation of the first run to")
	cmd.Flags().Uint64Var(&f.first, "first", 0, "number of the first run, which with the seed decides its luck")
	return cmd
}

// runFlags are the flags of the verb run.
type runFlags struct {
	job
	animate string
	first   uint64
}

func runModel(cmd *cobra.Command, f *runFlags, args []string) error {
	setup, err := f.setup(args)
	if err != nil {
		return err
	}
	to, err := newDestination(f.out, ".csv", ".json", ".png", ".svg")
	if err != nil {
		return err
	}
	if err := f.film(cmd, setup); err != nil {
		return err
	}
	bar := f.progress(cmd)
	e, err := simulate(cmd.Context(), setup, f.seed, f.first, f.runs, f.workers, bar.stageOf("simulating"))
	bar.close()
	if err != nil {
		return err
	}
	return f.show(cmd, to, e.result())
}

// runObject is an ensemble in JSON.
type runObject struct {
	Model       string        `json:"model"`
	Seed        uint64        `json:"seed"`
	Runs        int           `json:"runs"`
	Observables []string      `json:"observables"`
	Time        []float64     `json:"time"`
	Mean        [][]float64   `json:"mean"`
	SD          [][]float64   `json:"sd,omitempty"` // of a single run, if there are several
	Series      [][][]float64 `json:"series"`       // run × T × C
}

// result returns the ensemble in all its forms.
func (e *ensemble) result() result {
	o := e.object()
	documents := []document{e.csv(), jsonDocument("run", o)}
	return result{
		object:    o,
		text:      func(w io.Writer) { e.print(w, o) },
		documents: append(documents, pictures("run", e.figure(o))...),
	}
}

func (e *ensemble) object() runObject {
	rows, observables := e.shape()
	o := runObject{Model: e.setup.Model.Name, Seed: e.seed, Runs: len(e.series), Observables: e.setup.Model.ObservableNames()}
	for t := range rows {
		at, _ := timeOf(e.setup, t)
		o.Time = append(o.Time, at)
	}
	o.Mean, o.SD = e.moments()
	if o.Runs == 1 {
		o.SD = nil
	}
	for _, s := range e.series {
		o.Series = append(o.Series, nested(s, observables))
	}
	return o
}

// csv has a line for each run and step.
func (e *ensemble) csv() document {
	rows, observables := e.shape()
	header := []string{"run", "seed", "step"}
	_, timed := timeOf(e.setup, 0)
	if timed {
		header = append(header, "time")
	}
	header = append(header, e.setup.Model.ObservableNames()...)
	return csvDocument("run", header, func(yield func([]string)) {
		seed := strconv.FormatUint(e.seed, 10)
		for r, series := range e.series {
			for t := range rows {
				record := []string{strconv.FormatUint(e.first+uint64(r), 10), seed, strconv.Itoa(t)}
				if at, ok := timeOf(e.setup, t); ok {
					record = append(record, exact(at))
				}
				for _, v := range series[t*observables : (t+1)*observables] {
					record = append(record, exact(v))
				}
				yield(record)
			}
		}
	})
}

// print shows the mean, and its standard deviation if there are several runs.
func (e *ensemble) print(w io.Writer, o runObject) {
	header := table.Row{"step", "time"}
	right := []int{1, 2}
	for c, name := range o.Observables {
		header, right = append(header, name), append(right, 3+c)
	}
	t := newTable(header, right...)
	for _, k := range sampled(len(o.Mean)) {
		row := table.Row{k, brief(o.Time[k])}
		for c, mean := range o.Mean[k] {
			if o.SD == nil {
				row = append(row, brief(mean))
			} else {
				row = append(row, measured(mean, o.SD[k][c]))
			}
		}
		t.AppendRow(row)
	}
	title := o.title()
	if o.Runs > 1 {
		title += ": mean ± standard deviation of a run"
	}
	printTable(w, title, t)
}

// title says how many runs of what.
func (o runObject) title() string {
	if o.Runs == 1 {
		return fmt.Sprintf("One run of %s, seed %d", o.Model, o.Seed)
	}
	return fmt.Sprintf("%d runs of %s, seed %d", o.Runs, o.Model, o.Seed)
}

func (e *ensemble) figure(o runObject) report.Series {
	rows, observables := e.shape()
	f := report.Series{Title: o.title(), Time: o.Time}
	for c, x := range e.setup.Model.Observables {
		panel := report.Trajectories{Name: x.Name, Unit: x.Unit}
		for _, s := range e.series {
			run := make([]float64, rows)
			for t := range run {
				run[t] = s[t*observables+c]
			}
			panel.Runs = append(panel.Runs, run)
		}
		f.Panels = append(f.Panels, panel)
	}
	return f
}

// nested cuts x into rows of n.
func nested(x []float64, n int) [][]float64 {
	rows := make([][]float64, 0, len(x)/n)
	for ; len(x) > 0; x = x[n:] {
		rows = append(rows, x[:n])
	}
	return rows
}
