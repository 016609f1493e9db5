package ad

// Sum returns the sum of all entries.
func (c *Column) Sum() Num {
	v := sum(c.v)
	if c.active == nil {
		return Num{v: v}
	}
	if c.nodes != nil {
		return one(v, c.sumNodes())
	}
	r, dst := c.arena.newRow()
	clear(dst)
	any := false
	for i, on := range c.active {
		if on {
			addTo(dst, c.row(i))
			any = true
		}
	}
	if !any {
		return Num{v: v}
	}
	return Num{v, 1, r}
}

// sum adds in four strands, which the processor can overlap.
func sum(x []float64) float64 {
	var s [4]float64
	for ; len(x) >= 4; x = x[4:] {
		s[0] += x[0]
		s[1] += x[1]
		s[2] += x[2]
		s[3] += x[3]
	}
	for _, v := range x {
		s[0] += v
	}
	return (s[0] + s[1]) + (s[2] + s[3])
}

// Gather returns scale·Σ_k w_k·x[index_k] with the plain value v, which the caller
// already knows (network sums have it from a cheaper pass). A nil w means
// weights of 1.
func (c *Column) Gather(v, scale float64, index []int32, w []float64) Num {
	if c.active == nil {
		return Num{v: v}
	}
	if c.nodes != nil {
		return one(v, c.gatherNodes(scale, index, w))
	}
	r, dst := c.arena.newRow()
	clear(dst)
	any := false
	for k, j := range index {
		if !c.active[j] {
			continue
		}
		any = true
		if w == nil {
			addTo(dst, c.row(int(j)))
		} else {
			addScaledTo(dst, w[k], c.row(int(j)))
		}
	}
	if !any {
		return Num{v: v}
	}
	for k := range dst {
		dst[k] *= scale
	}
	return Num{v, 1, r}
}

func addTo(dst, x []float64) {
	x = x[:len(dst)]
	for i := range dst {
		dst[i] += x[i]
	}
}

func addScaledTo(dst []float64, a float64, x []float64) {
	x = x[:len(dst)]
	for i := range dst {
		dst[i] += float64(a * x[i])
	}
}
