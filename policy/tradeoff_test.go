package policy

import "testing"

// With costs that count c times as much the best effort is 1/(2c).
func TestTradeoff(t *testing.T) {
	p := inTown(t)
	best := optimum(t, p, Options{Steps: 150}).Best
	curve, runs, err := p.Tradeoff(t.Context(), best.Z, []float64{2, 0.625, 1}, Options{Steps: 120}, 50, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, factor := range []float64{0.625, 1, 2} {
		if curve[i].Factor != factor {
			t.Fatalf("factor %g at %d", curve[i].Factor, i)
		}
		near(t, "effort", curve[i].Assessment.Theta, []float64{1 / (2 * factor)}, 0.1)
	}
	if a, b := curve[0].Assessment, curve[2].Assessment; a.Cost() <= b.Cost() || a.Outcome() >= b.Outcome() {
		t.Errorf("dearer policies cost %g, %g for outcomes %g, %g", a.Cost(), b.Cost(), a.Outcome(), b.Outcome())
	}
	if runs != 3*(60*8*4+2*128) {
		t.Errorf("%g simulations", runs)
	}
	if w := p.Objective.Costs[0].Weight; w != 4 {
		t.Errorf("the problem's own weight became %g", w)
	}
}
