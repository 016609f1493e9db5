package prior

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// law returns the law of a constructor call known to be right.
func law(l *Law, err error) *Law {
	if err != nil {
		panic(err)
	}
	return l
}

func newDiscrete(t testing.TB, name string, l *Law) *Discrete {
	t.Helper()
	d, err := NewDiscrete(name, l)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestLaws(t *testing.T) {
	dice := law(NewInteger(1, 6, nil))
	if dice.Mean() != 3.5 || !near(dice.SD(), math.Sqrt(35./12), 1e-14) || !near(dice.CDF(2.5), 2./6, 1e-14) || dice.CDF(0) != 0 || dice.CDF(6) != 1 {
		t.Errorf("mean %v, sd %v, CDF %v", dice.Mean(), dice.SD(), dice.CDF(2.5))
	}
	skewed := law(NewChoice([]float64{10, 0.5, 3}, []float64{0.2, 0.5, 0.3}))
	if diff := cmp.Diff([]float64{0.5, 3, 10}, skewed.Values()) + cmp.Diff([]float64{0.5, 0.3, 0.2}, skewed.Probabilities()); diff != "" {
		t.Error(diff)
	}
	words := law(NewWords([]string{"complete", "ring"}, []float64{0.9, 0.1}))
	if words.Label(1) != "ring" || skewed.Label(0.5) != "0.5" || words.String() != "Choice(complete, ring; probabilities [0.9 0.1])" {
		t.Errorf("%s, %s, %v", words.Label(1), skewed.Label(0.5), words)
	}
	if logp, slope := words.LogDensity(0.5); !math.IsInf(logp, -1) || slope != 0 {
		t.Errorf("log-probability %v between the values", logp)
	}
}

func TestLawsRefuse(t *testing.T) {
	for want, make := range map[string]func() (*Law, error){
		"low must be less":  func() (*Law, error) { return NewInteger(4, 4, nil) },
		"more than":         func() (*Law, error) { return NewInteger(0, 1e6, nil) },
		"but 2 probab":      func() (*Law, error) { return NewInteger(1, 3, []float64{0.5, 0.5}) },
		"sum to 0.9":        func() (*Law, error) { return NewChoice([]float64{1, 2}, []float64{0.5, 0.4}) },
		"must be positive":  func() (*Law, error) { return NewChoice([]float64{1, 2}, []float64{0, 1}) },
		"3 is given twice":  func() (*Law, error) { return NewChoice([]float64{3, 1, 3}, nil) },
		"a is given twice":  func() (*Law, error) { return NewWords([]string{"a", "b", "a"}, nil) },
		"at least two":      func() (*Law, error) { return NewWords([]string{"a"}, nil) },
		"a finite number":   func() (*Law, error) { return NewChoice([]float64{1, math.NaN()}, nil) },
		"3 values but 2 pr": func() (*Law, error) { return NewChoice([]float64{3, 2, 1}, []float64{0.5, 0.5}) },
	} {
		if _, err := make(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want one with %q", err, want)
		}
	}
}

// Every block's identities, where a Jacobian is replaced by φ(z)/P(θ), and draws
// come out with their probabilities.
func TestDiscrete(t *testing.T) {
	l := law(NewChoice([]float64{-1, 0.25, 7}, []float64{0.05, 0.6, 0.35}))
	d := newDiscrete(t, "k", l)
	rapid.Check(t, func(t *rapid.T) {
		z, theta, back, grad := vector(t, "z", 1, 6), make([]float64, 1), make([]float64, 1), make([]float64, 1)
		logDet := d.Constrain(theta, z)
		logp, _ := l.LogDensity(theta[0])
		if got := d.LogDensity(grad, z); !near(got, logp+logDet, 1e-12) || grad[0] != -z[0] {
			t.Errorf("log π̃ = %v with gradient %v, want %v and %v", got, grad[0], logp+logDet, -z[0])
		}
		d.Unconstrain(back, theta)
		again := make([]float64, 1)
		if d.Constrain(again, back); again[0] != theta[0] {
			t.Errorf("%v comes back as %v", theta, again)
		}
		d.Pull(back, z, theta, []float64{3})
		if back[0] != 0 {
			t.Error("a gradient passes through a jump")
		}
	})
	const n = 3000
	seen := map[float64]float64{}
	theta, z := make([]float64, 1), make([]float64, 1)
	for i := range n {
		d.Draw(theta, []float64{(float64(i) + 0.5) / n})
		seen[theta[0]] += 1. / n
	}
	if diff := cmp.Diff(map[float64]float64{-1: 0.05, 0.25: 0.6, 7: 0.35}, seen, cmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) < 1e-3 })); diff != "" {
		t.Error(diff)
	}
	if d.Unconstrain(z, []float64{1}); !math.IsNaN(z[0]) {
		t.Errorf("1 is no value but has z = %v", z[0])
	}
}

// Discrete coordinates come first in z, parameters stay in their order.
func TestJointPutsJumpsFirst(t *testing.T) {
	die, coin := newDiscrete(t, "die", law(NewInteger(1, 6, nil))), newDiscrete(t, "coin", law(NewWords([]string{"heads", "tails"}, nil)))
	j, err := NewJoint(newCoordinate(t, "rate", must(NewLogNormal(-1, 0.5))), die, newPair(t, "start", "end", 0, 9), coin)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]bool{false, true, false, false, true}, j.Discrete()); diff != "" || j.Leading() != 2 || j.Dim() != 5 {
		t.Errorf("%s, %d leading of %d", diff, j.Leading(), j.Dim())
	}
	theta, z := make([]float64, 5), []float64{-5, 5, 0, 0, 0}
	j.Constrain(theta, z)
	if theta[1] != 1 || theta[4] != 1 || !near(theta[0], math.Exp(-1), 1e-14) {
		t.Errorf("θ = %v", theta)
	}
	for _, u := range []float64{0.01, 0.99} {
		back := make([]float64, 5)
		j.Within(z, theta, []float64{u, 0.5})
		if j.Constrain(back, z); !near(back[2], theta[2], 1e-12) || back[1] != theta[1] || back[4] != theta[4] {
			t.Errorf("at %v of the cell θ = %v, want %v", u, back, theta)
		}
		if got, want := normalCDF(z[0]), u/6; !near(got, want, 1e-12) {
			t.Errorf("Φ(z) = %v, want %v", got, want)
		}
	}
	if _, err := NewJoint(j); err == nil {
		t.Error("a joint prior with discrete parameters is nested")
	}
}
