package prior

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/diff/fd"
	"gonum.org/v1/gonum/integrate/quad"
	"pgregory.net/rapid"
)

// must returns the density of a constructor call known to be right.
func must(d Density, err error) Density {
	if err != nil {
		panic(err)
	}
	return d
}

// near reports whether got agrees with want to tol, relative to 1 + |want|.
func near(got, want, tol float64) bool {
	return got == want || math.Abs(got-want) <= tol*(1+math.Abs(want))
}

// reference is what gonum's distuv offers of a density.
type reference interface {
	LogProb(x float64) float64
	CDF(x float64) float64
	Quantile(p float64) float64
}

// checkReference compares d with an independent implementation.
func checkReference(t *testing.T, d Density, ref reference) {
	t.Helper()
	for _, u := range []float64{0.001, 0.1, 0.5, 0.77, 0.999} {
		x := d.Quantile(u)
		logp, _ := d.LogDensity(x)
		if want := ref.LogProb(x); !near(logp, want, 1e-11) {
			t.Errorf("%v: LogDensity(%v) = %v, want %v", d, x, logp, want)
		}
		if want := ref.Quantile(u); !near(x, want, 1e-9) {
			t.Errorf("%v: Quantile(%v) = %v, want %v", d, u, x, want)
		}
		if got, want := d.CDF(x), ref.CDF(x); !near(got, want, 1e-12) {
			t.Errorf("%v: CDF(%v) = %v, want %v", d, x, got, want)
		}
	}
}

// checkDensity tests everything that must hold for any density.
func checkDensity(t *testing.T, d Density) {
	t.Helper()
	t.Run(d.String(), func(t *testing.T) {
		rapid.Check(t, func(rt *rapid.T) { checkPoint(rt, d, rapid.Float64Range(0.002, 0.998).Draw(rt, "u")) })
		rapid.Check(t, func(rt *rapid.T) { checkRoundTrip(rt, d, rapid.Float64Range(1e-9, 1-1e-9).Draw(rt, "u")) })
		checkIntegrals(t, d)
		checkEdges(t, d)
	})
}

// checkIntegrals compares mass, mean and standard deviation with quadrature
// over the unconstrained coordinate.
func checkIntegrals(t *testing.T, d Density) {
	t.Helper()
	u := Unconstrain(d)
	from, to := u.QuantileAt(1e-11), u.QuantileAt(1-1e-11)
	if from > to {
		from, to = to, from
	}
	moment := func(f func(x float64) float64) float64 {
		return quad.Fixed(func(w float64) float64 {
			x, _, _, _ := u.Bijector().Forward(w)
			logp, _ := u.LogDensityAt(w)
			return f(x) * math.Exp(logp)
		}, from, to, 1000, quad.Legendre{}, 0)
	}
	if mass := moment(func(float64) float64 { return 1 }); !near(mass, 1, 1e-9) {
		t.Errorf("%v: mass %v", d, mass)
	}
	if mean := moment(func(x float64) float64 { return x }); !near(d.Mean(), mean, 1e-6) {
		t.Errorf("%v: mean %v, want %v", d, d.Mean(), mean)
	}
	sd := math.Sqrt(moment(func(x float64) float64 { return (x - d.Mean()) * (x - d.Mean()) }))
	if math.Abs(d.SD()-sd) > 1e-5*sd {
		t.Errorf("%v: sd %v, want %v", d, d.SD(), sd)
	}
}

func checkEdges(t *testing.T, d Density) {
	t.Helper()
	lo, hi := d.Support()
	if d.Quantile(0) != lo || d.Quantile(1) != hi {
		t.Errorf("%v: quantiles of 0 and 1 are %v and %v", d, d.Quantile(0), d.Quantile(1))
	}
	for _, x := range []float64{lo - 1, hi + 1} {
		if math.IsInf(x, 0) {
			continue
		}
		if logp, dlogp := d.LogDensity(x); !math.IsInf(logp, -1) || dlogp != 0 {
			t.Errorf("%v: outside the support at %v log-density %v, derivative %v", d, x, logp, dlogp)
		}
		if got, want := d.CDF(x), map[bool]float64{true: 0, false: 1}[x < lo]; got != want {
			t.Errorf("%v: CDF(%v) = %v, want %v", d, x, got, want)
		}
	}
	checkPanic(t, "a probability", func() { d.Quantile(1.5) })
}

