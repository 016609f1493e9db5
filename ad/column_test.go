package ad

import (
	"maps"
	"testing"

	"pgregory.net/rapid"
)

// entry is a number with its two derivatives, naively.
type entry [3]float64

func (x entry) plus(a float64, y entry) entry {
	for k := range x {
		x[k] += a * y[k]
	}
	return x
}

// num makes the entry an active number, or a passive one if it has no
// derivatives.
func (x entry) num(a *Arena) Num {
	return Combine(x[0], x[1], a.Param(0, 0), x[2], a.Param(1, 0))
}

// read returns a number as an entry.
func read(a *Arena, x Num) entry {
	d := make([]float64, 2)
	if a.Reverse() {
		copy(d, adjoints(a, x))
	} else {
		a.Tangents(d, x)
	}
	return entry{x.Primal(), d[0], d[1]}
}

func genEntry(t *rapid.T) entry {
	small := rapid.IntRange(-4, 4) // sums of small whole numbers are exact in any order
	e := entry{float64(small.Draw(t, "value"))}
	if rapid.Bool().Draw(t, "active") {
		e[1], e[2] = float64(small.Draw(t, "d0")), float64(small.Draw(t, "d1"))
	}
	return e
}

const length = 5

// columns are two columns beside what they should hold.
type columns struct {
	a     *Arena
	real  [2]*Column
	naive [2][length]entry
	kept  []kept
}

// kept is a number read earlier.
type kept struct {
	x    Num
	want entry
}

// keep reads a number now and, when all is done, again.
func (c *columns) keep(t *rapid.T, x Num, want entry) {
	if got := read(c.a, x); got != want {
		t.Fatalf("got %v, want %v", got, want)
	}
	c.kept = append(c.kept, kept{x, want})
}

// which draws a column and an entry.
func which(t *rapid.T) (column, i int) {
	return rapid.IntRange(0, 1).Draw(t, "column"), rapid.IntRange(0, length-1).Draw(t, "i")
}

// writes are what rapid tries on the columns in random order,
func (c *columns) writes() map[string]func(*rapid.T) {
	return map[string]func(*rapid.T){
		"Set": func(t *rapid.T) {
			k, i := which(t)
			x := genEntry(t)
			c.real[k].Set(i, x.num(c.a))
			c.naive[k][i] = x
		},
		"Set from At": func(t *rapid.T) {
			k, i := which(t)
			l, j := which(t)
			c.real[k].Set(i, c.real[l].At(j))
			c.naive[k][i] = c.naive[l][j]
		},
		"Add": func(t *rapid.T) {
			k, i := which(t)
			x := genEntry(t)
			c.real[k].Add(i, x.num(c.a))
			c.naive[k][i] = c.naive[k][i].plus(1, x)
		},
		"Sub": func(t *rapid.T) {
			k, i := which(t)
			x := genEntry(t)
			c.real[k].Sub(i, x.num(c.a))
			c.naive[k][i] = c.naive[k][i].plus(-1, x)
		},
		"Fill": func(t *rapid.T) {
			k, _ := which(t)
			c.real[k].Fill(2)
			for i := range length {
				c.naive[k][i] = entry{2}
			}
		},
		"Spread": c.spread,
		"CopyFrom": func(t *rapid.T) {
			k, _ := which(t)
			c.real[k].CopyFrom(c.real[1-k])
			c.naive[k] = c.naive[1-k]
		},
	}
}

// along with reads.
func (c *columns) reads() map[string]func(*rapid.T) {
	return map[string]func(*rapid.T){
		"At": func(t *rapid.T) {
			k, i := which(t)
			c.keep(t, c.real[k].At(i), c.naive[k][i])
		},
		"Sum": func(t *rapid.T) {
			k, _ := which(t)
			want := entry{}
			for _, x := range c.naive[k] {
				want = want.plus(1, x)
			}
			c.keep(t, c.real[k].Sum(), want)
		},
		"Product": func(t *rapid.T) {
			k, i := which(t)
			x, y := c.naive[k][i], genEntry(t)
			want := entry{x[0] * y[0], x[1]*y[0] + x[0]*y[1], x[2]*y[0] + x[0]*y[2]}
			c.keep(t, c.real[k].Product(i, y.num(c.a)), want)
		},
		"Rest": func(t *rapid.T) {
			k, i := which(t)
			want := entry{}
			for j, x := range c.naive[k] {
				if j != i {
					want = want.plus(2, x)
				}
			}
			c.keep(t, c.real[k].Rest(i, c.real[k].Sum(), 2), want)
		},
		"Rest of a constant": func(t *rapid.T) {
			k, i := which(t)
			c.keep(t, c.real[k].Rest(i, Const(100), 2), entry{200}.plus(-2, c.naive[k][i]))
		},
		"IsZero": func(t *rapid.T) {
			k, i := which(t)
			if c.real[k].IsZero(i) && c.naive[k][i] != (entry{}) {
				t.Fatalf("%v is zero", c.naive[k][i])
			}
		},
		"Gather":          func(t *rapid.T) { c.gather(t, false) },
		"Gather weighted": func(t *rapid.T) { c.gather(t, true) },
		"":                c.check,
	}
}

func (c *columns) gather(t *rapid.T, weighted bool) {
	k := rapid.IntRange(0, 1).Draw(t, "column")
	index := rapid.SliceOf(rapid.Int32Range(0, length-1)).Draw(t, "index")
	scale := float64(rapid.IntRange(-2, 3).Draw(t, "scale"))
	var weights []float64
	want := entry{}
	for _, j := range index {
		w := 1.0
		if weighted {
			w = float64(rapid.IntRange(1, 3).Draw(t, "weight"))
			weights = append(weights, w)
		}
		want = want.plus(scale*w, c.naive[k][j])
	}
	if weighted && weights == nil {
		return // no weights means weights of 1
	}
	c.keep(t, c.real[k].Gather(want[0], scale, index, weights), want)
}

