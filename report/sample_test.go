package report

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// The samples are made up: an influenza-like epidemic among 763 boys over 14
// days, and whatever a study of it would draw. Every call draws the same
// numbers.

const boys = 763

func sampleRand(stream uint64) *rand.Rand { return rand.New(rand.NewPCG(20240617, stream)) }

func sampleDays(n int) []float64 {
	days := make([]float64, n)
	for i := range days {
		days[i] = float64(i + 1)
	}
	return days
}

// sampleEpidemic returns the numbers in bed and newly recovered per day of an
// SIR epidemic by Euler steps.
func sampleEpidemic(beta, gamma float64, days int) (inBed, recovered []float64) {
	s, i, r := boys-3.0, 3.0, 0.0
	for range days {
		before := r
		for range 20 {
			infected, healed := beta*s*i/boys/20, gamma*i/20
			s, i, r = s-infected, i+infected-healed, r+healed
		}
		inBed, recovered = append(inBed, i), append(recovered, r-before)
	}
	return inBed, recovered
}

// sampleCurves returns noisy epidemics with rates around beta and gamma.
func sampleCurves(runs, days int, beta, gamma, sd float64, stream uint64) (inBed, recovered [][]float64) {
	r := sampleRand(stream)
	for range runs {
		b, g := beta*math.Exp(sd*r.NormFloat64()), gamma*math.Exp(sd*r.NormFloat64())
		i, rec := sampleEpidemic(b, g, days)
		for t := range i {
			i[t] = max(0, i[t]+math.Sqrt(i[t]+1)*r.NormFloat64())
			rec[t] = max(0, rec[t]+math.Sqrt(rec[t]+1)*r.NormFloat64())
		}
		inBed, recovered = append(inBed, i), append(recovered, rec)
	}
	return inBed, recovered
}

func samplePredictive() Predictive {
	data, healed := sampleCurves(1, 14, 1.7, 0.45, 0.01, 1)
	post, postR := sampleCurves(400, 14, 1.7, 0.45, 0.035, 2)
	prior, priorR := sampleCurves(400, 14, 1.2, 0.4, 0.8, 3)
	return Predictive{
		Title:     "Influenza in a boarding school: posterior predictive check",
		TimeLabel: "Day",
		Time:      sampleDays(14),
		Panels: []Observable{
			{Name: "Boys in bed", Unit: "boys", Data: data[0], Posterior: Summarise(post), Prior: Summarise(prior)},
			{Name: "Newly recovered", Unit: "boys per day", Data: healed[0], Posterior: Summarise(postR), Prior: Summarise(priorR)},
		},
	}
}

// sampleParameters returns n parameters with correlated posterior draws.
func sampleParameters(n int) []Parameter {
	names := []string{"β", "γ", "I₀", "p_Q", "Q start", "Q end", "σ", "vision", "µ", "α_D"}
	units := []string{"1/day", "1/day", "", "", "day", "day", "", "cells", "", ""}
	r := sampleRand(uint64(10 + n))
	params := make([]Parameter, n)
	for k := range params {
		params[k] = Parameter{Name: names[k], Unit: units[k], Truth: new(math.Pow(3, float64(k%4)) * 0.5)}
	}
	for range 3000 {
		shared := r.NormFloat64()
		for k := range params {
			centre := *params[k].Truth
			z := 0.7*shared*math.Pow(-1, float64(k)) + 0.7*r.NormFloat64()
			params[k].Posterior = append(params[k].Posterior, centre*(1+0.08*z+0.02*shared*shared))
			params[k].Prior = append(params[k].Prior, centre*2*r.Float64())
		}
	}
	return params
}

func sampleMarginals() Marginals {
	params := sampleParameters(5)
	for k := 0; k < 3; k++ {
		at := *params[k].Truth
		params[k].PriorDensity = Density{At: []float64{0, 0, 2 * at, 2 * at}, Value: []float64{0, 0.5 / at, 0.5 / at, 0}}
	}
	return Marginals{Title: "Marginal posteriors", Parameters: params}
}

