//go:build !nudgedebug

package abm_test

import (
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/rng"
)

// everything draws and decides in every way.
func everything(w *abm.World, s abm.Surrogate, p []ad.Num) ad.Num {
	share, rate := w.Param("share"), w.Param("rate")
	p[0], p[1] = share, share.Not()
	x := w.Bernoulli(0, share).Add(w.Event(1, rate)).Add(w.Categorical(2, p).Of(p))
	x = x.Add(w.Binomial(3, 5, share)).Add(w.Geometric(4, share)).Add(w.Poisson(5, rate))
	x = x.Add(w.Gamma(6, share, rate)).Add(w.Beta(7, share, rate)).Add(w.Dirichlet(8, p)[0])
	x = x.Add(w.Choose(9, p, rate).Of(p)).Add(w.ArgMax(p, 1).Of(p)).Add(w.ArgMaxRandomTies(10, p, 1).Of(p))
	cond := abm.And(abm.Greater(x, rate, s), abm.Or(share, w.Normal(11, share, rate)))
	return abm.Select(x, abm.Branch{If: cond, Then: rate})
}

// Once a world has run, draws and decisions take no memory of their own.
func TestDrawsDoNotAllocate(t *testing.T) {
	for name, active := range map[string][]int{"plain": nil, "with derivatives": {3, 4}} {
		allocations := func(agents int) float64 {
			s := ready(t, prober(1, func(w *abm.World) func() {
				surrogate, p := abm.Surrogate(abm.NormalCDF{Sigma: 1}), make([]ad.Num, 2)
				for range w.Agents(agents) {
					w.Observe(0, everything(w, surrogate, p))
				}
				return func() {}
			}))
			w := abm.NewWorld(s, active, straight{})
			defer w.Close()
			return testing.AllocsPerRun(5, func() {
				if err := w.Run(s.Theta(), rng.Seed{}); err != nil {
					t.Fatal(err)
				}
			})
		}
		if few, many := allocations(10), allocations(1000); few != many {
			t.Errorf("%s: %v allocations with 10 agents, %v with 1000", name, few, many)
		}
	}
}
