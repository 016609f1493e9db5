package ad

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// line returns this file's name and the number of the line skip lines below
// the caller's.
func line(below int) string {
	_, _, at, _ := runtime.Caller(1)
	return fmt.Sprintf("ad/audit_test.go:%d", at+below)
}

func TestAuditCountsReads(t *testing.T) {
	a := NewForward(1)
	defer a.Close()
	audit := a.Watch()
	x := a.Param(0, 2)
	often := line(2)
	for range 3 {
		if x.Square().Value() > 1 {
			_ = x.Primal() // is no loss
		}
	}
	Const(2).Value() // has nothing to lose
	once := line(1)
	x.Value()
	want := []Read{{often, 3}, {once, 1}}
	if diff := cmp.Diff(want, audit.Reads()); diff != "" {
		t.Error(diff)
	}
}

func TestReadsAreInOrder(t *testing.T) {
	audit := &Audit{reads: map[string]int{"b:1": 1, "a:2": 1, "c:3": 7, "a:1": 1}}
	want := []Read{{"c:3", 7}, {"a:1", 1}, {"a:2", 1}, {"b:1", 1}}
	if diff := cmp.Diff(want, audit.Reads()); diff != "" {
		t.Error(diff)
	}
}

// Any use of a number after its region ended panics with the line, also if the
// place is in use again.
func TestAuditFindsLateUse(t *testing.T) {
	for _, reuse := range []bool{false, true} {
		a := NewForward(1)
		defer a.Close()
		a.Watch()
		c := activeColumn(a)
		x := a.Param(0, 2)
		var stale []Num
		m := a.Mark()
		stale = append(stale, x.Square(), c.At(0), c.Sum(), x.Square().Add(x))
		a.Release(m)
		if reuse {
			for range 10 {
				x.Square()
			}
		}
		for _, s := range stale {
			use := line(1)
			got := message(func() { s.Times(2) })
			if !strings.Contains(got, use+" uses a number after its region ended") {
				t.Errorf("panics with %q, want %s in it", got, use)
			}
			wantPanic(t, "after its region", func() { x.Add(s) })
			wantPanic(t, "after its region", func() { s.Exp() })
			wantPanic(t, "after its region", func() { c.Set(1, s) })
			wantPanic(t, "after its region", func() { c.Add(0, s) })
			wantPanic(t, "after its region", func() { a.Tangents(nil, s) })
		}
	}
}

// Numbers of an earlier run are late, too.
func TestAuditFindsUseAfterReset(t *testing.T) {
	a := NewForward(1)
	defer a.Close()
	a.Watch()
	stale := a.Param(0, 2).Square()
	a.Reset()
	wantPanic(t, "after its region", func() { a.Tangents(nil, stale) })
}

// Numbers used in time pass, with the results they have without an audit.
func TestAuditPassesGoodCode(t *testing.T) {
	calculate := func(a *Arena) entry {
		c := NewColumn(a, 4)
		x, y := a.Param(0, 2), a.Param(1, 3)
		outside := x.Mul(y)
		for i := range 4 {
			m := a.Mark()
			z := outside.Add(c.At(i)).Mul(x.Exp())
			c.Set(i, z.Sub(y.Sqrt()))
			c.Add(3-i, z)
			a.Release(m)
		}
		return read(a, c.Sum().Mul(c.Gather(1, 1, []int32{1, 3}, []float64{2, 3})))
	}
	plain, watched := NewForward(2), NewForward(2)
	defer plain.Close()
	defer watched.Close()
	watched.Watch()
	if diff := cmp.Diff(calculate(plain), calculate(watched)); diff != "" {
		t.Error(diff)
	}
}
