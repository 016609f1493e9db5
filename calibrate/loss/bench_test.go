package loss

import (
	"math"
	"math/rand/v2"
	"testing"
)

// BenchmarkValue takes value and adjoint of eight runs of 60 rows and two columns,
// smooth series with noise.
func BenchmarkValue(b *testing.B) {
	const rows, columns, runs = 60, 2, 8
	r := rand.New(rand.NewPCG(1, 2))
	series := func() []float64 {
		run := make([]float64, rows*columns)
		for i := range run {
			run[i] = math.Round(100 + 50*math.Sin(float64(i/columns)/8) + 5*r.NormFloat64())
		}
		return run
	}
	data := Data{Values: series(), Rows: rows, Columns: columns}
	var x, adjoint [][]float64
	for range runs {
		x, adjoint = append(x, series()), append(adjoint, make([]float64, rows*columns))
	}
	all := []Summary{SummaryMean, SummarySD, SummaryAutocovariance}
	marginal := func(c int) Term {
		return Term{Weight: 1, Columns: []int{c}, Loss: must(NewPoisson(data.Select(c), PoissonOptions{Combine: Marginal}))}
	}
	for _, c := range []struct {
		name string
		loss Loss
	}{
		{"energy-score", must(NewEnergyScore(data, EnergyScoreOptions{}))},
		{"squared-error", must(NewSquaredError(data, SquaredErrorOptions{}))},
		{"poisson", must(NewPoisson(data, PoissonOptions{}))},
		{"negative-binomial", must(NewNegativeBinomial(data, NegativeBinomialOptions{Overdispersion: 0.1}))},
		{"binomial", must(NewBinomial(data, BinomialOptions{Trials: []float64{300, 300}}))},
		{"normal", must(NewNormal(data, NormalOptions{SD: 5}))},
		{"log-normal", must(NewLogNormal(data, LogNormalOptions{SD: 0.1}))},
		{"synthetic-likelihood/diagonal", must(NewSyntheticLikelihood(data, SyntheticLikelihoodOptions{Shrinkage: 1}))},
		{"synthetic-likelihood/shrunk", must(NewSyntheticLikelihood(data, SyntheticLikelihoodOptions{Shrinkage: 0.5}))},
		{"synthetic-likelihood/summaries", must(NewSyntheticLikelihood(data, SyntheticLikelihoodOptions{Summaries: all}))},
		{"mmd", must(NewMMD(data, MMDOptions{Bandwidth: []float64{300, 300}}))},
		{"mmd/published", must(NewMMD(data, MMDOptions{Published: true}))},
		{"crps", must(NewCRPS(data, CRPSOptions{}))},
		{"pinball", must(NewPinball(data, PinballOptions{}))},
		{"signature", must(NewSignature(data, SignatureOptions{}))},
		{"signature/linear", must(NewSignature(data, SignatureOptions{Lift: Linear}))},
		{"signature/cuts-4", must(NewSignature(data, SignatureOptions{Cuts: 4}))},
		{"sum/marginal", must(NewSum(data, marginal(0), marginal(1)))},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				c.loss.Value(x, adjoint, nil, nil)
			}
		})
	}
}
