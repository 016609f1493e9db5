package abm

import "github.com/nudge-abm/nudge/ad"

// Law is a law of counts with one parameter that carries derivatives, as a rule
// sees it.
type Law interface {
	// Name is "binomial", "geometric" or "Poisson".
	Name() string
	// Parameter returns the parameter.
	Parameter() ad.Num
	// Mean returns E[X] with its derivatives.
	Mean() ad.Num
	// Score returns d log P(X = x)/d parameter.
	Score(x float64) float64
	// Quantile returns the value at which the distribution function reaches u,
	// for 0 < u < 1.
	Quantile(u float64) float64
	// Right and Left return a neighbouring value and the signed rate at which an
	// increasing parameter moves mass from x to it: E over x of
	// rate·(F(alternative) − F(x)) is dE[F]/d parameter, for Right alone and for
	// Left alone. A rate of 0 means that x has no such neighbour, and that the
	// alternative is x.
	Right(x float64) (alternative, rate float64)
	Left(x float64) (alternative, rate float64)
	// Mix returns the share α in [0, 1] of Left in the mix (1−α)·Right + α·Left
	// whose total rate, (1−α)·|Right's| + α·|Left's|, varies least.
	Mix() float64
}

// laws holds the law of the latest draw of each kind, so that a rule can be
// asked about it without an allocation.
type laws struct {
	binomial  Binomial
	geometric Geometric
	poisson   Poisson

	normal      normal
	exponential exponential
	gamma       gamma
	beta        beta
}

// count draws from a law and returns the number that stands for the draw.
func (w *World) count(purpose Purpose, law Law) ad.Num {
	v := w.outcome(purpose, law.Quantile(w.uniform(purpose)))
	if !law.Parameter().Active() {
		return ad.Const(v)
	}
	return w.rule.Count(w, w.site(purpose), law, v)
}

// share is a/b, and 0 where a is 0 though b may be 0 too.
func share(a, b float64) float64 {
	if a == 0 {
		return 0
	}
	return a / b
}
