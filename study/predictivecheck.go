package study

import (
	"fmt"
	"math"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/calibrate/loss"
	"github.com/nudge-abm/nudge/report"
	"github.com/nudge-abm/nudge/rng"
)

// PredictiveCheck judges what posterior and prior predict by the data.
type PredictiveCheck struct {
	// Prior and Posterior are the energy scores of the predictive runs as
	// forecasts of all data at once, columns in units of their standard deviation:
	// smaller is better. NaN if there are too few finite runs.
	Prior     float64 `json:"prior_energy_score"`
	Posterior float64 `json:"posterior_energy_score"`
	// Ranks are those of the observations among posterior-predictive runs, 0 …
	// Among: the probability integral transform of the data. Uniform, if the
	// observations were independent of each other and of the fit.
	Ranks  []int   `json:"ranks"`
	Among  int     `json:"among"`
	P      float64 `json:"p"`           // of ranks as uneven as these if uniform
	Inside bool    `json:"inside_band"` // of 95 %

	band *calibrate.Uniformity
}

const (
	scoredRuns = 400 // runs that an energy score takes at most, which costs their square
	pitRuns    = 99  // runs that an observation is ranked among at most
	pitTies    = 1   // agent of the stream that breaks ties
)

// PredictiveCheck returns the check. It is made once.
func (r *Result) PredictiveCheck() *PredictiveCheck {
	if r.check != nil {
		return r.check
	}
	p := &PredictiveCheck{Prior: r.energy(r.Expected, r.Prior), Posterior: r.energy(r.Predicted, r.Posterior)}
	r.rankData(p)
	r.check = p
	return p
}

// energy returns the energy score of predictive runs, one a draw.
func (r *Result) energy(p *calibrate.Predictive, d *calibrate.Draws) float64 {
	runs := spread(finiteRuns(oneEach(p.Runs, len(d.Theta))), scoredRuns)
	score, err := loss.NewEnergyScore(r.Calibration.Data.Data(), loss.EnergyScoreOptions{})
	if err != nil || len(runs) < 2 {
		return math.NaN()
	}
	return score.Value(runs, nil, nil, nil)
}

// rankData ranks the observations among posterior-predictive runs, ties by lot.
func (r *Result) rankData(p *PredictiveCheck) {
	runs := spread(finiteRuns(oneEach(r.Predicted.Runs, len(r.Posterior.Theta))), pitRuns)
	p.P, p.Inside, p.Among = 1, true, len(runs)
	if len(runs) < 2 {
		return
	}
	lot := rng.Seed{Master: r.Calibration.Options.Seed, Run: math.MaxUint64}.Stream(rng.Key{Purpose: math.MaxUint32, Agent: pitTies})
	for cell, y := range r.Calibration.Data.Values {
		if math.IsNaN(y) {
			continue
		}
		below := 0
		for _, run := range runs {
			if run[cell] < y || run[cell] == y && lot.Uniform() < 0.5 {
				below++
			}
		}
		p.Ranks = append(p.Ranks, below)
	}
	p.band = calibrate.NewUniformity(len(p.Ranks), len(runs)+1, r.Calibration.Options.Seed)
	p.P = p.band.P(p.Ranks)
	p.Inside = p.P >= 0.05
}

// oneEach returns the first run of each draw.
func oneEach(runs [][]float64, draws int) [][]float64 {
	every := max(1, len(runs)/draws)
	var some [][]float64
	for i := 0; i < len(runs); i += every {
		some = append(some, runs[i])
	}
	return some
}

// finiteRuns leaves out runs with a cell that is not finite.
func finiteRuns(runs [][]float64) [][]float64 {
	var some [][]float64
	for _, run := range runs {
		whole := true
		for _, v := range run {
			whole = whole && v-v == 0
		}
		if whole {
			some = append(some, run)
		}
	}
	return some
}

// spread returns at most n of the runs, evenly spread.
func spread(runs [][]float64, n int) [][]float64 {
	if len(runs) <= n {
		return runs
	}
	some := make([][]float64, n)
	for i := range some {
		some[i] = runs[i*len(runs)/n]
	}
	return some
}

// findings says what the check means.
func (p *PredictiveCheck) findings() []Finding {
	var all []Finding
	switch {
	case math.IsNaN(p.Prior) || math.IsNaN(p.Posterior):
	case p.Posterior < p.Prior:
		all = append(all, Finding{true, fmt.Sprintf("The posterior predicts the data better than the prior does: energy score %.3g against %.3g, less is better.", p.Posterior, p.Prior)})
	default:
		all = append(all, Finding{false, fmt.Sprintf("The posterior predicts the data no better than the prior: energy score %.3g against %.3g, less is better. The weight of the loss may be too small, the training too short, or the model wrong.", p.Posterior, p.Prior)})
	}
	if !p.Inside {
		all = append(all, Finding{false, fmt.Sprintf("Among posterior-predictive runs the observations rank %s (p = %.2g if they were independent): %s", p.band.Shape(p.Ranks), p.P, meaning[p.band.Shape(p.Ranks)])})
	}
	return all
}

// meaning is what a shape of the ranks of observations says.
var meaning = map[string]string{
	calibrate.High:   "the model stays below the data.",
	calibrate.Low:    "the model stays above the data.",
	calibrate.Ends:   "the predictions are too narrow, or the model's course is another than that of the data.",
	calibrate.Middle: "the predictions are wider than the data scatter.",
}

// figure shows the ranks of the observations; nil without any.
func (p *PredictiveCheck) figure() (NamedFigure, bool) {
	if p.band == nil {
		return NamedFigure{}, false
	}
	return NamedFigure{"ranks", "Distribution function of the ranks of the observations among posterior-predictive runs less that of uniform ranks (probability integral transform), with the simultaneous 95 % band for independent observations.",
		report.Curves{Panels: []report.CurvePanel{difference("Observations", "rank of the observation, as a share", p.band, p.Ranks)}}}, true
}

// table compares the energy scores.
func (p *PredictiveCheck) table() report.Table {
	return report.Table{
		Header: []string{"", "Energy score"}, Align: "lr",
		Rows:     [][]string{{"prior predictive", fmt.Sprintf("%.4g", p.Prior)}, {"posterior predictive", fmt.Sprintf("%.4g", p.Posterior)}},
		Footnote: "Of the runs as a forecast of all the data together, each column in units of its standard deviation; less is better.",
	}
}
