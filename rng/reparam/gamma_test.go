package reparam

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestGammaShapeLogReference(t *testing.T) {
	for _, row := range reference(t, "gamma.csv") {
		shape, logX, want := row[0], row[1], row[2]
		if got := GammaShapeLog(logX, shape); !near(got, want, 1e-12) {
			t.Errorf("shape %g, log x %v: %v, want %v", shape, logX, got, want)
		}
	}
}

func TestGammaShapeReference(t *testing.T) {
	for _, row := range reference(t, "gamma.csv") {
		shape, x := row[0], math.Exp(row[1])
		if x < 0x1p-1022 {
			continue
		}
		// x is log x to within rounding, which large shapes magnify.
		if got := GammaShape(x, shape); !near(got/x, row[2], 1e-11) {
			t.Errorf("shape %g, x %g: %v, want %v", shape, x, got, row[2]*x)
		}
	}
}

// The lower tail gives way to the upper at shape+½, the series to the quadrature
// at a shape of 30.
func TestGammaShapeIsContinuousAcrossTails(t *testing.T) {
	for _, shape := range []float64{0.05, 1, 29, 31, 500} {
		x := shape + 0.5
		below, above := GammaShape(x*(1-1e-12), shape), GammaShape(x*(1+1e-12), shape)
		if !near(below, above, 1e-11) {
			t.Errorf("shape %g: %v below, %v above", shape, below, above)
		}
	}
}

func TestGammaShapeFarOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shape := math.Exp(rapid.Float64Range(-14, 14).Draw(t, "log shape"))
		logX := rapid.Float64Range(-900, 709).Draw(t, "log x")
		if slope := GammaShapeLog(logX, shape); !(slope > 0) {
			t.Errorf("shape %v, log x %v: derivative %v", shape, logX, slope)
		}
	})
}

func TestGammaShapeMisuse(t *testing.T) {
	for _, f := range []func(){
		func() { GammaShape(0, 1) },
		func() { GammaShape(math.NaN(), 1) },
		func() { GammaShape(math.Inf(1), 1) },
		func() { GammaShape(1, 0) },
		func() { GammaShape(1, math.NaN()) },
		func() { GammaShapeLog(math.Inf(-1), 1) },
		func() { GammaShapeLog(800, 1) },
	} {
		if !panics(f) {
			t.Error("no panic")
		}
	}
}

func BenchmarkGammaShape(b *testing.B) {
	for _, shape := range []float64{0.1, 2, 40, 500} {
		for _, z := range []float64{-1, 1} {
			x := shape * math.Exp(z/math.Sqrt(shape))
			b.Run(fmt.Sprintf("shape=%g/z=%g", shape, z), func(b *testing.B) {
				for b.Loop() {
					sink = GammaShape(x, shape)
				}
			})
		}
	}
}
