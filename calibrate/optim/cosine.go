package optim

import (
	"fmt"
	"math"
)

// Cosine falls from From to To along half a cosine over Steps steps and stays
// there (Loshchilov and Hutter 2017, without restarts).
type Cosine struct {
	From, To float64
	Steps    int
}

// Rate implements [Schedule].
func (c Cosine) Rate(step int) float64 {
	if step >= c.Steps {
		return c.To
	}
	share := float64(step) / float64(c.Steps)
	return c.To + (c.From-c.To)*0.5*(1+math.Cos(math.Pi*share))
}

func (c Cosine) String() string {
	return fmt.Sprintf("cosine from %v to %v over %d steps", c.From, c.To, c.Steps)
}
