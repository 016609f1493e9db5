package cli

import (
	"encoding/csv"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/study"
)

// newPosterior returns the verb that uses a finished calibration.
func newPosterior(p *Program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "posterior",
		Short: "Summarise, sample or evaluate the posterior of a finished calibration",
		Long: "Use the posterior that " + p.Name + " calibrate left in a folder: the fitted flow is read\n" +
			"back, so draws are new ones and as many as wanted.",
		Example: "  " + p.Name + " posterior summary out/flu\n" +
			"  " + p.Name + " posterior sample out/flu -n 10000 --out draws.parquet\n" +
			"  " + p.Name + " posterior logpdf out/flu transmission=1.7 recovery=0.5 overdispersion=0.1",
		Args: cobra.NoArgs,
	}
	cmd.AddCommand(newPosteriorSummary(p), newPosteriorSample(p), newPosteriorDensity(p))
	return cmd
}

// posteriorFlags are the flags of the verbs that draw from a posterior.
type posteriorFlags struct {
	display
	draws int
	seed  uint64
	out   string
}

func (f *posteriorFlags) register(cmd *cobra.Command, draws int) {
	f.display.register(cmd)
	cmd.Flags().IntVarP(&f.draws, "draws", "n", draws, "number of draws")
	cmd.Flags().Uint64Var(&f.seed, "seed", 1, "seed of the draws")
}

// draw reads the posterior of a folder and draws from it.
func (f *posteriorFlags) draw(p *Program, folder string) (*study.Saved, *calibrate.Draws, error) {
	if f.draws < 1 {
		return nil, nil, usagef("--draws must be at least 1, is %d", f.draws)
	}
	saved, err := p.library().LoadSaved(folder)
	if err != nil {
		return nil, nil, usage(err)
	}
	return saved, saved.Draw(f.draws, f.seed), nil
}

// oneFolder accepts exactly one folder as argument.
func oneFolder(cmd *cobra.Command, args []string) error {
	if len(args) == 1 {
		return nil
	}
	return usagef("%s needs one folder with a finished calibration", cmd.Name())
}

func newPosteriorSummary(p *Program) *cobra.Command {
	var f posteriorFlags
	cmd := &cobra.Command{
		Use:   "summary FOLDER",
		Short: "Mean, standard deviation and quantiles of each parameter",
		Args:  oneFolder,
		RunE: func(cmd *cobra.Command, args []string) error {
			saved, draws, err := f.draw(p, args[0])
			if err != nil {
				return err
			}
			return f.show(cmd, nil, summaryOf(saved, draws))
		},
	}
	f.register(cmd, 10000)
	return cmd
}

// summaryOf is what posterior summary shows.
func summaryOf(saved *study.Saved, draws *calibrate.Draws) result {
	all, values := map[string]calibrate.Summary{}, map[string][]study.Probability{}
	t := newTable(table.Row{"", "mean", "sd", "5 %", "25 %", "median", "75 %", "95 %"}, 2, 3, 4, 5, 6, 7, 8)
	for k, name := range draws.Names {
		x := calibrate.Summarise(draws.Column(k))
		all[name] = x
		if values[name] = saved.Parameters[k].Probabilities(draws.Column(k)); isWord(saved.Parameters[k]) {
			t.AppendRow(table.Row{name, "", "", "", "", values[name][0].Value, "", ""})
			continue
		}
		t.AppendRow(table.Row{name, brief(x.Mean), brief(x.SD), brief(x.Q05), brief(x.Q25), brief(x.Q50), brief(x.Q75), brief(x.Q95)})
	}
	return result{
		object: struct {
			Study      string                       `json:"study"`
			Draws      int                          `json:"draws"`
			Parameters map[string]calibrate.Summary `json:"parameters"`
			Values     valuesOf                     `json:"values,omitempty"`
		}{saved.Study.Title(), len(draws.Theta), all, given(values)},
		text: func(w io.Writer) {
			printTable(w, saved.Study.Title(), t)
			for _, name := range draws.Names {
				printValues(w, name, values[name])
			}
		},
	}
}

func newPosteriorSample(p *Program) *cobra.Command {
	var f posteriorFlags
	cmd := &cobra.Command{
		Use:   "sample FOLDER",
		Short: "New draws with their log-densities, as CSV or Parquet",
		Args:  oneFolder,
		RunE: func(cmd *cobra.Command, args []string) error {
			to, err := newDestination(f.out, ".csv", ".parquet")
			if err != nil {
				return err
			}
			_, draws, err := f.draw(p, args[0])
			if err != nil {
				return err
			}
			return f.show(cmd, to, sampleOf(draws, to == nil))
		},
	}
	f.register(cmd, 1000)
	cmd.Flags().StringVar(&f.out, "out", "", "`file` to write to, .csv or .parquet, or a folder (default CSV to the terminal)")
	return cmd
}

