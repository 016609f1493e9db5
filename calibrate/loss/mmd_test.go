package loss

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/floats"
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

// The published form against reference values, of runs θ + 0.1·normal noise of
// 60 rows and two columns and of data with θ = 0: the mean loss saturates at
// 1 − 2·exp(−1) once the runs have left the data, however far, while what passes
// for its slope in θ goes on as 1/θ.
func TestMMDPublishedSaturates(t *testing.T) {
	const rows, columns, times = 60, 2, 200
	r := rand.New(rand.NewPCG(1, 1))
	noisy := func(theta float64) []float64 {
		run := make([]float64, rows*columns)
		for i := range run {
			run[i] = theta + 0.1*r.NormFloat64()
		}
		return run
	}
	for _, c := range []struct{ theta, value, slope float64 }{
		{0, -0.375, 0}, {0.5, 0.212, 2.74}, {1, 0.255, 1.45}, {2, 0.264, 0.73}, {5, 0.266, 0.29}, {10, 0.265, 0.15},
	} {
		value, slope := 0.0, 0.0
		for range times {
			data := Data{Values: noisy(0), Rows: rows, Columns: columns}
			adjoint := [][]float64{make([]float64, rows*columns), make([]float64, rows*columns)}
			l := must(NewMMD(data, MMDOptions{Published: true}))
			value += l.Value([][]float64{noisy(c.theta), noisy(c.theta)}, adjoint, nil, nil) / times
			slope += (floats.Sum(adjoint[0]) + floats.Sum(adjoint[1])) / times
		}
		if math.Abs(value-c.value) > 0.005 || math.Abs(slope-c.slope) > 0.02 && c.theta > 0 {
			t.Errorf("θ %v: loss %.4f and slope %.3f, want %v and %v", c.theta, value, slope, c.value, c.slope)
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
