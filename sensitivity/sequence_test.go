package sensitivity

import (
	"math"
	"math/bits"
	"strings"
	"testing"
)

// Points of the same direction numbers from another implementation
// (scipy.stats.qmc.Sobol 1.10, unscrambled) in dimensions 1, 2, 3, 4, 10, 50, 200
// and 1000.
var known = map[int][]float64{
	1:    {0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5},
	2:    {0.75, 0.25, 0.25, 0.25, 0.75, 0.75, 0.25, 0.75},
	3:    {0.25, 0.75, 0.75, 0.75, 0.25, 0.25, 0.75, 0.25},
	7:    {0.125, 0.625, 0.375, 0.125, 0.875, 0.125, 0.125, 0.375},
	100:  {0.4140625, 0.2578125, 0.7734375, 0.7265625, 0.6953125, 0.6640625, 0.1328125, 0.9140625},
	1023: {0.0009765625, 0.7529296875, 0.6123046875, 0.1455078125, 0.8505859375, 0.8232421875, 0.1865234375, 0.8564453125},
}

func TestSequenceKnownPoints(t *testing.T) {
	s := NewSequence(MaxDim)
	x := make([]float64, MaxDim)
	for i := range 1024 {
		s.Next(x)
		for k, d := range []int{1, 2, 3, 4, 10, 50, 200, 1000} {
			if want, ok := known[i]; ok && x[d-1] != want[k] {
				t.Errorf("point %d, dimension %d: %v, want %v", i, d, x[d-1], want[k])
			}
		}
	}
}

// The squared centred L2 discrepancies agree with another implementation
// (scipy.stats.qmc.discrepancy 1.10).
func TestSequenceDiscrepancy(t *testing.T) {
	for _, c := range []struct {
		n, dim int
		want   float64
	}{{256, 5, 0.0002597808337478913}, {1024, 5, 2.525321300206329e-05}, {512, 12, 0.0058641025063170815}} {
		s := NewSequence(c.dim)
		var points [][]float64
		for range c.n {
			points = append(points, s.Next(nil))
		}
		if got := discrepancy(points); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%d points in %d dimensions: %v, want %v", c.n, c.dim, got, c.want)
		}
	}
}

// discrepancy is Hickernell's centred L2 discrepancy, squared.
func discrepancy(points [][]float64) float64 {
	n := float64(len(points))
	single, double := 0.0, 0.0
	for _, x := range points {
		p := 1.0
		for _, v := range x {
			a := math.Abs(v - .5)
			p *= 1 + a/2 - a*a/2
		}
		single += p
		for _, y := range points {
			p := 1.0
			for k := range x {
				p *= 1 + math.Abs(x[k]-.5)/2 + math.Abs(y[k]-.5)/2 - math.Abs(x[k]-y[k])/2
			}
			double += p
		}
	}
	d := float64(len(points[0]))
	return math.Pow(13./12, d) - 2/n*single + double/(n*n)
}

// Scrambled or not, each coordinate of the first 2^m points falls once into each
// of 2^m equal intervals, and the points lie in the open cube if scrambled.
func TestSequenceStratifies(t *testing.T) {
	const m = 8
	for name, s := range map[string]*Sequence{"plain": NewSequence(40), "scrambled": NewScrambled(40, 7)} {
		seen := make([]map[int]bool, 40)
		for range 1 << m {
			for d, v := range s.Next(nil) {
				if seen[d] == nil {
					seen[d] = map[int]bool{}
				}
				seen[d][int(v*(1<<m))] = true
				if v < 0 || v >= 1 || name == "scrambled" && v == 0 {
					t.Fatalf("%s: coordinate %v", name, v)
				}
			}
		}
		for d := range seen {
			if len(seen[d]) != 1<<m {
				t.Errorf("%s: dimension %d hits %d intervals", name, d+1, len(seen[d]))
			}
		}
	}
}

// The table is what theory asks for: polynomials of the stated degree, no two
// alike, and odd m_k below 2^k.
func TestJoeKuoTable(t *testing.T) {
	polynomials := map[uint32]bool{}
	lines := 0
	for line := range strings.Lines(joeKuo) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		lines++
		f := numbers(line)
		s, a, m := f[1], f[2], f[3:]
		polynomial := 1<<s | a<<1 | 1
		if int(f[0]) != lines+1 || len(m) != int(s) || bits.Len32(polynomial) != int(s)+1 || polynomials[polynomial] {
			t.Errorf("line %d: %s", lines, line)
		}
		polynomials[polynomial] = true
		for k, v := range m {
			if v%2 == 0 || v >= 2<<k {
				t.Errorf("dimension %d: m_%d = %d", f[0], k+1, v)
			}
		}
	}
	if lines != MaxDim-1 {
		t.Errorf("%d lines", lines)
	}
}

func TestSequenceRefusesDimensions(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	NewSequence(MaxDim + 1)
}
