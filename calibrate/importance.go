package calibrate

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
)

// Importance says how far draws of a fit are from the posterior by the weights
// that would make them draws of it, with the largest weights smoothed by a
// generalised Pareto tail (Vehtari, Simpson, Gelman, Yao and Gabry 2024).
//
// It judges the posterior where the fit has draws: a mode without any goes
// unseen.
type Importance struct {
	Draws       int       `json:"draws"`
	KHat        float64   `json:"khat"`         // shape k̂ of the tail
	Usable      float64   `json:"khat_usable"`  // the weights are of use below this k̂
	ESS         float64   `json:"ess"`          // effective number of draws
	LogEvidence float64   `json:"log_evidence"` // log of the mean weight, nats
	Gap         float64   `json:"gap"`          // by how much it exceeds the mean log weight: KL(q ‖ posterior) where q has draws, nats
	LogWeights  []float64 `json:"-"`            // smoothed, their exponentials sum to one
}

// fewestTail is the least number of weights a tail is fitted to.
const fewestTail = 5

// NewImportance smooths log-weights log p(y, θ) − log q(θ); weights that are not
// finite count as zero. It returns nil if there are too few to fit a tail to.
func NewImportance(logWeights []float64) *Importance {
	x := slices.Clone(logWeights)
	for i, v := range x {
		if math.IsNaN(v) {
			x[i] = math.Inf(-1)
		}
	}
	n := len(x)
	tail := int(math.Ceil(min(0.2*float64(n), 3*math.Sqrt(float64(n)))))
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(x[a], x[b]) })
	if tail < fewestTail || tail >= n || math.IsInf(x[order[n-tail-1]], -1) {
		return nil
	}
	top := x[order[n-1]]
	floats.AddConst(-top, x)
	w := &Importance{Draws: n, Usable: min(1-1/math.Log10(float64(n)), 0.7)}
	w.KHat = smooth(x, order[n-tail:], x[order[n-tail-1]])
	total := floats.LogSumExp(x)
	w.LogEvidence = top + total - math.Log(float64(n))
	w.Gap = w.LogEvidence - meanFinite(logWeights)
	floats.AddConst(-total, x)
	w.LogWeights = x
	squares := 0.0
	for _, v := range x {
		squares += math.Exp(2 * v)
	}
	w.ESS = 1 / squares
	return w
}

// meanFinite is the mean of the numbers that are finite, less twice the log of
// their share, so that draws without weight count as what q loses there.
func meanFinite(x []float64) float64 {
	sum, n := 0.0, 0.0
	for _, v := range x {
		if finite(v) {
			sum += v
			n++
		}
	}
	return sum/n + 2*math.Log(n/float64(len(x)))
}

// String says in words what the draws are worth and how far the fit is from the
// posterior.
func (w *Importance) String() string {
	text := fmt.Sprintf("Weighed by the likelihood, %d draws are worth %.0f (k̂ = %.2f, usable below %.2f)", w.Draws, w.ESS, w.KHat, w.Usable)
	if w.KHat < w.Usable {
		text += fmt.Sprintf("; where it has draws the fit is %.2g nats from the posterior", math.Max(w.Gap, 0))
	}
	return text
}

// smooth replaces the log-weights of the tail, in ascending order, by quantiles
// of the Pareto tail above the cutoff, none above the greatest weight, which is
// 0. It returns the tail's shape.
func smooth(x []float64, tail []int, cutoff float64) float64 {
	over := make([]float64, len(tail))
	for i, at := range tail {
		over[i] = math.Exp(x[at]) - math.Exp(cutoff)
	}
	if over[0] <= 0 { // weights that tie with the cutoff have no tail above it
		return math.Inf(-1)
	}
	k, sigma := paretoTail(over)
	for i, at := range tail {
		p := (float64(i) + 0.5) / float64(len(tail))
		quantile := -sigma * math.Log1p(-p)
		if k != 0 {
			quantile = sigma * math.Expm1(-k*math.Log1p(-p)) / k
		}
		x[at] = min(math.Log(quantile+math.Exp(cutoff)), 0)
	}
	return k
}

// paretoTail fits a generalised Pareto distribution to sorted exceedances by the
// empirical-Bayes estimate of Zhang and Stephens (2009), its shape drawn weakly
// towards one half.
func paretoTail(x []float64) (k, sigma float64) {
	n := len(x)
	m := 30 + int(math.Sqrt(float64(n)))
	quartile := x[int(math.Floor(float64(n)/4+0.5))-1]
	b, profile := make([]float64, m), make([]float64, m)
	for j := range b {
		b[j] = 1/x[n-1] + (1-math.Sqrt(float64(m)/(float64(j)+0.5)))/(3*quartile)
		shape := meanLog(b[j], x)
		profile[j] = float64(n) * (math.Log(-b[j]/shape) - shape - 1)
	}
	total := floats.LogSumExp(profile)
	mean := 0.0
	for j := range b {
		mean += b[j] * math.Exp(profile[j]-total)
	}
	k = meanLog(mean, x)
	sigma = -k / mean
	return (float64(n)*k + 10*0.5) / (float64(n) + 10), sigma
}

// meanLog is the mean of log(1 − b·x).
func meanLog(b float64, x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += math.Log1p(-b * v)
	}
	return sum / float64(len(x))
}
