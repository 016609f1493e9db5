package loss

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mathext"
)

// NegativeBinomialOptions are the settings of [NewNegativeBinomial].
type NegativeBinomialOptions struct {
	// Overdispersion κ fixes the variance m + κ·m² of a count with expectation
	// m. Zero, the default, makes it a nuisance parameter.
	Overdispersion float64
	// Parameter names the nuisance parameter; default "overdispersion".
	Parameter string
	// Floor is added to every simulated count before it serves as expectation,
	// like a background of reports that the model does not explain. It keeps
	// one unlucky zero from making the data impossible. Default
	// [DefaultFloor]; [NoFloor] (any negative number) adds nothing.
	Floor float64
	// Combine deals with replicates; default Each.
	Combine Combine
}

// NewNegativeBinomial returns −log likelihood of counts that are negative
// binomial with the simulated value plus the floor as expectation m and
// variance m + κ·m². In other notations κ = 1/φ (Stan's neg_binomial_2) = 1/r.
// At κ = 0 it is the Poisson likelihood; below, it is NaN. It returns an error
// naming row and column of an observed value that is negative or not whole.
func NewNegativeBinomial(data Data, o NegativeBinomialOptions) (Loss, error) {
	c, err := newCounts(data, o.Floor)
	if err != nil {
		return nil, err
	}
	kappa, err := newNuisance("overdispersion", o.Overdispersion, o.Parameter)
	if err != nil {
		return nil, err
	}
	label := fmt.Sprintf("negative-binomial likelihood (overdispersion %v, floor %v)", kappa, c.floor)
	return newPointwise(data, &negativeBinomial{c}, kappa, o.Combine, label)
}

// negativeBinomial is the [cell] of over-dispersed counts.
type negativeBinomial struct{ counts }

// at evaluates, with κ the nuisance parameter,
//
//	−log P(y) = log y! − Σ_{j<y} log(1+κj) − y·log m + (y+1/κ)·log(1+κm).
func (n *negativeBinomial) at(i int, x, kappa float64) (value, dx, dkappa float64) {
	if kappa < 0 {
		return math.NaN(), math.NaN(), math.NaN()
	}
	y, m := n.observed[i], x+n.floor
	rising, drising := logRising(y, kappa)
	g, dg := log1pOverT(kappa * m)
	value = n.logFactorial[i] - rising - ylog(y, m) + y*math.Log1p(kappa*m) + m*g
	dx = (1 + kappa*y) / (1 + kappa*m)
	if y > 0 {
		dx -= y / m
	}
	return value, dx, y*m/(1+kappa*m) + m*m*dg - drising
}

// logRising returns Σ_{j<y} log(1+κj) and its derivative in κ. For small κ the
// log-gamma functions it is made of cancel; Stirling's series in κ does not.
func logRising(y, kappa float64) (value, dkappa float64) {
	if kappa > 1./16 {
		phi := 1 / kappa
		upper, _ := math.Lgamma(y + phi)
		lower, _ := math.Lgamma(phi)
		slope := mathext.Digamma(y+phi) - mathext.Digamma(phi)
		return upper - lower + y*math.Log(kappa), phi * (y - phi*slope)
	}
	t := 1 + kappa*y
	g, dg := log1pOverT(kappa * y)
	s0, ds0 := stirling(kappa)
	s1, ds1 := stirling(kappa / t)
	return y*(g-1) + (y-0.5)*math.Log1p(kappa*y) + s1 - s0,
		y*y*dg + (y-0.5)*y/t + ds1/(t*t) - ds0
}

// stirling returns the remainder of Stirling's formula for log Γ(1/κ), and its
// derivative in κ, to double precision for κ ≤ 1/16.
func stirling(kappa float64) (value, dkappa float64) {
	q := kappa * kappa
	value = kappa * (1./12 - q*(1./360-q*(1./1260-q*(1./1680-q/1188))))
	return value, 1./12 - q*(3./360-q*(5./1260-q*(7./1680-q*9/1188)))
}

// log1pOverT returns log(1+t)/t and its derivative, for t > −1.
func log1pOverT(t float64) (value, dt float64) {
	if math.Abs(t) > 0.02 {
		l := math.Log1p(t)
		return l / t, (t/(1+t) - l) / (t * t)
	}
	for k := 10.0; k >= 1; k-- { // Σ (−t)^k/(k+1) and its derivative, by Horner
		dt = -dt*t - k/(k+1)
		value = (1/(k+1) + value) * -t
	}
	return 1 + value, dt
}
