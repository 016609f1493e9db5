package gradient

import (
	"math"
	"testing"
)

// A kind seen often has its own root mean square, one seen once nearly that of all.
func TestMeanSquares(t *testing.T) {
	var m meanSquares
	if byKind, all := m.roots(); byKind != nil || all != 0 {
		t.Error(byKind, all)
	}
	often, once := flipKind{0, 1}, flipKind{2, 3}
	for range 997 {
		m.add(often, 4)
	}
	m.add(once, 100)
	byKind, all := m.roots()
	if want := math.Sqrt((997*4 + 100.) / 998); math.Abs(all-want) > 1e-12 {
		t.Errorf("%g over all, want %g", all, want)
	}
	if math.Abs(byKind[often]-2) > 0.01 {
		t.Errorf("%g where all are 2", byKind[often])
	}
	if want := math.Sqrt((100 + 3*all*all) / 4); math.Abs(byKind[once]-want) > 1e-12 {
		t.Errorf("%g for what is seen once, want %g", byKind[once], want)
	}
}
