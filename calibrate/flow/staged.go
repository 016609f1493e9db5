package flow

import (
	"math"

	"gonum.org/v1/gonum/floats"
)

// A flow with leading coordinates comes in two stages: its first layers move only
// those, the layers after them only the others, given what the leading ones have
// become. Its density is a product,
//
//	q(z) = q₁(z₁)·q₂(z₂ | z₁) .
//
// Each layer sees the coordinates it moves through a part; an autoregressive layer
// of the second stage is conditional and reads the leading ones as well.

// part is a layer on the coordinates from … to that leaves the others alone.
type part struct {
	from, to int
	layer
}

func (l part) newPass(n int) pass { return partPass{l.from * n, l.to * n, l.layer.newPass(n)} }

type partPass struct {
	from, to int // of the batch's numbers
	pass
}

func (p partPass) sample(z, logDet []float64) { p.pass.sample(z[p.from:p.to], logDet) }
func (p partPass) invert(z, logDet []float64) { p.pass.invert(z[p.from:p.to], logDet) }
func (p partPass) score(g []float64)          { p.pass.score(g[p.from:p.to]) }
func (p partPass) backward(grad, bar, logDetBar []float64) {
	p.pass.backward(grad, bar[p.from:p.to], logDetBar)
}

// conditional is an autoregressive layer that leaves its first coordinates as
// they are; the network reads them as it reads those it moves.
type conditional struct {
	*autoregressive
	lead int
}

func (l conditional) newPass(n int) pass {
	return conditionalPass{l.autoregressive.newPass(n).(*autoregressivePass), l.lead}
}

type conditionalPass struct {
	*autoregressivePass
	lead int
}

func (p conditionalPass) sample(z, logDet []float64) {
	copy(p.net.x.Data, z)
	for d := range p.net.dim {
		out := p.advance(d)
		if d >= p.lead {
			p.t.apply(row(z, d, p.n), logDet, p.x(d), out)
		}
	}
}

func (p conditionalPass) invert(z, logDet []float64) {
	for d := range p.net.dim {
		out := p.advance(d)
		if d >= p.lead {
			p.t.solve(p.x(d), logDet, row(z, d, p.n), out)
		} else {
			copy(p.x(d), row(z, d, p.n))
		}
	}
	copy(z, p.net.x.Data)
}

func (p conditionalPass) score(g []float64) {
	for d := p.net.dim - 1; d >= 0; d-- {
		gd := row(g, d, p.n)
		floats.Sub(gd, p.xBar(d))
		if d >= p.lead {
			p.t.score(gd, p.pBar(d), p.x(d), p.params(d))
		} else {
			clear(p.pBar(d))
		}
		p.net.retreat(d)
	}
}

func (p conditionalPass) backward(grad, bar, logDetBar []float64) {
	for d := p.net.dim - 1; d >= 0; d-- {
		bd := row(bar, d, p.n)
		if d >= p.lead {
			p.t.pull(bd, p.pBar(d), logDetBar, p.x(d), p.params(d))
		} else {
			clear(p.pBar(d))
		}
		floats.Add(bd, p.xBar(d))
		p.net.retreat(d)
	}
	p.net.accumulate(grad)
}

// staged builds the layers of a flow with leading coordinates, and tells how many
// of them are the first stage. The leading coordinates always move by splines: a
// cut into cells, each with a probability of its own, needs a free map.
func (o Options) staged(dim int, permutations [][]int) (layers []layer, first int) {
	lead, hidden := o.Leading, o.Hidden
	if lead == 1 {
		hidden = 1 // a single coordinate has nothing to read
	}
	layers = []layer{part{0, lead, diagonal{lead}}}
	for _, p := range permutations[:leadingLayers] {
		layers = append(layers,
			part{0, lead, newSpline(lead, hidden, o.Blocks, leadingBins, leadingBound)},
			part{0, lead, &luLinear{p}})
	}
	first = len(layers)
	switch {
	case lead == dim:
		return layers, first
	case o.Kind == MeanField:
		return append(layers, part{lead, dim, diagonal{dim - lead}}), first
	case o.Kind == FullRank:
		return append(layers, part{lead, dim, cholesky{dim - lead}}), first
	}
	layers = append(layers, part{lead, dim, diagonal{dim - lead}})
	for _, p := range permutations[leadingLayers:] {
		layers = append(layers,
			conditional{o.autoregressive(dim), lead},
			part{lead, dim, &luLinear{p}})
	}
	return layers, first
}

// The splines of the leading coordinates: enough bins that the steps between the
// cells of a few values are steep, within the bulk of a normal, where the cells
// are.
const (
	leadingLayers = 2
	leadingBins   = 16
	leadingBound  = 3
)

// sizes returns the lengths of the LU layers' permutations: one for each layer of
// each stage.
func (o Options) sizes(dim int) []int {
	var sizes []int
	if o.Leading > 0 {
		for range leadingLayers {
			sizes = append(sizes, o.Leading)
		}
	}
	if o.Layered() && o.Leading < dim {
		for range o.Layers {
			sizes = append(sizes, dim-o.Leading)
		}
	}
	return sizes
}

// BackwardApart adds to grad, as long as Params, the derivative of
//
//	Σₛ zBar[s]·z[s] + leadBar[s]·log q₁(z₁[s])
//
// at fixed base draws, with the stages cut apart: the coordinates that follow the
// leading ones are moved by the parameters of their own stage alone, as if the
// leading ones they read were constants. zBar is S×D by rows and leadBar has S
// entries. It panics without leading coordinates.
func (f *Flow) BackwardApart(grad []float64, t *Tape, zBar, leadBar []float64) {
	f.readyFor(t, grad)
	if f.options.Leading == 0 {
		panic("flow: there are no leading coordinates to cut apart")
	}
	t.cotangents(zBar, nil)
	rows := f.options.Leading * t.columns
	leading := append(t.lead[:0], t.work[:rows]...)
	f.backward(grad, t, f.first, len(t.passes))
	copy(t.work, leading)
	for s, v := range leadBar {
		t.logDetBar[s] = -v
	}
	f.backward(grad, t, 0, f.first)
	t.lead = leading
}

// LeadingParams is how many of Params, the first ones, belong to the leading
// coordinates.
func (f *Flow) LeadingParams() int { return f.offsets[f.first] }

// backward carries t.work and t.logDetBar back through the layers from … to.
func (f *Flow) backward(grad []float64, t *Tape, from, to int) {
	for i := to - 1; i >= from; i-- {
		t.passes[i].backward(grad[f.offsets[i]:f.offsets[i+1]], t.work, t.logDetBar)
	}
}

// noteLead fills t.LeadLogQ from the log-determinants of the first stage.
func (f *Flow) noteLead(t *Tape, logDet []float64) {
	constant := -0.5 * float64(f.options.Leading) * math.Log(2*math.Pi)
	for s := range t.LeadLogQ {
		e := row(t.Eps, s, f.dim)[:f.options.Leading]
		t.LeadLogQ[s] = constant - 0.5*floats.Dot(e, e) - logDet[s]
	}
}

// noteLeadScore fills t.LeadScore from the scores after the first stage.
func (f *Flow) noteLeadScore(t *Tape) {
	rows := f.options.Leading * t.columns
	toRows(t.LeadScore, t.work[:rows], t.batch, t.columns)
}
