package flow

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// Match gives the family the mean and covariance LLᵀ: exactly those of a
// Gaussian, for a flow those of its last map, which are its own as far as the
// layers before it are near the identity. MeanField takes the variances alone.
// Match panics if the sizes differ or if a flow has no such map (see
// [Options.Whiten]).
func (f *Flow) Match(mean []float64, root *mat.TriDense) {
	n, _ := root.Triangle()
	if len(mean) != f.dim || n != f.dim {
		panic(fmt.Sprintf("flow: mean of %d and covariance of %d for %d dimensions", len(mean), n, f.dim))
	}
	last := len(f.layers) - 1
	params := f.layerParams(last)
	copy(params, mean)
	switch f.layers[last].(type) {
	case diagonal:
		for i := range mean {
			params[f.dim+i] = math.Log(floats.Norm(mat.Row(nil, i, root), 2))
		}
	case cholesky:
		lower := params[2*f.dim:]
		for i := range mean {
			params[f.dim+i] = math.Log(root.At(i, i))
			for j := range i {
				lower[j] = root.At(i, j)
			}
			lower = lower[i:]
		}
	default:
		panic("flow: only a Gaussian or a whitened flow can match moments")
	}
}
