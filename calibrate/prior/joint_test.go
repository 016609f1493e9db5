package prior

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// newJoint returns a joint prior of every kind of block.
func newJoint(t testing.TB) *Joint {
	t.Helper()
	inner, err := NewJoint(newCoordinate(t, "growth", must(NewNormal(0, 2))))
	if err != nil {
		t.Fatal(err)
	}
	j, err := NewJoint(
		newCoordinate(t, "rate", must(NewLogNormal(-1, 0.5))),
		newDirichlet(t, []string{"rural", "town", "city"}, []float64{1, 2, 3}),
		inner,
		newPair(t, "start", "end", 0, 60),
	)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func TestJoint(t *testing.T) {
	j := newJoint(t)
	names := []string{"rate", "rural", "town", "city", "growth", "start", "end"}
	if diff := cmp.Diff(names, j.Names()); diff != "" || j.Dim() != 6 {
		t.Errorf("names %s, %d dimensions", diff, j.Dim())
	}
	checkBlock(t, j, []int{0, 1, 2, 4, 5, 6}, func(theta []float64) float64 {
		rate, _ := must(NewLogNormal(-1, 0.5)).LogDensity(theta[0])
		growth, _ := must(NewNormal(0, 2)).LogDensity(theta[4])
		shares := math.Log(60 * theta[2] * theta[3] * theta[3]) // Γ(6)/(Γ(1)Γ(2)Γ(3)) = 60
		return rate + shares + growth + math.Log(2./3600)
	})
}

func TestJointAtZeroIsTheMedian(t *testing.T) {
	j := newJoint(t)
	theta := make([]float64, 7)
	j.Constrain(theta, make([]float64, 6))
	if !near(theta[0], math.Exp(-1), 1e-14) || theta[4] != 0 || !near(theta[5], 60*(1-math.Sqrt(0.5)), 1e-13) {
		t.Errorf("θ(0) = %v", theta)
	}
}

func TestJointSaturated(t *testing.T) {
	if n := newJoint(t).Saturated([]float64{99, 99, 0, 99, -99, 99}); n != 3 {
		t.Errorf("%d saturated coordinates, want one share and two dates", n)
	}
}

func TestJointString(t *testing.T) {
	want := `rate ~ LogNormal(mu=-1, sigma=0.5)
(rural, town, city) ~ Dirichlet(1, 2, 3)
growth ~ Normal(mu=0, sd=2)
(start, end) ~ UniformOrderedPair(lo=0, hi=60)`
	if diff := cmp.Diff(want, newJoint(t).String()); diff != "" {
		t.Error(diff)
	}
}

func TestJointRefuses(t *testing.T) {
	a := newCoordinate(t, "a", must(NewNormal(0, 1)))
	if _, err := NewJoint(a, a); err == nil || !strings.Contains(err.Error(), `"a" has two priors`) {
		t.Errorf("error %v", err)
	}
	if _, err := NewJoint(); err == nil {
		t.Error("an empty prior was accepted")
	}
}

func TestJointDoesNotAllocate(t *testing.T) {
	j := newJoint(t)
	z, zbar, theta := make([]float64, 6), make([]float64, 6), make([]float64, 7)
	if n := testing.AllocsPerRun(10, func() {
		j.Constrain(theta, z)
		j.LogDensity(zbar, z)
		j.Pull(zbar, z, theta, theta)
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkJointLogDensity(b *testing.B) {
	j := newJoint(b)
	z, grad := make([]float64, 6), make([]float64, 6)
	for b.Loop() {
		j.LogDensity(grad, z)
	}
}

func TestJointBlocks(t *testing.T) {
	var names []string
	for _, b := range newJoint(t).Blocks() {
		names = append(names, strings.Join(b.Names(), "+"))
	}
	if diff := cmp.Diff([]string{"rate", "rural+town+city", "growth", "start+end"}, names); diff != "" {
		t.Error(diff)
	}
}
