package gradient

import (
	"fmt"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
)

// Score multiplies what a run brings by the score of its draws, the derivative
// of the log-probability of all that was drawn (likelihood ratio, REINFORCE).
//
//   - Estimates: d E[F]/dθ = E[F·Σ d log p] + E[dF at fixed draws], all parameters
//     at once. An observable meets only the draws made until its row. Draws of
//     continuous laws are part of dF, with pathwise derivatives, unless
//     Continuous puts those of a [abm.DensityRule] under the score, too.
//   - Bias: none, if what follows from pathwise draws is continuous in them.
//   - Variance: grows with the number of draws a parameter acts through, and as
//     1/p for rare ones; the relative error does not fall with the number of
//     agents. Less by a baseline, the mean of the other runs of a group, which
//     makes the estimate the sample covariance of F and score.
//   - Cost: a group of Runs plain runs is one sample.
//   - Needs: probabilities strictly between 0 and 1 where parameters move them. A
//     draw that is certain has no score, so a derivative through it is lost.
//   - Use it for: parameters of a few draws, hyper-parameters of initial states;
//     tiny models; an independent check of the others.
//
// The first run of sample i has the luck of run i and is the sample's series;
// the others have the luck of runs i + g·2⁴⁰, which no other sample has.
//
// Source: Glynn (1990), Likelihood ratio gradient estimation for stochastic
// systems; Kool, van Hoof and Welling (2019) for the baseline.
type Score struct {
	Runs       int  // of a group, at least 2; 0 means 10
	Continuous bool // score draws of continuous laws
}

// apart is the distance between the runs of a group.
const apart = 1 << 40

// Name returns "score".
func (Score) Name() string { return "score" }

// Sampler fails for a group of one run, which has no baseline.
func (s Score) Sampler(p *Problem) (Sampler, error) {
	runs := s.Runs
	if runs == 0 {
		runs = 10
	}
	if runs < 2 {
		return nil, fmt.Errorf("score compares runs with one another, so a group needs at least 2, not %d", runs)
	}
	rows, observables, active := p.Shape()
	rule := &scoreRule{continuous: s.Continuous, score: make([]float64, rows*active), moves: make([]float64, active)}
	return &scoreSampler{
		p: p, w: p.world(rule), runs: runs, rule: rule,
		meanScore: make([]float64, rows*active), meanSeries: make([]float64, rows*observables),
	}, nil
}

// scoreSampler gathers the covariance of series and score over a group.
type scoreSampler struct {
	p    *Problem
	w    *abm.World
	runs int
	rule *scoreRule

	series, pathwise      []float64 // of the run just made
	meanSeries, meanScore []float64 // of the group so far
}

// Sample makes a group of runs.
func (s *scoreSampler) Sample(run uint64, dst *Sample) error {
	n := len(s.meanSeries) * len(s.p.Active)
	if cap(dst.Jacobian) < n {
		dst.Jacobian = make([]float64, n)
	}
	dst.Jacobian = dst.Jacobian[:n]
	clear(dst.Jacobian)
	clear(s.meanSeries)
	clear(s.meanScore)
	for g := range s.runs {
		clear(s.rule.score)
		if err := s.w.Run(s.p.Theta, s.p.Luck(run+uint64(g)*apart)); err != nil {
			return err
		}
		s.series = s.w.Series(s.series)
		s.pathwise = s.w.Jacobian(s.pathwise)
		if g == 0 {
			dst.Series = append(dst.Series[:0], s.series...)
		}
		s.rule.accumulate()
		s.add(dst.Jacobian, float64(g+1))
	}
	dst.Runs = float64(s.runs)
	return nil
}

// add takes the n-th run of a group into account: a step of Welford's recurrence
// for the covariance. With F̄_r the mean of the other R−1 runs,
//
//	1/R·Σ_r (F_r − F̄_r)·score_r = 1/(R−1)·Σ_r (F_r − F̄)·(score_r − mean score).
func (s *scoreSampler) add(jacobian []float64, n float64) {
	_, observables, active := s.p.Shape()
	for i, v := range s.rule.score {
		s.meanScore[i] += (v - s.meanScore[i]) / n
	}
	runs := float64(s.runs)
	for i, v := range s.series {
		d := v - s.meanSeries[i]
		s.meanSeries[i] += d / n
		at := i / observables * active
		for k := range active {
			e := i*active + k
			jacobian[e] += d*(s.rule.score[at+k]-s.meanScore[at+k])/(runs-1) + s.pathwise[e]/runs
		}
	}
}

// Close frees the world.
func (s *scoreSampler) Close() { s.w.Close() }

// scoreRule gathers d log p of the draws made in each row, rows × active, and
// leaves draws plain.
type scoreRule struct {
	continuous bool
	score      []float64
	moves      []float64 // of the parameter of one draw
}

// Plain marks that draws stay plain.
func (*scoreRule) Plain() {}

func (r *scoreRule) Bernoulli(w *abm.World, _ abm.Site, p ad.Num, x float64) ad.Num {
	if v := p.Primal(); 0 < v && v < 1 {
		r.add(w, 1/(v-(1-x)), p)
	}
	return ad.Const(x)
}

func (r *scoreRule) Categorical(w *abm.World, _ abm.Site, p, onehot []ad.Num) {
	q := p[drawn(onehot)]
	r.add(w, 1/q.Primal(), q)
	for _, q := range p {
		if q.Primal() == 0 {
			r.add(w, 1, q) // so that the mean is 0 as always, though q is never drawn
		}
	}
}

func (r *scoreRule) Count(w *abm.World, _ abm.Site, law abm.Law, x float64) ad.Num {
	if !certain(law) {
		r.add(w, law.Score(x), law.Parameter())
	}
	return ad.Const(x)
}

// certain reports whether a law of counts has one outcome only.
func certain(law abm.Law) bool {
	p := law.Parameter().Primal()
	return p == 0 || p == 1 && law.Name() != "Poisson"
}

func (r *scoreRule) Continuous(w *abm.World, _ abm.Site, density abm.Density, x ad.Num) ad.Num {
	if !r.continuous {
		return x
	}
	r.add(w, 1, density.Score())
	return x.Detach()
}

// add adds slope·dq to the scores of the row being made.
func (r *scoreRule) add(w *abm.World, slope float64, q ad.Num) {
	if !q.Active() {
		return
	}
	w.Arena().Tangents(r.moves, q)
	row := r.score[w.Step()*len(r.moves):][:len(r.moves)]
	for k, d := range r.moves {
		row[k] += slope * d
	}
}

// accumulate makes the scores of rows those of all draws until each row.
func (r *scoreRule) accumulate() {
	for i := len(r.moves); i < len(r.score); i++ {
		r.score[i] += r.score[i-len(r.moves)]
	}
}
