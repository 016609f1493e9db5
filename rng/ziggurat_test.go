package rng

import (
	"math"
	"testing"
)

func TestZiggurat(t *testing.T) {
	x := drawn(200_000, (*Stream).ziggurat)
	checkMean(t, "ziggurat", x, 0, 1)
	squares, tail := make([]float64, len(x)), make([]float64, len(x))
	for i, v := range x {
		squares[i] = v * v
		if math.Abs(v) > 3 {
			tail[i] = 1
		}
		x[i] = math.Erfc(-v/math.Sqrt2) / 2
	}
	checkMean(t, "square of ziggurat", squares, 1, math.Sqrt2)
	beyond := math.Erfc(3 / math.Sqrt2)
	checkMean(t, "tail of ziggurat", tail, beyond, math.Sqrt(beyond))
	checkUniform(t, "ziggurat", x)
}

// Beyond the last box the law is that of the normal's tail.
func TestNormalTail(t *testing.T) {
	whole := math.Erfc(zigguratTail / math.Sqrt2)
	x := drawn(20_000, (*Stream).normalTail)
	for i, v := range x {
		x[i] = math.Erfc(v/math.Sqrt2) / whole
	}
	checkUniform(t, "tail", x)
}

// All layers have the same area, the uppermost one included.
func TestZigguratLayers(t *testing.T) {
	height := func(x float64) float64 { return math.Exp(-x * x / 2) }
	for i := 1; i < zigguratLayers; i++ {
		area := zigguratEdge[i] * (height(zigguratEdge[i+1]) - height(zigguratEdge[i]))
		if math.Abs(area/zigguratArea-1) > 1e-8 { // the constants have so many digits
			t.Errorf("layer %d has area %g, want %g", i, area, zigguratArea)
		}
	}
}

func BenchmarkZiggurat(b *testing.B) {
	var s Stream
	for b.Loop() {
		sink = s.ziggurat()
	}
}
