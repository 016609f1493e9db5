package calibrate_test

import (
	"math"
	"testing"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/calibrate/flow"
	"github.com/nudge-abm/nudge/calibrate/prior"
	"github.com/nudge-abm/nudge/rng"
)

// recovered ranks the mean of a normal with a standard normal prior, seen n times
// once with unit noise, in fits that are normal around the posterior mean with
// the posterior's standard deviation times a factor.
func recovered(t *testing.T, n int, factor float64) (below, denser, closer []int) {
	t.Helper()
	p := joint(t, []string{"a", "b"}, density(t)(prior.NewNormal(0, 1)))
	luck := rng.Seed{Master: 5}.Stream(rng.Key{})
	var truth [][]float64
	for range n {
		truth = append(truth, []float64{luck.Normal(), luck.Normal()})
	}
	box := calibrate.NewBox(truth)
	for i, theta := range truth {
		f := flow.New(2, flow.Options{Kind: flow.MeanField}, luck.Uniform)
		for k := range 2 {
			f.Params()[k] = (theta[k] + luck.Normal()) / 2
			f.Params()[2+k] = math.Log(factor * math.Sqrt(0.5))
		}
		r := (&calibrate.Fitted{Prior: p, Mixture: flow.NewMixture([]*flow.Flow{f}, []float64{0})}).Rank(theta, box, 99, uint64(i))
		below, denser, closer = append(below, r.Below[0]), append(denser, r.Denser), append(closer, r.Closer)
	}
	return below, denser, closer
}

// All three kinds of rank are uniform for exact posteriors and tell those that
// are too narrow.
func TestRanksOfExactAndOfNarrowPosteriors(t *testing.T) {
	const n = 300
	u := calibrate.NewUniformity(n, 100, 1)
	for _, factor := range []float64{1, 0.5} {
		below, denser, closer := recovered(t, n, factor)
		for kind, ranks := range map[string][]int{"below": below, "denser": denser, "closer": closer} {
			p, gamma, square := u.P(ranks), u.LogGamma(ranks), u.ChiSquare(ranks)
			if (p > 0.01) != (factor == 1) || (gamma > -1) != (factor == 1) || (square > 0.001) != (factor == 1) {
				t.Errorf("%s, sd times %g: p %.3g, log γ %.2f, χ² p %.3g", kind, factor, p, gamma, square)
			}
		}
	}
}

func TestBoxHoldsThePoints(t *testing.T) {
	box := calibrate.NewBox([][]float64{{1, 2}, {1, 5}})
	if box.Low[0] != 1 || box.High[0] != 1 || box.Low[1] != 2 || box.High[1] != 5 {
		t.Errorf("%v", box)
	}
}
