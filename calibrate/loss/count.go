package loss

import (
	"fmt"
	"math"
)

// DefaultFloor is the expected count that likelihoods of counts add to every
// simulated count unless told otherwise.
const DefaultFloor = 0.1

// NoFloor as a Floor option adds nothing: a simulated count of zero then makes
// a positive observed count impossible and the loss infinite.
const NoFloor = -1.0

// counts are observed numbers of events with what their likelihoods share.
type counts struct {
	observed     []float64
	logFactorial []float64
	floor        float64
}

// newCounts checks that the data are counts and interprets a Floor option.
func newCounts(data Data, floor float64) (counts, error) {
	c := counts{observed: data.Values, logFactorial: make([]float64, len(data.Values)), floor: floor}
	if err := data.check(); err != nil {
		return c, err
	}
	switch {
	case math.IsNaN(floor) || math.IsInf(floor, 0):
		return c, fmt.Errorf("floor must be a finite number of counts, is %v", floor)
	case floor == 0:
		c.floor = DefaultFloor
	case floor < 0:
		c.floor = 0
	}
	for i, y := range data.Values {
		switch {
		case y < 0:
			return c, fmt.Errorf("%s: a count cannot be negative, is %v", data.where(i), y)
		case y != math.Trunc(y) && !math.IsNaN(y):
			return c, fmt.Errorf("%s: a count must be a whole number, is %v", data.where(i), y)
		}
		c.logFactorial[i], _ = math.Lgamma(y + 1)
	}
	return c, nil
}

// ylog returns y·log m with 0·log 0 = 0.
func ylog(y, m float64) float64 {
	if y == 0 && m >= 0 {
		return 0
	}
	return y * math.Log(m)
}
