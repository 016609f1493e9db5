package ad

import "math"

// Chain returns a number of value v whose derivatives are d times x's: the
// custom rule for a function of one argument with local derivative d. A zero
// local derivative ends the dependence, so sparsity is kept.
//
//go:noinline
func (x Num) Chain(v, d float64) Num {
	if x.ref == 0 || d == 0 {
		return Num{v: v}
	}
	s := owner(x.ref)
	if d *= x.d; s.audited || d-d != 0 {
		return s.chain(v, d, x.ref)
	}
	return Num{v: v, d: d, ref: x.ref}
}

// chain is Chain under an audit or with a local derivative that is not finite.
func (a *Arena) chain(v, d float64, x ref) Num {
	if a.tape != nil {
		return Num{v, 1, a.tape.chain(d, x)}
	}
	r, dst := a.newRow()
	for i, t := range a.row(x) {
		dst[i] = timesSafe(d, t)
	}
	return Num{v, 1, r}
}

// Combine returns a number of value v whose derivatives are a·dx + b·dy: the
// custom rule for a function of two arguments with local derivatives a and b.
func Combine(v, a float64, x Num, b float64, y Num) Num {
	if x.ref == 0 || a == 0 {
		return y.Chain(v, b)
	}
	if y.ref == 0 || b == 0 {
		return x.Chain(v, a)
	}
	s := owner(x.ref)
	if (x.ref^y.ref)>>arenaShift != 0 {
		panic("ad: numbers of two different runs meet in one operation; keep each run's numbers to itself")
	}
	a, b = a*x.d, b*y.d
	if s.special || a-a != 0 || b-b != 0 {
		return s.combine(v, a, x.ref, b, y.ref)
	}
	at := s.alloc()
	p, q := s.fastRow(x.ref), s.fastRow(y.ref)
	q = q[:len(p)]
	dst := s.slabs[0][at:][:len(p)]
	for i, t := range p {
		dst[i] = float64(a*t) + float64(b*q[i])
	}
	return Num{v, 1, s.id | ref(at)}
}

// combine is Combine on a tape, under an audit or with a local derivative that is
// not finite.
func (a *Arena) combine(v, d float64, x ref, e float64, y ref) Num {
	if a.tape != nil {
		return Num{v, 1, a.tape.combine(d, x, e, y)}
	}
	r, dst := a.newRow()
	p, q := a.row(x), a.row(y)
	for i := range dst {
		dst[i] = timesSafe(d, p[i]) + timesSafe(e, q[i])
	}
	return Num{v, 1, r}
}

// Surrogate returns a number of x's value with the derivatives of soft: the
// surrogate-gradient rule, hard in the primal pass and smooth in the tangent
// pass ("Automatic Differentiation of Agent-Based Models", section 3.3).
func (x Num) Surrogate(soft Num) Num {
	soft.v = x.v
	return soft
}

// timesSafe is a·x with 0·∞ = 0 and 0·NaN = 0 where the tangent x is zero.
func timesSafe(a, x float64) float64 {
	if x == 0 && (math.IsInf(a, 0) || math.IsNaN(a)) {
		return 0
	}
	return a * x
}
