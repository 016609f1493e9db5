package ad

// Num is a real number that may carry derivatives: d times those that ref names,
// so that functions of one argument cost no more than their local derivative.
// The zero value is the passive number 0. Nums are values: copy them freely, but
// do not use an active one after the region it was made in has been released (see
// [Arena.Release]); keep it in a [Column] instead.
type Num struct {
	v   float64
	d   float64
	ref ref
}

// Const returns the passive number v.
func Const(v float64) Num { return Num{v: v} }

// Value returns the plain number and so loses the derivative. Under an [Audit]
// such a read of an active number is counted and its source line reported,
// since a branch or an index taken on it has no derivative.
func (x Num) Value() float64 {
	if x.ref != 0 {
		noteRead(x.ref)
	}
	return x.v
}

// Primal returns the plain number for printing and recording. It is never
// counted as a lost derivative.
func (x Num) Primal() float64 { return x.v }

// Active reports whether x carries derivatives.
func (x Num) Active() bool { return x.ref != 0 }

// IsZero reports whether x is the passive number 0: neither its value nor any
// derivative can matter, so work that only multiplies it may be skipped.
func (x Num) IsZero() bool { return x.v == 0 && x.ref == 0 }

// Detach returns the passive number with x's value (stop-gradient).
func (x Num) Detach() Num { return Num{v: x.v} }

// Add returns x + y.
func (x Num) Add(y Num) Num {
	if x.ref|y.ref != 0 {
		return addActive(x, y)
	}
	x.v += y.v
	return x
}

// Sub returns x − y.
func (x Num) Sub(y Num) Num {
	if x.ref|y.ref != 0 {
		return subActive(x, y)
	}
	x.v -= y.v
	return x
}

// Mul returns x·y.
func (x Num) Mul(y Num) Num {
	if x.ref|y.ref != 0 {
		return mulActive(x, y)
	}
	x.v *= y.v
	return x
}

// Div returns x/y. Division by zero follows IEEE 754.
func (x Num) Div(y Num) Num {
	if x.ref|y.ref != 0 {
		return divActive(x, y)
	}
	x.v /= y.v
	return x
}

// Neg returns −x.
func (x Num) Neg() Num {
	if x.ref != 0 {
		return x.Chain(-x.v, -1)
	}
	x.v = -x.v
	return x
}

// Plus returns x + c for a plain number c.
func (x Num) Plus(c float64) Num {
	x.v += c
	return x
}

// Times returns c·x for a plain number c.
func (x Num) Times(c float64) Num {
	if x.ref != 0 {
		return x.Chain(x.v*c, c)
	}
	x.v *= c
	return x
}

// Not returns 1 − x, the complement of a probability or of an indicator.
func (x Num) Not() Num {
	if x.ref != 0 {
		return x.Chain(1-x.v, -1)
	}
	x.v = 1 - x.v
	return x
}

// The active halves stay out of line so that the passive halves inline.

//go:noinline
func addActive(x, y Num) Num { return Combine(x.v+y.v, 1, x, 1, y) }

//go:noinline
func subActive(x, y Num) Num {
	if x.ref == 0 {
		return y.Chain(x.v-y.v, -1)
	}
	return Combine(x.v-y.v, 1, x, -1, y)
}

//go:noinline
func mulActive(x, y Num) Num {
	if y.ref == 0 {
		return x.Chain(x.v*y.v, y.v)
	}
	return Combine(x.v*y.v, y.v, x, x.v, y)
}

//go:noinline
func divActive(x, y Num) Num {
	v := x.v / y.v
	return Combine(v, 1/y.v, x, -v/y.v, y)
}
