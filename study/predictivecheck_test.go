package study

import (
	"math"
	"strings"
	"testing"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/rng"
)

// predicted is a result with forecasts of independent standard normal data: runs
// with a mean and a standard deviation.
func predicted(mean, sd float64) *Result {
	luck := rng.Seed{Master: 2}.Stream(rng.Key{})
	const cells, runs = 60, 99
	r := &Result{Calibration: &Calibration{}, Posterior: &calibrate.Draws{}, Prior: &calibrate.Draws{}}
	r.Calibration.Data = Observations{Columns: []Column{{Name: "y"}}, Times: make([]float64, cells)}
	for range cells {
		r.Calibration.Data.Values = append(r.Calibration.Data.Values, luck.Normal())
	}
	forecast := func(mean, sd float64, d *calibrate.Draws) *calibrate.Predictive {
		p := &calibrate.Predictive{}
		for range runs {
			run := make([]float64, cells)
			for i := range run {
				run[i] = mean + sd*luck.Normal()
			}
			p.Runs, d.Theta = append(p.Runs, run), append(d.Theta, nil)
		}
		return p
	}
	r.Expected, r.Predicted = forecast(0, 3, r.Prior), forecast(mean, sd, r.Posterior)
	return r
}

// A right forecast passes; one that is narrow, wide or beside the data is named.
func TestPredictiveCheck(t *testing.T) {
	for _, x := range []struct {
		mean, sd float64
		want     string
	}{
		{0, 1, ""}, {0, 0.3, calibrate.Ends}, {0, 4, calibrate.Middle}, {-0.7, 1, calibrate.High}, {0.7, 1, calibrate.Low},
	} {
		p := predicted(x.mean, x.sd).PredictiveCheck()
		var words []string
		for _, f := range p.findings() {
			words = append(words, f.Text)
		}
		said := strings.Join(words, " ")
		if p.Inside != (x.want == "") || !strings.Contains(said, x.want) || len(p.Ranks) != 60 {
			t.Errorf("mean %g, sd %g: %s", x.mean, x.sd, said)
		}
		if better := x.sd < 4; strings.Contains(said, "better than the prior does") != better || (p.Posterior < p.Prior) != better {
			t.Errorf("mean %g, sd %g: energy scores %g and %g of the prior: %s", x.mean, x.sd, p.Posterior, p.Prior, said)
		}
	}
}

// Runs that are not finite are left out, and nothing is said of none.
func TestPredictiveCheckOfNothing(t *testing.T) {
	r := predicted(0, 1)
	for _, run := range r.Predicted.Runs {
		run[3] = math.NaN()
	}
	p := r.PredictiveCheck()
	if _, is := p.figure(); is || !math.IsNaN(p.Posterior) || len(p.findings()) != 0 {
		t.Errorf("%+v", p)
	}
}
