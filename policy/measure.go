package policy

// Measure is one number of a run: an observable over rows From … To.
type Measure struct {
	Name       string // for tables
	Observable int    // index
	Over       Over
	From, To   int // rows, both included
}

// value returns the measure of a T × C series and the row where its maximum is.
func (m Measure) value(series []float64, columns int) (v float64, row int) {
	row = m.From
	at := func(t int) float64 { return series[t*columns+m.Observable] }
	switch m.Over {
	case Last:
		return at(m.To), m.To
	case Max:
		for t := m.From + 1; t <= m.To; t++ {
			if at(t) > at(row) {
				row = t
			}
		}
		return at(row), row
	}
	for t := m.From; t <= m.To; t++ {
		v += at(t)
	}
	if m.Over == Mean {
		v /= m.rows()
	}
	return v, row
}

// push adds weight·∂value/∂series to the adjoint; row is what value returned.
func (m Measure) push(adjoint []float64, columns, row int, weight float64) {
	if m.Over == Last || m.Over == Max {
		adjoint[row*columns+m.Observable] += weight
		return
	}
	if m.Over == Mean {
		weight /= m.rows()
	}
	for t := m.From; t <= m.To; t++ {
		adjoint[t*columns+m.Observable] += weight
	}
}

func (m Measure) rows() float64 { return float64(m.To - m.From + 1) }
