package flow

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/diff/fd"
	"pgregory.net/rapid"
)

// anyBin draws a bin and a point in it.
func anyBin(t *rapid.T) (b bin, v float64) {
	positive := rapid.Float64Range(0.3, 3)
	b = bin{
		x: rapid.Float64Range(-3, 3).Draw(t, "x"), w: positive.Draw(t, "w"),
		y: rapid.Float64Range(-3, 3).Draw(t, "y"), h: positive.Draw(t, "h"),
		d0: positive.Draw(t, "d0"), d1: positive.Draw(t, "d1"),
	}
	return b, b.x + b.w*rapid.Float64Range(0, 1).Draw(t, "xi")
}

func TestBinMeetsItsCorners(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, _ := anyBin(t)
		y0, l0 := b.value(b.x)
		y1, l1 := b.value(b.x + b.w)
		got := []float64{y0, y1, math.Exp(l0), math.Exp(l1)}
		for i, want := range []float64{b.y, b.y + b.h, b.d0, b.d1} {
			if math.Abs(got[i]-want) > 1e-9 {
				t.Fatalf("%+v: corner value %d is %g, want %g", b, i, got[i], want)
			}
		}
	})
}

func TestBinInverse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, v := anyBin(t)
		y, _ := b.value(v)
		if got := b.inverse(y); math.Abs(got-v) > 1e-9 {
			t.Fatalf("%+v: inverse of value(%g) is %g", b, v, got)
		}
	})
}

func TestBinPull(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, v := anyBin(t)
		yBar := rapid.Float64Range(-2, 2).Draw(t, "yBar")
		lBar := rapid.Float64Range(-2, 2).Draw(t, "lBar")
		f := func(a []float64) float64 {
			y, l := bin{a[1], a[2], a[3], a[4], a[5], a[6]}.value(a[0])
			return yBar*y + lBar*l
		}
		want := fd.Gradient(nil, f, []float64{v, b.x, b.w, b.y, b.h, b.d0, b.d1},
			&fd.Settings{Formula: fd.Central, Step: 1e-5})
		vBar, bar := b.pull(v, yBar, lBar)
		got := []float64{vBar, bar.x, bar.w, bar.y, bar.h, bar.d0, bar.d1}
		for i := range got {
			if math.Abs(got[i]-want[i]) > 1e-4*max(1, math.Abs(want[i])) {
				t.Fatalf("%+v at %g: derivative %d is %g, finite difference %g", b, v, i, got[i], want[i])
			}
		}
	})
}
