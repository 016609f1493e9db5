package flow

// A layer is one invertible map f of the chain: its sizes and fixed choices,
// without parameters or data.
type layer interface {
	// numParams is the length of the layer's part of Params.
	numParams() int
	// init fills params with the layer's initial values, drawing uniforms on
	// [0, 1) where it needs chance.
	init(params []float64, uniform func() float64)
	// newPass returns buffers for batches of n draws.
	newPass(n int) pass
}

// A pass applies a layer to a batch held as D×n, coordinates as rows. After
// sample or invert it remembers what score and backward need.
type pass interface {
	// load takes over the parameters that the coming calls use.
	load(params []float64)
	// sample replaces x in z by f(x) and adds log|det ∂f/∂x| to logDet.
	sample(z, logDet []float64)
	// invert replaces f(x) in z by x and adds log|det ∂f/∂x| to logDet.
	invert(z, logDet []float64)
	// score replaces g = ∂log q/∂x by ∂log q/∂f(x) = J⁻ᵀ(g − ∇log|det J|),
	// the change of variables for a density's gradient.
	score(g []float64)
	// backward replaces the cotangent of f(x) in bar by that of x and adds the
	// parameters' part to grad, given also the cotangent of log|det ∂f/∂x|.
	backward(grad, bar, logDetBar []float64)
}

// row is row i of a matrix with n columns.
func row(m []float64, i, n int) []float64 { return m[i*n : (i+1)*n] }

// toColumns writes the draws src, rows×D by rows, to the D×n batch dst; the
// columns from rows on become zero.
func toColumns(dst, src []float64, rows, n int) {
	clear(dst)
	dim := len(dst) / n
	for s := range rows {
		for d, v := range row(src, s, dim) {
			dst[d*n+s] = v
		}
	}
}

// toRows is the reverse of toColumns.
func toRows(dst, src []float64, rows, n int) {
	dim := len(src) / n
	for s := range rows {
		for d := range dim {
			dst[s*dim+d] = src[d*n+s]
		}
	}
}
