package ad

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A calculation in segments, made again from checkpoints in reverse order, has the
// derivatives of the whole. In the middle of it the column becomes active.
func TestCheckpoints(t *testing.T) {
	const segments = 4
	step := func(c *Column, theta Num) {
		c.Set(0, c.At(0).Mul(theta).Plus(1))
		c.Set(1, c.At(1).Add(c.At(0).Square()))
		if c.At(0).Primal() > 10 {
			c.Set(2, Const(7)) // passive again
		}
	}
	f := NewForward(1)
	defer f.Close()
	theta, c := f.Param(0, 2), NewColumn(f, 3)
	for k := range segments {
		if k > 0 {
			step(c, theta)
		} else {
			c.Set(0, Const(0.5))
		}
	}
	want := f.Tangents(nil, c.Sum())[0]

	a := NewReverse(1)
	defer a.Close()
	theta, c = a.Param(0, 2), NewColumn(a, 3)
	a.Fix()
	var saved [segments + 1]Checkpoint
	for k := range segments {
		a.Mute(true)
		saved[k].Save(c)
		if k > 0 {
			step(c, theta)
		} else {
			c.Set(0, Const(0.5))
		}
	}
	saved[segments].Save(c)
	carried, gradient := []float64{1, 1, 1}, 0.0
	for k := segments - 1; k >= 0; k-- {
		a.Mute(false)
		saved[k].Load(c)
		if k > 0 {
			step(c, theta)
		} else {
			c.Set(0, Const(0.5))
		}
		if !saved[k+1].Same(c) {
			t.Errorf("segment %d comes out otherwise", k)
		}
		adj := make([]float64, a.Nodes())
		c.Seed(adj, carried)
		a.Backward(adj)
		gradient += adj[a.Node(theta)]
		saved[k].Adjoints(carried, adj)
	}
	if gradient != want {
		t.Errorf("derivative %v, want %v", gradient, want)
	}
	if diff := cmp.Diff([]float64{0, 0, 0}, carried); diff != "" {
		t.Errorf("adjoints of a passive column: %s", diff)
	}
}

// A checkpoint brings back values and which entries are active, to the question
// whether any may be.
func TestCheckpointBringsBack(t *testing.T) {
	a := NewReverse(1)
	defer a.Close()
	c := NewColumn(a, 2)
	a.Fix()
	a.Mute(true)
	var passive, active Checkpoint
	c.Set(0, Const(3))
	passive.Save(c)
	c.Set(1, a.Param(0, 5).Exp())
	active.Save(c)
	c.Set(1, Const(6))
	for range 2 {
		a.Mute(false)
		passive.Load(c)
		if !passive.Same(c) || active.Same(c) || c.Active() || a.Nodes() != 2 {
			t.Error("the passive column is another")
		}
		active.Load(c)
		if !active.Same(c) || passive.Same(c) || c.At(0).Active() || !c.At(1).Active() {
			t.Error("the active column is another")
		}
		c.Set(1, Const(c.Values()[1]))
		if active.Same(c) {
			t.Error("the same values without derivatives pass for the same")
		}
	}
}

// A segment's numbers are void in the next; fixed ones are not.
func TestSegmentEnds(t *testing.T) {
	a := NewReverse(1)
	defer a.Close()
	x := a.Param(0, 3)
	kept := x.Mul(x)
	a.Fix()
	a.Segment()
	lost := kept.Mul(x)
	stray := NewColumn(a, 1)
	stray.Set(0, lost)
	a.Segment()
	again := kept.Mul(x)
	if n := a.Nodes(); n != 4 {
		t.Errorf("%d nodes, want node 0, the parameter and two products", n)
	}
	wantPanic(t, "segment", func() { lost.Mul(x) })
	wantPanic(t, "segment", func() { a.Seed(make([]float64, 9), lost, 1) })
	wantPanic(t, "segment", func() { stray.At(0).Add(x) })
	wantPanic(t, "segment", func() { stray.Sum() })
	wantPanic(t, "segment", func() { stray.Gather(0, 1, []int32{0}, nil) })
	if got := read(a, again.Add(Const(1)))[1]; got != 27 {
		t.Errorf("derivative %v, want 27", got)
	}
}

// The fingerprint tells other local derivatives, recorded or not.
func TestFingerprint(t *testing.T) {
	a := NewReverse(2)
	defer a.Close()
	x, y := a.Param(0, 3), a.Param(1, 4)
	a.Fix()
	print := func(muted bool, factor float64) uint64 {
		a.Mute(muted)
		x.Mul(y.Times(factor))
		return a.Fingerprint()
	}
	if print(true, 2) != print(false, 2) || print(false, 2) == print(false, 3) {
		t.Error("the fingerprint tells what it should not, or does not what it should")
	}
}

// A number that is a multiple of another has no node of its own until it is given
// one.
func TestOwn(t *testing.T) {
	a := NewReverse(1)
	defer a.Close()
	x := a.Param(0, 3)
	half := x.Times(0.5)
	wantPanic(t, "no node of its own", func() { a.Node(half) })
	own := a.Own(half)
	z := own.Square().Add(x)
	adj := make([]float64, a.Nodes())
	a.Seed(adj, z, 10)
	a.Backward(adj)
	if adj[a.Node(own)] != 30 || adj[a.Node(x)] != 25 {
		t.Errorf("adjoints %v of x/2 and %v of x, want 30 and 25", adj[a.Node(own)], adj[a.Node(x)])
	}
	if a.Own(Const(2)).Active() {
		t.Error("a constant became active")
	}
}
