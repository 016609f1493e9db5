package calibrate_test

import (
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
	"time"

	"gonum.org/v1/gonum/floats"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/calibrate/flow"
	"github.com/nudge-abm/nudge/calibrate/prior"
	"github.com/nudge-abm/nudge/rng"
)

type target struct {
	name  string
	p     calibrate.Problem
	known float64                   // log evidence, NaN unknown
	mode  func(theta []float64) int // for multimodal
	modes []float64
}

func gapOf(f *calibrate.Fitted, p calibrate.Problem, n int, seed uint64) (elbo, logZ, ess float64, d *calibrate.Draws) {
	d = f.Draw(n, seed)
	w := make([]float64, n)
	for s, th := range d.Theta {
		w[s] = d.LogPrior[s] + p.Target.(calibrate.LogLikelihood)(th, nil)*p.Weight - d.LogQ[s]
		elbo += w[s] / float64(n)
	}
	logZ = floats.LogSumExp(w) - math.Log(float64(n))
	sq := 0.
	for _, x := range w {
		sq += math.Exp(2 * (x - logZ))
	}
	return elbo, logZ, float64(n) / sq * float64(n), d
}

func TestSuite(t *testing.T) {
	if os.Getenv("SUITE") == "" {
		t.Skip()
	}
	for _, x := range suite(t) {
		if s := os.Getenv("SUITE"); s != "all" && !strings.Contains(s, x.name) {
			continue
		}
		for seed := uint64(1); seed <= 1; seed++ {
			began := time.Now()
			o := calibrate.Options{Seed: seed}
			o.Flow.Kind = flow.Kind(os.Getenv("KIND"))
			fmt.Sscan(os.Getenv("LR"), &o.LearningRate)
			fmt.Sscan(os.Getenv("STEPS"), &o.Steps)
			f, st, err := calibrate.Fit(t.Context(), x.p, o)
			took := time.Since(began).Seconds()
			if err != nil {
				fmt.Printf("%-14s %v\n", x.name, err)
				continue
			}
			elbo, z, ess, d := gapOf(f, x.p, 8000, 9)
			fmt.Printf("%-10s parts %d D=%d gap %.4f ess/n %.3f logZ %.3f (known %.3f, gap %.4f) search %.3f in %d stages %d evals; %.1f s", x.name, len(st.Parts), len(d.Names), z-elbo, ess/8000/1, z, x.known, x.known-elbo, st.Found.LogEvidence, st.Found.Stages, st.Found.Evaluations, took)
			if x.mode != nil {
				m := make([]float64, len(x.modes))
				for _, th := range d.Theta {
					m[x.mode(th)] += 1. / 8000
				}
				fmt.Printf(" masses %.3f of %.3f", m, x.modes)
			}
			fmt.Println()
		}
	}
}

func must(t *testing.T) func(d prior.Density, err error) prior.Density { return density(t) }