// checkPoint tests derivatives and the agreement of θ and w at one quantile.
func checkPoint(t *rapid.T, d Density, prob float64) {
	u := Unconstrain(d)
	x, w := d.Quantile(prob), u.QuantileAt(prob)
	step := 1e-4 * math.Min(x-d.Quantile(0.5*prob), d.Quantile(0.5*prob+0.5)-x) // small next to the scale of the density here
	if lo, hi := d.Support(); x-step > lo && x+step < hi && x+step > x {
		settings := &fd.Settings{Formula: fd.Central, Step: step}
		logp, dlogp := d.LogDensity(x)
		slope := fd.Derivative(func(x float64) float64 { l, _ := d.LogDensity(x); return l }, x, settings)
		if math.Abs(dlogp-slope)*step > 1e-7+1e-4*math.Abs(slope)*step {
			t.Errorf("%v at %v: derivative %v, want %v", d, x, dlogp, slope)
		}
		density := fd.Derivative(d.CDF, x, settings)
		if !near(density/math.Exp(logp), 1, 1e-4) {
			t.Errorf("%v at %v: density %v, slope of CDF %v", d, x, math.Exp(logp), density)
		}
	}
	theta, _, logDet, _ := u.Bijector().Forward(w)
	logp, dlogp := u.LogDensityAt(w)
	slope := fd.Derivative(func(w float64) float64 { l, _ := u.LogDensityAt(w); return l }, w, &fd.Settings{Formula: fd.Central})
	if !near(dlogp, slope, 1e-5) {
		t.Errorf("%v at w=%v: derivative %v, want %v", d, w, dlogp, slope)
	}
	if !near(theta, x, 1e-9) {
		t.Errorf("%v: quantile %v in θ, %v in w", d, x, theta)
	}
	if plain, _ := d.LogDensity(theta); !u.Bijector().Saturated(w) && !near(logp, plain+logDet, 1e-3) {
		t.Errorf("%v at w=%v: log-density %v, through θ %v", d, w, logp, plain+logDet)
	}
}

// checkRoundTrip compares CDF(Quantile(u)) with u, unless θ has run out of
// digits.
func checkRoundTrip(t *rapid.T, d Density, u float64) {
	x := d.Quantile(u)
	logp, _ := d.LogDensity(x)
	resolution := math.Exp(logp) * 4e-16 * math.Abs(x)
	if got := d.CDF(x); math.Abs(got-u) > 1e-12+1e-9*math.Min(u, 1-u)+resolution {
		t.Errorf("%v: CDF(Quantile(%v)) = %v", d, u, got)
	}
}

// checkPanic tests that f panics with a message of this package that holds want.
func checkPanic(t *testing.T, want string, f func()) {
	t.Helper()
	defer func() {
		t.Helper()
		if msg, _ := recover().(string); !strings.HasPrefix(msg, "prior: ") || !strings.Contains(msg, want) {
			t.Errorf("panic %q, want one about %q", msg, want)
		}
	}()
	f()
}

// checkError tests that a constructor refused its arguments and why.
func checkError(t *testing.T, d Density, err error, want string) {
	t.Helper()
	if d != nil || err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v and error %v, want an error about %q", d, err, want)
	}
}

// triangle is a density by a user of the package: 2x on [0, 1].
type triangle struct{ Uniform }

func (triangle) LogDensity(x float64) (logp, dlogp float64) { return math.Log(2 * x), 1 / x }
func (triangle) Quantile(u float64) float64                 { return math.Sqrt(u) }

func TestUnconstrainKeepsOwnCoordinate(t *testing.T) {
	d := must(NewLogUniform(1, 100))
	if _, ok := Unconstrain(d).(LogUniform); !ok {
		t.Errorf("%v lost its own coordinate", d)
	}
	u := Unconstrain(struct{ Density }{triangle{Uniform{0, 1}}})
	if got := u.Bijector(); got != (Interval{0, 1}) {
		t.Errorf("bijector of a foreign density: %v", got)
	}
	if got, want := u.QuantileAt(0.25), 0.0; !near(got, want, 1e-15) { // θ = 1/2
		t.Errorf("QuantileAt(0.25) = %v, want %v", got, want)
	}
	if logp, dlogp := u.LogDensityAt(0); !near(logp, math.Log(0.25), 1e-15) || !near(dlogp, 0.5, 1e-15) {
		t.Errorf("LogDensityAt(0) = %v, %v", logp, dlogp)
	}
}
