package flow

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
)

// dense views a flat slice as a rows×cols matrix.
func dense(data []float64, rows, cols int) blas64.General {
	return blas64.General{Rows: rows, Cols: cols, Stride: cols, Data: data}
}

// block is rows r0..r1 and columns c0..c1 of m.
func block(m blas64.General, r0, r1, c0, c1 int) blas64.General {
	m.Data = m.Data[min(r0*m.Stride+c0, len(m.Data)):]
	m.Rows, m.Cols = r1-r0, c1-c0
	return m
}

const (
	// lanes divides the number of columns of a batch: BLAS's vector loops are
	// slow at odd ends, and narrowProduct needs none.
	lanes = 8
	// panel is how many columns BLAS gets at a time: their units stay in the
	// first-level cache, and gonum starts no goroutines for so few (as long as
	// a degree has fewer than 200 hidden units).
	panel = 64
)

// addProduct sets c += op(a)·b for the batches b and c.
func addProduct(op blas.Transpose, a, b, c blas64.General) {
	if c.Cols == lanes {
		narrowProduct(op, a, b, c)
		return
	}
	for j := 0; j < c.Cols; j += panel {
		k := min(j+panel, c.Cols)
		blas64.Gemm(op, blas.NoTrans, 1, a, block(b, 0, b.Rows, j, k), 1, block(c, 0, c.Rows, j, k))
	}
}

// narrowProduct is addProduct for the few draws of an expensive loss. BLAS
// spends longer on calling its vector loops than in them; here the whole batch
// stays in registers, which halves the time.
func narrowProduct(op blas.Transpose, a, b, c blas64.General) {
	rowStep, colStep := a.Stride, 1
	if op == blas.Trans {
		rowStep, colStep = 1, a.Stride
	}
	for i := range c.Rows {
		var s0, s1, s2, s3, s4, s5, s6, s7 float64
		at := i * rowStep
		for k := range b.Rows {
			x := (*[lanes]float64)(b.Data[k*b.Stride:])
			w := a.Data[at]
			at += colStep
			s0 += w * x[0]
			s1 += w * x[1]
			s2 += w * x[2]
			s3 += w * x[3]
			s4 += w * x[4]
			s5 += w * x[5]
			s6 += w * x[6]
			s7 += w * x[7]
		}
		y := (*[lanes]float64)(c.Data[i*c.Stride:])
		for j, s := range [lanes]float64{s0, s1, s2, s3, s4, s5, s6, s7} {
			y[j] += s
		}
	}
}
