package ad

// Column keeps n numbers beyond the region they were made in: the state of n
// agents. It stores values as a plain slice and, once a number with derivatives
// is first set, a row of tangents (forward mode) or a tape node (reverse mode)
// for each. A nil arena makes a column that refuses active numbers.
type Column struct {
	arena  *Arena
	v      []float64
	active []bool // allocated with the first active number
	base   int    // place of the first row in forward mode
	nodes  []ref  // tape nodes in reverse mode
}

// NewColumn returns a column of n passive zeros. The column is void after the
// arena's Reset.
func NewColumn(a *Arena, n int) *Column {
	return &Column{arena: a, v: make([]float64, n)}
}

// Len returns the number of entries.
func (c *Column) Len() int { return len(c.v) }

// Values returns the live plain values, for sums and printing that need no
// derivative. Writing to them leaves the derivatives as they are.
func (c *Column) Values() []float64 { return c.v }

// Active reports whether any entry may carry derivatives.
func (c *Column) Active() bool { return c.active != nil }

// At returns entry i. The number stays what it was if the entry is set later.
func (c *Column) At(i int) Num {
	if c.active == nil || !c.active[i] {
		return Num{v: c.v[i]}
	}
	return c.load(i)
}

func (c *Column) load(i int) Num {
	if c.nodes != nil {
		return Num{c.v[i], 1, c.nodes[i]}
	}
	r, dst := c.arena.newRow()
	copyTo(dst, c.row(i))
	return Num{c.v[i], 1, r}
}

// copyTo is copy for rows of a few tangents, too short for a call to pay.
func copyTo(dst, src []float64) {
	src = src[:len(dst)]
	for i := range dst {
		dst[i] = src[i]
	}
}

// IsZero reports whether entry i is the passive number 0.
func (c *Column) IsZero(i int) bool {
	return c.v[i] == 0 && (c.active == nil || !c.active[i])
}

// Product returns x_i·y. It is At(i).Mul(y) without the copy that At makes.
func (c *Column) Product(i int, y Num) Num {
	if c.active == nil || !c.active[i] {
		return y.Times(c.v[i])
	}
	if y.v == 0 { // x_i's own derivatives do not matter
		return y.Times(c.v[i])
	}
	return c.load(i).Mul(y)
}

// Rest returns scale·(total − x_i) of a total that x_i is part of.
func (c *Column) Rest(i int, total Num, scale float64) Num {
	v := scale * (total.v - c.v[i])
	active := c.active != nil && c.active[i]
	switch {
	case total.ref == 0 && !active:
		return Num{v: v}
	case total.ref == 0 || !active || c.arena.special:
		return Combine(v, scale, total, -scale, one(0, c.refAt(i)))
	}
	c.belongs(total.ref)
	r, dst := c.arena.newRow()
	own, all := c.row(i), c.arena.row(total.ref)
	own, all = own[:len(dst)], all[:len(dst)]
	for k := range dst {
		dst[k] = scale * (total.d*all[k] - own[k])
	}
	return Num{v, 1, r}
}

// Tangents writes d x_i/dθ_p of entry i for all P parameters into dst. Forward
// mode only.
func (c *Column) Tangents(dst []float64, i int) {
	if c.active == nil || !c.active[i] {
		clear(dst)
		return
	}
	c.arena.mustBeForward()
	copy(dst, c.row(i))
}

// Set makes x entry i.
func (c *Column) Set(i int, x Num) {
	c.v[i] = x.v
	if x.ref == 0 {
		if c.active != nil {
			c.active[i] = false
		}
		return
	}
	c.store(i, x)
}

func (c *Column) store(i int, x Num) {
	c.belongs(x.ref)
	if c.active == nil {
		c.activate()
	}
	c.active[i] = true
	if c.nodes != nil {
		c.nodes[i] = c.arena.tape.whole(x)
		return
	}
	scaleTo(c.row(i), x.d, c.arena.row(x.ref))
}

// Add adds x to entry i in place, and so cheaper than Set(i, At(i).Add(x)); it
// makes no temporary number, so it serves sums over many agents' regions.
func (c *Column) Add(i int, x Num) {
	if !x.IsZero() {
		c.accumulate(i, 1, x)
	}
}

// Sub subtracts x from entry i in place.
func (c *Column) Sub(i int, x Num) {
	if !x.IsZero() {
		c.accumulate(i, -1, x)
	}
}

func (c *Column) accumulate(i int, sign float64, x Num) {
	switch {
	case x.ref == 0:
	case c.nodes != nil || c.active == nil || !c.active[i]:
		c.replace(i, Combine(0, 1, one(0, c.refAt(i)), sign, x))
	default:
		c.belongs(x.ref)
		dst, src := c.row(i), c.arena.row(x.ref)
		src = src[:len(dst)]
		d := sign * x.d
		for k := range dst {
			dst[k] += float64(d * src[k])
		}
	}
	c.v[i] += sign * x.v
}

// replace gives entry i the derivatives of x, which may have none.
func (c *Column) replace(i int, x Num) {
	if x.ref != 0 {
		c.store(i, x)
	}
}

// one returns the number of value v with the derivatives r, which may be none.
func one(v float64, r ref) Num {
	if r == 0 {
		return Num{v: v}
	}
	return Num{v, 1, r}
}

// refAt returns the derivatives of entry i, 0 for none.
func (c *Column) refAt(i int) ref {
	if c.active == nil || !c.active[i] {
		return 0
	}
	return c.At(i).ref
}

// Fill makes every entry the passive number v.
func (c *Column) Fill(v float64) {
	for i := range c.v {
		c.v[i] = v
	}
	clear(c.active)
}

// CopyFrom makes the entries those of src, a column of the same length and arena.
func (c *Column) CopyFrom(src *Column) {
	if len(c.v) != len(src.v) {
		panic("ad: columns of different length")
	}
	copy(c.v, src.v)
	if src.active == nil {
		clear(c.active)
		return
	}
	c.belongs(src.arena.id)
	if c.active == nil {
		c.activate()
	}
	copy(c.active, src.active)
	if c.nodes != nil {
		copy(c.nodes, src.nodes)
		return
	}
	copy(c.rows(), src.rows())
}

// belongs panics unless r is of the column's arena.
func (c *Column) belongs(r ref) {
	if c.arena == nil {
		panic("ad: a number of another run is stored in a column without derivatives; make columns from the run's own world")
	}
	c.arena.mustOwn(r)
}

func (c *Column) activate() {
	c.active = make([]bool, len(c.v))
	if c.arena.tape != nil {
		c.nodes = make([]ref, len(c.v))
		return
	}
	c.base = c.arena.allocFixed(len(c.v))
}

func (c *Column) row(i int) []float64 {
	p := c.arena.params
	at := c.base + i*p
	return c.arena.slabs[1][at : at+p]
}

func (c *Column) rows() []float64 {
	return c.arena.slabs[1][c.base : c.base+len(c.v)*c.arena.params]
}

func scaleTo(dst []float64, a float64, x []float64) {
	x = x[:len(dst)]
	for i := range dst {
		dst[i] = a * x[i]
	}
}
