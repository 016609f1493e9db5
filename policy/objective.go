package policy

// Objective is what a policy should make small: the mean over runs of weighted
// outcomes, costs and penalties.
type Objective struct {
	Outcomes    []Outcome
	Costs       []Cost
	Constraints []Constraint
}

// loss is the part of the objective that the run decides. It has the form of a
// [gradient.Objective] for series of that many columns.
func (o *Objective) loss(series, adjoint []float64, columns int) float64 {
	clear(adjoint)
	sum := 0.0
	for _, x := range o.Outcomes {
		v, row := x.value(series, columns)
		sum += x.Weight * v
		if adjoint != nil {
			x.push(adjoint, columns, row, x.Weight)
		}
	}
	for _, x := range o.Constraints {
		v, row := x.value(series, columns)
		penalty, slope := x.excess(v)
		sum += penalty
		if adjoint != nil && slope != 0 {
			x.push(adjoint, columns, row, slope)
		}
	}
	return sum
}

// cost returns the sum of the costs at all the model's parameters.
func (o *Objective) cost(theta []float64) float64 {
	sum := 0.0
	for _, c := range o.Costs {
		sum += c.value(theta)
	}
	return sum
}

// dearer returns the objective with all costs multiplied.
func (o *Objective) dearer(factor float64) Objective {
	next := *o
	next.Costs = append([]Cost(nil), o.Costs...)
	for i := range next.Costs {
		next.Costs[i].Weight *= factor
	}
	return next
}

// needed returns the observables and rows that the measures look at.
func (o *Objective) needed(rows int) (observables, needed []int) {
	seen := map[int]bool{}
	used := make([]bool, rows)
	note := func(m Measure) {
		if !seen[m.Observable] {
			seen[m.Observable] = true
			observables = append(observables, m.Observable)
		}
		from := m.From
		if m.Over == Last {
			from = m.To
		}
		for t := from; t <= m.To; t++ {
			used[t] = true
		}
	}
	for _, x := range o.Outcomes {
		note(x.Measure)
	}
	for _, x := range o.Constraints {
		note(x.Measure)
	}
	for t, u := range used {
		if u {
			needed = append(needed, t)
		}
	}
	return observables, needed
}
