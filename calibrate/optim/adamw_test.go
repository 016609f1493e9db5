package optim

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// near reports whether got agrees with want to 1e-14, relative to 1 + |want|.
func near(got, want float64) bool { return math.Abs(got-want) <= 1e-14*(1+math.Abs(want)) }

// Two steps computed by hand with β₁ = β₂ = ½ and gradients 1, −2:
// m̂ = 1, −1 and v̂ = 1, 3.
func TestAdamWByHand(t *testing.T) {
	a := AdamW{Beta1: 0.5, Beta2: 0.5, Epsilon: 0.5, WeightDecay: 0.1}
	params, s := []float64{10}, a.Init(1)
	a.Update(params, []float64{1}, 0.2, &s)
	want := 10 - 0.2*(1/1.5+1)
	if !near(params[0], want) {
		t.Fatalf("first step to %v, want %v", params[0], want)
	}
	a.Update(params, []float64{-2}, 0.2, &s)
	want -= 0.2 * (-1/(math.Sqrt(3)+0.5) + 0.1*want)
	if !near(params[0], want) || !near(s.M[0], -0.75) || !near(s.V[0], 2.25) || s.T != 2 {
		t.Errorf("second step to %v with state %+v, want %v", params[0], s, want)
	}
}

// Under a constant gradient the bias correction is exact at every step, so
// each has length rate·g/(|g|+ε).
func TestAdamWDefaults(t *testing.T) {
	a := AdamW{}
	params, s := []float64{0, 0}, a.Init(2)
	for range 100 {
		a.Update(params, []float64{3, -1e-8}, 0.01, &s)
	}
	if math.Abs(params[0]+1) > 1e-8 || math.Abs(params[1]-0.5) > 1e-8 {
		t.Errorf("reached %v, want -1 and 0.5", params)
	}
	a.Update(params, []float64{0, 0}, 0, &s)
	if want := 3 * 0.9 * (1 - math.Pow(0.9, 100)); !near(s.M[0], want) {
		t.Errorf("first moment %v, want %v", s.M[0], want)
	}
	if want := 9 * 0.99 * (1 - math.Pow(0.99, 100)); math.Abs(s.V[0]-want) > 1e-12 {
		t.Errorf("second moment %v, want %v", s.V[0], want)
	}
}

// descend minimises ½Σc_i(x_i−i)² from 10 for some steps.
func descend(a AdamW, params []float64, s *AdamWState, from, to int) {
	schedule, grad := Cosine{From: 0.3, Steps: 2000}, make([]float64, len(params))
	for step := from; step < to; step++ {
		for i, x := range params {
			grad[i] = math.Pow(10, float64(i)) * (x - float64(i))
		}
		Clip(grad, 1)
		a.Update(params, grad, schedule.Rate(step), s)
	}
}

func TestAdamWOnAQuadratic(t *testing.T) {
	a := AdamW{}
	params, s := []float64{10, 10, 10}, a.Init(3)
	descend(a, params, &s, 0, 2000)
	for i, x := range params {
		if math.Abs(x-float64(i)) > 1e-3 {
			t.Errorf("minimum at %v, want 0, 1, 2", params)
		}
	}
}

// Interrupted, written as JSON and resumed: the same bytes.
func TestAdamWResumes(t *testing.T) {
	a := AdamW{WeightDecay: 1e-4}
	want, s := []float64{10, 10, 10}, a.Init(3)
	descend(a, want, &s, 0, 77)

	params, half := []float64{10, 10, 10}, a.Init(3)
	descend(a, params, &half, 0, 31)
	text, err := json.Marshal(half)
	if err != nil {
		t.Fatal(err)
	}
	var resumed AdamWState
	if err := json.Unmarshal(text, &resumed); err != nil {
		t.Fatal(err)
	}
	descend(a, params, &resumed, 31, 77)
	if diff := cmp.Diff(s, resumed) + cmp.Diff(want, params); diff != "" {
		t.Error(diff)
	}
}

func TestAdamWDoesNotAllocate(t *testing.T) {
	a := AdamW{}
	params, grad, s := make([]float64, 50), make([]float64, 50), a.Init(50)
	if n := testing.AllocsPerRun(10, func() { a.Update(params, grad, 0.1, &s) }); n != 0 {
		t.Errorf("%v allocations a step", n)
	}
}

// checkPanic tests that f panics with a message of this package that holds want.
func checkPanic(t *testing.T, want string, f func()) {
	t.Helper()
	defer func() {
		t.Helper()
		if msg, _ := recover().(string); !strings.HasPrefix(msg, "optim: ") || !strings.Contains(msg, want) {
			t.Errorf("panic %q, want one about %q", msg, want)
		}
	}()
	f()
}

func TestAdamWMisuse(t *testing.T) {
	a := AdamW{}
	s := a.Init(2)
	checkPanic(t, "gradient has length 1, want 2", func() { a.Update(make([]float64, 2), make([]float64, 1), 1, &s) })
	checkPanic(t, "first moment has length 2, want 3", func() { a.Update(make([]float64, 3), make([]float64, 3), 1, &s) })
}

func BenchmarkAdamW(b *testing.B) {
	const n = 20930 // a flow of nine dimensions
	a := AdamW{WeightDecay: 1e-5}
	params, grad, s := make([]float64, n), make([]float64, n), a.Init(n)
	for i := range grad {
		grad[i] = math.Sin(float64(i))
	}
	for b.Loop() {
		Clip(grad, 1)
		a.Update(params, grad, 1e-3, &s)
	}
}
