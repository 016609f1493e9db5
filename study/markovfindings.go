package study

import (
	"fmt"
	"math"
)

// findings judges the chains by the thresholds of Vehtari and others (2021):
// R̂ below 1.01 and a hundred effective draws a chain.
func (m markov) findings() []Finding {
	s := m.summary()
	all := []Finding{m.findConvergence(s), m.findCost(s), findLuck(s)}
	if n := s.Divergences; n > 0 {
		all = append(all, Finding{false, fmt.Sprintf("%d of %d trajectories diverged: the steps are too long for a narrow part of the posterior, where draws may be missing, or the gradient does not fit the loss. A higher accept takes smaller steps.", n, s.Chains*s.Draws)})
	}
	if n := s.Work.NonFinite; n > 0 {
		all = append(all, Finding{false, fmt.Sprintf("%d of %d evaluations of the loss were not finite and counted as impossible.", n, s.Work.Values+s.Work.Gradients)})
	}
	if n := s.Work.Lame; n > 0 {
		all = append(all, Finding{false, fmt.Sprintf("%d of %d gradients were not finite and were taken as zero, which costs acceptance but does not bias.", n, s.Work.Gradients)})
	}
	return all
}

// worst returns the parameter that converged least, and the least numbers of
// effective draws.
func (m markov) worst(s *ChainsSummary) (name string, rhat, bulk, tail float64) {
	bulk, tail = math.Inf(1), math.Inf(1)
	for _, n := range m.Sample.Names {
		x := s.Convergence[n]
		if math.IsNaN(x.RHat) || x.RHat > rhat {
			name, rhat = n, x.RHat
		}
		bulk, tail = math.Min(bulk, x.Bulk), math.Min(tail, x.Tail)
	}
	return name, rhat, bulk, tail
}

func (m markov) findConvergence(s *ChainsSummary) Finding {
	name, rhat, bulk, tail := m.worst(s)
	worth := fmt.Sprintf("%d draws are worth at least %.0f independent ones for means and %.0f for the 5 %% and 95 %% quantiles", s.Chains*s.Draws, bulk, tail)
	switch enough := 100 * float64(s.Chains); {
	case s.Chains == 1 && !(rhat < 1.01):
		return Finding{false, fmt.Sprintf("The chain has not settled: R̂ of its halves is %.2f for %s. More warm-up and draws are needed.", rhat, name)}
	case !(rhat < 1.01):
		return Finding{false, fmt.Sprintf("The %d chains do not agree: R̂ is %.2f for %s, and should be below 1.01. They have not mixed, or lie in different modes; more warm-up and draws are needed. %s.", s.Chains, rhat, name, worth)}
	case !(bulk >= enough && tail >= enough):
		return Finding{false, fmt.Sprintf("The chains agree (R̂ at most %.3f), but %s; %.0f are wanted. Raise draws under posterior.", rhat, worth, enough)}
	}
	return Finding{true, fmt.Sprintf("The chains agree (R̂ at most %.3f, of %s): %s.", rhat, name, worth)}
}

// dear is the number of gradients an effective draw above which the gradient is
// of little use: some tens are usual in a few dimensions.
const dear = 200

// findCost says what an effective draw took, warm-up included.
func (m markov) findCost(s *ChainsSummary) Finding {
	_, _, bulk, _ := m.worst(s)
	evaluations := s.Work.Values + s.Work.Gradients
	each := float64(evaluations) / bulk
	text := fmt.Sprintf("An effective draw took %.0f evaluations and %.0f simulations, warm-up included; acceptance is %.2f", each, float64(s.Work.Runs)/bulk, s.Acceptance)
	if s.Work.Gradients > 0 && !(each < dear) {
		return Finding{false, text + ". The gradient does not fit the loss with its luck held fixed, which costs acceptance but does not bias; method metropolis goes without it."}
	}
	return Finding{true, text + "."}
}

// findLuck judges by the loss with fresh luck at the draws whether the luck that
// the chains share matters: a nat is what one standard deviation from the best
// parameters costs, twice.
func findLuck(s *ChainsSummary) Finding {
	noise := s.LuckSD / math.Sqrt(float64(s.Lucks))
	text := fmt.Sprintf("All evaluations share %s of luck. With fresh luck the log posterior at the draws is %.2f nats lower on average, with a standard deviation of %.2f", plural(s.Lucks, "index", "indices"), s.LuckShift, s.LuckSD)
	if math.Abs(s.LuckShift) < 0.5 && noise < 1 {
		return Finding{true, text + ": the luck hardly matters."}
	}
	return Finding{false, text + ": this is the posterior of that luck. Raise lucks under mcmc, or replicates under loss, and compare another seed."}
}
