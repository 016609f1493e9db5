package flow

import (
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/floats"
)

// network is a made at work on batches of n draws. Units are rows.
type network struct {
	*made
	first, last linear
	residuals   []residual
	x           blas64.General // inputs; the caller fills row d−1 before stage d
	h           blas64.General // residual stream after the last block
	out         blas64.General
	outBar      blas64.General // cotangents; the caller fills coordinate d before stage d
	hBar, xBar  blas64.General
}

// residual is one block: its maps, the rectified inputs of both, and the
// cotangents of the block's input and of the second map's input before relu.
type residual struct {
	first, second linear
	t1, t2        blas64.General
	hBar, uBar    blas64.General
}

func (m *made) newNetwork(n int) *network {
	units := func(rows int) blas64.General { return dense(make([]float64, rows*n), rows, n) }
	net := &network{
		made:  m,
		first: newLinear(m.initial), last: newLinear(m.output),
		x: units(m.dim), h: units(m.hidden), out: units(m.dim * m.width),
		xBar: units(m.dim), hBar: units(m.hidden), outBar: units(m.dim * m.width),
	}
	for range m.blocks {
		net.residuals = append(net.residuals, residual{
			first: newLinear(m.inner), second: newLinear(m.inner),
			t1: units(m.hidden), t2: units(m.hidden),
			hBar: units(m.hidden), uBar: units(m.hidden),
		})
	}
	return net
}

func (n *network) load(params []float64) {
	params = n.first.load(params)
	for i := range n.residuals {
		params = n.residuals[i].first.load(params)
		params = n.residuals[i].second.load(params)
	}
	n.last.load(params)
	clear(n.h.Data)
	clear(n.out.Data)
}

// advance computes the outputs of coordinate d. It needs stages before d done
// and coordinates before d in x.
func (n *network) advance(d int) {
	n.first.forward(d, n.h, n.x)
	for i := range n.residuals {
		b := &n.residuals[i]
		t1, t2 := n.stage(b.t1, d), n.stage(b.t2, d)
		rectify(t1, n.stage(n.h, d))
		clear(t2)
		b.first.forward(d, b.t2, b.t1)
		rectify(t2, t2)
		b.second.forward(d, n.h, b.t2)
	}
	n.last.forward(d, n.out, n.h)
}

// retreat is the reverse of advance: from the cotangents of the outputs of
// coordinates d.. it computes that of coordinate d−1 of x. It needs stages
// after d done.
func (n *network) retreat(d int) {
	n.last.backward(d, n.hBar, n.outBar)
	hBar := n.hBar
	for i := len(n.residuals) - 1; i >= 0; i-- {
		b := &n.residuals[i]
		b.second.backward(d, b.uBar, hBar)
		gate(n.stage(b.uBar, d), n.stage(b.t2, d))
		b.first.backward(d, b.hBar, b.uBar)
		gate(n.stage(b.hBar, d), n.stage(b.t1, d))
		floats.Add(n.stage(b.hBar, d), n.stage(hBar, d))
		hBar = b.hBar
	}
	n.first.backward(d, n.xBar, hBar)
}

// accumulate adds the parameters' gradient after all stages have retreated.
func (n *network) accumulate(grad []float64) {
	grad = n.first.accumulate(grad, n.inputBar(0), n.x)
	for i := range n.residuals {
		b := &n.residuals[i]
		grad = b.first.accumulate(grad, b.uBar, b.t1)
		grad = b.second.accumulate(grad, n.inputBar(i+1), b.t2)
	}
	n.last.accumulate(grad, n.outBar, n.h)
}

// inputBar is the cotangent of what enters block i.
func (n *network) inputBar(i int) blas64.General {
	if i == len(n.residuals) {
		return n.hBar
	}
	return n.residuals[i].hBar
}

// stage is the rows of the hidden units of degree d.
func (n *network) stage(m blas64.General, d int) []float64 {
	return m.Data[n.inner.rows[d]*m.Stride : n.inner.rows[d+1]*m.Stride]
}

// outputs is the rows of m, out or outBar, that belong to coordinate d.
func (n *network) outputs(m blas64.General, d int) []float64 {
	return row(m.Data, d, n.width*m.Stride)
}

func rectify(dst, src []float64) {
	for i, v := range src {
		if v < 0 {
			v = 0
		}
		dst[i] = v
	}
}

// gate zeroes bar where the rectified value is zero.
func gate(bar, rectified []float64) {
	for i, v := range rectified {
		if v == 0 {
			bar[i] = 0
		}
	}
}