func sampleTraining() Training {
	r := sampleRand(30)
	f := Training{Title: "Calibration by variational inference", Chosen: new(1750.0), GradientScale: Log}
	for i := range 2000 {
		x := float64(i)
		f.Step = append(f.Step, x)
		expected := 40 + 900*math.Exp(-x/180) + 12*r.NormFloat64()*(0.3+math.Exp(-x/300))
		kl := 14*(1-math.Exp(-x/400)) + 0.4*r.NormFloat64()
		f.ExpectedLoss, f.KL = append(f.ExpectedLoss, expected), append(f.KL, kl)
		f.Loss = append(f.Loss, expected+kl)
		f.GradientNorm = append(f.GradientNorm, (3+400*math.Exp(-x/150))*math.Exp(0.5*r.NormFloat64()))
		if i%125 == 0 {
			f.ValidationStep = append(f.ValidationStep, x)
			f.Validation = append(f.Validation, 56+900*math.Exp(-x/180)+6*r.NormFloat64())
		}
	}
	f.LossScale = Log
	return f
}

// sampleCheck returns a comparison over the given number of days; explode is
// the growth per day of the surrogate estimator's error.
func sampleCheck(days, params int, explode float64, scale Scale) Check {
	r := sampleRand(40)
	f := Check{Title: "Gradients against finite differences", StepLabel: "Day", Step: sampleDays(days), Scale: scale}
	for k := range params {
		p := sampleParameters(10)[k]
		c := Comparison{Parameter: p.Name, Observable: "infections"}
		c.Reference = Estimate{Name: "Finite differences"}
		exact, surrogate := Estimate{Name: "Cavity"}, Estimate{Name: "Surrogate (straight-through)"}
		for t := range days {
			x := float64(t)
			g := (float64(k) + 1) * math.Sin(x/4) * math.Exp(-x/20)
			add := func(e *Estimate, mean, se float64) {
				e.Mean, e.StdErr = append(e.Mean, mean+se*r.NormFloat64()), append(e.StdErr, se)
			}
			add(&c.Reference, g, 0.04*float64(k+1))
			add(&exact, g, 0.07*float64(k+1))
			blow := math.Pow(explode, x)
			add(&surrogate, g*blow, 0.05*blow)
		}
		c.Estimates = []Estimate{exact, surrogate}
		f.Panels = append(f.Panels, c)
	}
	return f
}

func sampleBoxes(scale Scale, explode float64) Boxes {
	r := sampleRand(50)
	f := Boxes{Title: "Single-run gradients of mean wealth", Estimator: "Cavity", Step: sampleDays(30), Scale: scale}
	for _, c := range sampleCheck(30, 6, 1, Linear).Panels {
		b := BoxPanel{Parameter: c.Parameter, Observable: "wealth", Reference: c.Reference}
		for _, day := range []int{1, 5, 10, 15, 20, 25, 30} {
			box := Box{Step: float64(day)}
			for range 200 {
				noise := math.Pow(explode, float64(day)) * r.NormFloat64()
				box.Draws = append(box.Draws, c.Reference.Mean[day-1]+noise)
			}
			b.Boxes = append(b.Boxes, box)
		}
		f.Panels = append(f.Panels, b)
	}
	return f
}

func sampleSeries() Series {
	inBed, recovered := sampleCurves(60, 28, 1.4, 0.45, 0.08, 60)
	return Series{Title: "Sixty runs of the model", TimeLabel: "Day", Time: sampleDays(28), Panels: []Trajectories{
		{Name: "Boys in bed", Unit: "boys", Runs: inBed},
		{Name: "Newly recovered", Unit: "boys per day", Runs: recovered},
	}}
}

func sampleHeatmap() Heatmap {
	f := Heatmap{Title: "How infections respond to each parameter", TimeLabel: "Day", ValueLabel: "elasticity", Time: sampleDays(60)}
	for k, p := range sampleParameters(7) {
		f.Rows = append(f.Rows, p.Name)
		var row []float64
		for t := range 60 {
			x := float64(t) / 10
			row = append(row, 2.4*math.Sin(x+float64(k))*math.Exp(-math.Pow(x-2-float64(k)/3, 2)/4))
		}
		f.Values = append(f.Values, row)
	}
	f.Values[6][50] = math.NaN()
	return f
}

