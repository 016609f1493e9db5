package flow

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/floats"
)

// maskedLinear is the shape of one map y = (W⊙M)x + b of a MADE network.
//
// A unit of degree d may see inputs 1..d only, so with the units of both sides
// sorted by degree the mask M is block lower triangular. The blocks are
// numbered by stages 0..D−1: stage d makes the rows rows[d]..rows[d+1] and may
// use the columns 0..cols[d+1], of which cols[d]..cols[d+1] are new. The masked
// part of W is never touched.
type maskedLinear struct {
	rows, cols       []int // stage boundaries, D+1 each
	rowUnit, colUnit []int // the parameter vector's unit at each sorted place
}

func (l *maskedLinear) in() int { return len(l.colUnit) }

func (l *maskedLinear) out() int { return len(l.rowUnit) }

// numParams counts the weights, masked ones included, and the biases.
func (l *maskedLinear) numParams() int { return l.out() * (l.in() + 1) }

// linear is a maskedLinear with the parameters in force, sorted.
type linear struct {
	*maskedLinear
	weight blas64.General // out×in
	bias   []float64
}

func newLinear(l *maskedLinear) linear {
	return linear{
		maskedLinear: l,
		weight:       dense(make([]float64, l.out()*l.in()), l.out(), l.in()),
		bias:         make([]float64, l.out()),
	}
}

// load copies the map's weights and biases from the front of params and
// returns what follows them.
func (l *linear) load(params []float64) []float64 {
	in, biases := l.in(), params[l.out()*l.in():]
	for d := range len(l.rows) - 1 {
		for r := l.rows[d]; r < l.rows[d+1]; r++ {
			from, to := row(params, l.rowUnit[r], in), row(l.weight.Data, r, in)
			for c, unit := range l.colUnit[:l.cols[d+1]] {
				to[c] = from[unit]
			}
			l.bias[r] = biases[l.rowUnit[r]]
		}
	}
	return params[l.numParams():]
}

// forward adds (W⊙M)x + b to the rows of stage d of y.
func (l *linear) forward(d int, y, x blas64.General) {
	r0, r1, c := l.rows[d], l.rows[d+1], l.cols[d+1]
	for r := r0; r < r1; r++ {
		floats.AddConst(l.bias[r], row(y.Data, r, y.Stride))
	}
	addProduct(blas.NoTrans, block(l.weight, r0, r1, 0, c), block(x, 0, c, 0, x.Cols), block(y, r0, r1, 0, y.Cols))
}

// backward sets the columns new at stage d, as rows of xBar, to (W⊙M)ᵀyBar.
// It needs yBar from stage d on.
func (l *linear) backward(d int, xBar, yBar blas64.General) {
	c0, c1, r := l.cols[d], l.cols[d+1], l.rows[d]
	clear(xBar.Data[c0*xBar.Stride : c1*xBar.Stride])
	addProduct(blas.Trans, block(l.weight, r, l.out(), c0, c1), block(yBar, r, l.out(), 0, yBar.Cols), block(xBar, c0, c1, 0, xBar.Cols))
}

// accumulate adds the gradient yBar·xᵀ of the weights and that of the biases
// to the front of grad, laid out as in load, and returns what follows.
func (l *linear) accumulate(grad []float64, yBar, x blas64.General) []float64 {
	in, biases := l.in(), grad[l.out()*l.in():]
	for d := range len(l.rows) - 1 {
		for r := l.rows[d]; r < l.rows[d+1]; r++ {
			bar, to := row(yBar.Data, r, yBar.Stride), row(grad, l.rowUnit[r], in)
			for c, unit := range l.colUnit[:l.cols[d+1]] {
				to[unit] += floats.Dot(bar, row(x.Data, c, x.Stride))
			}
			biases[l.rowUnit[r]] += floats.Sum(bar)
		}
	}
	return grad[l.numParams():]
}
