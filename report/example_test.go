package report_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"github.com/nudge-abm/nudge/report"
)

// epidemic returns the number of sick among 763 boys on days 1 to 14 when
// each infects beta and recovers at rate 0.45 a day.
func epidemic(beta float64) (days, sick []float64) {
	s, i := 760.0, 3.0
	for day := 1; day <= 14; day++ {
		for range 24 {
			infected := beta * s * i / 763 / 24
			s, i = s-infected, i+infected-0.45*i/24
		}
		days, sick = append(days, float64(day)), append(sick, i)
	}
	return days, sick
}

// draws returns n numbers around mean.
func draws(n int, mean, sd float64, seed uint64) []float64 {
	r := rand.New(rand.NewPCG(seed, 0))
	out := make([]float64, n)
	for i := range out {
		out[i] = mean + sd*r.NormFloat64()
	}
	return out
}

// show draws a figure and prints what came out.
func show(f report.Figure) {
	svg, err := report.SVG(f)
	if err != nil {
		fmt.Println(err)
		return
	}
	sheet, _ := f.Plot()
	fmt.Printf("%d rows of %d panels, %t\n", len(sheet.Panels), len(sheet.Panels[0]), strings.Contains(string(svg), "</svg>"))
}

func ExamplePredictive() {
	days, data := epidemic(1.7)
	var posterior, prior [][]float64
	for _, beta := range draws(200, 1.7, 0.05, 1) {
		_, sick := epidemic(beta)
		posterior = append(posterior, sick)
	}
	for _, beta := range draws(200, 2, 0.6, 2) {
		_, sick := epidemic(math.Abs(beta))
		prior = append(prior, sick)
	}
	show(report.Predictive{
		Title: "Influenza in a boarding school", TimeLabel: "Day", Time: days,
		Panels: []report.Observable{{
			Name: "Boys in bed", Data: data,
			Posterior: report.Summarise(posterior), Prior: report.Summarise(prior),
		}},
	})
	// Output: 1 rows of 1 panels, true
}

func ExampleMarginals() {
	show(report.Marginals{Parameters: []report.Parameter{
		{Name: "β", Unit: "1/day", Posterior: draws(500, 1.7, 0.05, 1), Truth: new(1.7),
			PriorDensity: report.Density{At: []float64{0, 5}, Value: []float64{0.2, 0.2}}},
		{Name: "γ", Unit: "1/day", Posterior: draws(500, 0.45, 0.01, 2), Prior: draws(500, 0.5, 0.1, 3)},
	}})
	// Output: 1 rows of 2 panels, true
}

func ExamplePairs() {
	show(report.Pairs{Parameters: []report.Parameter{
		{Name: "β", Posterior: draws(500, 1.7, 0.05, 1)},
		{Name: "γ", Posterior: draws(500, 0.45, 0.01, 2)},
		{Name: "I₀", Posterior: draws(500, 3, 0.5, 3)},
	}})
	// Output: 3 rows of 3 panels, true
}

func ExampleTraining() {
	f := report.Training{Chosen: new(80.0), LossScale: report.Log}
	for i := range 100 {
		step := float64(i)
		f.Step = append(f.Step, step)
		f.Loss = append(f.Loss, 2+100*math.Exp(-step/20))
		f.GradientNorm = append(f.GradientNorm, 5*math.Exp(-step/20))
	}
	show(f)
	// Output: 1 rows of 2 panels, true
}

func ExampleCheck() {
	days, sick := epidemic(1.7)
	show(report.Check{
		StepLabel: "Day", Step: days, Scale: report.Symlog,
		Panels: []report.Comparison{{
			Parameter: "β", Observable: "sick",
			Reference: report.Estimate{Name: "Finite differences", Mean: sick, StdErr: draws(14, 5, 0, 1)},
			Estimates: []report.Estimate{{Name: "Cavity", Mean: sick, StdErr: draws(14, 9, 0, 1)}},
		}},
	})
	// Output: 1 rows of 1 panels, true
}

func ExampleBoxes() {
	days, sick := epidemic(1.7)
	show(report.Boxes{
		Estimator: "Cavity", StepLabel: "Day", Step: days,
		Panels: []report.BoxPanel{{
			Parameter: "β", Observable: "sick", Reference: report.Estimate{Mean: sick},
			Boxes: []report.Box{{Step: 4, Draws: draws(100, sick[3], 20, 1)}, {Step: 8, Draws: draws(100, sick[7], 20, 2)}},
		}},
	})
	// Output: 1 rows of 1 panels, true
}

func ExampleSeries() {
	days, slow := epidemic(1.6)
	_, fast := epidemic(1.8)
	dir, err := os.MkdirTemp("", "report")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	f := report.Series{Time: days, Panels: []report.Trajectories{{Name: "Boys in bed", Runs: [][]float64{slow, fast}}}}
	fmt.Println(f.Save(filepath.Join(dir, "runs.png")))
	// Output: <nil>
}

func ExampleHeatmap() {
	days, sick := epidemic(1.7)
	show(report.Heatmap{
		Rows: []string{"β", "γ"}, Time: days, ValueLabel: "boys",
		Values: [][]float64{sick, draws(14, -50, 10, 1)},
	})
	// Output: 1 rows of 1 panels, true
}

func ExampleNetwork() {
	ring := report.Graph{Name: "Ring", Nodes: 12, State: make([]int, 12)}
	for i := range 12 {
		ring.Edges = append(ring.Edges, [2]int{i, (i + 1) % 12})
	}
	ring.State[0] = 1
	show(report.Network{States: []string{"Susceptible", "Infected"}, Graphs: []report.Graph{ring}})
	// Output: 1 rows of 1 panels, true
}

func ExamplePage() {
	days, sick := epidemic(1.7)
	page := report.Page{
		Title: "Influenza in a boarding school",
		Sections: []report.Section{{Title: "In brief", Blocks: []report.Block{
			report.Text("The epidemic is over within two weeks.\n- The peak comes early."),
			report.Callout{Mood: report.OK, Title: "The gradients are right"},
			report.Table{Header: []string{"Parameter", "Median"}, Rows: [][]string{{"β", "1.70"}}},
			report.Chart{Predictive: report.Predictive{Time: days, Panels: []report.Observable{{Name: "Sick", Data: sick}}}},
			report.Settings{Values: []report.Setting{{Name: "Seed", Value: "1"}}, Code: "seed: 1"},
		}}},
	}
	var b strings.Builder
	fmt.Println(page.Write(&b), strings.HasPrefix(b.String(), "<!DOCTYPE html>"))
	// Output: <nil> true
}
