package calibrate_test

import (
	"fmt"
	"math"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mathext"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/calibrate/prior"
	"github.com/nudge-abm/nudge/rng"
)

// target is a posterior that a fit with default options has to find.
type target struct {
	name       string
	priors     []prior.Density
	likelihood calibrate.LogLikelihood
	mode       func(theta []float64) int // which of several modes holds θ
	masses     []float64                 // theirs, if there are several
}

func (x target) problem(tb testing.TB) calibrate.Problem {
	tb.Helper()
	var blocks []prior.Block
	for k, d := range x.priors {
		b, err := prior.NewCoordinate(fmt.Sprintf("x%d", k+1), d)
		if err != nil {
			tb.Fatal(err)
		}
		blocks = append(blocks, b)
	}
	j, err := prior.NewJoint(blocks...)
	if err != nil {
		tb.Fatal(err)
	}
	return calibrate.Problem{Prior: j, Target: x.likelihood, Weight: 1}
}

// gap returns KL(q ‖ posterior) in nats by n draws of the fit. The evidence is
// that of importance sampling from it.
func gap(f *calibrate.Fitted, likelihood calibrate.LogLikelihood, n int) (kl float64, draws *calibrate.Draws) {
	draws = f.Draw(n, 2)
	w := make([]float64, n)
	for s, theta := range draws.Theta {
		w[s] = draws.LogPrior[s] + likelihood(theta, nil) - draws.LogQ[s]
	}
	return floats.LogSumExp(w) - math.Log(float64(n)) - floats.Sum(w)/float64(n), draws
}

// beliefs makes densities, or fails the test.
type beliefs struct{ testing.TB }

func (b beliefs) all(n int, d prior.Density, err error) []prior.Density {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
	same := make([]prior.Density, n)
	for k := range same {
		same[k] = d
	}
	return same
}

func (b beliefs) normal(n int, mean, sd float64) []prior.Density {
	d, err := prior.NewNormal(mean, sd)
	return b.all(n, d, err)
}

func (b beliefs) positive(n int, mean, sd float64) []prior.Density {
	d, err := prior.NewTruncatedNormal(mean, sd, 0, math.Inf(1))
	return b.all(n, d, err)
}

func (b beliefs) logNormal(n int, mean, sd float64) []prior.Density {
	d, err := prior.NewLogNormal(mean, sd)
	return b.all(n, d, err)
}

func (b beliefs) uniform(n int, low, high float64) []prior.Density {
	d, err := prior.NewUniform(low, high)
	return b.all(n, d, err)
}

// targets lists posteriors of many kinds: nearly normal, bent, against bounds,
// of models in discrete and continuous time, with separate modes.
func targets(tb testing.TB) []target {
	b := beliefs{tb}
	return []target{
		logistic(b), chainBinomial(b), boardingSchool(b), predatorPrey(b), volatility(b), box(b), banana(b),
		crescents(b), peaksOf(b.uniform(2, -5, 5), "four modes", []float64{.25, .25, .25, .25}, []float64{.5, .5, .5, .5}, [][]float64{{2, 2}, {-2, 2}, {2, -2}, {-2, -2}}),
		peaksOf(b.uniform(3, -8, 8), "unequal modes", []float64{.2, .5, .3}, []float64{.2, 1, .5}, [][]float64{{3, 0, 0}, {-3, 0, 0}, {0, 3, 3}}),
		peaksOf(b.normal(2, 0, 20), "close modes", []float64{.3, .7}, []float64{.5, .5}, [][]float64{{1.2, 0}, {-1.2, 0}}),
		peaksOf(b.normal(2, 0, 5), "a narrow peak", []float64{.5, .5}, []float64{.05, 1}, [][]float64{{3, 0}, {-1, 0}}),
		signs(b), eightSchools(b),
	}
}

