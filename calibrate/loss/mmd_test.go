package loss

import (
	"math"
	"math/rand/v2"
	"testing"
)

// channels are reference trajectories stored column after column.
type channels [][]float64

// matrix returns them row by row.
func (c channels) matrix() []float64 {
	var m []float64
	for t := range c[0] {
		for k := range c {
			m = append(m, c[k][t])
		}
	}
	return m
}

func TestMMDGolden(t *testing.T) {
	for _, key := range []string{"mmd_blackbirds_jl_n2", "mmd_blackbirds_jl_n3"} {
		var ref struct {
			Xs    []channels
			Y     channels
			Sigma []float64  `json:"sigma_per_channel"`
			Value float64    `json:"mmd2_without_kyy"`
			Grad  []channels `json:"grad_mmd2_wrt_xs_sigma_fixed"`
		}
		golden(t, key, &ref)
		data := Data{Values: ref.Y.matrix(), Rows: len(ref.Y[0]), Columns: len(ref.Y)}
		var runs, adjoint [][]float64
		for _, x := range ref.Xs {
			runs = append(runs, x.matrix())
			adjoint = append(adjoint, make([]float64, len(data.Values)))
		}
		for c, sigma := range MedianBandwidth(runs, data) {
			if !near(sigma, ref.Sigma[c], 1e-14) {
				t.Errorf("%s: bandwidth %v, want %v", key, sigma, ref.Sigma[c])
			}
		}
		published := must(NewMMD(data, MMDOptions{Published: true}))
		fixed := must(NewMMD(data, MMDOptions{Bandwidth: ref.Sigma}))
		for constant, l := range map[float64]Loss{0: published, 1: fixed} {
			if got := l.Value(runs, adjoint, nil, nil); !near(got-constant, ref.Value, 1e-14) {
				t.Errorf("%s: %v is %v, want %v", key, l, got, ref.Value+constant)
			}
			for i, want := range ref.Grad {
				for k, w := range want.matrix() {
					if math.Abs(adjoint[i][k]-w) > 1e-15 {
						t.Fatalf("%s: %v: adjoint %v, want %v", key, l, adjoint[i], want.matrix())
					}
				}
			}
		}
	}
}

func TestMMDAdjoint(t *testing.T) {
	data := Data{Values: []float64{1, 3, nan, 2, 0, -1}, Rows: 3, Columns: 2}
	l := must(NewMMD(data, MMDOptions{Bandwidth: []float64{2, 3}}))
	for _, n := range []int{1, 2, 4} {
		checkAdjoint(t, l, n, 6, -2, 4)
	}
}

func TestMMDRange(t *testing.T) {
	data := Data{Values: []float64{1, 3}, Rows: 2, Columns: 1}
	l := must(NewMMD(data, MMDOptions{Bandwidth: []float64{1}}))
	far := []float64{1e6, 1e6}
	for _, c := range []struct {
		runs [][]float64
		want float64
	}{
		{[][]float64{data.Values}, 0},
		{[][]float64{data.Values, data.Values}, 0},
		{[][]float64{far}, 2},
		{[][]float64{far, {-1e6, 0}}, 1},
	} {
		if got := l.Value(c.runs, nil, nil, nil); !near(got, c.want, 1e-15) {
			t.Errorf("MMD of %v is %v, want %v", c.runs, got, c.want)
		}
	}
}

// The published form saturates at 1 − 2·exp(−C/2) once the runs have left the
// data, however far.
func TestMMDPublishedSaturates(t *testing.T) {
	const rows, columns = 60, 2
	data := Data{Values: make([]float64, rows*columns), Rows: rows, Columns: columns}
	rng := rand.New(rand.NewPCG(1, 1))
	l := must(NewMMD(data, MMDOptions{Published: true}))
	for _, offset := range []float64{5, 50} {
		runs := [][]float64{make([]float64, rows*columns), make([]float64, rows*columns)}
		for _, run := range runs {
			for i := range run {
				run[i] = offset + 0.1*rng.NormFloat64()
			}
		}
		if got, want := l.Value(runs, nil, nil, nil), 1-2*math.Exp(-1); math.Abs(got-want) > 0.01 {
			t.Errorf("off by %v: %v, want %v", offset, got, want)
		}
	}
}

func TestMMDRefuses(t *testing.T) {
	data := Data{Values: []float64{1, 3}, Rows: 2, Columns: 1}
	l, err := NewMMD(data, MMDOptions{})
	checkError(t, l, err, "one bandwidth a column is needed: columns 1, given 0")
	l, err = NewMMD(data, MMDOptions{Bandwidth: []float64{0}})
	checkError(t, l, err, "bandwidth of column 1 must be positive")
	l, err = NewMMD(data, MMDOptions{Bandwidth: []float64{1}, Published: true})
	checkError(t, l, err, "chooses its own bandwidth")
}
