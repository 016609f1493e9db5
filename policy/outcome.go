package policy

// Outcome is a part of the objective that runs decide: Weight times a measure.
type Outcome struct {
	Measure
	Weight float64
}
