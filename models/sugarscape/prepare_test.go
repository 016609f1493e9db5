package sugarscape

import (
	"strings"
	"testing"

	"github.com/nudge-abm/nudge/abm"
)

func TestPrepareErrors(t *testing.T) {
	for _, c := range []struct {
		set  []string
		want string
	}{
		{[]string{"agents=2501"}, "agents is 2501, but the landscape has only 2500 cells"},
		{[]string{"vision_near=0.3"}, "vision_near and vision_far must sum to 1, but 0.3 + 0.8 = 1.1"},
		{[]string{"vision_far=0.7"}, "vision_near and vision_far must sum to 1, but 0.2 + 0.7 = 0.9"},
		{[]string{"radius_near=3"}, "radius_near must be below radius_far, but 3 ≥ 3"},
		{[]string{"size=6", "agents=5"}, "an agent sees at most 2 cells far"},
		{[]string{"metabolism_least=5"}, "metabolism_least must not be above metabolism_most, but 5 > 4"},
		{[]string{"wealth_most=1"}, "wealth_least must not be above wealth_most"},
		{[]string{"lifespan_least=3"}, "lifespan_least must not be above lifespan_most"},
		{[]string{"rules=published-code", "replacement=newborn"}, "knows no replacement"},
		{[]string{"landscape=no/such/map.csv"}, "no/such/map.csv"},
	} {
		s := abm.NewSetup(Model)
		for _, a := range c.set {
			if err := s.Assign(a); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Prepare(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: error is %v, want one with %q", c.set, err, c.want)
		}
	}
}
