package loss

import (
	"math"
	"strings"
	"testing"
)

func TestCombineWeigh(t *testing.T) {
	inf := math.Inf(1)
	for _, c := range []struct {
		combine Combine
		losses  []float64
		value   float64
		weights []float64
	}{
		{Each, []float64{1, 2, 6}, 3, []float64{1. / 3, 1. / 3, 1. / 3}},
		{Marginal, []float64{math.Log(2), math.Log(4)}, -math.Log(0.375), []float64{2. / 3, 1. / 3}},
		{Marginal, []float64{5000, 5000 + math.Log(3)}, 5000 - math.Log(2./3), []float64{0.75, 0.25}},
		{Marginal, []float64{3, inf}, 3 + math.Log(2), []float64{1, 0}},
		{Marginal, []float64{inf, inf}, inf, []float64{0.5, 0.5}},
	} {
		value := c.combine.weigh(c.losses)
		if !near(value, c.value, 1e-14) {
			t.Errorf("%v: value %v, want %v", c.combine, value, c.value)
		}
		for i := range c.weights {
			if !near(c.losses[i], c.weights[i], 1e-12) {
				t.Errorf("%v: weights %v, want %v", c.combine, c.losses, c.weights)
			}
		}
	}
	if v := Marginal.weigh([]float64{1, math.NaN()}); !math.IsNaN(v) {
		t.Errorf("a run of loss NaN vanished: %v", v)
	}
}

func TestCombineText(t *testing.T) {
	for _, want := range []Combine{Each, OfMean, Marginal} {
		text, _ := want.MarshalText()
		var got Combine
		if err := got.UnmarshalText(text); err != nil || got != want {
			t.Errorf("%s read back as %v (%v)", text, got, err)
		}
	}
	var c Combine
	if err := c.UnmarshalText([]byte("median")); err == nil || !strings.Contains(err.Error(), `one of each, mean, marginal, is "median"`) {
		t.Errorf("error %v", err)
	}
}
