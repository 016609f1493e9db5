package ad

// Spread changes the derivatives of many entries, the counterpart of [Column.Gather]:
// those of entry index_k become keep_k times its own plus a_k·dx + b_k·dy. The values
// stay.
func (c *Column) Spread(index []int32, keep, a []float64, x Num, b []float64, y Num) {
	switch {
	case x.ref|y.ref == 0 && c.active == nil:
	case c.arena.special:
		c.spreadEach(index, keep, a, x, b, y)
	default:
		c.spreadRows(index, keep, a, c.scaled(x), b, c.scaled(y))
	}
}

// spreadEach is Spread entry by entry.
func (c *Column) spreadEach(index []int32, keep, a []float64, x Num, b []float64, y Num) {
	for k, i := range index {
		v := c.v[i]
		own := Combine(v, keep[k], c.At(int(i)), a[k], x)
		c.Set(int(i), Combine(v, 1, own, b[k], y))
	}
}

// scaled returns the derivatives of x, zeros for none.
func (c *Column) scaled(x Num) []float64 {
	_, dst := c.arena.newRow()
	clear(dst)
	if x.ref != 0 {
		c.belongs(x.ref)
		scaleTo(dst, x.d, c.arena.row(x.ref))
	}
	return dst
}

func (c *Column) spreadRows(index []int32, keep, a, x, b, y []float64) {
	if c.active == nil {
		c.activate()
	}
	for k, i := range index {
		own, ofX, ofY := keep[k], a[k], b[k]
		dst := c.row(int(i))
		if !c.active[i] {
			if ofX == 0 && ofY == 0 {
				continue
			}
			c.active[i] = true
			clear(dst)
		}
		x, y := x[:len(dst)], y[:len(dst)]
		for p := range dst {
			dst[p] = float64(own*dst[p]) + float64(ofX*x[p]) + float64(ofY*y[p])
		}
	}
}
