package optim

import "fmt"

// Warmup rises in equal increments over Steps steps to the rate at which Then
// begins, and goes on with Then. The first step is an increment, not zero.
type Warmup struct {
	Steps int
	Then  Schedule
}

// Rate implements [Schedule].
func (w Warmup) Rate(step int) float64 {
	if step >= w.Steps {
		return w.Then.Rate(step - w.Steps)
	}
	return w.Then.Rate(0) * float64(step+1) / float64(w.Steps+1)
}

func (w Warmup) String() string {
	return fmt.Sprintf("%d steps of warm-up, then %v", w.Steps, w.Then)
}