// logistic is a regression of 150 answers on eight regressors.
func logistic(b beliefs) target {
	luck := rng.Seed{Master: 17}.Stream(rng.Key{})
	const n, d = 150, 8
	x, yes := make([][]float64, n), make([]float64, n)
	for i := range x {
		x[i] = make([]float64, d)
		x[i][0] = 1
		for k := 1; k < d; k++ {
			x[i][k] = luck.Normal() + .5*x[i][k-1]
		}
		if luck.Uniform() < 1/(1+math.Exp(-(.5+x[i][1]-1.5*x[i][2]+.3*x[i][3]))) {
			yes[i] = 1
		}
	}
	return target{name: "logistic regression", priors: b.normal(d, 0, 5), likelihood: func(theta, grad []float64) (v float64) {
		clear(grad)
		for i := range x {
			eta := floats.Dot(x[i], theta)
			v += yes[i]*eta - math.Max(eta, 0) - math.Log1p(math.Exp(-math.Abs(eta)))
			if grad != nil {
				floats.AddScaled(grad, yes[i]-1/(1+math.Exp(-eta)), x[i])
			}
		}
		return v
	}}
}

// chainBinomial is an epidemic among 500 who all meet, of which infections and
// recoveries are seen day by day: its likelihood is a product of binomials.
func chainBinomial(b beliefs) target {
	type day struct{ susceptible, infected, infections, recoveries float64 }
	luck := rng.Seed{Master: 5}.Stream(rng.Key{})
	const n = 500
	var days []day
	for s, i := 495., 5.; len(days) < 40; {
		d := day{s, i, float64(luck.Binomial(int(s), -math.Expm1(-.4*i/n))), float64(luck.Binomial(int(i), -math.Expm1(-.12)))}
		days = append(days, d)
		s, i = s-d.infections, i+d.infections-d.recoveries
	}
	// term is the log-likelihood of k of m at hazard h, and its slope in h.
	term := func(k, m, h float64) (float64, float64) {
		return k*math.Log(-math.Expm1(-h)) - (m-k)*h, k/math.Expm1(h) - (m - k)
	}
	return target{name: "chain-binomial epidemic", priors: append(b.logNormal(1, -1, 1), b.logNormal(1, -2, 1)...), likelihood: func(theta, grad []float64) (v float64) {
		clear(grad)
		for _, d := range days {
			if d.infected == 0 {
				break
			}
			x := d.infected / n
			l1, g1 := term(d.infections, d.susceptible, theta[0]*x)
			l2, g2 := term(d.recoveries, d.infected, theta[1])
			v += l1 + l2
			if grad != nil {
				grad[0] += g1 * x
				grad[1] += g2
			}
		}
		return v
	}}
}

// boardingSchool is the differential equation of Stan's case study of the
// influenza of 1978, whose posterior is published.
func boardingSchool(b beliefs) target {
	inBed := []float64{3, 8, 26, 76, 225, 298, 258, 233, 189, 128, 68, 29, 14, 4}
	epidemic := ode{2, 2, func(dy, inY, inTheta, y, theta []float64) {
		rate := theta[0] * y[0] * y[1] / 763
		dy[0], dy[1] = -rate, rate-theta[1]*y[1]
		copy(inY, []float64{-theta[0] * y[1] / 763, -theta[0] * y[0] / 763, theta[0] * y[1] / 763, theta[0]*y[0]/763 - theta[1]})
		copy(inTheta, []float64{-y[0] * y[1] / 763, 0, y[0] * y[1] / 763, -y[1]})
	}}
	gamma := func(x float64) float64 { v, _ := math.Lgamma(x); return v }
	over, err := prior.NewExponential(5)
	priors := append(append(b.positive(1, 2, 1), b.positive(1, .4, .5)...), b.all(1, over, err)...)
	return target{name: "boarding school", priors: priors, likelihood: func(theta, grad []float64) (v float64) {
		clear(grad)
		phi, inPhi := 1/theta[2], 0.0
		epidemic.solve([]float64{762, 1}, make([]float64, 4), theta, len(inBed), func(day int, y, s []float64) {
			k, m := inBed[day-1], math.Max(y[1], 1e-9)
			v += gamma(k+phi) - gamma(phi) - gamma(k+1) + phi*math.Log(phi/(phi+m)) + k*math.Log(m/(phi+m))
			if grad != nil {
				floats.AddScaled(grad[:2], k/m-(k+phi)/(phi+m), s[2:])
				inPhi += mathext.Digamma(k+phi) - mathext.Digamma(phi) + math.Log(phi/(phi+m)) + 1 - (phi+k)/(phi+m)
			}
		})
		if grad != nil {
			grad[2] = -inPhi * phi * phi
		}
		return v
	}}
}

