package firms_test

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/diff/fd"
	"pgregory.net/rapid"

	"github.com/nudge-abm/nudge/models/firms"
)

// utility is what the best effort maximises.
func utility(theta, others, a, b, e float64) float64 {
	total := others + e
	return math.Pow(total*(a+b*total), theta) * math.Pow(1-e, 1-theta)
}

func TestBestEffortAtKnownPoints(t *testing.T) {
	for _, c := range []struct{ theta, others, a, b, want float64 }{
		{0.5, 0, 1, 1, math.Sqrt(3) / 3},
		{0.5, 0.5, 1, 1, 0.3931498},
		{0.5982513080, 1.1, 0.5, 0.6, 0.39027630}, // the switch of a one-agent model between
		{0.5982513080, 0, 0.9, 0.4, 0.64552859},   // a firm of four and one of its own
		{0.6908624805, 1.5, 0.9, 0.2, 0.35693284},
		{0.3, 0, 0.7, 0, 0.3},       // no returns: θ alone,
		{0.6, 0.5, 0.7, 0, 0.4},     // θ − (1−θ)·others with others,
		{0.3, 1, 0.7, 0, 0},         // 0 with many
		{0.3, 2, 1, 0.5, 0},         // the corner
		{0.3, 0, 0, 1, 0.6 / 1.3},   // no scale: 2θ/(1+θ)
		{0, 0.5, 1, 1, 0},           // no use for income
		{1, 0, 1, 1, 1},             // no use for leisure
		{0.5, 0.5, 1, 1e-300, 0.25}, // b → 0
		{0.5, 0.5, 0, 1, 0.5},       // a = 0: 1.5e² = 0.375
	} {
		got := firms.BestEffort(c.theta, c.others, c.a, c.b)
		if !(math.Abs(got-c.want) < 1e-7) {
			t.Errorf("θ %g, others %g, a %g, b %g: %.10g, want %.10g", c.theta, c.others, c.a, c.b, got, c.want)
		}
	}
}

// situation draws what a best effort depends on.
func situation(t *rapid.T) (theta, others, a, b float64) {
	return rapid.Float64Range(0.001, 0.999).Draw(t, "theta"), rapid.Float64Range(0, 20).Draw(t, "others"),
		rapid.Float64Range(0.001, 2).Draw(t, "a"), rapid.Float64Range(0, 2).Draw(t, "b")
}

// The effort agrees to 1e-9 with a search that knows the utility and its slope.
func TestBestEffortAgreesWithASearch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		theta, others, a, b := situation(t)
		got, want := firms.BestEffort(theta, others, a, b), search(theta, others, a, b)
		if !(math.Abs(got-want) < 1e-9) {
			t.Fatalf("%.12g, a search finds %.12g", got, want)
		}
	})
}

// search finds the maximum on a grid, and in its neighbourhood the root of the
// marginal utility by bisection, since the utility itself is flat there.
func search(theta, others, a, b float64) float64 {
	const cells = 2000
	best, top := 0.0, utility(theta, others, a, b, 0)
	for k := 1; k < cells; k++ {
		e := float64(k) / cells
		if u := utility(theta, others, a, b, e); u > top {
			best, top = e, u
		}
	}
	marginal := func(e float64) float64 {
		total := others + e
		return theta*(a+2*b*total)*(1-e) - (1-theta)*total*(a+b*total)
	}
	lo, hi := max(0, best-1.0/cells), min(1, best+1.0/cells)
	if marginal(lo) <= 0 {
		return lo
	}
	for range 60 {
		if mid := (lo + hi) / 2; marginal(mid) > 0 {
			lo = mid
		} else {
			hi = mid
		}
	}
	return lo
}

// However small the returns, the effort is continuous in them.
func TestBestEffortWithoutReturns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		theta, others, a, _ := situation(t)
		want := max(0, theta-(1-theta)*others)
		for _, b := range []float64{0, 1e-300, 1e-20, 1e-14} {
			if got := firms.BestEffort(theta, others, a, b); !(math.Abs(got-want) < 1e-9) {
				t.Fatalf("b = %g: %g, want %g", b, got, want)
			}
		}
	})
}

func TestSlopesOfTheBestEffort(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		theta, others, a, b := situation(t)
		b += 0.01
		e := firms.BestEffort(theta, others, a, b)
		byTheta, byOthers, byA, byB := firms.EffortSlopes(theta, others, a, b, e)
		if e < 1e-3 || e > 0.999 { // a corner is near
			return
		}
		settings := &fd.Settings{Formula: fd.Central, Step: 1e-6}
		for _, c := range []struct {
			name string
			got  float64
			f    func(d float64) float64
		}{
			{"θ", byTheta, func(d float64) float64 { return firms.BestEffort(theta+d, others, a, b) }},
			{"others", byOthers, func(d float64) float64 { return firms.BestEffort(theta, others+d, a, b) }},
			{"a", byA, func(d float64) float64 { return firms.BestEffort(theta, others, a+d, b) }},
			{"b", byB, func(d float64) float64 { return firms.BestEffort(theta, others, a, b+d) }},
		} {
			if want := fd.Derivative(c.f, 0, settings); !(math.Abs(c.got-want) < 1e-5*(1+math.Abs(want))) {
				t.Fatalf("by %s: %g, want %g", c.name, c.got, want)
			}
		}
	})
}

func TestCornerHasNoSlope(t *testing.T) {
	a, b, c, d := firms.EffortSlopes(0.3, 2, 1, 0.5, 0)
	if a != 0 || b != 0 || c != 0 || d != 0 {
		t.Errorf("slopes %g %g %g %g at the corner", a, b, c, d)
	}
}
