package prior

import (
	"math"
	"testing"
)

func TestStandardise(t *testing.T) {
	for _, c := range []struct {
		density Density
		want    affine
	}{
		{must(NewNormal(3, 2)), affine{3, 2}},
		{must(NewLogNormal(-1.2, 0.7)), affine{-1.2, 0.7}},
		{must(NewUniform(5, 9)), affine{0, logit(oneSigma)}},
		{must(NewLogUniform(1e-5, 1)), affine{0, logit(oneSigma)}},
		{must(NewTruncatedNormal(0, 1, math.Inf(-1), 0)), // w = log(−θ), half-normal
			affine{math.Log(0.6744897501960817), 0.5 * math.Log(1.4095/0.2000)}},
	} {
		got, err := standardise(Unconstrain(c.density))
		if err != nil || !near(got.centre, c.want.centre, 1e-13) || !near(got.scale, c.want.scale, 1e-3) {
			t.Errorf("%v: %+v (%v), want %+v", c.density, got, err, c.want)
		}
	}
}

func TestStandardiseIsExactForNormals(t *testing.T) {
	for _, d := range []Density{must(NewNormal(-1.2, 0.7)), must(NewLogNormal(-1.2, 0.7))} {
		if a, _ := standardise(Unconstrain(d)); !near(a.scale, 0.7, 1e-14) || a.centre != -1.2 {
			t.Errorf("%v: %+v", d, a)
		}
	}
}
