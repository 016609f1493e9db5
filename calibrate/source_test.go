package calibrate_test

import (
	"testing"

	"gonum.org/v1/gonum/stat"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/calibrate/loss"
)

// Data that a likelihood of the mean is to be tried on scatter by the errors of
// observation alone, however few runs a fit looks at; those of other likelihoods by
// the luck of a run as well.
func TestSourceMakesDataAsTheLossAssumes(t *testing.T) {
	const sets, kappa = 60, 1e-9
	at := &calibrate.Draws{Names: []string{"transmission", "overdispersion"}}
	for range sets {
		at.Theta = append(at.Theta, []float64{0.8, kappa})
	}
	for _, c := range []struct {
		combine   loss.Combine
		low, high float64 // of the variance over that of Poisson counts
	}{
		{loss.OfMean, 0.4, 1.8},
		{loss.Marginal, 8, 40},
	} {
		s := outbreak(t, c.combine, 2, 0)
		s.Grid.Factor[0] = 20 // the more is counted, the less counting matters
		p, err := s.Source().Predict(t.Context(), at, 0, 1, nil)
		if err != nil {
			t.Fatal(err)
		}
		var last []float64
		for i := range sets {
			last = append(last, p.Runs[i*len(p.Runs)/sets][2])
		}
		if ratio := stat.Variance(last, nil) / stat.Mean(last, nil); ratio < c.low || ratio > c.high {
			t.Errorf("%v: variance over mean of the data is %.2f, want %g to %g", c.combine, ratio, c.low, c.high)
		}
	}
}