// predatorPrey is the Lotka–Volterra model of the pelts of hare and lynx, 1900–20.
func predatorPrey(b beliefs) target {
	pelts := [2][]float64{
		{30, 47.2, 70.2, 77.4, 36.3, 20.6, 18.1, 21.4, 22, 25.4, 27.1, 40.3, 57, 76.6, 52.3, 19.5, 11.2, 7.6, 14.6, 16.2, 24.7},
		{4, 6.1, 9.8, 35.2, 59.4, 41.7, 19, 13, 8.3, 9.1, 7.4, 8, 12.3, 19.5, 45.7, 51.1, 29.7, 15.8, 9.7, 10.1, 8.6},
	}
	hunt := ode{2, 6, func(dy, inY, inTheta, y, th []float64) {
		u, v := y[0], y[1]
		dy[0], dy[1] = (th[0]-th[1]*v)*u, (th[3]*u-th[2])*v
		copy(inY, []float64{th[0] - th[1]*v, -th[1] * u, th[3] * v, th[3]*u - th[2]})
		copy(inTheta, []float64{u, -u * v, 0, 0, 0, 0, 0, 0, -v, u * v, 0, 0})
	}}
	priors := append(b.positive(1, 1, .5), b.positive(1, .05, .05)...)
	priors = append(append(priors, priors...), append(b.logNormal(2, math.Log(10), 1), b.logNormal(2, -1, 1)...)...)
	return target{name: "predator and prey", priors: priors, likelihood: func(theta, grad []float64) (v float64) {
		clear(grad)
		see := func(year int, y, s []float64) {
			for c := range pelts {
				sd := theta[6+c]
				z := math.Log(pelts[c][year]/y[c]) / sd
				v -= z*z/2 + math.Log(sd)
				if grad != nil {
					floats.AddScaled(grad[:6], z/sd/y[c], s[6*c:6*c+6])
					grad[6+c] += (z*z - 1) / sd
				}
			}
		}
		slopes := make([]float64, 12)
		slopes[4], slopes[6+5] = 1, 1
		see(0, theta[4:6], slopes)
		hunt.solve(theta[4:6], slopes, theta[:6], 20, see)
		return v
	}}
}

// volatility is a market whose variance follows its past moves (Bollerslev
// 1986): three parameters, two of them against a bound.
func volatility(b beliefs) target {
	luck := rng.Seed{Master: 3}.Stream(rng.Key{})
	returns := make([]float64, 300)
	for i, v := 0, 1.; i < len(returns); i++ {
		returns[i] = math.Sqrt(v) * luck.Normal()
		v = .1 + .12*returns[i]*returns[i] + .8*v
	}
	level, err := prior.NewHalfNormal(1)
	return target{name: "volatility of a market", priors: append(b.all(1, level, err), b.uniform(2, 0, 1)...), likelihood: func(theta, grad []float64) (l float64) {
		clear(grad)
		v, slope := 1., make([]float64, 3)
		for _, x := range returns {
			l -= math.Log(v)/2 + x*x/(2*v)
			if grad != nil {
				floats.AddScaled(grad, (x*x/v-1)/(2*v), slope)
			}
			floats.Scale(theta[2], slope)
			floats.Add(slope, []float64{1, x * x, v})
			v = theta[0] + theta[1]*x*x + theta[2]*v
		}
		return l
	}}
}

// box is a posterior that fills its box, a little more in one corner.
func box(b beliefs) target {
	return target{name: "filled box", priors: b.uniform(3, 0, 1), likelihood: func(theta, grad []float64) float64 {
		if grad != nil {
			copy(grad, []float64{1, -.5, 0})
		}
		return theta[0] - .5*theta[1]
	}}
}

