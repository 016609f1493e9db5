package calibrate_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/nudge-abm/nudge/calibrate"
)

func TestRowAt(t *testing.T) {
	for _, c := range []struct {
		time, start, dt float64
		row             int
		wrong           string
	}{
		{1, 1, 1. / 24, 0, ""},
		{14, 1, 1. / 24, 312, ""},
		{1.5, 1, 1, 0, "does not fall on a step"},
		{0, 1, 1, 0, "before the run begins"},
		{15, 1, 1. / 24, 0, "raise steps to at least 337"},
	} {
		row, err := calibrate.RowAt(c.time, c.start, c.dt, 313)
		if c.wrong == "" && (err != nil || row != c.row) {
			t.Errorf("time %g: row %d, %v; want %d", c.time, row, err, c.row)
		}
		if c.wrong != "" && (err == nil || !strings.Contains(err.Error(), c.wrong)) {
			t.Errorf("time %g: %v, want %q in it", c.time, err, c.wrong)
		}
	}
}

// Levels, totals and means of a series of two observables, and the adjoint.
func TestGrid(t *testing.T) {
	g := calibrate.Grid{
		Rows: []int{1, 4}, Observables: []int{0, 1, 1},
		Aggregates: []calibrate.Aggregate{calibrate.Last, calibrate.Sum, calibrate.Mean}, Factor: []float64{1, 2, 1},
	}
	series := []float64{1, 10, 2, 20, 3, 30, 4, 40, 5, 50}
	want := []float64{2, 60, 15, 5, 240, 40}
	if got := g.Observe(nil, series, 2); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	observables, rows := g.Needed()
	if !slices.Equal(observables, []int{0, 1}) || !slices.Equal(rows, []int{0, 1, 2, 3, 4}) {
		t.Errorf("needs %v, %v", observables, rows)
	}
	// With the identity as Jacobian, Pull is the transpose of Observe.
	jacobian := make([]float64, len(series)*len(series))
	for i := range series {
		jacobian[i*len(series)+i] = 1
	}
	grad := make([]float64, len(series))
	adjoint := []float64{1, 2, 3, 4, 5, 6}
	g.Pull(grad, adjoint, jacobian, 2)
	left, right := 0.0, 0.0
	for i, v := range series {
		left += grad[i] * v
	}
	for i, v := range want {
		right += adjoint[i] * v
	}
	if math.Abs(left-right) > 1e-9 {
		t.Errorf("adjoint: %g, want %g", left, right)
	}
}
