package rng

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/floats"
)

func TestDirichlet(t *testing.T) {
	alpha := []float64{0.05, 1, 7}
	const n, whole = 20000, 8.05
	columns := [3][]float64{}
	s := Seed{Master: 4}.Stream(Key{})
	x := make([]float64, 3)
	for range n {
		s.Dirichlet(x, alpha)
		if d := floats.Sum(x) - 1; math.Abs(d) > 1e-15 {
			t.Fatalf("%v sums to one %+g", x, d)
		}
		for i, v := range x {
			columns[i] = append(columns[i], v)
		}
	}
	for i, a := range alpha { // every margin is Beta(a, whole−a)
		mean := a / whole
		checkMean(t, "dirichlet", columns[i], mean, math.Sqrt(mean*(1-mean)/(whole+1)))
		for j, v := range columns[i] {
			columns[i][j] = betaCDF(v, 1-v, a, whole-a)
		}
		checkUniform(t, "dirichlet", columns[i])
	}
}

func TestDirichletIsTheSoftmaxOfLogGammas(t *testing.T) {
	alpha := []float64{0.2, 3}
	s := Seed{Master: 4}.Stream(Key{})
	same := s
	x := s.Dirichlet(nil, alpha)
	logit := same.LogGamma(alpha[0]) - same.LogGamma(alpha[1])
	if got := math.Log(x[0] / x[1]); math.Abs(got-logit) > 1e-13 {
		t.Errorf("log-odds %v, want %v", got, logit)
	}
}

func TestDirichletMisuse(t *testing.T) {
	var s Stream
	for _, f := range []func(){
		func() { s.Dirichlet(nil, nil) },
		func() { s.Dirichlet(make([]float64, 2), []float64{1}) },
		func() { s.Dirichlet(nil, []float64{1, 0}) },
	} {
		if !panics(f) {
			t.Error("no panic")
		}
	}
}
