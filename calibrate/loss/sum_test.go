package loss

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// sumOf returns data of three columns and a sum of losses over them, two of
// which share a nuisance parameter.
func sumOf(t *testing.T) (Data, Loss) {
	t.Helper()
	data := Data{
		Values: []float64{1, 10, 5, nan, 30, 2, 4, 80, 9}, Rows: 3, Columns: 3,
		Names: []string{"cases", "price", "deaths"},
	}
	return data, must(NewSum(data,
		Term{Weight: 2, Columns: []int{2, 0}, Loss: must(NewNegativeBinomial(data.Select(2, 0), NegativeBinomialOptions{}))},
		Term{Weight: 0.5, Columns: []int{1}, Loss: must(NewNormal(data.Select(1), NormalOptions{}))},
		Term{Weight: 1, Columns: []int{0}, Loss: must(NewNegativeBinomial(data.Select(0), NegativeBinomialOptions{Combine: Marginal}))},
		Term{Weight: 3, Loss: must(NewEnergyScore(data, EnergyScoreOptions{}))},
	))
}

func TestSumValue(t *testing.T) {
	data, l := sumOf(t)
	runs := [][]float64{{1, 12, 4, 2, 33, 2, 5, 70, 11}}
	cases, price, deaths := []float64{1, 2, 5}, []float64{12, 33, 70}, []float64{4, 2, 11}
	counts := [][]float64{{deaths[0], cases[0], deaths[1], cases[1], deaths[2], cases[2]}}
	want := 2*must(NewNegativeBinomial(data.Select(2, 0), NegativeBinomialOptions{})).Value(counts, nil, []float64{0.3}, nil) +
		0.5*must(NewNormal(data.Select(1), NormalOptions{})).Value([][]float64{price}, nil, []float64{8}, nil) +
		must(NewNegativeBinomial(data.Select(0), NegativeBinomialOptions{})).Value([][]float64{cases}, nil, []float64{0.3}, nil) +
		3*must(NewEnergyScore(data, EnergyScoreOptions{})).Value(runs, nil, nil, nil)
	if got := l.Value(runs, nil, []float64{0.3, 8}, nil); !near(got, want, 1e-14) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestSumAdjoint(t *testing.T) {
	_, l := sumOf(t)
	checkAdjoint(t, l, 2, 9, 5, 20)
}

// Likelihoods that average over luck do so together: the data of two columns
// are as likely as those of one.
func TestSumMarginalIsJoint(t *testing.T) {
	data := Data{Values: []float64{1, 10, 5, nan, 2, 7}, Rows: 3, Columns: 2}
	runs := [][]float64{{1, 8, 4, 2, 3, 7}, {3, 12, 1, 0, 2, 2}, {2, 9, 9, 1, 4, 5}}
	whole := must(NewPoisson(data, PoissonOptions{Combine: Marginal}))
	part := func(weight float64, c int) Term {
		return Term{Weight: weight, Columns: []int{c}, Loss: must(NewPoisson(data.Select(c), PoissonOptions{Combine: Marginal}))}
	}
	l := must(NewSum(data, part(1, 0), part(1, 1)))
	if got, want := l.Value(runs, nil, nil, nil), whole.Value(runs, nil, nil, nil); !near(got, want, 1e-14) {
		t.Errorf("%v: %v, want %v", l, got, want)
	}
	apart := must(NewSum(data, part(1, 0), part(2, 1)))
	if got, not := apart.Value(runs, nil, nil, nil), whole.Value(runs, nil, nil, nil); near(got, not, 0.1) {
		t.Errorf("%v: %v", apart, got)
	}
	kappa := func(c int) Term {
		return Term{Weight: 1.5, Columns: []int{c}, Loss: must(NewNegativeBinomial(data.Select(c), NegativeBinomialOptions{Combine: Marginal}))}
	}
	checkAdjoint(t, must(NewSum(data, kappa(0), kappa(1), part(3, 0))), 3, 6, 1, 20)
}

func TestSumIsLikelihood(t *testing.T) {
	data := Data{Values: []float64{1, 10, 5, 3}, Rows: 2, Columns: 2}
	poisson := func(weight float64, combine Combine, c int) Term {
		return Term{Weight: weight, Columns: []int{c}, Loss: must(NewPoisson(data.Select(c), PoissonOptions{Combine: combine}))}
	}
	for want, cases := range map[bool][][]Term{
		true: {
			{poisson(1, Each, 0)}, {poisson(1, Each, 0), poisson(1, OfMean, 1)}, {poisson(1, Marginal, 0), poisson(1, Marginal, 1)},
			{{Weight: 1, Loss: must(NewSyntheticLikelihood(data, SyntheticLikelihoodOptions{}))}},
		},
		false: {
			{poisson(2, Each, 0)}, {poisson(1, Each, 0), poisson(1, OfMean, 0)}, {poisson(1, Marginal, 0), poisson(1, Marginal, 0)},
			{poisson(1, Each, 0), {Weight: 1, Columns: []int{1}, Loss: must(NewSquaredError(data.Select(1), SquaredErrorOptions{}))}},
			{{Weight: 1, Loss: must(NewEnergyScore(data, EnergyScoreOptions{}))}},
		},
	} {
		for _, terms := range cases {
			if l := must(NewSum(data, terms...)); IsLikelihood(l) != want {
				t.Errorf("%v: %v", l, !want)
			}
		}
	}
}

func TestSumNuisance(t *testing.T) {
	_, l := sumOf(t)
	if diff := cmp.Diff([]string{"overdispersion", "sd"}, l.Nuisance()); diff != "" {
		t.Error(diff)
	}
}

func TestSumString(t *testing.T) {
	data := Data{Values: []float64{1, 10, 5, 3}, Rows: 2, Columns: 2, Names: []string{"cases", "price"}}
	l := must(NewSum(data, Term{Weight: 2, Loss: must(NewNormal(data, NormalOptions{SD: 1}))}))
	if got, want := l.String(), "2 × normal likelihood (sd 1), replicates: each of cases, price"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestSumRefuses(t *testing.T) {
	data := Data{Values: []float64{1, 2}, Rows: 2, Columns: 1}
	normal := must(NewNormal(data, NormalOptions{}))
	l, err := NewSum(data)
	checkError(t, l, err, "at least one term")
	l, err = NewSum(data, Term{Loss: normal})
	checkError(t, l, err, "weight of normal likelihood (sd calibrated), replicates: each must be positive")
	l, err = NewSum(data, Term{Loss: normal, Weight: 1, Columns: []int{1}})
	checkError(t, l, err, "refers to column 1 of data with 1")
}
