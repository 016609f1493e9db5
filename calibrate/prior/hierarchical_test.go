package prior

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func newHierarchical(t testing.TB, b Bijector, mean, spread Density) *Hierarchical {
	t.Helper()
	h, err := NewHierarchical([]string{"rate[north]", "rate[south]", "rate[west]"}, b,
		newCoordinate(t, "rate.mean", mean), newCoordinate(t, "rate.sd", spread))
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// given returns the density of the groups given mean and spread.
type given func(mean, spread float64) (Density, error)

func TestHierarchical(t *testing.T) {
	for _, x := range []struct {
		b            Bijector
		mean, spread Density
		given        given
	}{
		{Real{}, must(NewNormal(2, 3)), must(NewHalfNormal(0.5)), NewNormal},
		{Positive{}, must(NewNormal(-1, 0.5)), must(NewHalfNormal(0.3)), NewLogNormal},
		{Interval{0, 1}, must(NewUniform(-2, 1)), must(NewGamma(2, 4)), NewLogitNormal},
	} {
		h := newHierarchical(t, x.b, x.mean, x.spread)
		checkBlock(t, h, []int{0, 1, 2, 3, 4}, func(theta []float64) float64 {
			logp, _ := x.mean.LogDensity(theta[0])
			l, _ := x.spread.LogDensity(theta[1])
			logp += l
			for _, v := range theta[2:] {
				l, _ := must(x.given(theta[0], theta[1])).LogDensity(v)
				logp += l
			}
			return logp
		})
	}
}

// However small the spread, the prior in z is as well-conditioned as ever.
func TestHierarchicalHasNoFunnel(t *testing.T) {
	h := newHierarchical(t, Positive{}, must(NewNormal(-1, 0.5)), must(NewLogNormal(0, 3)))
	for _, z1 := range []float64{-4, 0, 4} {
		grad := make([]float64, 5)
		h.LogDensity(grad, []float64{0.1, z1, 1, -1, 2})
		checkNear(t, "gradient", grad, []float64{-0.1, -z1, -1, 1, -2}, 1e-12)
	}
}

func TestHierarchicalString(t *testing.T) {
	h := newHierarchical(t, Positive{}, must(NewNormal(-1, 0.5)), must(NewHalfNormal(0.3)))
	want := `rate.mean ~ Normal(mu=-1, sd=0.5)
rate.sd ~ HalfNormal(sd=0.3)
(rate[north], rate[south], rate[west]) ~ LogNormal(rate.mean, rate.sd)`
	if diff := cmp.Diff(want, h.String()); diff != "" {
		t.Error(diff)
	}
	if got := h.Marginal(3).String(); got != "LogNormal(rate.mean, rate.sd)" {
		t.Errorf("a group is %s", got)
	}
}

func TestHierarchicalSaturated(t *testing.T) {
	h := newHierarchical(t, Interval{0, 1}, must(NewNormal(0, 1)), must(NewExponential(1)))
	if n := h.Saturated([]float64{0, 3, 9, 0, -9}); n != 2 {
		t.Errorf("%d saturated coordinates, want 2", n)
	}
}

func TestHierarchicalRefuses(t *testing.T) {
	mean, spread := newCoordinate(t, "mean", must(NewNormal(0, 1))), newCoordinate(t, "sd", must(NewHalfNormal(1)))
	for want, x := range map[string]struct {
		groups []string
		b      Bijector
		spread *Coordinate
	}{
		"at least 2 groups, has 1":                                 {[]string{"a"}, Real{}, spread},
		`different names, has ["mean" "sd" "a" "a"]`:               {[]string{"a", "a"}, Real{}, spread},
		`has ["mean" "sd" "a" ""]`:                                 {[]string{"a", ""}, Real{}, spread},
		"x must be positive, but its prior goes from -Inf to +Inf": {[]string{"a", "b"}, Real{}, newCoordinate(t, "x", must(NewNormal(0, 1)))},
		"logit-normal about their mean":                            {[]string{"a", "b"}, Upper{3}, spread},
	} {
		if _, err := NewHierarchical(x.groups, x.b, mean, x.spread); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want one about %q", err, want)
		}
	}
}

func TestHierarchicalDoesNotAllocate(t *testing.T) {
	h := newHierarchical(t, Positive{}, must(NewNormal(-1, 0.5)), must(NewHalfNormal(0.3)))
	z, zbar, theta := make([]float64, 5), make([]float64, 5), make([]float64, 5)
	if n := testing.AllocsPerRun(10, func() {
		h.Constrain(theta, z)
		h.LogDensity(zbar, z)
		h.Pull(zbar, z, theta, theta)
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
	if math.Abs(theta[2]-math.Exp(-1)) > 1e-15 {
		t.Errorf("θ(0) = %v", theta)
	}
}
