package loss

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distmv"

	"github.com/nudge-abm/nudge/rng"
)

// normalRuns returns n runs of independent normal cells.
func normalRuns(r *rand.Rand, n, size int) [][]float64 {
	runs := make([][]float64, n)
	for i := range runs {
		runs[i] = make([]float64, size)
		for k := range runs[i] {
			runs[i][k] = 2 + 3*r.NormFloat64() + float64(k%3)*r.NormFloat64()
		}
	}
	return runs
}

// Against the normal density with the covariance written out, few runs in many
// dimensions included.
func TestSyntheticLikelihood(t *testing.T) {
	data := Data{Values: []float64{1, 2, nan, 4, 3, 2}, Rows: 3, Columns: 2}
	observed := data.observed()
	for _, c := range []struct {
		n int
		o SyntheticLikelihoodOptions
	}{
		{9, SyntheticLikelihoodOptions{}},
		{9, SyntheticLikelihoodOptions{Shrinkage: 0.3, SD: []float64{1, 2}}},
		{3, SyntheticLikelihoodOptions{Shrinkage: 0.3}},
		{2, SyntheticLikelihoodOptions{Shrinkage: 1}},
		{4, SyntheticLikelihoodOptions{SD: []float64{0.5, 0.7}}},
		{3, SyntheticLikelihoodOptions{Shrinkage: 0.6, SD: []float64{0.5, 0.7}}},
	} {
		runs := normalRuns(rand.New(rand.NewPCG(1, 2)), c.n, 6)
		x := mat.NewDense(c.n, len(observed), nil)
		for i, run := range runs {
			x.SetRow(i, pick(run, observed))
		}
		var sigma mat.SymDense
		stat.CovarianceMatrix(&sigma, x, nil)
		mean := make([]float64, len(observed))
		for j, i := range observed {
			mean[j] = stat.Mean(mat.Col(nil, j, x), nil)
			for k := range j {
				sigma.SetSym(j, k, (1-c.o.Shrinkage)*sigma.At(j, k))
			}
			if c.o.SD != nil {
				sigma.SetSym(j, j, sigma.At(j, j)+c.o.SD[i%2]*c.o.SD[i%2])
			}
		}
		law, ok := distmv.NewNormal(mean, &sigma, nil)
		if !ok {
			t.Fatal("not positive definite")
		}
		l := must(NewSyntheticLikelihood(data, c.o))
		if got, want := l.Value(runs, nil, nil, nil), -law.LogProb(pick(data.Values, observed)); !near(got, want, 1e-12) {
			t.Errorf("%v of %d runs: %v, want %v", l, c.n, got, want)
		}
	}
}

func TestSyntheticLikelihoodAdjoint(t *testing.T) {
	data := Data{Values: []float64{1, 2, nan, 4, 3, 2, 5, 2}, Rows: 4, Columns: 2}
	pair := Data{Values: []float64{1, nan, 4}, Rows: 3, Columns: 1}
	noise := []float64{10, 12}
	all := []Summary{SummaryMean, SummarySD, SummaryAutocovariance, SummaryMaximum, SummaryLast}
	for _, c := range []struct {
		n    int
		data Data
		o    SyntheticLikelihoodOptions
	}{
		{8, pair, SyntheticLikelihoodOptions{}},
		{9, pair, SyntheticLikelihoodOptions{Unbiased: true}},
		{9, data, SyntheticLikelihoodOptions{Shrinkage: 0.3, SD: noise}},
		{2, data, SyntheticLikelihoodOptions{Shrinkage: 0.3, SD: noise}},
		{4, data, SyntheticLikelihoodOptions{Shrinkage: 1, SD: noise}},
		{12, data, SyntheticLikelihoodOptions{Shrinkage: 0.7, Summaries: all}},
	} {
		checkAdjoint(t, must(NewSyntheticLikelihood(c.data, c.o)), c.n, len(c.data.Values), -20, 40)
	}
}

