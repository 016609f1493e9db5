package gradient

import (
	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
)

// StraightThrough lets a draw have the derivative of its probability, as if the
// outcome were its mean.
//
//   - Estimates: d E[F]/dθ by forward mode, all parameters in one run.
//   - Bias: none where everything downstream of a draw is linear in it; else of
//     any size. On sparse networks it explodes by orders of magnitude, since one
//     extra infection is felt again at every later step.
//   - Variance: low while the bias is low.
//   - Cost: one run with P tangents.
//   - Needs: nothing.
//   - Use it for: dense mixing (complete graphs, large degrees).
//
// Source: Bengio, Léonard and Courville (2013); paper, section 3.2.
type StraightThrough struct{}

// Name returns "straight-through".
func (StraightThrough) Name() string { return "straight-through" }

// Sampler never fails.
func (StraightThrough) Sampler(p *Problem) (Sampler, error) {
	return newTangentSampler(p, straightThroughRule{}), nil
}

type straightThroughRule struct{}

func (straightThroughRule) Bernoulli(_ *abm.World, _ abm.Site, p ad.Num, x float64) ad.Num {
	return ad.Const(x).Surrogate(p)
}

// Slope is 1 whatever came out.
func (straightThroughRule) Slope(_, _ float64) float64 { return 1 }

func (straightThroughRule) Categorical(_ *abm.World, _ abm.Site, p, onehot []ad.Num) {
	for k := range onehot {
		onehot[k] = onehot[k].Surrogate(p[k])
	}
}

func (straightThroughRule) Count(_ *abm.World, _ abm.Site, law abm.Law, x float64) ad.Num {
	return ad.Const(x).Surrogate(law.Mean())
}