func coords(t *testing.T, names []string, ds ...prior.Density) *prior.Joint {
	var b []prior.Block
	for i, n := range names {
		c, err := prior.NewCoordinate(n, ds[i])
		if err != nil {
			t.Fatal(err)
		}
		b = append(b, c)
	}
	j, err := prior.NewJoint(b...)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func same(d prior.Density, n int) []prior.Density {
	var x []prior.Density
	for range n {
		x = append(x, d)
	}
	return x
}

func letters(n int) (s []string) {
	for i := range n {
		s = append(s, fmt.Sprintf("x%d", i))
	}
	return
}

// ode integrates y' = f(y,θ) with forward sensitivities by RK4; f fills dy, J (n×n), K (n×p).
type ode struct {
	n, p int
	f    func(dy, jac, par, y, th []float64)
}

func (o ode) run(y0 []float64, s0 []float64, th []float64, h float64, steps int, emit func(i int, y, s []float64)) {
	n, p := o.n, o.p
	y, s := append([]float64{}, y0...), append([]float64{}, s0...)
	dy, jac, par := make([]float64, n), make([]float64, n*n), make([]float64, n*p)
	rhs := func(y, s, ky, ks []float64) {
		clear(jac)
		clear(par)
		o.f(ky, jac, par, y, th)
		for i := range n {
			for k := range p {
				v := par[i*p+k]
				for j := range n {
					v += jac[i*n+j] * s[j*p+k]
				}
				ks[i*p+k] = v
			}
		}
	}
	_ = dy
	ky, ks := make([][]float64, 4), make([][]float64, 4)
	for i := range ky {
		ky[i], ks[i] = make([]float64, n), make([]float64, n*p)
	}
	ty, ts := make([]float64, n), make([]float64, n*p)
	for i := range steps {
		rhs(y, s, ky[0], ks[0])
		for st, c := range []float64{.5, .5, 1} {
			for j := range y {
				ty[j] = y[j] + c*h*ky[st][j]
			}
			for j := range s {
				ts[j] = s[j] + c*h*ks[st][j]
			}
			rhs(ty, ts, ky[st+1], ks[st+1])
		}
		for j := range y {
			y[j] += h / 6 * (ky[0][j] + 2*ky[1][j] + 2*ky[2][j] + ky[3][j])
		}
		for j := range s {
			s[j] += h / 6 * (ks[0][j] + 2*ks[1][j] + 2*ks[2][j] + ks[3][j])
		}
		emit(i+1, y, s)
	}
}

func suite(t *testing.T) []target {
	var all []target
	// random walk
	for _, k := range []float64{20, 97} {
		const n = 99
		walk := calibrate.LogLikelihood(func(theta, grad []float64) float64 {
			if grad != nil {
				grad[0] = k/theta[0] - (n-k)/(1-theta[0])
			}
			return k*math.Log(theta[0]) + (n-k)*math.Log1p(-theta[0])
		})
		a, _ := math.Lgamma(k + 1)
		b, _ := math.Lgamma(n - k + 1)
		c, _ := math.Lgamma(n + 2)
		all = append(all, target{"walk", calibrate.Problem{Prior: coords(t, []string{"up"}, must(t)(prior.NewUniform(0, 1))), Target: walk, Weight: 1}, a + b - c, nil, nil})
	}
	lik, ev := linear(t)
	all = append(all, target{"linear", calibrate.Problem{Prior: coords(t, letters(10), same(must(t)(prior.NewNormal(0, 1)), 10)...), Target: lik, Weight: 1}, ev, nil, nil})
	all = append(all, logistic(t), chain(t), school(t), lotka(t), crescents(t), four(t), fourFar(t), garch(t), box(t), banana(t), unequal(t), mixed3(t))
	return all
}

func logistic(t *testing.T) target {
	luck := rng.Seed{Master: 17}.Stream(rng.Key{})
	const n, d = 150, 8
	x := make([][]float64, n)
	y := make([]float64, n)
	for i := range x {
		x[i] = make([]float64, d)
		x[i][0] = 1
		for k := 1; k < d; k++ {
			x[i][k] = luck.Normal() + .5*x[i][k-1]
		}
		eta := .5*x[i][0] + x[i][1] - 1.5*x[i][2] + .3*x[i][3]
		if luck.Uniform() < 1/(1+math.Exp(-eta)) {
			y[i] = 1
		}
	}
	l := calibrate.LogLikelihood(func(th, g []float64) float64 {
		clear(g)
		v := 0.
		for i := range x {
			eta := floats.Dot(x[i], th)
			p := 1 / (1 + math.Exp(-eta))
			if eta > 0 {
				v += y[i]*eta - eta - math.Log1p(math.Exp(-eta))
			} else {
				v += y[i]*eta - math.Log1p(math.Exp(eta))
			}
			if g != nil {
				floats.AddScaled(g, y[i]-p, x[i])
			}
		}
		return v
	})
	return target{"logistic", calibrate.Problem{Prior: coords(t, letters(d), same(must(t)(prior.NewNormal(0, 5)), d)...), Target: l, Weight: 1}, math.NaN(), nil, nil}
}

func chain(t *testing.T) target {
	// chain binomial SIR, both series observed
	luck := rng.Seed{Master: 5}.Stream(rng.Key{})
	const N, T = 500, 40
	bt, gm := .4, .12
	S, I := N-5, 5
	type row struct{ s, i, c, r int }
	var rows []row
	for range T {
		pi := 1 - math.Exp(-bt*float64(I)/N)
		pr := 1 - math.Exp(-gm)
		c, r := 0, 0
		for range S {
			if luck.Uniform() < pi {
				c++
			}
		}
		for range I {
			if luck.Uniform() < pr {
				r++
			}
		}
		rows = append(rows, row{S, I, c, r})
		S -= c
		I += c - r
	}
	l := calibrate.LogLikelihood(func(th, g []float64) float64 {
		clear(g)
		v := 0.
		for _, w := range rows {
			x := float64(w.i) / N
			e := math.Exp(-th[0] * x)
			if w.i > 0 {
				v += float64(w.c)*math.Log(-math.Expm1(-th[0]*x)) - float64(w.s-w.c)*th[0]*x
				v += float64(w.r)*math.Log(-math.Expm1(-th[1])) - float64(w.i-w.r)*th[1]
				if g != nil {
					g[0] += float64(w.c)*x*e/(1-e) - float64(w.s-w.c)*x
					g[1] += float64(w.r)*math.Exp(-th[1])/(-math.Expm1(-th[1])) - float64(w.i-w.r)
				}
			}
		}
		return v
	})
	return target{"chain", calibrate.Problem{Prior: coords(t, []string{"b", "g"}, must(t)(prior.NewLogNormal(-1, 1)), must(t)(prior.NewLogNormal(-2, 1))), Target: l, Weight: 1}, math.NaN(), nil, nil}
}

func school(t *testing.T) target {
	data := []float64{3, 8, 26, 76, 225, 298, 258, 233, 189, 128, 68, 29, 14, 4}
	o := ode{2, 2, func(dy, j, k, y, th []float64) {
		inf := th[0] * y[0] * y[1] / 763
		dy[0], dy[1] = -inf, inf-th[1]*y[1]
		j[0], j[1] = -th[0]*y[1]/763, -th[0]*y[0]/763
		j[2], j[3] = -j[0], -j[1]-th[1]
		k[0] = -y[0] * y[1] / 763
		k[2], k[3] = -k[0], -y[1]
	}}
	l := calibrate.LogLikelihood(func(th, g []float64) float64 {
		clear(g)
		v := 0.
		phi := 1 / th[2]
		const per = 20
		lg := func(x float64) float64 { a, _ := math.Lgamma(x); return a }
		dphi := 0.
		o.run([]float64{762, 1}, make([]float64, 4), th, 1./per, 14*per, func(i int, y, s []float64) {
			if i%per != 0 {
				return
			}
			d, m := data[i/per-1], math.Max(y[1], 1e-9)
			v += lg(d+phi) - lg(phi) - lg(d+1) + phi*math.Log(phi/(phi+m)) + d*math.Log(m/(phi+m))
			if g != nil {
				dm := d/m - (d+phi)/(phi+m)
				g[0] += dm * s[2]
				g[1] += dm * s[3]
				dphi += digamma(d+phi) - digamma(phi) + math.Log(phi/(phi+m)) + 1 - (phi+d)/(phi+m)
			}
		})
		if g != nil {
			g[2] = -dphi * phi * phi
		}
		return v
	})
	tn := func(m, s float64) prior.Density { return must(t)(prior.NewTruncatedNormal(m, s, 0, math.Inf(1))) }
	return target{"school", calibrate.Problem{Prior: coords(t, []string{"b", "g", "k"}, tn(2, 1), tn(.4, .5), must(t)(prior.NewExponential(5))), Target: l, Weight: 1}, -67.240, nil, nil}
}

func digamma(x float64) float64 {
	v := 0.
	for x < 10 {
		v -= 1 / x
		x++
	}
	i := 1 / (x * x)
	return v + math.Log(x) - .5/x - i*(1./12-i*(1./120-i*(1./252-i/240)))
}

func lotka(t *testing.T) target {
	hare := []float64{30, 47.2, 70.2, 77.4, 36.3, 20.6, 18.1, 21.4, 22, 25.4, 27.1, 40.3, 57, 76.6, 52.3, 19.5, 11.2, 7.6, 14.6, 16.2, 24.7}
	lynx := []float64{4, 6.1, 9.8, 35.2, 59.4, 41.7, 19, 13, 8.3, 9.1, 7.4, 8, 12.3, 19.5, 45.7, 51.1, 29.7, 15.8, 9.7, 10.1, 8.6}
	o := ode{2, 6, func(dy, j, k, y, th []float64) {
		u, v := y[0], y[1]
		dy[0], dy[1] = (th[0]-th[1]*v)*u, (-th[2]+th[3]*u)*v
		j[0], j[1], j[2], j[3] = th[0]-th[1]*v, -th[1]*u, th[3]*v, -th[2]+th[3]*u
		k[0], k[1] = u, -u*v
		k[6+2], k[6+3] = -v, u*v
	}}
	l := calibrate.LogLikelihood(func(th, g []float64) float64 {
		clear(g)
		v := 0.
		const per = 20
		add := func(y []float64, s []float64, i int) {
			for c, obs := range []float64{hare[i], lynx[i]} {
				sd := th[6+c]
				m := math.Log(y[c])
				z := (math.Log(obs) - m) / sd
				v += -z*z/2 - math.Log(sd*obs*math.Sqrt(2*math.Pi))
				if g != nil {
					for k := range 6 {
						g[k] += z / sd / y[c] * s[c*6+k]
					}
					g[6+c] += (z*z - 1) / sd
				}
			}
		}
		s0 := make([]float64, 12)
		s0[4], s0[6+5] = 1, 1
		add(th[4:6], s0, 0)
		o.run(th[4:6], s0, th[:6], 1./per, 20*per, func(i int, y, s []float64) {
			if i%per == 0 {
				add(y, s, i/per)
			}
		})
		return v
	})
	tn := func(m, s float64) prior.Density { return must(t)(prior.NewTruncatedNormal(m, s, 0, math.Inf(1))) }
	ln := func(m, s float64) prior.Density { return must(t)(prior.NewLogNormal(m, s)) }
	return target{"lotka", calibrate.Problem{Prior: coords(t, letters(8), tn(1, .5), tn(.05, .05), tn(1, .5), tn(.05, .05), ln(math.Log(10), 1), ln(math.Log(10), 1), ln(-1, 1), ln(-1, 1)), Target: l, Weight: 1}, math.NaN(), nil, nil}
}

// two moons as in sbibm: x = (r cos a + .25, r sin a) + (−|θ1+θ2|, −θ1+θ2)/√2 , observed (0,0)
func crescents(t *testing.T) target {
	l := calibrate.LogLikelihood(func(th, g []float64) float64 {
		q := math.Sqrt2
		sum := th[0] + th[1]
		u := math.Abs(sum)/q - .25
		w := (th[0] - th[1]) / q
		r := math.Hypot(u, w)
		if u < 0 {
			// smooth penalty at the ends instead of a wall
			v := -.5*math.Pow((r-.1)/.01, 2) - .5*math.Pow(u/.01, 2)
			if g != nil {
				dr := -(r - .1) / 1e-4
				du := dr*u/r - u/1e-4
				dw := dr * w / r
				sg := math.Copysign(1, sum)
				g[0], g[1] = du*sg/q+dw/q, du*sg/q-dw/q
			}
			return v - math.Log(r)
		}
		v := -.5*math.Pow((r-.1)/.01, 2) - math.Log(r)
		if g != nil {
			dr := -(r-.1)/1e-4 - 1/r
			du, dw := dr*u/r, dr*w/r
			sg := math.Copysign(1, sum)
			g[0], g[1] = du*sg/q+dw/q, du*sg/q-dw/q
		}
		return v
	})
	return target{"crescents", calibrate.Problem{Prior: coords(t, letters(2), same(must(t)(prior.NewUniform(-1, 1)), 2)...), Target: l, Weight: 1}, math.NaN(),
		func(th []float64) int {
			if th[0]+th[1] > 0 {
				return 1
			}
			return 0
		}, []float64{.5, .5}}
}

func mixture(t *testing.T, name string, centres [][]float64, sd, weights []float64, p prior.Density) target {
	d := len(centres[0])
	l := calibrate.LogLikelihood(func(th, g []float64) float64 {
		lp := make([]float64, len(centres))
		for k, c := range centres {
			lp[k] = math.Log(weights[k]) - float64(d)*math.Log(sd[k])
			for i := range c {
				lp[k] -= math.Pow((th[i]-c[i])/sd[k], 2) / 2
			}
		}
		v := floats.LogSumExp(lp)
		if g != nil {
			clear(g)
			for k, c := range centres {
				for i := range c {
					g[i] -= math.Exp(lp[k]-v) * (th[i] - c[i]) / sd[k] / sd[k]
				}
			}
		}
		return v
	})
	return target{name, calibrate.Problem{Prior: coords(t, letters(d), same(p, d)...), Target: l, Weight: 1}, math.NaN(), func(th []float64) int {
		best, at := math.Inf(1), 0
		for k, c := range centres {
			if v := floats.Distance(th, c, 2) / sd[k]; v < best {
				best, at = v, k
			}
		}
		return at
	}, weights}
}

func four(t *testing.T) target {
	return mixture(t, "four", [][]float64{{2, 2}, {-2, 2}, {2, -2}, {-2, -2}}, []float64{.5, .5, .5, .5}, []float64{.25, .25, .25, .25}, must(t)(prior.NewUniform(-5, 5)))
}

func fourFar(t *testing.T) target {
	return mixture(t, "fourfar", [][]float64{{2, 2}, {-2, 2}, {2, -2}, {-2, -2}}, []float64{.05, .05, .05, .05}, []float64{.25, .25, .25, .25}, must(t)(prior.NewNormal(0, 3)))
}

func unequal(t *testing.T) target {
	return mixture(t, "unequal", [][]float64{{3, 0, 0}, {-3, 0, 0}, {0, 3, 3}}, []float64{.2, 1, .5}, []float64{.2, .5, .3}, must(t)(prior.NewUniform(-8, 8)))
}

func mixed3(t *testing.T) target { // close modes
	return mixture(t, "close", [][]float64{{1.2, 0}, {-1.2, 0}}, []float64{.5, .5}, []float64{.3, .7}, must(t)(prior.NewNormal(0, 20)))
}

func garch(t *testing.T) target {
	luck := rng.Seed{Master: 3}.Stream(rng.Key{})
	const T = 300
	r := make([]float64, T)
	v := 1.
	for i := range r {
		r[i] = math.Sqrt(v) * luck.Normal()
		v = .1 + .12*r[i]*r[i] + .8*v
	}
	l := calibrate.LogLikelihood(func(th, g []float64) float64 {
		clear(g)
		w, a, b := th[0], th[1], th[2]
		s, val := 1., 0.
		var ds [3]float64
		for _, x := range r {
			val += -.5*math.Log(2*math.Pi*s) - x*x/2/s
			if g != nil {
				c := -.5/s + x*x/2/s/s
				for k := range ds {
					g[k] += c * ds[k]
				}
				ds[0] = 1 + b*ds[0]
				ds[1] = x*x + b*ds[1]
				ds[2] = s + b*ds[2]
			}
			s = w + a*x*x + b*s
		}
		return val
	})
	u := must(t)(prior.NewUniform(0, 1))
	return target{"garch", calibrate.Problem{Prior: coords(t, letters(3), must(t)(prior.NewHalfNormal(1)), u, u), Target: l, Weight: 1}, math.NaN(), nil, nil}
}

func box(t *testing.T) target { // uniform prior with a gentle slope: posterior fills the box
	l := calibrate.LogLikelihood(func(th, g []float64) float64 {
		if g != nil {
			g[0], g[1], g[2] = 1, -.5, 0
		}
		return th[0] - .5*th[1]
	})
	return target{"box", calibrate.Problem{Prior: coords(t, letters(3), same(must(t)(prior.NewUniform(0, 1)), 3)...), Target: l, Weight: 1}, math.Log(math.E-1) + math.Log((1-math.Exp(-.5))/.5), nil, nil}
}

func banana(t *testing.T) target {
	l := calibrate.LogLikelihood(func(th, g []float64) float64 {
		a, b := th[0], th[1]
		e := (b - a*a) / .1
		if g != nil {
			g[0] = -(a-1)*.5 + e*2*a/.1
			g[1] = -e / .1
		}
		return -.25*(a-1)*(a-1) - e*e/2
	})
	return target{"banana", calibrate.Problem{Prior: coords(t, letters(2), same(must(t)(prior.NewNormal(0, 3)), 2)...), Target: l, Weight: 1}, math.NaN(), nil, nil}
}
