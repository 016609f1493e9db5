package gradient

import (
	"fmt"
	"math"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
)

// GumbelSoftmax lets a draw have the derivative of a softmax of its perturbed
// logits at temperature τ: the straight-through Gumbel-softmax, hard forward and
// soft backward.
//
//   - Estimates: d E[F]/dθ by forward mode, all parameters in one run.
//   - Bias: even where F is linear, by the factor m(p, τ), above 1 for small p,
//     below 1 near ½, which compounds over draws in sequence. A low τ has less.
//   - Variance: grows as 1/τ; at low τ a few draws near the edge carry all.
//   - Cost: one run with P tangents.
//   - Needs: τ < 1 if probabilities reach 0 or 1, where a draw's slope is then 0;
//     at τ > 1 it is infinite, which makes the sample not finite.
//   - Use it for: comparison with published results; moderate probabilities.
//
// Calibrate divides the slope of a Bernoulli draw or a choice between two by
// m(p, τ), which makes it unbiased where F is linear; no one factor would do so
// for more alternatives. Counts are straight-through, with the derivative of
// their mean.
//
// The noise is the luck of the draw itself, for a choice completed by what is
// random about the perturbed logits once their largest is known. It is kept as
// distances from the largest, which are positive, so there are no ties.
//
// Source: Jang, Gu and Poole (2017); Maddison, Mnih and Teh (2017); paper,
// section 3.2.
type GumbelSoftmax struct {
	Temperature float64 // τ > 0; 0 means 0.1
	Calibrate   bool    // divide slopes by m(p, τ)
}

// Name returns "gumbel-softmax".
func (GumbelSoftmax) Name() string { return "gumbel-softmax" }

// Sampler fails unless the temperature is positive.
func (g GumbelSoftmax) Sampler(p *Problem) (Sampler, error) {
	r := &gumbelRule{tau: g.Temperature}
	if r.tau == 0 {
		r.tau = 0.1
	}
	if !(r.tau > 0) || math.IsInf(r.tau, 1) {
		return nil, fmt.Errorf("the temperature of gumbel-softmax must be greater than 0 and finite, is %g", r.tau)
	}
	if g.Calibrate {
		r.mean = newMeanSlope(r.tau)
	}
	return newTangentSampler(p, r), nil
}

type gumbelRule struct {
	tau  float64
	mean *meanSlope // nil unless calibrated

	soft, ratio []float64 // of one choice: softmax, and it by its probability
}

func (r *gumbelRule) Bernoulli(w *abm.World, at abm.Site, p ad.Num, x float64) ad.Num {
	return p.Chain(x, softSlope(p.Primal(), w.Luck(at), r.tau)/r.factor(p.Primal()))
}

func (r *gumbelRule) Count(_ *abm.World, _ abm.Site, law abm.Law, x float64) ad.Num {
	return ad.Const(x).Surrogate(law.Mean())
}

// Categorical gives onehot the derivatives of softmax((log p_k + G_k)/τ) at fixed
// noise G: soft_k/τ·(d log p_k − Σ_j soft_j·d log p_j).
func (r *gumbelRule) Categorical(w *abm.World, at abm.Site, p, onehot []ad.Num) {
	r.perturb(w, at, p, drawn(onehot))
	scale := 1 / r.tau
	if len(p) == 2 {
		scale /= r.factor(p[1].Primal())
	}
	mean := ad.Num{}
	for k, q := range p {
		mean = ad.Combine(0, 1, mean, r.ratio[k], q)
	}
	for k, q := range p {
		onehot[k] = ad.Combine(onehot[k].Primal(), scale*r.ratio[k], q, -scale*r.soft[k], mean)
	}
}

// perturb draws the softmax of the perturbed logits of a choice that fell on c.
// Their largest is −log E_c and another −log(E_c + E_k/p_k), with independent
// standard exponentials E, so that k is log(1 + E_k/(p_k·E_c)) behind.
func (r *gumbelRule) perturb(w *abm.World, at abm.Site, p []ad.Num, c int) {
	r.soft, r.ratio = resize(r.soft, len(p)), resize(r.ratio, len(p))
	stream := w.LuckStream(at)
	first, sum := stream.Exponential(), 0.0
	for k, q := range p {
		if k == c {
			r.soft[k], r.ratio[k] = 1, 1/q.Primal()
		} else {
			r.soft[k], r.ratio[k] = behind(q.Primal(), stream.Exponential()/first, r.tau)
		}
		sum += r.soft[k]
	}
	for k := range p {
		r.soft[k] /= sum
		r.ratio[k] /= sum
	}
}

// behind returns (1 + e/p)^(−1/τ) and that divided by p, in the limit at p = 0.
func behind(p, e, tau float64) (soft, ratio float64) {
	if p == 0 {
		return 0, edge(1/e, tau)
	}
	soft = math.Exp(-math.Log1p(e/p) / tau)
	return soft, soft / p
}

// factor returns what the slope of a draw with probability p is divided by.
func (r *gumbelRule) factor(p float64) float64 {
	if r.mean == nil {
		return 1
	}
	return r.mean.at(p)
}

// softSlope is the derivative in p of the softmax of a Bernoulli draw that used
// the uniform u, σ((logit p − logit u)/τ), in the limit at p = 0 and 1.
func softSlope(p, u, tau float64) float64 {
	switch p {
	case 0:
		return edge((1-u)/u, tau)
	case 1:
		return edge(u/(1-u), tau)
	}
	z := math.Abs(logit(p)-logit(u)) / tau
	e := math.Exp(-z)
	return e / ((1 + e) * (1 + e)) / (tau * p * (1 - p))
}

// edge is the limit of (odds·p)^(1/τ)/(τ·p) as p falls to 0.
func edge(odds, tau float64) float64 {
	switch {
	case tau < 1:
		return 0
	case tau == 1:
		return odds
	}
	return math.Inf(1)
}

// logit is the log-odds of p.
func logit(p float64) float64 { return math.Log(p) - math.Log1p(-p) }

// resize returns a slice of length n, x if it is long enough.
func resize(x []float64, n int) []float64 {
	if cap(x) < n {
		return make([]float64, n)
	}
	return x[:n]
}
