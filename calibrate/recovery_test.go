package calibrate_test

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/calibrate/flow"
	"github.com/nudge-abm/nudge/calibrate/prior"
	"github.com/nudge-abm/nudge/models/sir"
	"github.com/nudge-abm/nudge/rng"
)

// epidemic is what is seen of an epidemic on the complete network: who falls ill
// and who recovers, as counts a step. That is all there is to know of it, so its
// likelihood is exact: all agents are alike, and given the row before both counts
// are binomial.
type epidemic struct {
	agents                  float64
	susceptible, infected   []float64
	newInfected, newRemoved []float64
}

var threeOfSIR = []string{"transmission", "recovery", "initial"}

// simulated returns the epidemic that the model makes at θ.
func simulated(t *testing.T, s *abm.Setup, theta []float64, run uint64) *epidemic {
	t.Helper()
	w := abm.NewWorld(s, nil, nil)
	defer w.Close()
	all := s.Theta()
	for k, name := range threeOfSIR {
		all[s.Model.Parameter(name)] = theta[k]
	}
	if err := w.Run(all, rng.Seed{Master: 11, Run: run}); err != nil {
		t.Fatal(err)
	}
	series, c := w.Series(nil), len(s.Model.Observables)
	e := &epidemic{agents: float64(s.Int("agents"))}
	for at := 0; at < len(series); at += c {
		e.susceptible = append(e.susceptible, math.Round(series[at+s.Model.Observable("susceptible")]))
		e.infected = append(e.infected, math.Round(series[at+s.Model.Observable("infected")]))
		e.newInfected = append(e.newInfected, math.Round(series[at+s.Model.Observable("new_infections")]))
		e.newRemoved = append(e.newRemoved, math.Round(series[at+s.Model.Observable("new_recoveries")]))
	}
	return e
}

// logLikelihood is that of transmission, recovery and initial.
func (e *epidemic) logLikelihood(theta, grad []float64) (sum float64) {
	clear(grad)
	add := func(k int, trials, hits, hazard, perUnit float64) {
		if trials == 0 || hazard == 0 {
			return
		}
		miss := math.Exp(-hazard)
		sum += hits*math.Log1p(-miss) - (trials-hits)*hazard
		if grad != nil {
			grad[k] += (hits*miss/(1-miss) - (trials - hits)) * perUnit
		}
	}
	begun := e.infected[0]
	sum += begun*math.Log(theta[2]) + (e.agents-begun)*math.Log1p(-theta[2])
	if grad != nil {
		grad[2] = begun/theta[2] - (e.agents-begun)/(1-theta[2])
	}
	for row := 1; row < len(e.infected); row++ {
		pressure := e.infected[row-1] / (e.agents - 1)
		add(0, e.susceptible[row-1], e.newInfected[row], theta[0]*pressure, pressure)
		add(1, e.infected[row-1], e.newRemoved[row], theta[1], 1)
	}
	return sum
}

// outbreaks returns the epidemic model and the priors of its three parameters.
func outbreaks(t *testing.T) (*abm.Setup, *prior.Joint) {
	t.Helper()
	s := abm.NewSetup(sir.Model)
	for _, a := range []string{"agents=200", "steps=31", "network=complete", "units=counts", "quarantine_compliance=0", "distancing_factor=1"} {
		if err := s.Assign(a); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Prepare(); err != nil {
		t.Fatal(err)
	}
	var blocks []prior.Block
	for k, d := range []prior.Density{
		density(t)(prior.NewLogNormal(-1.2, 0.5)), density(t)(prior.NewLogNormal(-2.3, 0.5)), density(t)(prior.NewBeta(2, 30)),
	} {
		b, err := prior.NewCoordinate(threeOfSIR[k], d)
		if err != nil {
			t.Fatal(err)
		}
		blocks = append(blocks, b)
	}
	p, err := prior.NewJoint(blocks...)
	if err != nil {
		t.Fatal(err)
	}
	return s, p
}

// Where the likelihood of the epidemic is exact, the parameters that made the
// data rank evenly among the draws of the fits.
func TestRanksOfTheEpidemicAreUniform(t *testing.T) {
	ranksOfTheEpidemic(t, 60, calibrate.Options{Steps: 200, Draws: 8, LearningRate: 0.03, KLDraws: 32, Warmup: 60, Validations: 2, ValidationDraws: 64, Search: -1})
}

// ranksOfTheEpidemic fits n epidemics made at draws of the prior and judges the
// ranks.
func ranksOfTheEpidemic(t *testing.T, n int, o calibrate.Options) {
	t.Helper()
	s, p := outbreaks(t)
	truth := calibrate.NewPrior(p, n, 3)
	box := calibrate.NewBox(truth.Theta)
	ranks := make([][]int, 5)
	o.Flow, o.Workers = flow.Options{Kind: flow.FullRank}, 1
	for i, theta := range truth.Theta {
		seen := simulated(t, s, theta, uint64(i))
		o.Seed = uint64(i) + 1
		f := fitted(t, calibrate.Problem{Prior: p, Target: calibrate.LogLikelihood(seen.logLikelihood), Weight: 1}, o)
		r := f.Rank(theta, box, 99, o.Seed)
		for k, v := range append(r.Below, r.Denser, r.Closer) {
			ranks[k] = append(ranks[k], v)
		}
	}
	u := calibrate.NewUniformity(n, 100, 1)
	for k, kind := range []string{"transmission", "recovery", "initial", "density", "distance"} {
		t.Logf("%s: p %.3f, χ² p %.3f, log γ %.2f", kind, u.P(ranks[k]), u.ChiSquare(ranks[k]), u.LogGamma(ranks[k]))
		if u.P(ranks[k]) < 0.001 {
			t.Errorf("the ranks of %s are uneven: %v", kind, ranks[k])
		}
	}
}

// The likelihood is that of binomial counts.
func TestLikelihoodOfTheEpidemic(t *testing.T) {
	s, _ := outbreaks(t)
	theta := []float64{0.4, 0.1, 0.05}
	e := simulated(t, s, theta, 1)
	want := 0.0
	add := func(n, k, p float64) {
		c, _ := math.Lgamma(n + 1)
		a, _ := math.Lgamma(k + 1)
		b, _ := math.Lgamma(n - k + 1)
		want += distuv.Binomial{N: n, P: p}.LogProb(k) - (c - a - b)
	}
	add(e.agents, e.infected[0], theta[2])
	for row := 1; row < len(e.infected); row++ {
		if pressure := e.infected[row-1] / (e.agents - 1); pressure > 0 {
			if e.susceptible[row-1] > 0 {
				add(e.susceptible[row-1], e.newInfected[row], -math.Expm1(-theta[0]*pressure))
			}
			add(e.infected[row-1], e.newRemoved[row], -math.Expm1(-theta[1]))
		}
	}
	grad := make([]float64, 3)
	if got := e.logLikelihood(theta, grad); math.Abs(got-want) > 1e-6 {
		t.Errorf("%g, want %g", got, want)
	}
	for k, g := range grad {
		const h = 1e-6
		up, down := append([]float64(nil), theta...), append([]float64(nil), theta...)
		up[k], down[k] = theta[k]+h, theta[k]-h
		if slope := (e.logLikelihood(up, nil) - e.logLikelihood(down, nil)) / (2 * h); math.Abs(slope-g) > 1e-3*(1+math.Abs(g)) {
			t.Errorf("slope %d: %g, by differences %g", k, g, slope)
		}
	}
}
