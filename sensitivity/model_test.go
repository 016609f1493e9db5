package sensitivity

import (
	"context"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nudge-abm/nudge/gradient"
)

// The level −e^(−0.1 t)·amount + shift of decay is explored over a parameter, a
// whole number and a choice.
func TestModelOverSettings(t *testing.T) {
	p := decayProblem(t)
	p.Observables = []int{1}
	m, err := NewModel(p, Space{Uniform("amount", 0, 6), Integer("shift", 0, 2), Choice("sign", "plus", "minus")}, nil)
	if err != nil {
		t.Fatal(err)
	}
	r := indices(t, m, SobolOptions{Options: Options{Points: 512, Workers: 2}})
	// At t = 0, y = shift ± amount: variances 2/3 and, given the sign, 3; the
	// means ±3 differ by 6.
	v := 2./3 + 3 + 9
	near(t, "shift", r.First[1][0].Value, 2./3/v, .03)
	near(t, "sign", r.First[2][0].Value, 9/v, .06)
	near(t, "total of amount", r.Total[0][0].Value, 3/v, .03)
	near(t, "luck", r.Luck[0].Value, 0, 1e-9)
	if got := m.Output(7); got != "level at step 7" {
		t.Error(got)
	}
	if d := cmp.Diff(20, len(r.Mean)); d != "" {
		t.Error(d)
	}
	if _, err := m.SlopeWorker(); err == nil {
		t.Error("a model without estimator has slopes")
	}
}

func TestModelSlopes(t *testing.T) {
	m, err := NewModel(decayProblem(t), Space{Uniform("rate", .1, .2), Uniform("amount", 1, 3)}, gradient.StraightThrough{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := DerivativesOf(context.Background(), m, Options{Points: 256})
	if err != nil {
		t.Fatal(err)
	}
	k := 6*2 + 1 // level at step 6
	near(t, "mean", r.Mean[k], 2*(math.Exp(-.6)-math.Exp(-1.2))/.6, .01)
	near(t, "slope by amount", r.Slope[1][k].Value, math.Sqrt((math.Exp(-1.2)-math.Exp(-2.4))/1.2*4*.0919), .01) // ∫φ³ = .0919
	s, err := SubspaceOf(context.Background(), m, SubspaceOptions{Options: Options{Points: 64}, Parts: m.Parts()})
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Parts) != 2 || !(s.Parts[1].Eigenvalues[0].Value > s.Parts[1].Eigenvalues[1].Value) {
		t.Errorf("%+v", s.Parts)
	}
}

func TestModelRefuses(t *testing.T) {
	for want, space := range map[string]Space{
		`did you mean "amount"`: {Uniform("amout", 0, 1)},
		"steps cannot vary":     {Integer("steps", 2, 3)},
		"one of plus, minus":    {Choice("sign", "plus", "nothing")},
		"nothing is uncertain":  {},
		"amount varies twice":   {Uniform("amount", 0, 1), Uniform("amount", 0, 1)},
	} {
		if _, err := NewModel(decayProblem(t), space, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// A point outside what the model allows is an error, not a result.
func TestModelOutsideSupport(t *testing.T) {
	m, err := NewModel(decayProblem(t), Space{Uniform("chance", .5, 1.5)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Sobol(context.Background(), m, SobolOptions{}); err == nil || !strings.Contains(err.Error(), "between 0 and 1") {
		t.Error(err)
	}
}
