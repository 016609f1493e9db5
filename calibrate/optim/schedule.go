package optim

// Schedule is a learning rate that changes over training.
type Schedule interface {
	// Rate returns the learning rate of a step; steps count from 0.
	Rate(step int) float64

	// String returns the schedule as it is written in a report.
	String() string
}
