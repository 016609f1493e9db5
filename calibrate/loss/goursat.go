package loss

// goursat solves ∂²K/∂s∂t = ⟨ẋ(s), ẏ(t)⟩·K with K = 1 at s = 0 and at t = 0 on
// the grid of two paths' segments, each cut into cuts equal parts, by the
// explicit scheme of second order of Salvi, Cass, Foster, Lyons and Yang (2021).
type goursat struct {
	rows, columns int // segments of x and y
	cuts          int
	k             []float64 // solution, (rows·cuts + 1) × (columns·cuts + 1)
	bar           []float64 // its adjoint
}

func newGoursat(rows, columns, cuts int) *goursat {
	g := &goursat{rows: rows, columns: columns, cuts: cuts}
	g.k = make([]float64, (rows*cuts+1)*(columns*cuts+1))
	for i := range g.k {
		g.k[i] = 1
	}
	return g
}

// solve returns K at the paths' ends, given the inner products of their
// segments.
func (g *goursat) solve(products []float64) float64 {
	width := g.columns*g.cuts + 1
	for i := range g.rows * g.cuts {
		above, row := g.k[i*width:(i+1)*width], g.k[(i+1)*width:(i+2)*width]
		for j := range g.columns {
			plus, minus := g.coefficients(products[i/g.cuts*g.columns+j])
			for l := j * g.cuts; l < (j+1)*g.cuts; l++ {
				row[l+1] = (row[l]+above[l+1])*plus - above[l]*minus
			}
		}
	}
	return g.k[len(g.k)-1]
}

// coefficients returns those of a step over one part of a product of segments.
func (g *goursat) coefficients(product float64) (plus, minus float64) {
	p := product / float64(g.cuts*g.cuts)
	return 1 + p/2 + p*p/12, 1 - p*p/12
}

// push writes the adjoint of the products that the last solve was given, if that
// of its result is bar.
func (g *goursat) push(products, productsBar []float64, bar float64) {
	width := g.columns*g.cuts + 1
	if g.bar == nil {
		g.bar = make([]float64, len(g.k))
	}
	clear(g.bar)
	clear(productsBar)
	g.bar[len(g.bar)-1] = bar
	parts := float64(g.cuts * g.cuts)
	for i := g.rows*g.cuts - 1; i >= 0; i-- {
		above, row := g.k[i*width:(i+1)*width], g.k[(i+1)*width:(i+2)*width]
		aboveBar, rowBar := g.bar[i*width:(i+1)*width], g.bar[(i+1)*width:(i+2)*width]
		for j := g.columns - 1; j >= 0; j-- {
			at := i/g.cuts*g.columns + j
			plus, minus := g.coefficients(products[at])
			byPlus, byMinus := 0.5+products[at]/parts/6, products[at]/parts/6
			slope := 0.0
			for l := (j+1)*g.cuts - 1; l >= j*g.cuts; l-- {
				b := rowBar[l+1]
				rowBar[l] += b * plus
				aboveBar[l+1] += b * plus
				aboveBar[l] -= b * minus
				slope += b * ((row[l]+above[l+1])*byPlus + above[l]*byMinus)
			}
			productsBar[at] += slope / parts
		}
	}
}
