package flow

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"sync"
	"testing"
)

// golden holds float64 reference numbers computed with the Python package
// normflows.
var golden = sync.OnceValue(func() map[string]json.RawMessage {
	data, err := os.ReadFile("testdata/normflows_golden.json")
	if err != nil {
		panic(err)
	}
	var g map[string]json.RawMessage
	if err := json.Unmarshal(data, &g); err != nil {
		panic(err)
	}
	return g
})

// goldenCase decodes one entry of the golden file into dst.
func goldenCase(t *testing.T, name string, dst any) {
	t.Helper()
	if err := json.Unmarshal(golden()[name], dst); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// flat is a nested JSON array of numbers by rows.
type flat []float64

func (f *flat) UnmarshalJSON(data []byte) error {
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		return err
	}
	*f = appendFlat((*f)[:0], v)
	return nil
}

func appendFlat(dst flat, v any) flat {
	switch v := v.(type) {
	case float64:
		dst = append(dst, v)
	case []any:
		for _, e := range v {
			dst = appendFlat(dst, e)
		}
	}
	return dst
}

// namedParams is a list of PyTorch parameters in named_parameters order.
type namedParams []struct {
	Name  string
	Shape []int
	Data  flat
}

func (n namedParams) flat() []float64 {
	var all []float64
	for _, p := range n {
		all = append(all, p.Data...)
	}
	return all
}

// assertClose fails unless got and want agree to tol, relative to the larger
// of |want| and floor.
func assertClose(t *testing.T, what string, got, want []float64, tol, floor float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d numbers, want %d", what, len(got), len(want))
	}
	for i := range got {
		if err := math.Abs(got[i] - want[i]); !(err <= tol*max(math.Abs(want[i]), floor)) {
			t.Errorf("%s[%d] = %.17g, want %.17g", what, i, got[i], want[i])
		}
	}
}

// byColumns returns rows×cols numbers transposed.
func byColumns(m []float64, rows int) []float64 {
	dst := make([]float64, len(m))
	toColumns(dst, m, rows, rows)
	return dst
}

func uniforms(seed uint64) func() float64 { return rand.New(rand.NewPCG(seed, 1)).Float64 }

func normals(seed uint64, n int) []float64 {
	r := rand.New(rand.NewPCG(seed, 2))
	v := make([]float64, n)
	for i := range v {
		v[i] = r.NormFloat64()
	}
	return v
}

// perturbed is a flow whose parameters are all moved off their special initial
// values.
func perturbed(dim int, o Options, seed uint64) *Flow {
	f := New(dim, o, uniforms(seed))
	for i, v := range normals(seed, len(f.params)) {
		f.params[i] += 0.3 * v
	}
	return f
}

// families is one small example of every kind.
func families(dim int) map[string]*Flow {
	small := Options{Layers: 2, Hidden: 7, Bins: 5, Bound: 2.5}
	m := map[string]*Flow{}
	for i, kind := range Kinds() {
		small.Kind = kind
		m[string(kind)] = perturbed(dim, small, uint64(i))
		staged := small
		staged.Leading = max(1, dim/2)
		m[string(kind)+" in stages"] = perturbed(dim, staged, uint64(i+len(Kinds())))
	}
	small.Kind, small.Whiten = Affine, true
	m["whitened"] = perturbed(dim, small, 9)
	return m
}
