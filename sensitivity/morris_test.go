package sensitivity

import (
	"context"
	"math"
	"strings"
	"testing"
)

func effects(t *testing.T, f Function, o MorrisOptions) *ElementaryEffects {
	t.Helper()
	r, err := Morris(context.Background(), f, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// A linear function has the same effects everywhere: its slopes over the whole
// range. One with an interaction has effects that differ.
func TestMorrisExact(t *testing.T) {
	f := &TestFunction{
		Name:   "polynomial",
		Inputs: Space{Uniform("x", 0, 2), Uniform("y", 0, 1), Uniform("z", 0, 1), Uniform("idle", 0, 1)},
		Value:  func(x []float64) float64 { return -3*x[0] + x[1]*x[2] },
	}
	r := effects(t, f, MorrisOptions{Options: Options{Points: 400, Seed: 4}})
	near(t, "mean of x", r.Mean[0][0].Value, -6, 1e-12)
	near(t, "size of x", r.Absolute[0][0].Value, 6, 1e-12)
	near(t, "spread of x", r.Spread[0][0].Value, 0, 1e-6)
	near(t, "mean of y", r.Mean[1][0].Value, .5, .05)
	near(t, "spread of y", r.Spread[1][0].Value, math.Sqrt((1-1./64)/12), .03) // of 8 levels
	near(t, "idle", r.Absolute[3][0].Value, 0, 0)
	if r.Cost.Runs != 400*5 {
		t.Errorf("%v runs", r.Cost.Runs)
	}
}

// Luck widens what is measured, and is told apart.
func TestMorrisSeparatesLuck(t *testing.T) {
	r := effects(t, newNoisy(2), MorrisOptions{Options: Options{Points: 600, Replicates: 4, Seed: 1}})
	near(t, "mean of x", r.Mean[0][0].Value, 3, .5)
	near(t, "luck", r.Luck[0][0].Value, 2*math.Sqrt(2*4./4), .15)
	near(t, "spread of x", r.Spread[0][0].Value, 0, 1)
	near(t, "choice", r.Mean[2][0].Value, 2*5, .5)
	if !strings.Contains(strings.Join(r.Warnings, ""), "Nothing moves constant.") {
		t.Error(r.Warnings)
	}
}

// A group that moves at once has the larger of two effects or more.
func TestMorrisGroups(t *testing.T) {
	f := Ishigami(7, .1)
	g := *f
	g.Inputs, _ = f.Inputs.Grouped("both", []string{"x1", "x2"})
	r := effects(t, &g, MorrisOptions{Options: Options{Points: 50}})
	if len(r.Factors) != 2 || !(r.Absolute[0][0].Value > 1) || r.Cost.Runs != 150 {
		t.Errorf("%+v", r)
	}
}

func TestMorrisRefuses(t *testing.T) {
	if _, err := Morris(context.Background(), Ishigami(7, .1), MorrisOptions{Levels: 3}); err == nil {
		t.Error("an odd number of levels passes")
	}
}
