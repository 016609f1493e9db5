package flow

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"
)

// twoNormals is ¼·N(−1, ½²) + ¾·N(2, 1).
func twoNormals() *Mixture {
	var parts []*Flow
	for _, m := range [][2]float64{{-1, 0.5}, {2, 1}} {
		f := New(1, Options{Kind: MeanField}, nil)
		f.Match(m[:1], mat.NewTriDense(1, mat.Lower, m[1:]))
		parts = append(parts, f)
	}
	return NewMixture(parts, []float64{0, math.Log(3)})
}

func normalSource(seed uint64) func() float64 { return rand.New(rand.NewPCG(seed, 2)).NormFloat64 }

func TestMixture(t *testing.T) {
	m := twoNormals()
	a, b := distuv.Normal{Mu: -1, Sigma: 0.5}, distuv.Normal{Mu: 2, Sigma: 1}
	z, logQ := m.Draw(4000, uniforms(2), normalSource(3))
	left := 0.0
	for s, x := range z {
		if want := math.Log(0.25*a.Prob(x) + 0.75*b.Prob(x)); math.Abs(logQ[s]-want) > 1e-10 {
			t.Fatalf("log q(%g) = %g, want %g", x, logQ[s], want)
		}
		if x < 0.5 {
			left += 1. / 4000
		}
	}
	if want := 0.25*a.CDF(0.5) + 0.75*b.CDF(0.5); math.Abs(left-want) > 4*math.Sqrt(want*(1-want)/4000) {
		t.Errorf("%.3f of the draws below ½, want %.3f", left, want)
	}
}

// A mixture of one is its part, draw for draw.
func TestSingle(t *testing.T) {
	f := New(2, Options{Layers: 1, Hidden: 4}, uniforms(1))
	z, logQ := Single(f).Draw(5, nil, normalSource(1))
	tape := f.draw(5, normalSource(1))
	if !slices.Equal(z, tape.Z) || !slices.Equal(logQ, tape.LogQ) {
		t.Error("the lone part draws otherwise")
	}
}

func TestMixtureState(t *testing.T) {
	m := twoNormals()
	text, err := json.Marshal(m.State())
	if err != nil {
		t.Fatal(err)
	}
	var s MixtureState
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatal(err)
	}
	back, err := MixtureFromState(s)
	if err != nil {
		t.Fatal(err)
	}
	if z := []float64{-1, 0, 3}; !slices.Equal(m.LogDensity(z), back.LogDensity(z)) {
		t.Error("the restored mixture has another density")
	}
	for what, spoil := range map[string]func(*MixtureState){
		"no part":          func(s *MixtureState) { s.Parts, s.Weights = nil, nil },
		"too few weights":  func(s *MixtureState) { s.Weights = s.Weights[:1] },
		"a negative share": func(s *MixtureState) { s.Weights[0] = -1 },
		"a broken part":    func(s *MixtureState) { s.Parts[1].Params = nil },
	} {
		s := m.State()
		spoil(&s)
		if _, err := MixtureFromState(s); err == nil {
			t.Errorf("%s: accepted", what)
		}
	}
}
