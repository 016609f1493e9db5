package abm_test

import (
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
)

// And and Or are those of logic, and a condition moves them where it decides.
func TestLogic(t *testing.T) {
	a := ad.NewForward(3)
	defer a.Close()
	for bits := range 8 {
		a.Reset()
		x, y, z := a.Param(0, float64(bits&1)), a.Param(1, float64(bits>>1&1)), a.Param(2, float64(bits>>2))
		all, any := 0.0, 1.0
		if bits == 7 {
			all = 1
		}
		if bits == 0 {
			any = 0
		}
		and, or := abm.And(x, y, z), abm.Or(x, y, z)
		if and.Primal() != all || or.Primal() != any {
			t.Errorf("%03b: and %v, or %v", bits, and.Primal(), or.Primal())
		}
		for k := range 3 {
			others := bits &^ (1 << k)
			if got := a.Tangents(nil, and)[k]; (got == 1) != (others == 7&^(1<<k)) || got != 0 && got != 1 {
				t.Errorf("%03b: and moves %v with %d", bits, got, k)
			}
			if got := a.Tangents(nil, or)[k]; (got == 1) != (others == 0) || got != 0 && got != 1 {
				t.Errorf("%03b: or moves %v with %d", bits, got, k)
			}
		}
	}
	if abm.And() != ad.Const(1) || abm.Or() != ad.Const(0) {
		t.Errorf("of nothing: and %v, or %v", abm.And(), abm.Or())
	}
}