// banana is a narrow bent ridge.
func banana(b beliefs) target {
	return target{name: "banana", priors: b.normal(2, 0, 3), likelihood: func(theta, grad []float64) float64 {
		e := (theta[1] - theta[0]*theta[0]) / .1
		if grad != nil {
			grad[0], grad[1] = -(theta[0]-1)*.5+e*2*theta[0]/.1, -e/.1
		}
		return -.25*(theta[0]-1)*(theta[0]-1) - e*e/2
	}}
}

// crescents are two half rings that open away from each other.
func crescents(b beliefs) target {
	return target{
		name: "two crescents", priors: b.uniform(2, -1, 1), masses: []float64{.5, .5},
		mode: func(theta []float64) int { return btoi(theta[0]+theta[1] > 0) },
		likelihood: func(theta, grad []float64) float64 {
			const width = .01
			side := math.Copysign(1/math.Sqrt2, theta[0]+theta[1])
			u, w := side*(theta[0]+theta[1])-.25, (theta[0]-theta[1])/math.Sqrt2
			r, beyond := math.Hypot(u, w), math.Min(u, 0) // the ends are soft
			inR, inU := -(r-.1)/(width*width)-1/r, -beyond/(width*width)
			if grad != nil {
				du, dw := inR*u/r+inU, inR*w/r
				grad[0], grad[1] = du*side+dw/math.Sqrt2, du*side-dw/math.Sqrt2
			}
			return -((r-.1)*(r-.1)+beyond*beyond)/(2*width*width) - math.Log(r)
		},
	}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// peaksOf is a mixture of normal peaks.
func peaksOf(priors []prior.Density, name string, masses, sd []float64, centres [][]float64) target {
	each := func(theta []float64) []float64 {
		l := make([]float64, len(centres))
		for k, c := range centres {
			d := floats.Distance(theta, c, 2) / sd[k]
			l[k] = math.Log(masses[k]) - float64(len(c))*math.Log(sd[k]) - d*d/2
		}
		return l
	}
	return target{
		name: name, priors: priors, masses: masses,
		mode: func(theta []float64) int { return floats.MaxIdx(each(theta)) },
		likelihood: func(theta, grad []float64) float64 {
			l := each(theta)
			sum := floats.LogSumExp(l)
			clear(grad)
			for k, c := range centres {
				for i := range grad {
					grad[i] -= math.Exp(l[k]-sum) * (theta[i] - c[i]) / (sd[k] * sd[k])
				}
			}
			return sum
		},
	}
}

// ode is y' = f(y, θ). f writes the derivative and its Jacobians in y (n × n) and
// θ (n × p).
type ode struct {
	n, p int
	f    func(dy, inY, inTheta, y, theta []float64)
}

// solve integrates the equation and its sensitivities s = ∂y/∂θ over units of
// time by the classical Runge–Kutta method, and shows them after each.
func (o ode) solve(y, s, theta []float64, units int, see func(unit int, y, s []float64)) {
	const perUnit = 10
	inY, inTheta := make([]float64, o.n*o.n), make([]float64, o.n*o.p)
	slope := func(dst, x []float64) {
		o.f(dst[:o.n], inY, inTheta, x[:o.n], theta)
		s, ds := x[o.n:], dst[o.n:]
		copy(ds, inTheta)
		for i := range o.n {
			for j := range o.n {
				floats.AddScaled(ds[i*o.p:(i+1)*o.p], inY[i*o.n+j], s[j*o.p:(j+1)*o.p])
			}
		}
	}
	x := append(append([]float64(nil), y...), s...)
	k, at := make([][]float64, 4), make([]float64, len(x))
	for i := range k {
		k[i] = make([]float64, len(x))
	}
	for unit := range units {
		for range perUnit {
			slope(k[0], x)
			for i, c := range []float64{.5, .5, 1} {
				floats.AddScaledTo(at, x, c/perUnit, k[i])
				slope(k[i+1], at)
			}
			for i, c := range []float64{1, 2, 2, 1} {
				floats.AddScaled(x, c/(6*perUnit), k[i])
			}
		}
		see(unit+1, x[:o.n], x[o.n:])
	}
}
