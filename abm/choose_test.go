package abm_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/rng"
)

// inForward runs do in a world whose parameters opens, closes, share and rate
// are active, in this order, under the rule.
func inForward(t *testing.T, rule abm.Rule, theta []float64, do func(w *abm.World)) error {
	t.Helper()
	s := ready(t, prober(1, func(w *abm.World) func() {
		do(w)
		return func() {}
	}))
	w := abm.NewWorld(s, []int{1, 2, 3, 4}, rule)
	defer w.Close()
	return w.Run(theta, rng.Seed{Master: 8})
}

// logits returns softmax probabilities, calculated from the largest down in
// plain steps.
func logits(u []float64, temperature float64) []float64 {
	p, sum := make([]float64, len(u)), 0.0
	for k, v := range u {
		p[k] = math.Exp((v - slices.Max(u)) / temperature)
		sum += p[k]
	}
	for k := range p {
		p[k] /= sum
	}
	return p
}

func TestChooseFrequencies(t *testing.T) {
	for seed, test := range []struct {
		u           []float64
		temperature float64
	}{
		{[]float64{0, 1, 2}, 1}, {[]float64{3, 1, 2}, 0.5}, {[]float64{1e4, 1e4 + 1, 0}, 2}, {[]float64{-1e4, -1e4}, 1},
		{[]float64{math.Inf(-1), 0, 0.5}, 1}, {[]float64{7}, 1e-3}, {[]float64{0, 1}, 1e-300}, {[]float64{0, 1}, 1e300},
	} {
		counts := make([]float64, len(test.u))
		mustRun(t, rng.Seed{Master: uint64(seed)}, func(w *abm.World) {
			for range w.Agents(draws) {
				counts[w.Choose(0, consts(test.u...), ad.Const(test.temperature)).Index]++
			}
		})
		for k, p := range logits(test.u, test.temperature) {
			checkFrequency(t, fmt.Sprintf("%v at %v", test.u, test.temperature), counts[k]/draws, p)
		}
	}
}

// The probabilities have the derivatives p_k (dz_k − Σ_j p_j dz_j), also where one
// is all but certain.
func TestChooseDerivatives(t *testing.T) {
	for _, theta := range [][]float64{{0, 0.5, 0.8, 0.3, 1.5}, {0, -30, 5, 0, 1}, {0, 0, 4, 0, 0.1}, {0, 1e3, 1e3 + 1, 0, 2}} {
		open, shut, temperature := theta[1], theta[2], theta[4]
		p := logits([]float64{open, shut, 1}, temperature)
		err := inForward(t, straight{}, theta, func(w *abm.World) {
			u := []ad.Num{w.Param("opens"), w.Param("closes"), ad.Const(1)}
			c := w.Choose(0, u, w.Param("rate"))
			for k, hot := range c.OneHot {
				kroneckerFirst, kroneckerSecond := 0.0, 0.0
				if k == 0 {
					kroneckerFirst = 1
				}
				if k == 1 {
					kroneckerSecond = 1
				}
				mine := []float64{open, shut, 1}[k]
				byTemperature := p[0]*(open-mine) + p[1]*(shut-mine) + p[2]*(1-mine)
				want := []float64{
					p[k] * (kroneckerFirst - p[0]) / temperature,
					p[k] * (kroneckerSecond - p[1]) / temperature,
					0,
					p[k] * byTemperature / (temperature * temperature),
				}
				for i, got := range w.Arena().Tangents(nil, hot) {
					near(t, fmt.Sprintf("%v: d p_%d/d θ_%d", theta, k, i), got, want[i], 1e-12)
				}
			}
		})
		if err != nil {
			t.Error(err)
		}
	}
}

// Where one alternative is all but certain, how it moves does not drown in
// rounding.
func TestCertainChoiceKeepsItsDerivative(t *testing.T) {
	err := inForward(t, straight{}, []float64{0, 0, 50, 0, 1}, func(w *abm.World) {
		c := w.Choose(0, []ad.Num{w.Param("opens"), w.Param("closes")}, ad.Const(1))
		got, want := w.Arena().Tangents(nil, c.OneHot[1])[1], math.Exp(-50)
		if math.Abs(got/want-1) > 1e-12 {
			t.Errorf("derivative %v, want %v", got, want)
		}
	})
	if err != nil {
		t.Error(err)
	}
}
