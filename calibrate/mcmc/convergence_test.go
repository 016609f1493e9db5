package mcmc_test

import (
	"math"
	"testing"

	"github.com/nudge-abm/nudge/calibrate/mcmc"
	"github.com/nudge-abm/nudge/rng"
)

// autoregressive returns chains x' = ρx + noise with standard deviation one, of
// which n draws are worth n(1−ρ)/(1+ρ).
func autoregressive(chains, n int, rho float64, seed uint64) [][]float64 {
	out := make([][]float64, chains)
	for i := range out {
		luck := rng.Seed{Master: seed}.Stream(rng.Key{Agent: i})
		x := luck.Normal()
		for range n {
			x = rho*x + math.Sqrt(1-rho*rho)*luck.Normal()
			out[i] = append(out[i], x)
		}
	}
	return out
}

func TestESSOfAutoregressiveChains(t *testing.T) {
	for _, rho := range []float64{-0.5, 0, 0.5, 0.9} {
		const chains, n = 4, 5000
		x := autoregressive(chains, n, rho, 1)
		want := chains * n * (1 - rho) / (1 + rho)
		c := mcmc.Converge(x)
		if math.Abs(c.Bulk/want-1) > 0.15 {
			t.Errorf("ρ = %g: %.0f effective draws, want %.0f", rho, c.Bulk, want)
		}
		if math.Abs(c.MCSE*math.Sqrt(want)-1) > 0.1 {
			t.Errorf("ρ = %g: standard error %.4f, want %.4f", rho, c.MCSE, 1/math.Sqrt(want))
		}
		if !(c.RHat < 1.01) {
			t.Errorf("ρ = %g: R̂ = %.3f", rho, c.RHat)
		}
		if rho >= 0 && !(c.Tail > c.Bulk/2 && c.Tail < 1.2*chains*n) {
			t.Errorf("ρ = %g: tail %.0f, bulk %.0f", rho, c.Tail, c.Bulk)
		}
	}
}

// R̂ sees chains that differ in place, in spread, or drift, and heavy tails do
// not matter.
func TestRHat(t *testing.T) {
	for what, edit := range map[string]func(x float64, chain, i int) float64{
		"place":  func(x float64, chain, _ int) float64 { return x + float64(chain/3) },
		"spread": func(x float64, chain, _ int) float64 { return x * float64(1+2*(chain/3)) },
		"drift":  func(x float64, _, i int) float64 { return x + float64(i)/300 },
	} {
		x := autoregressive(4, 500, 0, 2)
		for k := range x {
			for i := range x[k] {
				x[k][i] = edit(x[k][i], k, i)
			}
		}
		if r := mcmc.RHat(x); !(r > 1.05) {
			t.Errorf("%s: R̂ = %.3f", what, r)
		}
	}
	x := autoregressive(4, 500, 0, 3)
	for k := range x {
		for i, v := range x[k] {
			x[k][i] = math.Tan(math.Pi * (math.Erfc(-v/math.Sqrt2)/2 - 0.5)) // Cauchy
		}
	}
	if r := mcmc.RHat(x); !(r < 1.01) {
		t.Errorf("Cauchy: R̂ = %.3f", r)
	}
}

func TestConvergenceOfNothing(t *testing.T) {
	for what, x := range map[string][][]float64{"constant": {{1, 1, 1, 1}, {1, 1, 1, 1}}, "short": {{1}, {2}}, "empty": {{}, {}}} {
		if c := mcmc.Converge(x); !math.IsNaN(c.RHat) || !math.IsNaN(c.Bulk) || !math.IsNaN(c.Tail) {
			t.Errorf("%s: %+v", what, c)
		}
	}
	apart := [][]float64{{1, 1, 1, 1}, {2, 2, 2, 2}}
	if r := mcmc.RHat(apart); !math.IsInf(r, 1) {
		t.Errorf("chains that stand still apart: R̂ = %g", r)
	}
	coin := [][]float64{{0, 1, 1, 0, 1, 0, 0, 1}, {1, 0, 0, 1, 0, 1, 1, 0}}
	if r := mcmc.RHat(coin); !(r < 1.2) {
		t.Errorf("coins: R̂ = %g", r)
	}
}
