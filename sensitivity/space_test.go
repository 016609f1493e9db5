package sensitivity

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func sample() Space {
	return Space{
		Uniform("x", 2, 4), Integer("n", 1, 3), Choice("word", "a", "b"),
		Joint([]string{"start", "end"}, "in order", 2, func(x, u []float64) { x[0], x[1] = u[0]*u[1], u[1] }),
	}
}

func TestSpaceDraw(t *testing.T) {
	s := sample()
	x := make([]float64, 5)
	s.Draw(x, []float64{.25, .34, .99, .5, .8})
	if d := cmp.Diff([]float64{2.5, 2, 1, .4, .8}, x); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"x", "n", "word", "start", "end"}, s.Names()); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"x", "n", "word", "start, end"}, s.Factors()); d != "" {
		t.Error(d)
	}
	if s.Dim() != 5 {
		t.Error(s.Dim())
	}
}

func TestSpaceSD(t *testing.T) {
	sd := sample().SD()
	near(t, "uniform", sd[0], 2/math.Sqrt(12), .002)
	near(t, "integer", sd[1], math.Sqrt(2./3), .002)
	near(t, "end", sd[4], 1/math.Sqrt(12), .002)
	if !math.IsNaN(sd[2]) {
		t.Errorf("of a choice %v", sd[2])
	}
}

func TestSpaceSlope(t *testing.T) {
	s := Space{sample()[3], Uniform("x", 2, 4)}
	x, slope := make([]float64, 3), make([]float64, 9)
	s.Slope(x, slope, []float64{0, 0, 1})
	phi := 1 / math.Sqrt(2*math.Pi)
	want := []float64{phi / 2, phi / 2, 0, 0, phi, 0, 0, 0, 2 * phi * math.Exp(-.5)}
	for k := range want {
		near(t, "slope", slope[k], want[k], 1e-7)
	}
	if d := cmp.Diff([]string{"start", "end", "x"}, s.Coordinates()); d != "" {
		t.Error(d)
	}
}

func TestSpaceGroups(t *testing.T) {
	s, err := sample().Grouped("g", []string{"n", "start, end"})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"x", "g", "word"}, s.Factors()); d != "" {
		t.Error(d)
	}
	if s.Dim() != 5 || s[1].Smooth || len(s[1].Words) != 3 {
		t.Errorf("%+v", s[1])
	}
	if _, err := sample().Grouped("g", []string{"xx"}); err == nil || !strings.Contains(err.Error(), `did you mean "x"`) {
		t.Error(err)
	}
	if err := (Space{Uniform("x", 0, 1), Uniform("x", 0, 2)}).Check(); err == nil {
		t.Error("x varies twice and nobody minds")
	}
}
