package gradient

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
)

// weigh fills in what the estimates come to over all rows, in shares of the
// peaks: bias, spread, and the error expected of the mean of as many samples as
// one second of CPU allows,
//
//	error² = bias² + sd²·seconds a sample ,
//
// each a mean square over observables and steps. Bias is what is left after noise
// is taken off, bias² = max(0, mean of (estimate − reference)² − se²), and 0 for an
// estimator that has none by construction and shows none beyond noise.
func (s *Summary) weigh(rows []Row, seconds, doubtful float64, unbiased bool) {
	excess, noise, variance, n := 0.0, 0.0, 0.0, 0.0
	for _, c := range compare(rows, doubtful) {
		if c.top == 0 {
			continue
		}
		excess += c.share*c.share - c.noise*c.noise
		noise += c.noise * c.noise
		variance += c.SD / c.top * c.SD / c.top
		n++
	}
	if n == 0 {
		return
	}
	if s.Bias = math.Sqrt(max(0, excess/n)); unbiased && s.Agrees {
		s.Bias = 0
	}
	s.BiasSE, s.SD = math.Sqrt(noise/n), math.Sqrt(variance/n)
	s.Error = math.Hypot(s.Bias, s.SD*math.Sqrt(seconds))
}

// Recommendation is which estimator to use for one parameter, or for all of them
// together if Parameter is "all", and why.
type Recommendation struct {
	Parameter string `json:"parameter"`
	Estimator string `json:"estimator"` // "any" if the derivative is zero
	Why       string `json:"why"`
}

// conclude sums up the reference and recommends estimators.
func (c *check) conclude(truth sampled) {
	for k := range c.p.Active {
		rows := c.rowsOf(truth.cost.Estimator, k, truth, truth)
		s := Summary{Estimator: rows[0].Estimator, Parameter: rows[0].Parameter, Agrees: true, Verdict: "the reference"}
		s.weigh(rows, truth.cost.SecondsPerRun, 0, true)
		s.BiasSE /= math.Sqrt2 // its own alone
		if s.Bias = c.doubtful(k); s.SD == 0 {
			s.Bias = 0
		}
		if s.Error = math.Hypot(s.Bias, s.Error); s.Bias > 0 {
			s.Verdict += fmt.Sprintf(", whose step may put it off by %s of the peak", percent(s.Bias))
		}
		c.report.Truth = append(c.report.Truth, s)
		c.report.Recommendations = append(c.report.Recommendations, c.report.recommend(s.Parameter))
	}
	c.report.Recommendations = append(c.report.Recommendations, c.report.recommendOne())
}

// entrants returns the summaries by a parameter of all that could be used: the
// estimators that do not choose others themselves, and the reference.
func (r *Report) entrants(parameter string) []Summary {
	var all []Summary
	for _, s := range append(r.Summary[:len(r.Summary):len(r.Summary)], r.Truth...) {
		if s.Parameter == parameter && s.Estimator != autoName {
			all = append(all, s)
		}
	}
	return all
}

// risk is the error after a second by which estimators are ranked: of those that
// have a bias by construction, the standard error of the bias measured counts, too.
func (r *Report) risk(s Summary) float64 {
	if Unbiased(s.Estimator) || s.Estimator == r.Truth[0].Estimator {
		return s.Error
	}
	return math.Hypot(s.Error, s.BiasSE)
}

// recommend returns the estimator with the least risk among those that agree with
// the reference, and the reference.
func (r *Report) recommend(parameter string) Recommendation {
	var best, next, promising *Summary
	zero := true
	for _, s := range r.entrants(parameter) {
		zero = zero && s.SD == 0 && s.Agrees
		if (s.Agrees || s.Undecided) && (promising == nil || s.Error < promising.Error) {
			promising = &s
		}
		switch {
		case !s.Agrees:
		case best == nil || r.risk(s) < r.risk(*best):
			best, next = &s, best
		case next == nil || r.risk(s) < r.risk(*next):
			next = &s
		}
	}
	if zero {
		return Recommendation{parameter, "any", "the derivative is zero in every sample"}
	}
	why := fmt.Sprintf("error %s of the peak after one second", percent(best.Error))
	if next == nil {
		why += "; no other is shown to agree"
	} else {
		why += fmt.Sprintf("; next is %s with %s", next.Estimator, percent(r.risk(*next)))
	}
	switch {
	case promising.Error >= best.Error:
	case promising.Undecided:
		why += fmt.Sprintf("; %s may do better (%s), more samples would tell", promising.Estimator, percent(promising.Error))
	default:
		why += fmt.Sprintf("; %s looks better (%s), but its bias is known to ± %s only",
			promising.Estimator, percent(promising.Error), percent(promising.BiasSE))
	}
	return Recommendation{parameter, best.Estimator, why}
}

// tally counts how one estimator does over the parameters.
type tally struct {
	estimator string
	agrees    int
	logs      float64 // of risks, summed
	fails     []string
}

// tallies returns the tallies of all entrants over the parameters whose derivative
// is not zero, and the number of these.
func (r *Report) tallies() (all []tally, moved int) {
	for _, x := range r.Recommendations {
		if x.Estimator == "any" {
			continue
		}
		moved++
		for _, s := range r.entrants(x.Parameter) {
			i := slices.IndexFunc(all, func(t tally) bool { return t.estimator == s.Estimator })
			if i < 0 {
				i = len(all)
				all = append(all, tally{estimator: s.Estimator})
			}
			all[i].logs += math.Log(max(r.risk(s), 1e-12))
			if s.Agrees {
				all[i].agrees++
			} else {
				all[i].fails = append(all[i].fails, s.Parameter)
			}
		}
	}
	return all, moved
}

// recommendOne returns the one estimator for all parameters whose derivative is
// not zero: of those that agree for most of them the one with the least geometric
// mean of its risks.
func (r *Report) recommendOne() Recommendation {
	all, moved := r.tallies()
	if moved == 0 {
		return Recommendation{"all", "any", "all derivatives are zero in every sample"}
	}
	best := slices.MinFunc(all, func(a, b tally) int {
		return cmp.Or(cmp.Compare(b.agrees, a.agrees), cmp.Compare(a.logs, b.logs))
	})
	why := fmt.Sprintf("agrees for %d of %d parameters", best.agrees, moved)
	if best.estimator == r.Truth[0].Estimator {
		why = "the reference; no other does better for as many parameters"
	}
	why += fmt.Sprintf(", error %s of the peak after one second (geometric mean)", percent(math.Exp(best.logs/float64(moved))))
	if len(best.fails) > 0 {
		why += "; not for " + strings.Join(best.fails, ", ")
	}
	return Recommendation{"all", best.estimator, why}
}
