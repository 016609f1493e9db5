package sugarscape_test

import (
	"fmt"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/models/sugarscape"
	"github.com/nudge-abm/nudge/rng"
)

// How many of 100 agents the landscape carries, and how unequal they become.
func Example() {
	s := abm.NewSetup(sugarscape.Model)
	if err := s.Assign("radius_far=6"); err != nil {
		panic(err)
	}
	if err := s.Prepare(); err != nil {
		panic(err)
	}
	w := abm.NewWorld(s, nil, nil)
	if err := w.Run(s.Theta(), rng.Seed{Master: 1}); err != nil {
		panic(err)
	}
	series, observables := w.Series(nil), len(s.Model.Observables)
	for _, row := range []int{0, 10, 49} {
		at := series[row*observables:]
		fmt.Printf("t=%2d: %3.0f agents hold %.1f on average, Gini %.2f\n", row,
			at[s.Model.Observable("population")], at[s.Model.Observable("holdings_of_living")], at[s.Model.Observable("gini")])
	}
	// Output:
	// t= 0: 100 agents hold 19.6 on average, Gini 0.09
	// t=10: 100 agents hold 26.5 on average, Gini 0.14
	// t=49:  96 agents hold 58.2 on average, Gini 0.19
}
