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
	// Right and Left return a neighbouring value and the signed rate at which an
	// increasing parameter moves mass from x to it: E over x of
	// rate·(F(alternative) − F(x)) is dE[F]/d parameter, for Right alone and for
	// Left alone. A rate of 0 means that x has no such neighbour.
	Right(x float64) (alternative, rate float64)
	Left(x float64) (alternative, rate float64)
	// Mix returns the share α of Left in the mix (1−α)·Right + α·Left whose
	// rates vary least.
	Mix() float64
}