func (c *columns) spread(t *rapid.T) {
	k := rapid.IntRange(0, 1).Draw(t, "column")
	index := rapid.SliceOf(rapid.Int32Range(0, length-1)).Draw(t, "index")
	x, y := genEntry(t), genEntry(t)
	var weights [3][]float64 // own, of x, of y
	for _, i := range index {
		became := entry{c.naive[k][i][0]}
		for j, e := range []entry{c.naive[k][i], x, y} {
			w := float64(rapid.IntRange(-1, 1).Draw(t, "weight"))
			weights[j] = append(weights[j], w)
			became = became.plus(w, entry{0, e[1], e[2]})
		}
		c.naive[k][i] = became
	}
	c.real[k].Spread(index, weights[0], weights[1], x.num(c.a), weights[2], y.num(c.a))
}

// check compares all entries and the numbers kept.
func (c *columns) check(t *rapid.T) {
	d := make([]float64, 2)
	for k, column := range c.real {
		for i, want := range c.naive[k] {
			if column.Values()[i] != want[0] {
				t.Fatalf("column %d, value %d is %v, want %v", k, i, column.Values()[i], want)
			}
			if c.a.Reverse() {
				continue
			}
			if column.Tangents(d, i); d[0] != want[1] || d[1] != want[2] {
				t.Fatalf("column %d, tangents %d are %v, want %v", k, i, d, want)
			}
			if want != (entry{want[0]}) && !column.Active() {
				t.Fatalf("column %d is not active", k)
			}
		}
	}
	for _, x := range c.kept {
		if got := read(c.a, x.x); got != x.want {
			t.Fatalf("a number read earlier changed from %v to %v", x.want, got)
		}
	}
}

// A column does what a slice of numbers would, and a number read from it stays
// what it was whatever happens to the column.
func TestColumn(t *testing.T) {
	for name, a := range map[string]*Arena{"forward": NewForward(2), "reverse": NewReverse(2)} {
		defer a.Close()
		t.Run(name, rapid.MakeCheck(func(t *rapid.T) {
			a.Reset()
			c := &columns{a: a, real: [2]*Column{NewColumn(a, length), NewColumn(a, length)}}
			actions := c.writes()
			maps.Copy(actions, c.reads())
			t.Repeat(actions)
		}))
	}
}

func TestColumnActivity(t *testing.T) {
	for _, a := range []*Arena{NewForward(1), NewReverse(1)} {
		defer a.Close()
		checkActivity(t, a)
	}
}

func checkActivity(t *testing.T, a *Arena) {
	c := NewColumn(a, 3)
	c.Set(1, Const(4))
	if c.Active() || c.At(1).Active() || c.Sum().Active() || c.Gather(4, 1, []int32{1}, nil).Active() {
		t.Error("a column of passive numbers is active")
	}
	c.Set(1, a.Param(0, 5))
	if !c.Active() || !c.At(1).Active() || c.At(0).Active() || !c.Sum().Active() {
		t.Error("an active entry and only it makes active numbers")
	}
	if !c.Gather(5, 1, []int32{0, 1}, nil).Active() || c.Gather(0, 1, []int32{0, 2}, nil).Active() {
		t.Error("Gather is active if what it gathers is")
	}
	c.Set(1, Const(6))
	if c.At(1).Active() || c.Sum().Active() || c.Sum().Primal() != 6 {
		t.Error("a passive number must end an entry's activity")
	}
	if c.Len() != 3 {
		t.Errorf("length %d", c.Len())
	}
}

// A column takes numbers of its own run only, however they come in.
func TestColumnRefusesOtherRuns(t *testing.T) {
	for _, newArena := range []func(int) *Arena{NewForward, NewReverse} {
		a, b := newArena(1), newArena(1)
		defer a.Close()
		defer b.Close()
		stranger := b.Param(0, 1)
		other := NewColumn(b, 2)
		other.Set(0, stranger)
		for _, column := range []*Column{NewColumn(nil, 2), NewColumn(a, 2), activeColumn(a)} {
			for i := range 2 {
				wantPanic(t, " run", func() { column.Set(i, stranger) })
				wantPanic(t, " run", func() { column.Add(i, stranger) })
				wantPanic(t, " run", func() { column.Sub(i, stranger) })
			}
			wantPanic(t, "another run", func() { column.CopyFrom(other) })
			if column.Active() {
				wantPanic(t, " run", func() { column.Rest(0, other.Sum(), 1) })
			}
		}
	}
	wantPanic(t, "different length", func() { NewColumn(nil, 2).CopyFrom(NewColumn(nil, 3)) })
}

// activeColumn returns a column whose first entry is active.
func activeColumn(a *Arena) *Column {
	c := NewColumn(a, 2)
	c.Set(0, a.Param(0, 7))
	return c
}

// Columns outlive regions.
func TestColumnsOutliveRegions(t *testing.T) {
	a := NewForward(1)
	defer a.Close()
	c := NewColumn(a, 100)
	for i := range 100 {
		m := a.Mark()
		c.Set(i, a.Param(0, 1).Times(float64(i+1)).Exp().Times(0).Plus(1).Surrogate(a.Param(0, 1).Times(float64(i+1))))
		a.Release(m)
	}
	if got := a.Tangents(nil, c.Sum())[0]; got != 5050 {
		t.Errorf("derivative %v, want 5050", got)
	}
}
