package reparam_test

import (
	"fmt"

	"github.com/nudge-abm/nudge/rng"
	"github.com/nudge-abm/nudge/rng/reparam"
)

// A gamma draw and how it moves with its shape.
func ExampleGammaShape() {
	s := rng.Seed{Master: 1}.Stream(rng.Key{})
	x := s.Gamma(2)
	fmt.Printf("%.4f %.4f\n", x, reparam.GammaShape(x, 2))
	// Output: 2.9154 1.3043
}

// The median of Beta(2, 2) is ½; more weight on either side moves it there.
func ExampleBeta() {
	da, db := reparam.Beta(0.5, 0.5, 2, 2)
	fmt.Printf("%.4f %.4f\n", da, db)
	// Output: 0.1477 -0.1477
}
