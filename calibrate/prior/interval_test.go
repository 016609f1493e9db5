package prior

import "testing"

func TestInterval(t *testing.T) {
	checkBijector(t, Interval{-0.1, 0.3}, -0.1, 0.3)
	checkGolden(t, Interval{1.5, 15}, "bij_interval")
}

func TestIntervalSaturated(t *testing.T) {
	for w, want := range map[float64]bool{0: false, 27.6: false, -27.6: false, 27.7: true, -27.7: true} {
		if got := (Interval{3, 4}).Saturated(w); got != want {
			t.Errorf("Saturated(%v) = %v", w, got)
		}
	}
}
