package abm

import (
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/rng"
)

// DensityRule is a rule that is also asked about draws of the continuous laws
// whose parameters carry derivatives: normal (and so log-normal), exponential,
// gamma and beta. Under other rules, and for other laws, a draw has pathwise
// derivatives, which see no jump of what follows from it.
type DensityRule interface {
	Rule
	// Continuous returns the number that stands for a draw of value x: x itself
	// with its pathwise derivatives or, if the rule accounts for the law by its
	// density, x without. The density is the world's until the next draw.
	Continuous(w *World, at Site, density Density, x ad.Num) ad.Num
}

// Density is a continuous law at a value drawn from it, as a rule sees it.
type Density interface {
	// Score returns a number whose derivatives are those of log f(x), the
	// logarithm of the density at the value drawn, through the law's parameters.
	Score() ad.Num
	// Redraw replaces the value by another, independent draw and returns it.
	Redraw(s *rng.Stream) float64
}

// continuous returns the number that stands for a draw of value x, whose law has
// parameters a and b.
func (w *World) continuous(purpose Purpose, density Density, x, a, b ad.Num) ad.Num {
	if v := w.outcome(purpose, x.Primal()); v != x.Primal() {
		return ad.Const(v)
	}
	if w.density == nil || !a.Active() && !b.Active() {
		return x
	}
	return w.density.Continuous(w, w.site(purpose), density, x)
}
