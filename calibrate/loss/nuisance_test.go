package loss

import (
	"strings"
	"testing"
)

func TestNuisance(t *testing.T) {
	for _, c := range []struct {
		fixed      float64
		name       string
		want, text string
		value      float64
	}{
		{0, "", "sd", "calibrated", 7},
		{0, "error", "error", "calibrated", 7},
		{2, "error", "", "2", 2},
	} {
		n, err := newNuisance("sd", c.fixed, c.name)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(n.Nuisance(), ","); got != c.want || n.String() != c.text || n.value([]float64{7}) != c.value {
			t.Errorf("fixed %v, name %q: %q, %v, %v", c.fixed, c.name, got, n, n.value([]float64{7}))
		}
	}
}

func TestNuisanceRefuses(t *testing.T) {
	for _, fixed := range []float64{-1, nan} {
		if _, err := newNuisance("sd", fixed, ""); err == nil || !strings.Contains(err.Error(), "sd must be positive, or zero to be calibrated") {
			t.Errorf("%v: error %v", fixed, err)
		}
	}
}
