package abm_test

import (
	"math"
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
)

// A draw lies on the simplex and moves within it, and its derivatives have the
// expectation d(α_i/Σα)/dα_j.
func TestDirichlet(t *testing.T) {
	alpha := []float64{0.05, 0.6, 0.9, 2}
	whole := 0.05 + 0.6 + 0.9 + 2
	var sum, squares [4][5]float64 // element by value and parameter
	err := inForward(t, nil, append([]float64{0}, alpha...), func(w *abm.World) {
		d := make([]float64, 4)
		for range w.Agents(draws) {
			x := w.Dirichlet(1, []ad.Num{w.Param("opens"), w.Param("closes"), w.Param("share"), w.Param("rate")})
			total, moved := 0.0, [4]float64{}
			for i, v := range x {
				total += v.Primal()
				tally(&sum[i], &squares[i], v.Primal(), w.Arena().Tangents(d, v))
				for k := range d {
					moved[k] += d[k]
				}
			}
			for _, m := range append(moved[:], total-1) {
				if math.Abs(m) > 1e-13 {
					t.Fatalf("the elements sum to %v and move by %v", total, moved)
				}
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 4 {
		for k := range 5 {
			want := alpha[i] / whole
			if k > 0 {
				want = -alpha[i] / (whole * whole)
			}
			if k == i+1 {
				want += 1 / whole
			}
			mean := sum[i][k] / draws
			se := math.Sqrt((squares[i][k]/draws - mean*mean) / draws)
			if math.Abs(mean-want) > 4*se {
				t.Errorf("element %d, quantity %d: %v ± %v, want %v", i, k, mean, se, want)
			}
		}
	}
}

// tally adds a value and its derivatives to sums.
func tally(sum, squares *[5]float64, v float64, d []float64) {
	for k, x := range append([]float64{v}, d...) {
		sum[k] += x
		squares[k] += x * x
	}
}