// The mean of the unbiased estimates is the density; that of the plain ones is
// not.
func TestSyntheticLikelihoodUnbiased(t *testing.T) {
	data := Data{Values: []float64{1.2, -0.4}, Rows: 2, Columns: 1}
	want := math.Exp(-0.5*(1.2*1.2+0.4*0.4)) / (2 * math.Pi)
	r := rand.New(rand.NewPCG(3, 4))
	const n, times = 7, 15000
	biased := must(NewSyntheticLikelihood(data, SyntheticLikelihoodOptions{}))
	unbiased := must(NewSyntheticLikelihood(data, SyntheticLikelihoodOptions{Unbiased: true}))
	z := func(l Loss) float64 {
		p := make([]float64, times)
		for i := range p {
			runs := make([][]float64, n)
			for k := range runs {
				runs[k] = []float64{r.NormFloat64(), r.NormFloat64()}
			}
			p[i] = math.Exp(-l.Value(runs, nil, nil, nil))
		}
		mean, sd := stat.MeanStdDev(p, nil)
		return (mean - want) / sd * math.Sqrt(times)
	}
	if z := z(unbiased); math.Abs(z) > 4 {
		t.Errorf("the unbiased density is off by %.1f standard errors", z)
	}
	if z := z(biased); math.Abs(z) < 6 {
		t.Errorf("the plain density is off by only %.1f standard errors", z)
	}
}

// Runs that agree leave no density, unless there are errors of observation.
func TestSyntheticLikelihoodOfEqualRuns(t *testing.T) {
	data := Data{Values: []float64{1, 2}, Rows: 2, Columns: 1}
	runs := [][]float64{{1, 2}, {1, 3}, {1, 4}}
	for _, s := range []float64{0, 0.5, 1} {
		l := must(NewSyntheticLikelihood(data, SyntheticLikelihoodOptions{Shrinkage: s}))
		if got := l.Value(runs, nil, nil, nil); !math.IsInf(got, 1) {
			t.Errorf("%v: %v", l, got)
		}
		l = must(NewSyntheticLikelihood(data, SyntheticLikelihoodOptions{Shrinkage: s, SD: []float64{1}}))
		if got := l.Value(runs, nil, nil, nil); math.IsInf(got, 0) || math.IsNaN(got) {
			t.Errorf("%v: %v", l, got)
		}
	}
}

func TestSyntheticLikelihoodObserves(t *testing.T) {
	data := Data{Values: []float64{1, 2}, Rows: 1, Columns: 2}
	stream := rng.Seed{Master: 3}.Stream(rng.Key{})
	var first, second []float64
	for range 2000 {
		run := []float64{5, 7}
		must(NewSyntheticLikelihood(data, SyntheticLikelihoodOptions{SD: []float64{1, 3}})).(Observer).Observe(run, nil, &stream)
		first, second = append(first, run[0]), append(second, run[1])
	}
	if a, b := stat.StdDev(first, nil), stat.StdDev(second, nil); math.Abs(a-1) > 0.1 || math.Abs(b-3) > 0.3 {
		t.Errorf("errors of %v and %v", a, b)
	}
}

func TestSyntheticLikelihoodRefuses(t *testing.T) {
	data := Data{Values: []float64{1, nan, 2}, Rows: 3, Columns: 1}
	for want, o := range map[string]SyntheticLikelihoodOptions{
		"shrinkage must lie between 0 and 1, is 2":                        {Shrinkage: 2},
		"leave out shrinkage and sd":                                      {Unbiased: true, SD: []float64{1}},
		"sd of column 1 must be positive":                                 {SD: []float64{0}},
		"leave it out where summaries are compared":                       {SD: []float64{1}, Summaries: []Summary{SummaryMean}},
		"no two observed values in successive rows, so no autocovariance": {Summaries: []Summary{SummaryAutocovariance}},
		"a summary must be one of":                                        {Summaries: []Summary{9}},
	} {
		l, err := NewSyntheticLikelihood(data, o)
		checkError(t, l, err, want)
	}
	l, err := NewSyntheticLikelihood(Data{Values: []float64{1}, Rows: 1, Columns: 1}, SyntheticLikelihoodOptions{Summaries: []Summary{SummarySD}})
	checkError(t, l, err, "column 1 has one observed value, which has no sd")
	checkPanic(t, "needs at least 3 runs, has 2", func() {
		must(NewSyntheticLikelihood(data, SyntheticLikelihoodOptions{})).Value([][]float64{{1, 2, 3}, {1, 2, 3}}, nil, nil, nil)
	})
}
