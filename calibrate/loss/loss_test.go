package loss

import (
	"encoding/json"
	"math"
	"os"
	"strings"
	"testing"

	"gonum.org/v1/gonum/diff/fd"
	"pgregory.net/rapid"
)

// nan marks a missing cell.
var nan = math.NaN()

// must returns the loss of a constructor call known to be right.
func must(l Loss, err error) Loss {
	if err != nil {
		panic(err)
	}
	return l
}

// near reports whether got agrees with want to tol, relative to 1 + |want|.
func near(got, want, tol float64) bool {
	return got == want || math.Abs(got-want) <= tol*(1+math.Abs(want))
}

// checkAdjoint compares the adjoints of l, for n runs of size cells between lo
// and hi and nuisance parameters between 0.05 and 2, with finite differences.
func checkAdjoint(t *testing.T, l Loss, n, size int, lo, hi float64) {
	t.Helper()
	rapid.Check(t, func(t *rapid.T) {
		at := make([]float64, n*size)
		for i := range at { // no two values coincide, where some losses have kinks
			lattice := float64(rapid.IntRange(0, 99).Draw(t, "cell")) + (float64(i)+0.5)/float64(n*size)
			at[i] = lo + (hi-lo)*lattice/100
		}
		own := len(l.Nuisance())
		at = append(at, rapid.SliceOfN(rapid.Float64Range(0.05, 2), own, own).Draw(t, "nuisance")...)
		split := func(v []float64) (runs [][]float64, nuisance []float64) {
			for i := range n {
				runs = append(runs, v[i*size:(i+1)*size])
			}
			return runs, v[n*size:]
		}
		got := make([]float64, len(at))
		for i := range got {
			got[i] = nan // every element must be written
		}
		runs, nuisance := split(at)
		adjoint, nuisanceAdjoint := split(got)
		value := l.Value(runs, adjoint, nuisance, nuisanceAdjoint)
		if plain := l.Value(runs, nil, nuisance, nil); plain != value && !(math.IsNaN(plain) && math.IsNaN(value)) {
			t.Fatalf("%v: value %v with adjoint, %v without", l, value, plain)
		}
		if value-value != 0 {
			return // impossible runs, and those too far away for floats, have no slope
		}
		want := fd.Gradient(nil, func(v []float64) float64 {
			runs, nuisance := split(v)
			return l.Value(runs, nil, nuisance, nil)
		}, at, &fd.Settings{Formula: fd.Central, Step: 1e-7 * (hi - lo)})
		for i := range want {
			if !near(got[i], want[i], 1e-5+1e-9*math.Abs(value)) {
				t.Fatalf("%v: adjoint %v, want %v", l, got, want)
			}
		}
	})
}

// checkError tests that a constructor refused its arguments and why.
func checkError(t *testing.T, l Loss, err error, want string) {
	t.Helper()
	if l != nil || err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v and error %v, want an error about %q", l, err, want)
	}
}

// checkPanic tests that f panics with a message of this package that holds want.
func checkPanic(t *testing.T, want string, f func()) {
	t.Helper()
	defer func() {
		t.Helper()
		if msg, _ := recover().(string); !strings.HasPrefix(msg, "loss: ") || !strings.Contains(msg, want) {
			t.Errorf("panic %q, want one about %q", msg, want)
		}
	}()
	f()
}

// golden reads one entry of the reference values into v.
func golden(t *testing.T, key string, v any) {
	t.Helper()
	raw, err := os.ReadFile("testdata/losses.json")
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(all[key], v); err != nil {
		t.Fatalf("%s: %v", key, err)
	}
}

func TestValueMisuse(t *testing.T) {
	data := Data{Values: []float64{1, 2, 3, 5}, Rows: 2, Columns: 2}
	l := must(NewNormal(data, NormalOptions{}))
	run, sd := [][]float64{{1, 2, 3, 4}}, []float64{1}
	checkPanic(t, "no runs", func() { l.Value(nil, nil, sd, nil) })
	checkPanic(t, "run 1 has length 3, want 4", func() { l.Value([][]float64{run[0], {1, 2, 3}}, nil, sd, nil) })
	checkPanic(t, "adjoint of 1 has length 2, want 1", func() { l.Value(run, make([][]float64, 2), sd, nil) })
	checkPanic(t, "adjoint 0 has length 0, want 4", func() { l.Value(run, make([][]float64, 1), sd, nil) })
	checkPanic(t, "nuisance vector 0 has length 0, want 1", func() { l.Value(run, nil, nil, nil) })
	checkPanic(t, "nuisance adjoint 0 has length 2, want 1", func() { l.Value(run, nil, sd, make([]float64, 2)) })
}
