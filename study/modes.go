package study

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nudge-abm/nudge/calibrate"
)

// agreement is by how many nats the objectives of restarts may differ for them to
// count as the same fit.
const agreement = 0.5

// findModes says whether the posterior falls into separate modes, if that was
// looked for.
func (r *Result) findModes() (Finding, bool) {
	found := r.State.Found
	if found == nil {
		return Finding{}, false
	}
	shares := r.Fitted.Weights
	if len(shares) == 1 {
		return Finding{true, fmt.Sprintf("A search with %d particles from the prior found one mode.", len(found.Z))}, true
	}
	words := make([]string, len(shares))
	for k, w := range shares {
		words[k] = fmt.Sprintf("%.0f %%", 100*w)
	}
	return Finding{true, fmt.Sprintf("The posterior has %d separate modes, with %s of the mass: means and standard deviations say little, look at the pairs.", len(shares), strings.Join(words, ", "))}, true
}

// findRestarts compares restarts by what they reached, if there are several.
func (r *Result) findRestarts() (Finding, bool) {
	objectives := r.restarts()
	if objectives == nil {
		return Finding{}, false
	}
	spread := slices.Max(objectives) - slices.Min(objectives)
	text := fmt.Sprintf("%d fits from different beginnings reached objectives that differ by up to %.2f nats", len(objectives), spread)
	if spread > agreement {
		return Finding{false, text + "; the best is kept. Some ended at a worse mode, or too early."}, true
	}
	return Finding{true, text + ": no sign of another mode."}, true
}

// restarts returns the objective that each restart reached; nil if there is but
// one.
func (r *Result) restarts() []float64 {
	n := 0
	for _, p := range r.State.Parts {
		n = max(n, p.Restart+1)
	}
	if n < 2 {
		return nil
	}
	objectives := make([]float64, n)
	for restart := range objectives {
		objectives[restart] = -evidenceOf(r.State, restart)
	}
	return objectives
}

// evidenceOf returns the evidence that one of the restarts of every mode adds up
// to.
func evidenceOf(s calibrate.CampaignState, restart int) float64 {
	var one calibrate.CampaignState
	for _, p := range s.Parts {
		if p.Restart == restart {
			one.Parts = append(one.Parts, p)
		}
	}
	return one.Evidence()
}
