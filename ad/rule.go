package ad

import "math"

// Chain returns a number of value v whose derivatives are d times x's: the
// custom rule for a function of one argument with local derivative d.
//
//go:noinline
func (x Num) Chain(v, d float64) Num { return Num{v: v, ref: chain(d, x.ref)} }

// Combine returns a number of value v whose derivatives are a·dx + b·dy: the
// custom rule for a function of two arguments with local derivatives a and b.
func Combine(v, a float64, x Num, b float64, y Num) Num {
	return Num{v: v, ref: combine(a, x.ref, b, y.ref)}
}

// Surrogate returns a number of x's value with the derivatives of soft: the
// surrogate-gradient rule, hard in the primal pass and smooth in the tangent
// pass ("Automatic Differentiation of Agent-Based Models", section 3.3).
func (x Num) Surrogate(soft Num) Num { return Num{v: x.v, ref: soft.ref} }

// chain is the derivative of every function of one argument: a·dx. A zero
// local derivative ends the dependence, so sparsity is kept.
func chain(a float64, x ref) ref {
	switch {
	case x == 0 || a == 0:
		return 0
	case a == 1:
		return x
	}
	s := owner(x)
	if s.special || a-a != 0 {
		return s.chainSlow(a, x)
	}
	at := s.alloc()
	src := s.fastRow(x)
	dst := s.slabs[0][at:][:len(src)]
	for i, v := range src {
		dst[i] = a * v
	}
	return s.id | ref(at)
}

// combine is the derivative of every function of two arguments: a·dx + b·dy.
func combine(a float64, x ref, b float64, y ref) ref {
	if x == 0 || a == 0 {
		return chain(b, y)
	}
	if y == 0 || b == 0 {
		return chain(a, x)
	}
	s := owner(x)
	if (x^y)>>arenaShift != 0 {
		panic("ad: numbers of two different runs meet in one operation; keep each run's numbers to itself")
	}
	if s.special || a-a != 0 || b-b != 0 {
		return s.combineSlow(a, x, b, y)
	}
	at := s.alloc()
	p, q := s.fastRow(x), s.fastRow(y)
	q = q[:len(p)]
	dst := s.slabs[0][at:][:len(p)]
	for i, v := range p {
		dst[i] = float64(a*v) + float64(b*q[i])
	}
	return s.id | ref(at)
}

// chainSlow is chain on a tape, under an audit or with a local derivative that
// is not finite.
func (a *Arena) chainSlow(d float64, x ref) ref {
	if a.tape != nil {
		a.tape.edge(x, d)
		return a.tape.close(a)
	}
	r, dst := a.newRow()
	for i, v := range a.row(x) {
		dst[i] = timesSafe(d, v)
	}
	return r
}

// combineSlow is to combine what chainSlow is to chain.
func (a *Arena) combineSlow(d float64, x ref, e float64, y ref) ref {
	if a.tape != nil {
		a.tape.edge(x, d)
		a.tape.edge(y, e)
		return a.tape.close(a)
	}
	r, dst := a.newRow()
	p, q := a.row(x), a.row(y)
	for i := range dst {
		dst[i] = timesSafe(d, p[i]) + timesSafe(e, q[i])
	}
	return r
}

// timesSafe is a·x with 0·∞ = 0 and 0·NaN = 0 where the tangent x is zero.
func timesSafe(a, x float64) float64 {
	if x == 0 && (math.IsInf(a, 0) || math.IsNaN(a)) {
		return 0
	}
	return a * x
}
