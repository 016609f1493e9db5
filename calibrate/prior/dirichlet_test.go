package prior

import (
	"strings"
	"testing"

	"gonum.org/v1/gonum/stat/distmv"
)

func newDirichlet(t testing.TB, names []string, concentration []float64) *Dirichlet {
	t.Helper()
	d, err := NewDirichlet(names, concentration)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDirichlet(t *testing.T) {
	names := []string{"a", "b", "c", "d"}
	for _, alpha := range [][]float64{{1, 1, 1, 1}, {0.5, 3, 7, 2}} {
		ref := distmv.NewDirichlet(alpha, nil)
		checkBlock(t, newDirichlet(t, names, alpha), []int{0, 1, 2}, ref.LogProb)
	}
}

// Two shares are a Beta and its complement.
func TestDirichletOfTwo(t *testing.T) {
	d := newDirichlet(t, []string{"a", "b"}, []float64{2, 5})
	c := newCoordinate(t, "a", must(NewBeta(2, 5)))
	theta, one, z := make([]float64, 2), make([]float64, 1), []float64{0.4}
	d.Constrain(theta, z)
	c.Constrain(one, z)
	checkNear(t, "shares", theta, []float64{one[0], 1 - one[0]}, 1e-14)
	if got, want := d.LogDensity(nil, z), c.LogDensity(nil, z); got != want {
		t.Errorf("log π̃ %v, want %v", got, want)
	}
}

func TestDirichletRefuses(t *testing.T) {
	for want, c := range map[string]struct {
		names []string
		alpha []float64
	}{
		"2 shares, 1 concentrations":            {[]string{"a", "b"}, []float64{1}},
		"concentration of b must be positive":   {[]string{"a", "b"}, []float64{1, 0}},
		"at least 2 shares":                     {[]string{"a"}, []float64{1}},
		"share 2 of a Dirichlet prior has no n": {[]string{"a", ""}, []float64{1, 1}},
	} {
		if _, err := NewDirichlet(c.names, c.alpha); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want one about %q", err, want)
		}
	}
}
