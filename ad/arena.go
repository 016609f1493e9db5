package ad

import "sync"

// ref names where a number's derivatives are: 0 for none, else, from the high
// bits down, the arena, whether the row is permanent, the row's stamp (only
// under an audit) and the row's place in its slab, or the tape node.
type ref uint64

const (
	arenaShift     = 52
	permanentShift = 51
	stampShift     = 32

	permanent   ref = 1 << permanentShift
	stampMask       = 1<<19 - 1
	maxArenas       = 1 << (64 - arenaShift)
	minSlabRows     = 256
)

// arenas maps the high bits of a ref to its arena, so that a Num holds no
// pointer: slices of Nums cost the garbage collector nothing.
var (
	arenas     [maxArenas]*Arena
	arenaMutex sync.Mutex
	freeArenas []ref
	nextArena  ref = 1
)

func owner(r ref) *Arena { return arenas[r>>arenaShift] }

// Arena holds the derivatives of one run's numbers. It belongs to one goroutine.
type Arena struct {
	id      ref // already shifted
	params  int
	top     int          // temporary floats in use
	limit   int          // temporary floats available
	slabs   [2][]float64 // rows: temporary (released by region), permanent
	used    int          // permanent floats in use
	audited bool         // every operation takes the long way
	special bool         // a tape or an audit makes those of two arguments do so
	tape    *tape        // nil in forward mode
	audit   *Audit
}

// NewForward returns an arena for forward mode with p ≥ 0 tangents a number.
func NewForward(p int) *Arena { return register(&Arena{params: p}) }

// NewReverse returns an arena for reverse mode: a tape with p ≥ 0 parameters.
func NewReverse(p int) *Arena {
	a := register(&Arena{params: p, tape: &tape{params: p}, special: true})
	a.tape.reset(a.id)
	return a
}

func register(a *Arena) *Arena {
	if a.params < 0 {
		panic("ad: negative number of parameters")
	}
	arenaMutex.Lock()
	defer arenaMutex.Unlock()
	if n := len(freeArenas); n > 0 {
		a.id, freeArenas = freeArenas[n-1], freeArenas[:n-1]
	} else {
		if nextArena == maxArenas {
			panic("ad: 4095 arenas are alive at once; Close those of finished runs")
		}
		a.id = nextArena << arenaShift
		nextArena++
	}
	arenas[a.id>>arenaShift] = a
	return a
}

// Close frees the arena's place. Its numbers must not be used any more.
func (a *Arena) Close() {
	arenaMutex.Lock()
	defer arenaMutex.Unlock()
	if arenas[a.id>>arenaShift] == a {
		arenas[a.id>>arenaShift] = nil
		freeArenas = append(freeArenas, a.id)
	}
}

// Params returns the number of parameters P.
func (a *Arena) Params() int { return a.params }

// Reverse reports whether the arena is a tape.
func (a *Arena) Reverse() bool { return a.tape != nil }

// Reset forgets all numbers and columns, for the next run.
func (a *Arena) Reset() {
	a.Release(0)
	a.used = 0
	if a.tape != nil {
		a.tape.reset(a.id)
	}
}

// Param returns parameter k of value v: the active number with d x/dθ_k = 1.
func (a *Arena) Param(k int, v float64) Num {
	if k < 0 || k >= a.params {
		panic("ad: parameter index out of range")
	}
	if a.tape != nil {
		return Num{v, 1, a.id | ref(k+1)}
	}
	base := a.allocFixed(1)
	r := a.id | permanent | ref(base)
	a.row(r)[k] = 1
	return Num{v, 1, r}
}

// Tangents writes d x/dθ_p for all P parameters into dst (nil: allocate) and
// returns it. A passive x gives zeros. Forward mode only.
func (a *Arena) Tangents(dst []float64, x Num) []float64 {
	a.mustBeForward()
	if dst == nil {
		dst = make([]float64, a.params)
	}
	if x.ref == 0 {
		clear(dst)
		return dst
	}
	a.mustOwn(x.ref)
	scaleTo(dst, x.d, a.row(x.ref))
	return dst
}

func (a *Arena) mustBeForward() {
	if a.tape != nil {
		panic("ad: a tape has no tangents, they are of forward mode only; see Backward")
	}
}

func (a *Arena) mustBeReverse() {
	if a.tape == nil {
		panic("ad: tape nodes are of reverse mode only; see NewReverse")
	}
}

// mustOwn panics unless r is of this arena.
func (a *Arena) mustOwn(r ref) {
	if (r^a.id)>>arenaShift != 0 {
		panic("ad: a number of another run meets this run's; keep each run's numbers to itself")
	}
}

// Mark opens a region: Release with the returned mark frees every temporary
// number made since. Columns and parameters are not affected.
func (a *Arena) Mark() int { return a.top }

// Release ends the region opened by Mark. On a tape it does nothing.
func (a *Arena) Release(mark int) {
	if a.audit != nil {
		a.audit.expire(mark)
	}
	a.top = mark
}

// alloc returns the place of a new temporary row. Its content is undefined.
func (a *Arena) alloc() int {
	at := a.top
	a.top += a.params
	if a.top > a.limit {
		a.growTemp()
	}
	return at
}

//go:noinline
func (a *Arena) growTemp() {
	a.slabs[0] = grow(a.slabs[0], a.top, minSlabRows*a.params)
	a.limit = len(a.slabs[0])
}

// newRow returns a new temporary row with its ref.
func (a *Arena) newRow() (ref, []float64) {
	at := a.alloc()
	r := a.id | ref(at)
	if a.audit != nil {
		r |= a.audit.stamp(at)
	}
	return r, a.slabs[0][at : at+a.params]
}

// allocFixed returns the place of the first of n new zeroed permanent rows.
func (a *Arena) allocFixed(n int) int {
	at := a.used
	a.used += n * a.params
	if a.used > len(a.slabs[1]) {
		a.slabs[1] = grow(a.slabs[1], a.used, minSlabRows)
	}
	clear(a.slabs[1][at:a.used])
	return at
}

// grow returns s with length at least n, doubling to keep growth amortised.
func grow(s []float64, n, least int) []float64 {
	bigger := make([]float64, max(n, 2*len(s), least))
	copy(bigger, s)
	return bigger
}

// row returns the tangents that r names.
func (a *Arena) row(r ref) []float64 {
	if a.audit != nil && r&permanent == 0 {
		a.audit.verify(r)
	}
	return a.fastRow(r)
}

// fastRow is row without an audit.
func (a *Arena) fastRow(r ref) []float64 {
	at := int(uint32(r))
	return a.slabs[r>>permanentShift&1][at : at+a.params]
}
