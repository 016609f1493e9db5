package report

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestKeysNameWhatIsDrawn(t *testing.T) {
	days := sampleDays(2)
	for _, c := range []struct {
		figure Figure
		want   []string
	}{
		{Predictive{Time: days, Panels: []Observable{{Data: days}}}, []string{"Data"}},
		{Predictive{Time: days, Panels: []Observable{{Prior: flat(1, 2)}}}, []string{"Prior: median, 50 %, 90 %"}},
		{Marginals{Parameters: []Parameter{{Posterior: days, Prior: days, Truth: new(1.0)}}}, []string{"Posterior: median (90 % interval)", "Prior", "True value"}},
		{Pairs{Parameters: []Parameter{{Posterior: days}, {Posterior: days}}}, []string{"Posterior draws"}},
		{Pairs{Parameters: sampleParameters(2)}, []string{"Posterior: 50 %, 90 %", "Prior draws", "Prior", "True value"}},
		{Training{Step: days, KL: days, Chosen: new(1.0)}, []string{"KL", "Kept step"}},
		{sampleCheck(5, 2, 1, Linear), []string{"Finite differences, 95 % interval", "Cavity, 95 % interval", "Surrogate (straight-through), 95 % interval"}},
		{Boxes{Panels: []BoxPanel{{}}}, []string{"Estimates: quartiles, 5 – 95 %, mean"}},
		{Series{Time: days, Panels: []Trajectories{{}, {Data: days}}}, []string{"Data", "One run", "Mean"}},
		{Network{States: []string{"S", "I"}, Graphs: []Graph{{Nodes: 1}}}, []string{"S", "I"}},
	} {
		s, err := c.figure.Plot()
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, k := range s.Keys {
			got = append(got, k.Label)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%T: %s", c.figure, diff)
		}
	}
}
