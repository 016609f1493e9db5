package loss

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat"

	"github.com/nudge-abm/nudge/rng"
)

// Observations have the mean and standard deviation of their law around a
// simulated 12.
func TestObserve(t *testing.T) {
	const n, x = 4000, 12.0
	data := Data{Values: make([]float64, n), Rows: n, Columns: 1}
	for i := range data.Values {
		data.Values[i] = 1 + float64(i%2)
	}
	for _, c := range []struct {
		l        Loss
		nuisance []float64
		mean, sd float64
	}{
		{must(NewPoisson(data, PoissonOptions{Floor: 2})), nil, 14, math.Sqrt(14)},
		{must(NewNegativeBinomial(data, NegativeBinomialOptions{Floor: NoFloor})), []float64{0.5}, x, math.Sqrt(x + 0.5*x*x)},
		{must(NewBinomial(data, BinomialOptions{Trials: []float64{20}, Floor: NoFloor})), nil, x, math.Sqrt(x * 0.4)},
		{must(NewBinomial(data, BinomialOptions{Trials: []float64{20}, Floor: 2})), nil, 20 * 14. / 24, math.Sqrt(20 * 14. / 24 * 10 / 24)},
		{must(NewNormal(data, NormalOptions{})), []float64{3}, x, 3},
		{must(NewLogNormal(data, LogNormalOptions{Floor: 2})), []float64{0.3}, 14 * math.Exp(0.045), 14 * math.Exp(0.045) * math.Sqrt(math.Expm1(0.09))},
		{must(NewSquaredError(data, SquaredErrorOptions{})), nil, x, 0},
	} {
		run := make([]float64, n)
		for i := range run {
			run[i] = x
		}
		stream := rng.Seed{Master: 3}.Stream(rng.Key{})
		c.l.(Observer).Observe(run, c.nuisance, &stream)
		mean, sd := stat.MeanStdDev(run, nil)
		if !(math.Abs(mean-c.mean) <= 4*c.sd/math.Sqrt(n)) || !(math.Abs(sd-c.sd) <= 0.1*c.sd) {
			t.Errorf("%v: mean %v and sd %v, want %v and %v", c.l, mean, sd, c.mean, c.sd)
		}
	}
}

func TestObserveNonsense(t *testing.T) {
	data := Data{Values: []float64{1, 2}, Rows: 2, Columns: 1}
	for _, l := range []Loss{
		must(NewBinomial(data, BinomialOptions{Trials: []float64{20}})),
		must(NewLogNormal(data, LogNormalOptions{SD: 1})),
	} {
		run := []float64{-3, 3}
		stream := rng.Seed{Master: 3}.Stream(rng.Key{})
		l.(Observer).Observe(run, nil, &stream)
		if !math.IsNaN(run[0]) || math.IsNaN(run[1]) {
			t.Errorf("%v: -3 and 3 are observed as %v", l, run)
		}
	}
}
