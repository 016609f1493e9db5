package loss

import (
	"math"
	"testing"
)

// oneCount returns the loss of a single count without floor.
func oneCount(y, m, kappa float64) float64 {
	l := must(NewNegativeBinomial(Data{Values: []float64{y}, Rows: 1, Columns: 1}, NegativeBinomialOptions{Floor: NoFloor}))
	return l.Value([][]float64{{m}}, nil, []float64{kappa}, nil)
}

// The probabilities sum to one with the stated mean and variance.
func TestNegativeBinomialMoments(t *testing.T) {
	for _, c := range [][2]float64{{5, 0.3}, {40, 0.01}, {3, 2}, {20, 1. / 16}, {20, 0.0626}} {
		m, kappa := c[0], c[1]
		var mass, mean, square float64
		for y := range 3000 {
			p := math.Exp(-oneCount(float64(y), m, kappa))
			mass += p
			mean += p * float64(y)
			square += p * float64(y) * float64(y)
		}
		if !near(mass, 1, 1e-10) || !near(mean, m, 1e-9) || !near(square-mean*mean, m+kappa*m*m, 1e-8) {
			t.Errorf("mean %v κ %v: mass %v, mean %v, variance %v", m, kappa, mass, mean, square-mean*mean)
		}
	}
}

// The textbook formula with φ = 1/κ, where it does not cancel.
func TestNegativeBinomialFormula(t *testing.T) {
	lgamma := func(x float64) float64 { l, _ := math.Lgamma(x); return l }
	for _, kappa := range []float64{0.02, 0.05, 1. / 16, 0.07, 0.5, 3} {
		phi := 1 / kappa
		for _, y := range []float64{0, 1, 17, 298, 1e5} {
			for _, m := range []float64{0.1, 12, 300} {
				want := -(lgamma(y+phi) - lgamma(phi) - lgamma(y+1) + y*math.Log(m/(m+phi)) + phi*math.Log(phi/(m+phi)))
				if got := oneCount(y, m, kappa); !near(got, want, 1e-11) {
					t.Errorf("y %v m %v κ %v: %v, want %v", y, m, kappa, got, want)
				}
			}
		}
	}
}

// Against the sum itself.
func TestLogRising(t *testing.T) {
	for _, kappa := range []float64{1e-9, 0.01, 1. / 16, 0.0626, 0.3, 5} {
		for _, y := range []float64{0, 1, 2, 40} {
			var want, dwant float64
			for j := range int(y) {
				want += math.Log1p(kappa * float64(j))
				dwant += float64(j) / (1 + kappa*float64(j))
			}
			tol := 2e-14 * math.Max(1, y*y)
			if kappa > 1./16 { // the log-gamma and digamma functions are not better
				tol *= 100
			}
			got, dgot := logRising(y, kappa)
			if math.Abs(got-want) > tol || math.Abs(dgot-dwant) > tol {
				t.Errorf("y %v κ %v: %v and slope %v, want %v and %v", y, kappa, got, dgot, want, dwant)
			}
		}
	}
}

func TestNegativeBinomialTendsToPoisson(t *testing.T) {
	data := Data{Values: []float64{17}, Rows: 1, Columns: 1}
	poisson := must(NewPoisson(data, PoissonOptions{Floor: NoFloor})).Value([][]float64{{12}}, nil, nil, nil)
	for _, kappa := range []float64{0, 1e-300, 1e-12, 1e-6} {
		want := poisson + kappa*0.5*(17-25) // first order in κ
		if got := oneCount(17, 12, kappa); !near(got, want, 1e-3*kappa+1e-14) {
			t.Errorf("κ %v: %v, want %v", kappa, got, want)
		}
	}
	if got := oneCount(17, 12, -0.1); !math.IsNaN(got) {
		t.Errorf("a negative overdispersion costs %v", got)
	}
}

// Near κ = 0 the derivative is ½(y − (y−m)²), which finite differences of the
// textbook formula cannot see.
func TestNegativeBinomialSlopeAtZero(t *testing.T) {
	l := must(NewNegativeBinomial(Data{Values: []float64{17}, Rows: 1, Columns: 1}, NegativeBinomialOptions{Floor: NoFloor}))
	for _, kappa := range []float64{0, 1e-14, 1e-9} {
		slope := make([]float64, 1)
		l.Value([][]float64{{12}}, nil, []float64{kappa}, slope)
		if want := 0.5 * (17 - 25); !near(slope[0], want, 1e-6) {
			t.Errorf("κ %v: slope %v, want %v", kappa, slope[0], want)
		}
	}
}

func TestNegativeBinomialFixed(t *testing.T) {
	data := Data{Values: []float64{3, 17, nan, 5}, Rows: 4, Columns: 1}
	run := [][]float64{{4, 12, 1, 0}}
	free := must(NewNegativeBinomial(data, NegativeBinomialOptions{Parameter: "kappa"}))
	fixed := must(NewNegativeBinomial(data, NegativeBinomialOptions{Overdispersion: 0.2}))
	if a, b := free.Value(run, nil, []float64{0.2}, nil), fixed.Value(run, nil, nil, nil); a != b {
		t.Errorf("calibrated %v, fixed %v", a, b)
	}
	checkAdjoint(t, fixed, 2, 4, 0, 30)
	if got, want := fixed.String(), "negative-binomial likelihood (overdispersion 0.2, floor 0.1), replicates: each"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func BenchmarkNegativeBinomial(b *testing.B) {
	data := Data{Values: []float64{3, 8, 26, 76, 225, 298, 258, 233, 189, 128, 68, 29, 14, 4}, Rows: 14, Columns: 1}
	l := must(NewNegativeBinomial(data, NegativeBinomialOptions{}))
	run, adjoint, kappa, slope := [][]float64{data.Values}, [][]float64{make([]float64, 14)}, []float64{0.1}, make([]float64, 1)
	for b.Loop() {
		l.Value(run, adjoint, kappa, slope)
	}
}
