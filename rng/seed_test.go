package rng

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat"
	"pgregory.net/rapid"
)

func TestUniformCounterLayout(t *testing.T) {
	// The fourth row of philoxAnswers.
	k := Key{Purpose: 9, Index: 3, Agent: 4*12345 + 2, Step: 678}
	want := unit(0x764429d1e76fd74b)
	if got := (Seed{Master: 42, Run: 7}).Uniform(k); got != want {
		t.Errorf("Uniform(%+v) = %v, want %v", k, got, want)
	}
}

func TestUnitIsOpenAndSymmetric(t *testing.T) {
	if got := unit(0); got != 0x1p-53 {
		t.Errorf("smallest uniform %g, want 2⁻⁵³", got)
	}
	if got := unit(math.MaxUint64); got != 1-0x1p-53 {
		t.Errorf("largest uniform %v, want 1−2⁻⁵³", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		bits := rapid.Uint64().Draw(t, "bits")
		if unit(bits)+unit(^bits) != 1 {
			t.Errorf("unit(%x) and unit(%x) do not sum to one", bits, ^bits)
		}
	})
}

func TestBlockIsFourAgents(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := Seed{rapid.Uint64().Draw(t, "master"), rapid.Uint64().Draw(t, "run")}
		k := Key{Agent: rapid.Int().Draw(t, "agent"), Step: rapid.Int().Draw(t, "step")}
		block := s.Block(k)
		for lane, want := range block {
			k.Agent = k.Agent&^3 + lane
			if got := s.Uniform(k); got != want {
				t.Errorf("%+v: %v in the block, %v alone", k, want, got)
			}
		}
	})
}

// Sequences over agents and steps whose keys differ in one field only.
func TestNeighbouringKeysAreUncorrelated(t *testing.T) {
	type at struct {
		s Seed
		k Key
	}
	shifts := map[string]func(*at){
		"master":  func(a *at) { a.s.Master++ },
		"run":     func(a *at) { a.s.Run++ },
		"purpose": func(a *at) { a.k.Purpose++ },
		"index":   func(a *at) { a.k.Index++ },
		"agent":   func(a *at) { a.k.Agent++ },
		"block":   func(a *at) { a.k.Agent += 4 },
		"step":    func(a *at) { a.k.Step++ },
	}
	const n = 1 << 14
	for name, shift := range shifts {
		x, y := make([]float64, n), make([]float64, n)
		for i := range n {
			a := at{Seed{1, 2}, Key{Purpose: 1, Agent: 2 * (i & 127), Step: 2 * (i >> 7)}}
			x[i] = a.s.Uniform(a.k)
			shift(&a)
			y[i] = a.s.Uniform(a.k)
		}
		checkUniform(t, name, x)
		checkUniform(t, name, y)
		if z := stat.Correlation(x, y, nil) * math.Sqrt(n); math.Abs(z) > 4 {
			t.Errorf("%s: correlation %.1f standard errors from zero", name, z)
		}
	}
}

func BenchmarkUniform(b *testing.B) {
	k := Key{Purpose: 1}
	for b.Loop() {
		k.Agent++
		sink = Seed{1, 2}.Uniform(k)
	}
}

func BenchmarkBlock(b *testing.B) {
	k := Key{Purpose: 1}
	for b.Loop() {
		k.Agent += 4
		sink = Seed{1, 2}.Block(k)[0]
	}
}
