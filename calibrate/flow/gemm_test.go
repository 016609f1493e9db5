package flow

import (
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
)

// addProduct agrees with BLAS for narrow, wide and several-panel batches, also
// on parts of larger matrices.
func TestAddProduct(t *testing.T) {
	for _, n := range []int{lanes, 3 * lanes, 2*panel + lanes} {
		for _, op := range []blas.Transpose{blas.NoTrans, blas.Trans} {
			a := block(dense(normals(1, 70), 7, 10), 2, 6, 1, 5)
			b := block(dense(normals(2, 6*n), 6, n), 1, 5, 0, n)
			got := block(dense(normals(3, 5*n), 5, n), 1, 5, 0, n)
			want := block(dense(normals(3, 5*n), 5, n), 1, 5, 0, n)
			addProduct(op, a, b, got)
			blas64.Gemm(op, blas.NoTrans, 1, a, b, 1, want)
			assertClose(t, "product", got.Data, want.Data, 1e-12, 1)
		}
	}
}
