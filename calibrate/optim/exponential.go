package optim

import (
	"fmt"
	"math"
)

// Exponential falls by the factor Decay at every step: From·Decay^step.
type Exponential struct{ From, Decay float64 }

// Rate implements [Schedule].
func (e Exponential) Rate(step int) float64 { return e.From * math.Pow(e.Decay, float64(step)) }

func (e Exponential) String() string {
	return fmt.Sprintf("exponential from %v by %v a step", e.From, e.Decay)
}
