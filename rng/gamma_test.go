package rng

import (
	"fmt"
	"math"
	"testing"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"
)

var shapes = []float64{0.05, 0.3, 0.999, 1, 2.5, 30, 500}

func TestGamma(t *testing.T) {
	for _, shape := range shapes {
		name := fmt.Sprintf("gamma(%g)", shape)
		x := drawn(20000, func(s *Stream) float64 { return s.Gamma(shape) })
		checkMean(t, name, x, shape, math.Sqrt(shape))
		law := distuv.Gamma{Alpha: shape, Beta: 1}
		for i, v := range x {
			x[i] = law.CDF(v)
		}
		checkUniform(t, name, x)
	}
}

func TestLogGammaIsTheLogOfGamma(t *testing.T) {
	for _, shape := range shapes {
		logs := drawn(100, func(s *Stream) float64 { return s.LogGamma(shape) })
		draws := drawn(100, func(s *Stream) float64 { return s.Gamma(shape) })
		for i, l := range logs {
			if x := math.Exp(l); math.Abs(x-draws[i]) > 1e-14*x {
				t.Errorf("shape %g: exp(LogGamma) = %v, Gamma = %v", shape, x, draws[i])
			}
		}
	}
}

// With a shape of 0.001 most draws underflow, but not their logarithms: there
// F(x) = x^shape/Γ(shape+1) to rounding, and the mean is ψ(shape).
func TestLogGammaBelowUnderflow(t *testing.T) {
	const shape = 1e-3
	x := drawn(20000, func(s *Stream) float64 { return s.LogGamma(shape) })
	checkMean(t, "log-gamma", x, mathext.Digamma(shape), math.Sqrt(mathext.Zeta(2, shape)))
	lg, _ := math.Lgamma(shape + 1)
	for i, l := range x {
		x[i] = math.Exp(shape*l - lg)
		if l > -20 {
			x[i] = mathext.GammaIncReg(shape, math.Exp(l))
		}
	}
	checkUniform(t, "log-gamma", x)
}

func TestGammaRejectsImpossibleShapes(t *testing.T) {
	for _, shape := range []float64{0, -1, math.NaN(), math.Inf(1)} {
		var s Stream
		if !panics(func() { s.Gamma(shape) }) || !panics(func() { s.LogGamma(shape) }) {
			t.Errorf("no panic at shape %v", shape)
		}
	}
}

func BenchmarkGamma(b *testing.B) {
	for _, shape := range []float64{0.5, 5} {
		b.Run(fmt.Sprint(shape), func(b *testing.B) {
			var s Stream
			for b.Loop() {
				sink = s.Gamma(shape)
			}
		})
	}
}
