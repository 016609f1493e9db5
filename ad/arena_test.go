package ad

import (
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParam(t *testing.T) {
	a := NewForward(3)
	defer a.Close()
	if a.Params() != 3 || a.Reverse() {
		t.Errorf("%d parameters, reverse %v", a.Params(), a.Reverse())
	}
	if diff := cmp.Diff([]float64{0, 0, 1}, a.Tangents(nil, a.Param(2, 8))); diff != "" {
		t.Error(diff)
	}
	dst := []float64{9, 9, 9}
	if diff := cmp.Diff([]float64{0, 0, 0}, a.Tangents(dst, Const(8))); diff != "" || dst[0] != 0 {
		t.Error(diff)
	}
	for _, k := range []int{-1, 3} {
		wantPanic(t, "index out of range", func() { a.Param(k, 0) })
	}
	wantPanic(t, "negative number", func() { NewForward(-1) })
	wantPanic(t, "negative number", func() { NewReverse(-1) })
}

// A released region's memory is used again; numbers made before Mark, and
// parameters, stay.
func TestRegions(t *testing.T) {
	a := NewForward(2)
	defer a.Close()
	x := a.Param(0, 2)
	before := x.Times(3)
	outer := a.Mark()
	kept := before.Times(2)
	for range 10 * minSlabRows {
		inner := a.Mark()
		for range 5 {
			before = before.Times(1) // no new row
			_ = kept.Square()
		}
		a.Release(inner)
	}
	if got := a.Tangents(nil, kept.Add(before))[0]; got != 9 {
		t.Errorf("derivative %v, want 9", got)
	}
	if len(a.slabs[0]) != 2*minSlabRows {
		t.Errorf("%d floats are kept for temporary numbers", len(a.slabs[0]))
	}
	a.Release(outer)
	if got := a.Tangents(nil, before)[0]; got != 3 {
		t.Errorf("derivative %v, want 3", got)
	}
}

// Growing the slabs moves all rows without changing them.
func TestGrowth(t *testing.T) {
	a := NewForward(2)
	defer a.Close()
	x, y := a.Param(0, 1), a.Param(1, 1)
	sum := Const(0)
	for i := range 3000 {
		sum = sum.Add(Combine(0, 1, x, float64(i), y))
		a.Param(0, 0)
	}
	if diff := cmp.Diff([]float64{3000, 2999 * 1500}, a.Tangents(nil, sum)); diff != "" {
		t.Error(diff)
	}
}

// Many arenas are alive at once, each with its own numbers, and the places of
// closed ones are used again.
func TestManyArenas(t *testing.T) {
	const many = 1000
	for range 6 { // more in all than there are places
		var all []*Arena
		var numbers []Num
		for k := range many {
			a := NewForward(1)
			all = append(all, a)
			numbers = append(numbers, a.Param(0, 0).Times(float64(k+1)))
		}
		for k, a := range all {
			if got := a.Tangents(nil, numbers[k].Times(2))[0]; got != float64(2*(k+1)) {
				t.Fatalf("arena %d: %v", k, got)
			}
		}
		for _, a := range all {
			a.Close()
			a.Close() // does nothing more
		}
	}
}

func TestTooManyArenas(t *testing.T) {
	var all []*Arena
	defer func() {
		for _, a := range all {
			a.Close()
		}
	}()
	wantPanic(t, "alive at once", func() {
		for range maxArenas {
			all = append(all, NewForward(0))
		}
	})
	if len(all) < maxArenas-100 {
		t.Errorf("%d arenas only", len(all))
	}
}

// Arenas are made, used and closed by many goroutines at once.
func TestArenasInParallel(t *testing.T) {
	var group sync.WaitGroup
	for k := range 8 {
		group.Go(func() {
			for range 200 {
				a := NewForward(2)
				c := NewColumn(a, 3)
				c.Set(1, a.Param(1, 1).Times(float64(k)))
				if got := a.Tangents(nil, c.Sum())[1]; got != float64(k) {
					t.Errorf("derivative %v, want %d", got, k)
				}
				a.Close()
			}
		})
	}
	group.Wait()
}

func TestClosedArena(t *testing.T) {
	a := NewForward(1)
	x := a.Param(0, 1)
	a.Close()
	if message(func() { x.Times(2) }) == "" {
		t.Error("a number of a closed arena is still used")
	}
}

// A run after Reset is like one in a new arena.
func TestReset(t *testing.T) {
	for _, newArena := range []func(int) *Arena{NewForward, NewReverse} {
		a := newArena(2)
		defer a.Close()
		var first, again entry
		for _, e := range []*entry{&first, &again} {
			a.Reset()
			c := NewColumn(a, 3)
			c.Set(2, a.Param(1, 2).Exp())
			c.Add(0, a.Param(0, 3).Square())
			*e = read(a, c.Sum())
		}
		if first != again || again[1] != 6 {
			t.Errorf("%v, then %v", first, again)
		}
	}
}

// Once its slabs have grown an arena takes no more memory from Go.
func TestNoAllocationsInSteadyState(t *testing.T) {
	for name, a := range map[string]*Arena{"forward": NewForward(9), "reverse": NewReverse(9)} {
		defer a.Close()
		c := NewColumn(a, 50)
		tangents := make([]float64, 9)
		step := func() {
			x, y := a.Param(0, 0.5), a.Param(8, 2)
			for i := range c.Len() {
				m := a.Mark()
				c.Set(i, x.Mul(y).Add(c.At(i)).Exp().Not().NormalCDF().Div(y.Pow(x)))
				c.Add(i, Max(x, y))
				a.Release(m)
			}
			c.Sum()
			if !a.Reverse() {
				a.Tangents(tangents, c.At(0))
			}
		}
		step()
		nodes := c.nodes
		run := func() {
			a.Reset() // voids the column; give it its place back
			if c.active != nil && !a.Reverse() {
				c.base = a.allocFixed(c.Len())
			}
			c.nodes = nodes
			c.Fill(1)
			step()
		}
		if n := testing.AllocsPerRun(100, run); n != 0 {
			t.Errorf("%s: %v allocations a run", name, n)
		}
	}
}
