package abm_test

import (
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/rng"
)

// BenchmarkDraw times one draw or decision of an agent, plain and with two
// derivatives.
func BenchmarkDraw(b *testing.B) {
	surrogate := abm.Surrogate(abm.NormalCDF{Sigma: 1})
	for _, d := range []struct {
		name string
		draw func(w *abm.World, p []ad.Num) // share and rate
	}{
		{"Bernoulli", func(w *abm.World, p []ad.Num) { w.Bernoulli(0, p[0]) }},
		{"BernoulliAt8", func(w *abm.World, p []ad.Num) {
			for k := range 8 {
				w.Bernoulli(abm.Purpose(0).At(k), p[0])
			}
		}},
		{"Binomial", func(w *abm.World, p []ad.Num) { w.Binomial(0, 20, p[0]) }},
		{"Geometric", func(w *abm.World, p []ad.Num) { w.Geometric(0, p[0]) }},
		{"Poisson", func(w *abm.World, p []ad.Num) { w.Poisson(0, p[1]) }},
		{"Choose", func(w *abm.World, p []ad.Num) { w.Choose(0, p, p[1]) }},
		{"Normal", func(w *abm.World, p []ad.Num) { w.Normal(0, p[0], p[1]) }},
		{"Gamma", func(w *abm.World, p []ad.Num) { w.Gamma(0, p[0], p[1]) }},
		{"Beta", func(w *abm.World, p []ad.Num) { w.Beta(0, p[0], p[1]) }},
		{"Dirichlet", func(w *abm.World, p []ad.Num) { w.Dirichlet(0, p) }},
		{"Greater", func(_ *abm.World, p []ad.Num) { abm.Greater(p[0], p[1], surrogate) }},
		{"ArgMax", func(w *abm.World, p []ad.Num) { w.ArgMax(p, 1) }},
	} {
		for k, mode := range []string{"plain", "active"} {
			active := [][]int{nil, {3, 4}}[k]
			b.Run(d.name+"/"+mode, func(b *testing.B) {
				s := ready(b, prober(1, func(w *abm.World) func() {
					p := []ad.Num{w.Param("share"), w.Param("rate")}
					for range w.Agents(b.N) {
						d.draw(w, p)
					}
					return func() {}
				}))
				w := abm.NewWorld(s, active, straight{})
				defer w.Close()
				b.ResetTimer()
				if err := w.Run(s.Theta(), rng.Seed{}); err != nil {
					b.Fatal(err)
				}
			})
		}
	}
}
