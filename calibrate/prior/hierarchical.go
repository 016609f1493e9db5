package prior

import (
	"fmt"
	"math"
	"strings"
)

// Hierarchical is the prior of one quantity in several groups that are alike,
// such as the transmission in each of some regions: how alike is learned with it.
// In the bijector's coordinate w the groups are normal about a common mean,
//
//	w_g = mean + spread·x_g ,   x_g standard normal,   θ_g = b(w_g) ,
//
// and mean and spread have priors of their own: groups with few data are drawn to
// the others, the more so the smaller the spread that the others show.
//
// The coordinates are those of mean and spread and the x_g, in which the prior is a
// product (non-centred; Papaspiliopoulos, Roberts and Sköld 2007). In θ it would be
// a funnel, narrow where the spread is small.
type Hierarchical struct {
	mean, spread *Coordinate
	groups       []string
	bijector     Bijector
	pooled       Density // of each group by itself
}

// NewHierarchical returns the block of mean, spread and one parameter a group, in
// this order. The bijector makes the groups normal ([Real]), log-normal
// ([Positive]) or logit-normal ([Interval]). It returns an error if it is another,
// there are less than two groups, one has no name or the name of another, or the
// prior of the spread goes below zero.
func NewHierarchical(groups []string, b Bijector, mean, spread *Coordinate) (*Hierarchical, error) {
	if len(groups) < 2 {
		return nil, fmt.Errorf("a hierarchical prior needs at least 2 groups, has %d", len(groups))
	}
	if lo, hi := spread.density.Support(); lo < 0 {
		return nil, fmt.Errorf("%s must be positive, but its prior goes from %v to %v", spread.name, lo, hi)
	}
	switch b.(type) {
	case Real, Positive, Interval:
	default:
		return nil, fmt.Errorf("groups are normal, log-normal or logit-normal about their mean, not %v", b)
	}
	seen := map[string]bool{mean.name: true}
	for _, name := range append([]string{spread.name}, groups...) {
		if name == "" || seen[name] {
			return nil, fmt.Errorf("a hierarchical prior needs different names, has %q", append([]string{mean.name, spread.name}, groups...))
		}
		seen[name] = true
	}
	h := &Hierarchical{mean: mean, spread: spread, groups: append([]string(nil), groups...), bijector: b}
	h.pooled = newPooled(b, mean.density, spread.density, h.law())
	return h, nil
}

// Names implements [Block].
func (h *Hierarchical) Names() []string {
	return append([]string{h.mean.name, h.spread.name}, h.groups...)
}

// Dim implements [Block].
func (h *Hierarchical) Dim() int { return 2 + len(h.groups) }

// Constrain implements [Block].
func (h *Hierarchical) Constrain(theta, z []float64) (logDet float64) {
	h.want(z, theta)
	logDet = h.mean.Constrain(theta[:1], z[:1]) + h.spread.Constrain(theta[1:2], z[1:2])
	logSpread := math.Log(theta[1])
	for g, x := range z[2:] {
		value, _, logDet1, _ := h.bijector.Forward(theta[0] + theta[1]*x)
		theta[2+g] = value
		logDet += logSpread + logDet1
	}
	return logDet
}

// Unconstrain implements [Block].
func (h *Hierarchical) Unconstrain(z, theta []float64) {
	h.want(z, theta)
	h.mean.Unconstrain(z[:1], theta[:1])
	h.spread.Unconstrain(z[1:2], theta[1:2])
	for g, value := range theta[2:] {
		z[2+g] = (h.bijector.Inverse(value) - theta[0]) / theta[1]
	}
}

// LogDensity implements [Block].
func (h *Hierarchical) LogDensity(grad, z []float64) float64 {
	wantLen("z", len(z), h.Dim())
	if grad == nil {
		return h.mean.LogDensity(nil, z[:1]) + h.spread.LogDensity(nil, z[1:2]) + logStandard(z[2:])
	}
	wantLen("gradient", len(grad), h.Dim())
	for g, x := range z[2:] {
		grad[2+g] = -x
	}
	return h.mean.LogDensity(grad[:1], z[:1]) + h.spread.LogDensity(grad[1:2], z[1:2]) + logStandard(z[2:])
}

// Pull implements [Block].
func (h *Hierarchical) Pull(zbar, z, theta, thetabar []float64) {
	h.want(z, theta)
	h.want(zbar, thetabar)
	mean, spread := [1]float64{thetabar[0]}, [1]float64{thetabar[1]}
	for g, x := range z[2:] {
		_, slope, _, _ := h.bijector.Forward(theta[0] + theta[1]*x)
		bar := thetabar[2+g] * slope
		mean[0] += bar
		spread[0] += bar * x
		zbar[2+g] = bar * theta[1]
	}
	h.mean.Pull(zbar[:1], z[:1], theta[:1], mean[:])
	h.spread.Pull(zbar[1:2], z[1:2], theta[1:2], spread[:])
}

// Draw implements [Block].
func (h *Hierarchical) Draw(theta, u []float64) {
	h.want(u, theta)
	h.mean.Draw(theta[:1], u[:1])
	h.spread.Draw(theta[1:2], u[1:2])
	for g := range h.groups {
		theta[2+g], _, _, _ = h.bijector.Forward(theta[0] + theta[1]*standard.Quantile(u[2+g]))
	}
}

// Saturated implements [Block].
func (h *Hierarchical) Saturated(z []float64) int {
	wantLen("z", len(z), h.Dim())
	n := h.mean.Saturated(z[:1]) + h.spread.Saturated(z[1:2])
	var mean, spread [1]float64
	h.mean.Constrain(mean[:], z[:1])
	h.spread.Constrain(spread[:], z[1:2])
	for _, x := range z[2:] {
		if h.bijector.Saturated(mean[0] + spread[0]*x) {
			n++
		}
	}
	return n
}

// Marginal implements [Block]. That of a group is integrated over mean and spread
// by quadrature.
func (h *Hierarchical) Marginal(i int) Density {
	wantIndex(i, h.Dim())
	switch i {
	case 0:
		return h.mean.density
	case 1:
		return h.spread.density
	}
	return h.pooled
}

func (h *Hierarchical) String() string {
	return fmt.Sprintf("%v\n%v\n(%s) ~ %s", h.mean, h.spread, strings.Join(h.groups, ", "), h.law())
}

// law is the distribution of a group given mean and spread, as written in a report.
func (h *Hierarchical) law() string {
	law := fmt.Sprintf("Normal(%s, %s)", h.mean.name, h.spread.name)
	switch h.bijector {
	case Real{}:
		return law
	case Positive{}:
		return "Log" + law
	case Interval{0, 1}:
		return "Logit" + law
	}
	return fmt.Sprintf("Logit%s %v", law, h.bijector)
}

func (h *Hierarchical) want(z, theta []float64) {
	wantLen("z", len(z), h.Dim())
	wantLen("θ", len(theta), h.Dim())
}

// standard is the standard normal density.
var standard = Normal{0, 1}

// logStandard is the log-density of independent standard normal numbers.
func logStandard(x []float64) (logp float64) {
	for _, v := range x {
		logp -= 0.5*v*v + logSqrt2Pi
	}
	return logp
}
