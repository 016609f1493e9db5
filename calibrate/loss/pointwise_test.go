package loss

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

// checkLikelihood compares a loss of one run with the log-probabilities of the
// observed cells.
func checkLikelihood(t *testing.T, l Loss, data Data, run, nuisance []float64, law func(i int) distuv.LogProber) {
	t.Helper()
	want := 0.0
	for _, i := range data.observed() {
		want -= law(i).LogProb(data.Values[i])
	}
	if got := l.Value([][]float64{run}, nil, nuisance, nil); !near(got, want, 1e-12) {
		t.Errorf("%v: %v, want %v", l, got, want)
	}
}

// Every pointwise loss with every way to combine replicates.
func TestPointwiseAdjoint(t *testing.T) {
	counts := Data{Values: []float64{0, 3, nan, 12, 7, 40}, Rows: 3, Columns: 2}
	positive := Data{Values: []float64{0.5, 3, nan, 12, 7, 40}, Rows: 3, Columns: 2}
	for _, combine := range []Combine{Each, OfMean, Marginal} {
		for _, l := range []Loss{
			must(NewSquaredError(counts, SquaredErrorOptions{Combine: combine})),
			must(NewPoisson(counts, PoissonOptions{Combine: combine})),
			must(NewNegativeBinomial(counts, NegativeBinomialOptions{Combine: combine})),
			must(NewBinomial(counts, BinomialOptions{Trials: []float64{31, 40}, Combine: combine})),
			must(NewNormal(counts, NormalOptions{SD: 9, Combine: combine})),
			must(NewLogNormal(positive, LogNormalOptions{Combine: combine})),
		} {
			checkAdjoint(t, l, 1, 6, 1, 30)
			checkAdjoint(t, l, 3, 6, 1, 30)
		}
	}
}

// With one run all ways to combine agree; of identical runs too.
func TestCombineAgreeWithoutNoise(t *testing.T) {
	data := Data{Values: []float64{1, 3, 7}, Rows: 3, Columns: 1}
	run := []float64{2, 2, 5}
	want := must(NewPoisson(data, PoissonOptions{})).Value([][]float64{run}, nil, nil, nil)
	for _, combine := range []Combine{Each, OfMean, Marginal} {
		l := must(NewPoisson(data, PoissonOptions{Combine: combine}))
		for _, runs := range [][][]float64{{run}, {run, run, run}} {
			if got := l.Value(runs, nil, nil, nil); !near(got, want, 1e-14) {
				t.Errorf("%v of %d runs: %v, want %v", combine, len(runs), got, want)
			}
		}
	}
}

// By Jensen's inequality the marginal loss is never above the mean loss.
func TestMarginalIsBelowEach(t *testing.T) {
	data := Data{Values: []float64{1, 3, 7}, Rows: 3, Columns: 1}
	runs := [][]float64{{2, 2, 5}, {1, 1, 1}, {0, 9, 30}}
	each := must(NewPoisson(data, PoissonOptions{})).Value(runs, nil, nil, nil)
	marginal := must(NewPoisson(data, PoissonOptions{Combine: Marginal})).Value(runs, nil, nil, nil)
	if !(marginal < each) {
		t.Errorf("marginal %v, each %v", marginal, each)
	}
}

// An impossible run carries no weight and must not poison the adjoint.
func TestMarginalIgnoresImpossibleRuns(t *testing.T) {
	data := Data{Values: []float64{1, 3, 7}, Rows: 3, Columns: 1}
	l := must(NewPoisson(data, PoissonOptions{Floor: NoFloor, Combine: Marginal}))
	adjoint := [][]float64{make([]float64, 3), {1, 1, 1}}
	value := l.Value([][]float64{{2, 2, 5}, {0, 2, 5}}, adjoint, nil, nil)
	alone := l.Value([][]float64{{2, 2, 5}}, nil, nil, nil)
	if !near(value, alone+math.Ln2, 1e-14) || adjoint[1][0] != 0 || adjoint[0][0] != 0.5 {
		t.Errorf("value %v, adjoint %v", value, adjoint)
	}
}

func TestPointwiseRefuses(t *testing.T) {
	data := Data{Values: []float64{1, 3}, Rows: 2, Columns: 1}
	l, err := NewPoisson(data, PoissonOptions{Combine: 7})
	checkError(t, l, err, "combine must be one of each, mean, marginal, is 7")
	l, err = NewNegativeBinomial(data, NegativeBinomialOptions{Overdispersion: -1})
	checkError(t, l, err, "overdispersion must be positive, or zero to be calibrated, is -1")
}