func sampleNetwork() Network {
	r := sampleRand(70)
	const n = 40
	complete, random := Graph{Name: "Complete graph", Nodes: n}, Graph{Name: "Erdős–Rényi graph, p = 0.06", Nodes: n}
	for i := range n {
		for j := range i {
			complete.Edges = append(complete.Edges, [2]int{j, i})
			if r.Float64() < 0.06 {
				random.Edges = append(random.Edges, [2]int{j, i})
			}
		}
		state := 0
		if i%9 == 0 {
			state = 1 + i%2
		}
		complete.State, random.State = append(complete.State, state), append(random.State, state)
	}
	return Network{Title: "Who can infect whom", States: []string{"Susceptible", "Infected", "Recovered"}, Graphs: []Graph{complete, random}}
}

// sampleFigures returns one ordinary figure of each kind and variant.
func sampleFigures() map[string]Figure {
	figures := map[string]Figure{
		"predictive": samplePredictive(),
		"marginals":  sampleMarginals(),
		"training":   sampleTraining(),
		"check":      sampleCheck(14, 6, 1, Linear),
		"check-log":  sampleCheck(60, 3, 1.35, Symlog),
		"boxes":      sampleBoxes(Linear, 1),
		"boxes-log":  sampleBoxes(Symlog, 1.3),
		"series":     sampleSeries(),
		"heatmap":    sampleHeatmap(),
		"network":    sampleNetwork(),
	}
	for _, n := range []int{2, 4, 10} {
		figures[fmt.Sprintf("pairs-%d", n)] = Pairs{Title: "Joint posterior", Parameters: sampleParameters(n)}
	}
	return figures
}

func samplePage() Page {
	picture := func(f Figure, name, caption string) Picture { return Picture{f, caption, name} }
	bold := sampleFigures()
	return Page{
		Title:    "Influenza in a boarding school",
		Subtitle: "An SIR model with 763 boys, calibrated to fourteen days of illness",
		Footer:   "Made with nudge. Data: made up for this sample.",
		Sections: []Section{
			{Title: "In brief", Blocks: []Block{
				Text("The model explains the outbreak with a basic reproduction number near 3.8.\n\nThree things to take away:\n- the peak came on day 5 to 6 with about 290 boys in bed;\n- isolating the sick half a day sooner lowers the peak by\n  about a fifth;\n- the data cannot tell I₀ from the day of the first infection."),
				Callout{OK, "The checks passed", "Estimated gradients agree with finite differences within their 95 % intervals for all five parameters."},
				Table{Caption: "Posterior", Header: []string{"Parameter", "Unit", "Median", "90 % interval", "Prior"}, Rows: [][]string{
					{"β, transmission", "1/day", "1.70", "1.61 – 1.79", "Uniform(0, 5)"},
					{"γ, recovery", "1/day", "0.45", "0.42 – 0.48", "Uniform(0, 2)"},
					{"I₀, first cases", "boys", "3", "1 – 6", "Geometric(0.2)"},
				}, Footnote: "Medians of 400 draws from the flow at the kept step."},
			}},
			{Title: "Does the model fit?", Blocks: []Block{
				Chart{samplePredictive(), "Data (dots) over what the calibrated model predicts. Point at a day to read its numbers; switch layers on and off above.", "predictive"},
				picture(bold["marginals"], "marginals", "What the data say about each parameter."),
				picture(bold["pairs-4"], "pairs", "How the parameters depend on each other."),
			}},
			{Title: "Can the gradients be trusted?", Blocks: []Block{
				Callout{Warning, "The surrogate explodes", "From day 13 on the surrogate estimator is off by orders of magnitude.\n- Do not use it on this graph.\n- The cavity estimator stays inside the interval."},
				picture(bold["check-log"], "check", "Two estimators against finite differences."),
				picture(bold["boxes"], "boxes", "Spread of single-run gradients."),
				picture(bold["heatmap"], "sensitivity", "Elasticities over time."),
				picture(bold["training"], "training", "Loss over the steps."),
				picture(bold["network"], "network", "Who can infect whom."),
			}},
			{Title: "What to believe, and how to reproduce it", Blocks: []Block{
				Callout{Info, "What to believe", "Intervals cover the uncertainty of the parameters given this model; they say nothing about a wrong model."},
				Settings{"Settings", []Setting{{"Model", "sir"}, {"Agents", "763"}, {"Seed", "20240617"}, {"Estimator", "cavity"}, {"Steps", "2 000"}, {"Kept step", "1 750"}},
					"model: sir\nagents: 763\ncalibrate:\n  steps: 2000\n  estimator: cavity\n  prior:\n    beta: {uniform: [0, 5]}\n"},
			}},
		},
	}
}
