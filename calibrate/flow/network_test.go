package flow

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Whatever its size, the network's outputs of coordinate i ignore the
// coordinates from i on.
func TestNetworkIsAutoregressive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.IntRange(1, 6)
		dim, hidden, width := size.Draw(t, "dim"), size.Draw(t, "hidden"), size.Draw(t, "width")
		m := newMADE(dim, hidden, size.Draw(t, "blocks"), width)
		params := normals(1, m.numParams())
		changed := rapid.IntRange(0, dim-1).Draw(t, "changed")

		x := normals(2, dim*lanes)
		before := runNetwork(m, params, x)
		for s := range lanes {
			x[changed*lanes+s] += 3
		}
		after := runNetwork(m, params, x)
		same := (changed + 1) * width * lanes
		if !slices.Equal(before[:same], after[:same]) {
			t.Fatalf("outputs of coordinates up to %d depend on coordinate %d", changed, changed)
		}
	})
}

func runNetwork(m *made, params, x []float64) []float64 {
	net := m.newNetwork(lanes)
	net.load(params)
	copy(net.x.Data, x)
	for d := range m.dim {
		net.advance(d)
	}
	return net.out.Data
}

// Masked weights are dead: they change nothing and get no gradient.
func TestMaskedWeightsAreDead(t *testing.T) {
	f := perturbed(3, Options{Layers: 1, Hidden: 6, Blocks: 1}, 1)
	net := f.layers[1].(*autoregressive).made
	var live []float64
	for _, l := range []*maskedLinear{net.initial, net.inner, net.inner, net.output} {
		live = append(live, mask(l)...)
		for range l.rowUnit {
			live = append(live, 1)
		}
	}
	tape, grad := f.NewTape(16), make([]float64, len(f.Params()))
	f.Sample(tape, normals(1, 48))
	before := slices.Clone(tape.Z)
	f.Backward(grad, tape, normals(2, 48), normals(3, 16))
	params, grad := f.layerParams(1), grad[f.offsets[1]:f.offsets[2]]
	for i, m := range live {
		if m == 1 {
			continue
		}
		if grad[i] != 0 {
			t.Errorf("masked parameter %d has gradient %g", i, grad[i])
		}
		params[i] += 100
	}
	f.Sample(tape, tape.Eps)
	assertClose(t, "z", tape.Z, before, 0, 0)
}