// sampleOf is what posterior sample shows and writes.
func sampleOf(draws *calibrate.Draws, print bool) result {
	header := append(slices.Clone(draws.Names), "log_q", "log_prior")
	rows := make([][]float64, len(draws.Theta))
	for s, theta := range draws.Theta {
		rows[s] = append(slices.Clone(theta), draws.LogQ[s], draws.LogPrior[s])
	}
	written := csvDocument("draws", header, func(yield func([]string)) {
		for _, row := range rows {
			yield(exacts(row))
		}
	})
	return result{
		object: struct {
			Columns []string    `json:"columns"`
			Draws   [][]float64 `json:"draws"`
		}{header, rows},
		text: func(w io.Writer) {
			if print {
				written.write(w)
			}
		},
		documents: []document{written, parquetDocument("draws", header, rows)},
	}
}

func exacts(row []float64) []string {
	words := make([]string, len(row))
	for i, v := range row {
		words[i] = exact(v)
	}
	return words
}

func newPosteriorDensity(p *Program) *cobra.Command {
	var f posteriorFlags
	var at string
	cmd := &cobra.Command{
		Use:   "logpdf FOLDER [PARAMETER=VALUE]...",
		Short: "Log-density of the posterior at given values",
		Long: "Print the log-density of the fitted posterior at one point, given\n" +
			"as PARAMETER=VALUE, or at each row of a CSV file with a column for each parameter.",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return oneFolder(cmd, args)
			}
			saved, err := p.library().LoadSaved(args[0])
			if err != nil {
				return usage(err)
			}
			points, err := pointsOf(saved.Parameters, args[1:], at)
			if err != nil {
				return err
			}
			return f.show(cmd, nil, densityOf(saved, points))
		},
	}
	f.display.register(cmd)
	cmd.Flags().StringVar(&at, "at", "", "CSV `file` of points")
	return cmd
}

// pointsOf reads the points to evaluate at.
func pointsOf(parameters []study.Parameter, given []string, file string) ([][]float64, error) {
	names := namesOf(parameters)
	if (file == "") == (len(given) == 0) {
		return nil, usagef("logpdf needs a value for each of %s, or --at with a file of them", strings.Join(names, ", "))
	}
	if file != "" {
		return readPoints(parameters, file)
	}
	values, err := assignments("logpdf", given)
	if err != nil {
		return nil, err
	}
	var header, row []string
	for _, g := range given {
		name, _, _ := strings.Cut(g, "=")
		header = append(header, strings.TrimSpace(name))
		row = append(row, values[header[len(header)-1]])
	}
	point, err := pointOf(parameters, header, row)
	return [][]float64{point}, usage(err)
}

// readPoints reads a CSV file of points.
func readPoints(parameters []study.Parameter, file string) (points [][]float64, err error) {
	in, err := os.Open(file)
	if err != nil {
		return nil, usage(err)
	}
	defer in.Close()
	rows, err := csv.NewReader(in).ReadAll()
	if err != nil {
		return nil, usagef("%s: %w", file, err)
	}
	for i, row := range rows {
		if i == 0 {
			continue
		}
		point, err := pointOf(parameters, rows[0], row)
		if err != nil {
			return nil, usagef("%s, row %d: %w", file, i, err)
		}
		points = append(points, point)
	}
	return points, nil
}

// pointOf picks the parameters out of a row.
func pointOf(parameters []study.Parameter, header, row []string) ([]float64, error) {
	names := namesOf(parameters)
	point := make([]float64, len(names))
	for k, name := range names {
		i := slices.Index(header, name)
		if i < 0 {
			return nil, usagef("there is no value of %s; needed are %s", name, strings.Join(names, ", "))
		}
		v, err := parameters[k].Parse(strings.TrimSpace(row[i]))
		if err != nil {
			return nil, usagef("%s %w", name, err)
		}
		point[k] = v
	}
	return point, nil
}

// densityOf is what posterior logpdf shows.
func densityOf(saved *study.Saved, points [][]float64) result {
	density := make([]float64, len(points))
	for i, theta := range points {
		density[i] = saved.LogDensity(theta)
	}
	return result{
		object: struct {
			Names  []string    `json:"names"`
			Points [][]float64 `json:"points"`
			LogPDF []float64   `json:"logpdf"`
		}{saved.Prior.Names(), points, density},
		text: func(w io.Writer) {
			for _, v := range density {
				io.WriteString(w, exact(v)+"\n")
			}
		},
	}
}
