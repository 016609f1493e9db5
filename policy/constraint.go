package policy

// Constraint asks that a measure stays at or below a bound in a share of the
// runs. In the objective it is a penalty on every run that is above:
// Penalty·max(0, measure/Bound − 1). Where the share is missed, [Optimiser]
// raises the penalty.
type Constraint struct {
	Measure
	Below       float64 // the bound, positive
	Probability float64 // with which it is kept
	Penalty     float64 // in units of the objective, for a run that doubles the bound
}

// excess returns the penalty of a run and its derivative in the measure.
func (c Constraint) excess(measure float64) (penalty, slope float64) {
	if measure <= c.Below {
		return 0, 0
	}
	return c.Penalty * (measure/c.Below - 1), c.Penalty / c.Below
}
