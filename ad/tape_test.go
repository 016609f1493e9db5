package ad

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Several outputs may be seeded at once, and every node has its adjoint.
func TestBackward(t *testing.T) {
	a := NewReverse(2)
	defer a.Close()
	x, y := a.Param(0, 3), a.Param(1, 5)
	inner := x.Mul(y)
	first, second := inner.Square(), inner.Sub(y)
	adj := make([]float64, a.Nodes())
	a.Seed(adj, first, 2)
	a.Seed(adj, second, -10)
	a.Backward(adj)
	want := []float64{0, 2*2*15*5 - 10*5, 2*2*15*3 - 10*(3-1), 2*2*15 - 10, -10} // the square is a multiple of inner
	if diff := cmp.Diff(want, adj); diff != "" {
		t.Error(diff)
	}
	if a.Node(Const(1)) != -1 {
		t.Error("a passive number has no node")
	}
	wantPanic(t, "one adjoint a tape node", func() { a.Backward(adj[1:]) })
}

// A chain of segments joined by leaves gives the derivative of the whole.
func TestSegments(t *testing.T) {
	a := NewReverse(1)
	defer a.Close()
	segment := func(state Num, theta Num) Num { return state.Mul(theta).Sin().Add(theta) }
	states := []float64{0.7}
	for range 3 {
		states = append(states, segment(Const(states[len(states)-1]), Const(1.3)).Primal())
	}
	seed, gradient := 1.0, 0.0
	for k := 2; k >= 0; k-- {
		a.Reset()
		theta := a.Param(0, 1.3)
		state := a.Leaf(states[k])
		adj := make([]float64, 0, 8)
		end := segment(state, theta)
		adj = append(adj, make([]float64, a.Nodes())...)
		a.Seed(adj, end, seed)
		a.Backward(adj)
		seed, gradient = adj[a.Node(state)], gradient+adj[a.Node(theta)]
	}
	f := NewForward(1)
	defer f.Close()
	theta := f.Param(0, 1.3)
	state := Const(0.7)
	for range 3 {
		state = segment(state, theta)
	}
	if want := f.Tangents(nil, state)[0]; !near(gradient, want, 1e-14) {
		t.Errorf("gradient %v, want %v", gradient, want)
	}
}

// Each mode refuses the other's way to read results.
func TestModesRefuse(t *testing.T) {
	forward, reverse := NewForward(1), NewReverse(1)
	defer forward.Close()
	defer reverse.Close()
	column := activeColumn(reverse)
	wantPanic(t, "forward mode only", func() { reverse.Tangents(nil, reverse.Param(0, 1)) })
	wantPanic(t, "forward mode only", func() { column.Tangents(make([]float64, 1), 0) })
	wantPanic(t, "forward mode only", func() { reverse.Watch() })
	wantPanic(t, "reverse mode only", func() { forward.Leaf(1) })
	wantPanic(t, "reverse mode only", func() { forward.Nodes() })
	wantPanic(t, "reverse mode only", func() { forward.Node(forward.Param(0, 1)) })
	wantPanic(t, "reverse mode only", func() { forward.Backward(nil) })
}

// Results are read only from the arena that made them.
func TestReadingFromTheWrongArena(t *testing.T) {
	for _, newArena := range []func(int) *Arena{NewForward, NewReverse} {
		a, b := newArena(1), newArena(1)
		defer a.Close()
		defer b.Close()
		x := b.Param(0, 1)
		if a.Reverse() {
			wantPanic(t, "another run", func() { a.Node(x) })
		} else {
			wantPanic(t, "another run", func() { a.Tangents(nil, x) })
		}
	}
}
