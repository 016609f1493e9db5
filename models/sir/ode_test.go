package sir_test

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/diff/fd"
	"pgregory.net/rapid"

	"github.com/nudge-abm/nudge/models/sir"
)

func genLimit(t *rapid.T) sir.Limit {
	return sir.Limit{
		Transmission: rapid.Float64Range(0, 3).Draw(t, "transmission"),
		Recovery:     rapid.Float64Range(0.01, 1).Draw(t, "recovery"),
		Initial:      rapid.Float64Range(1e-3, 0.999).Draw(t, "initial"),
		Tolerance:    1e-12,
	}
}

// On every orbit S = S(0)·e^(−β/γ·R), shares add up to 1, and derivatives to 0.
func TestLimitInvariants(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := genLimit(t)
		for _, x := range l.At([]float64{0, 0.3, 5, 5, 40}) {
			want := (1 - l.Initial) * math.Exp(-l.Transmission/l.Recovery*x.Recovered)
			if math.Abs(x.Susceptible-want) > 1e-10 || math.Abs(x.Susceptible+x.Infected+x.Recovered-1) > 1e-15 {
				t.Fatalf("%+v, want S = %v", x, want)
			}
			for k := range 3 {
				if sum := x.DSusceptible[k] + x.DInfected[k] + x.DRecovered[k]; math.Abs(sum) > 1e-15*(1+math.Abs(x.DRecovered[k])) {
					t.Fatalf("derivatives %d add up to %v", k, sum)
				}
			}
		}
	})
}

// The derivatives are those of the solution.
func TestLimitDerivatives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := genLimit(t)
		l.Initial = rapid.Float64Range(0.01, 0.9).Draw(t, "initial")
		l.Transmission += 0.01
		at := []float64{rapid.Float64Range(0.1, 20).Draw(t, "time")}
		got := l.At(at)[0]
		of := func(theta []float64) sir.LimitState {
			return sir.Limit{Transmission: theta[0], Recovery: theta[1], Initial: theta[2], Tolerance: 1e-13}.At(at)[0]
		}
		theta := []float64{l.Transmission, l.Recovery, l.Initial}
		settings := &fd.Settings{Formula: fd.Central, Step: 1e-4}
		ds := fd.Gradient(nil, func(p []float64) float64 { return of(p).Susceptible }, theta, settings)
		di := fd.Gradient(nil, func(p []float64) float64 { return of(p).Infected }, theta, settings)
		scale := 1.0
		for k := range 3 {
			scale = max(scale, math.Abs(ds[k]), math.Abs(di[k]))
		}
		for k := range 3 {
			if math.Abs(got.DSusceptible[k]-ds[k]) > 1e-3*scale || math.Abs(got.DInfected[k]-di[k]) > 1e-3*scale {
				t.Fatalf("derivatives %v and %v, finite differences %v and %v", got.DSusceptible, got.DInfected, ds, di)
			}
		}
	})
}

// Without recovery growth is logistic, without transmission decay exponential.
func TestLimitClosedForms(t *testing.T) {
	times := []float64{0, 1, 3.7, 12}
	for k, x := range (sir.Limit{Transmission: 0.9, Initial: 0.02}).At(times) {
		e := math.Exp(-0.9 * times[k])
		want := 0.02 / (0.02 + 0.98*e)
		slope := 0.02 * 0.98 * times[k] * e / ((0.02 + 0.98*e) * (0.02 + 0.98*e))
		if math.Abs(x.Infected-want) > 1e-8 || math.Abs(x.DInfected[0]-slope) > 1e-7 {
			t.Errorf("at %v: %+v, want I = %v, dI/dβ = %v", times[k], x, want, slope)
		}
	}
	for k, x := range (sir.Limit{Recovery: 0.4, Initial: 0.5}).At(times) {
		e := math.Exp(-0.4 * times[k])
		if math.Abs(x.Infected-0.5*e) > 1e-8 || math.Abs(x.DInfected[1]+0.5*times[k]*e) > 1e-8 || math.Abs(x.DInfected[2]-e) > 1e-8 {
			t.Errorf("at %v: %+v", times[k], x)
		}
	}
}

// The tolerance bounds the error, also of fast epidemics.
func TestLimitTolerance(t *testing.T) {
	times := []float64{2, 9}
	for _, beta := range []float64{0.7, 60, 4000} {
		exact := sir.Limit{Transmission: beta, Recovery: 0.2, Initial: 0.01, Tolerance: 1e-13}.At(times)
		for _, tolerance := range []float64{1e-4, 1e-7, 0, 1e-11} {
			allowed := tolerance
			if tolerance == 0 {
				allowed = 1e-9
			}
			for k, x := range (sir.Limit{Transmission: beta, Recovery: 0.2, Initial: 0.01, Tolerance: tolerance}).At(times) {
				if d := math.Abs(x.Recovered - exact[k].Recovered); d > 100*allowed {
					t.Errorf("tolerance %g, rate %g: error %g", tolerance, beta, d)
				}
			}
		}
	}
}

func TestLimitRefuses(t *testing.T) {
	good := sir.Limit{Transmission: 1, Recovery: 1, Initial: 0.5}
	for want, f := range map[string]func(){
		"must ascend from 0, but 1 follows 2":    func() { good.At([]float64{2, 1}) },
		"must ascend from 0, but -1 follows 0":   func() { good.At([]float64{-1}) },
		"must ascend from 0, but NaN follows 0":  func() { good.At([]float64{math.NaN()}) },
		"must ascend from 0, but +Inf follows 0": func() { good.At([]float64{math.Inf(1)}) },
		"not negative, one is -1":                func() { sir.Limit{Transmission: -1}.At(nil) },
		"not negative, one is NaN":               func() { sir.Limit{Recovery: math.NaN()}.At(nil) },
		"not negative, one is +Inf":              func() { sir.Limit{Tolerance: math.Inf(1)}.At(nil) },
		"between 0 and 1, is 1.5":                func() { sir.Limit{Initial: 1.5}.At(nil) },
	} {
		if got := panicOf(f); !strings.HasPrefix(got, "sir: ") || !strings.HasSuffix(got, want) {
			t.Errorf("panics with %q, want %q", got, want)
		}
	}
}

func panicOf(f func()) (text string) {
	defer func() { text, _ = recover().(string) }()
	f()
	return ""
}
