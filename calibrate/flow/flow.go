package flow

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"
)

// Flow is a distribution q on ℝᴰ that can be sampled by a differentiable map
// of standard-normal draws and whose density is known.
type Flow struct {
	dim          int
	options      Options
	permutations [][]int
	layers       []layer
	first        int   // layers of the first stage, none without leading coordinates
	offsets      []int // layer i owns params[offsets[i]:offsets[i+1]]
	params       []float64
}

// New returns a freshly initialised family in dim dimensions. The LU layers'
// permutations and the initial weights come from uniform, a source of uniform
// numbers on [0, 1), which a Gaussian family leaves alone (it may be nil); a
// Gaussian starts as the standard normal. New panics if o.Check(dim) fails.
func New(dim int, o Options, uniform func() float64) *Flow {
	if err := o.Check(dim); err != nil {
		panic(err.Error())
	}
	o = o.withDefaults()
	var permutations [][]int
	for _, n := range o.sizes(dim) {
		permutations = append(permutations, shuffled(n, uniform))
	}
	f := assemble(dim, o, permutations)
	for i, l := range f.layers {
		l.init(f.layerParams(i), uniform)
	}
	return f
}

// assemble builds the flow with all parameters zero.
func assemble(dim int, o Options, permutations [][]int) *Flow {
	f := &Flow{dim: dim, options: o, permutations: permutations}
	f.layers, f.first = o.stack(dim, permutations)
	f.offsets = []int{0}
	for i, l := range f.layers {
		f.offsets = append(f.offsets, f.offsets[i]+l.numParams())
	}
	f.params = make([]float64, f.offsets[len(f.layers)])
	return f
}

// shuffled is a random permutation of 0..n−1 (Fisher–Yates).
func shuffled(n int, uniform func() float64) []int {
	p := make([]int, n)
	for i := range p {
		j := int(uniform() * float64(i+1))
		p[i] = p[j]
		p[j] = i
	}
	return p
}

// Dim is the dimension D of z.
func (f *Flow) Dim() int { return f.dim }

// Options returns the family's options with the defaults filled in.
func (f *Flow) Options() Options { return f.options }

// Params is the live parameter vector φ: writing to it changes the flow from
// the next Sample or Density on.
func (f *Flow) Params() []float64 { return f.params }

func (f *Flow) layerParams(i int) []float64 {
	return f.params[f.offsets[i]:f.offsets[i+1]]
}

// Sample maps the base draws eps (S×D by rows, standard normal) to z and fills
// t.Eps, t.Z, t.LogQ and t.LeadLogQ.
func (f *Flow) Sample(t *Tape, eps []float64) {
	f.begin(t, eps)
	copy(t.Eps, eps)
	toColumns(t.work, eps, t.batch, t.columns)
	for i, p := range t.passes {
		p.load(f.layerParams(i))
		p.sample(t.work, t.logDet)
		if i == f.first-1 {
			f.noteLead(t, t.logDet)
		}
	}
	toRows(t.Z, t.work, t.batch, t.columns)
	f.logDensity(t)
}

// Density finds the base draws behind the points z (S×D by rows) and fills
// t.Z, t.Eps, t.LogQ and t.LeadLogQ. The tape is then as if z had been sampled, so Score
// and Backward give ∂log q/∂z and ∂log q/∂φ at any point.
func (f *Flow) Density(t *Tape, z []float64) {
	f.begin(t, z)
	copy(t.Z, z)
	toColumns(t.work, z, t.batch, t.columns)
	clear(t.secondDet)
	for i := len(t.passes) - 1; i >= 0; i-- {
		t.passes[i].load(f.layerParams(i))
		t.passes[i].invert(t.work, t.logDet)
		if i == f.first {
			copy(t.secondDet, t.logDet)
		}
	}
	toRows(t.Eps, t.work, t.batch, t.columns)
	if f.first > 0 {
		f.noteLead(t, floats.SubTo(t.secondDet, t.logDet, t.secondDet))
	}
	f.logDensity(t)
}

func (f *Flow) begin(t *Tape, points []float64) {
	f.own(t)
	if len(points) != len(t.Z) {
		panic(fmt.Sprintf("flow: got %d numbers, want %d draws × %d dimensions", len(points), t.batch, f.dim))
	}
	clear(t.logDet)
	t.filled = true
}

func (f *Flow) own(t *Tape) {
	if t.flow != f {
		panic("flow: the tape belongs to another flow")
	}
}

// logDensity fills t.LogQ from t.Eps and t.logDet.
func (f *Flow) logDensity(t *Tape) {
	constant := -0.5 * float64(f.dim) * math.Log(2*math.Pi)
	for s := range t.LogQ {
		e := row(t.Eps, s, f.dim)
		t.LogQ[s] = constant - 0.5*floats.Dot(e, e) - t.logDet[s]
	}
}

// Score fills t.Score (S×D by rows) with ∂log q/∂z at the tape's points, and
// t.LeadScore with that of the leading coordinates' own density. It
// carries the base's score −ε forward through the layers and needs no
// inversion, at the cost of one vector–Jacobian product (Vaitl et al. 2022).
func (f *Flow) Score(t *Tape) {
	f.ready(t)
	toColumns(t.work, t.Eps, t.batch, t.columns)
	floats.Scale(-1, t.work)
	for i, p := range t.passes {
		p.score(t.work)
		if i == f.first-1 {
			f.noteLeadScore(t)
		}
	}
	toRows(t.Score, t.work, t.batch, t.columns)
}

// Backward adds to grad, as long as Params, the total derivative of
//
//	Σₛ zBar[s]·z[s] + logqBar[s]·log q(z[s])
//
// with respect to Params at fixed base draws, z and log q being those of the
// tape. zBar is S×D by rows and logqBar has S entries; nil stands for zeros. A
// draw whose cotangents are all zero adds exactly nothing, as long as its own
// z is finite.
func (f *Flow) Backward(grad []float64, t *Tape, zBar, logqBar []float64) {
	f.readyFor(t, grad)
	t.cotangents(zBar, logqBar)
	f.backward(grad, t, 0, len(t.passes))
}

func (f *Flow) readyFor(t *Tape, grad []float64) {
	f.ready(t)
	if len(grad) != len(f.params) {
		panic(fmt.Sprintf("flow: gradient of length %d for %d parameters", len(grad), len(f.params)))
	}
}

func (f *Flow) ready(t *Tape) {
	f.own(t)
	if !t.filled {
		panic("flow: the tape is empty, call Sample or Density first")
	}
}
