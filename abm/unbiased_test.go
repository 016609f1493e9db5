package abm_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/rng"
)

// alternatives is a rule that notes every alternative to a run's discrete draws
// with the derivative of its probability.
type alternatives struct {
	noting bool
	all    []alternative
}

type alternative struct {
	at     abm.Site
	value  float64
	weight []float64 // by parameter
}

func (r *alternatives) note(w *abm.World, at abm.Site, p ad.Num, value, rate float64) {
	if !r.noting || rate == 0 {
		return
	}
	weight := w.Arena().Tangents(nil, p)
	for k := range weight {
		weight[k] *= rate
	}
	r.all = append(r.all, alternative{at, value, weight})
}

func (r *alternatives) Bernoulli(w *abm.World, at abm.Site, p ad.Num, x float64) ad.Num {
	r.note(w, at, p, 1-x, 1-2*x)
	return ad.Const(x)
}

func (r *alternatives) Categorical(w *abm.World, at abm.Site, p, onehot []ad.Num) {
	for k := range p {
		if onehot[k].Primal() == 0 {
			r.note(w, at, p[k], float64(k), 1)
		}
	}
}

func (r *alternatives) Count(w *abm.World, at abm.Site, law abm.Law, x float64) ad.Num {
	up, toUp := law.Right(x)
	down, toDown := law.Left(x)
	r.note(w, at, law.Parameter(), up, (1-law.Mix())*toUp)
	r.note(w, at, law.Parameter(), down, law.Mix()*toDown)
	return ad.Const(x)
}

// estimate returns one unbiased estimate of dE[F]/dθ for F the observable 0: the
// pathwise derivative and the jumps to all alternatives, with the same luck.
func (r *alternatives) estimate(t *testing.T, w *abm.World, theta []float64, seed rng.Seed) []float64 {
	run := func() float64 {
		if err := w.Run(theta, seed); err != nil {
			t.Fatal(err)
		}
		return w.Series(nil)[0]
	}
	r.noting, r.all = true, r.all[:0]
	value := run()
	slope := w.Jacobian(nil)[:w.Arena().Params()]
	r.noting = false
	for _, a := range r.all {
		w.Force(a.at, a.value)
		jump := run() - value
		for k := range slope {
			slope[k] += a.weight[k] * jump
		}
	}
	w.Unforce()
	return slope
}

// theta of programs: opens, closes, share and rate are active, in this order.
var programTheta = []float64{0, 0.5, 0.8, 0.3, 1.5}

// Programs whose derivatives are known exactly: what the draws and decisions
// hand to an estimator suffices for an unbiased one.
func TestUnbiased(t *testing.T) {
	const a, b = 0.2, 0.7
	o, c, q, l := programTheta[1], programTheta[2], programTheta[3], programTheta[4]
	p := 1 - q
	g := q / (1 + l) // a geometric law's probability
	w1, w2, w3 := math.Exp(o/l), math.Exp(c/l), math.Exp(0.6/l)
	p1, p2, p3 := w1/(w1+w2+w3), w2/(w1+w2+w3), w3/(w1+w2+w3)
	mean := 3*p1 + 1*p2 + 7*p3
	slopeOfRate := -(p1*o*(3-mean) + p2*c*(1-mean) + p3*0.6*(7-mean)) / (l * l)

	for _, program := range []struct {
		name string
		f    func(w *abm.World) ad.Num
		want [4]float64 // d/d opens, closes, share, rate
		runs uint64
	}{
		{"conditional draw, mixed", func(w *abm.World) ad.Num {
			x := w.Bernoulli(0, w.Param("share"))
			return w.Bernoulli(1, x.Times(b-a).Plus(a))
		}, [4]float64{2: b - a}, 40000},
		{"conditional draw, branched", func(w *abm.World) ad.Num {
			x := w.Bernoulli(0, w.Param("share"))
			return w.Bernoulli(1, abm.If(x, ad.Const(b), ad.Const(a)))
		}, [4]float64{2: b - a}, 40000},
		{"conditional draw, as a power", func(w *abm.World) ad.Num {
			x := w.Bernoulli(0, w.Param("share"))
			return w.Bernoulli(1, ad.Const(b/a).Pow(x).Times(a))
		}, [4]float64{2: b - a}, 40000},
		{"two draws of one kind", func(w *abm.World) ad.Num {
			th := w.Param("share")
			return w.Bernoulli(0, th.Times(3)).Times(2).Add(w.Bernoulli(abm.Purpose(0).At(1), th))
		}, [4]float64{2: 7}, 10},
		{"binomial squared", func(w *abm.World) ad.Num { return w.Binomial(0, 5, w.Param("share")).Square() },
			[4]float64{2: 5*(1-2*q) + 50*q}, 20000},
		{"binomial of a binomial", func(w *abm.World) ad.Num {
			n := w.Binomial(0, 10, w.Param("share"))
			return w.Binomial(1, int(n.Primal()), w.Param("share"))
		}, [4]float64{2: 20 * q}, 40000},
		{"geometric squared", func(w *abm.World) ad.Num {
			return w.Geometric(0, w.Param("share").Div(w.Param("rate").Plus(1))).Square()
		}, [4]float64{2: (3*g - 4) / (g * g * g) / (1 + l), 3: -(3*g - 4) / (g * g * g) * q / ((1 + l) * (1 + l))}, 100000},
		{"Poisson squared", func(w *abm.World) ad.Num { return w.Poisson(0, w.Param("rate")).Square() },
			[4]float64{3: 1 + 2*l}, 20000},
		{"no Poisson event", func(w *abm.World) ad.Num {
			return abm.Greater(ad.Const(0.5), w.Poisson(0, w.Param("rate")), abm.NormalCDF{Sigma: 1})
		}, [4]float64{3: -math.Exp(-l)}, 100000},
		{"categorical", func(w *abm.World) ad.Num {
			th := w.Param("share")
			return w.Categorical(0, []ad.Num{th.Times(0.5), th.Times(0.5), th.Not()}).Of(consts(3.5, 5.2, 8.4))
		}, [4]float64{2: -4.05}, 40000},
		{"softmax choice", func(w *abm.World) ad.Num {
			u := []ad.Num{w.Param("opens"), w.Param("closes"), ad.Const(0.6)}
			return w.Choose(0, u, w.Param("rate")).Of(consts(3, 1, 7))
		}, [4]float64{p1 * (3 - mean) / l, p2 * (1 - mean) / l, 0, slopeOfRate}, 200000},
		{"binomial, Bernoulli and normal", func(w *abm.World) ad.Num {
			th := w.Param("share")
			v := th.Mul(th.Not())
			n := w.Binomial(0, 10, th)
			return v.Mul(n.Times(2).Add(w.Bernoulli(1, th).Times(3))).Mul(w.Normal(2, n, v))
		}, [4]float64{2: 40*q + 570*q*q - 840*q*q*q}, 60000},
		{"winner of two draws", func(w *abm.World) ad.Num {
			x, y := w.Bernoulli(0, w.Param("share")), w.Bernoulli(1, w.Param("share"))
			best := w.ArgMax([]ad.Num{x, y.Times(2), ad.Const(0.5)}, 1)
			return best.Of(consts(1, 2, 4)) // 2 with probability q, else 1 or 4
		}, [4]float64{2: 2 - q*1 + p - 4*p - 4*p}, 40000},
	} {
		checkUnbiased(t, program.name, program.f, program.want, program.runs)
	}
}

// checkUnbiased tests the mean of estimates, which the runs must pin down to 1 %.
func checkUnbiased(t *testing.T, name string, f func(w *abm.World) ad.Num, want [4]float64, runs uint64) {
	t.Helper()
	s := ready(t, prober(1, func(w *abm.World) func() {
		w.Observe(0, f(w))
		return func() {}
	}))
	r := &alternatives{}
	w := abm.NewWorld(s, []int{1, 2, 3, 4}, r)
	defer w.Close()
	var sum, squares [4]float64
	for run := range runs {
		for k, v := range r.estimate(t, w, programTheta, rng.Seed{Master: 5, Run: run}) {
			sum[k] += v
			squares[k] += v * v
		}
	}
	n := float64(runs)
	for k := range want {
		mean := sum[k] / n
		se := math.Sqrt(math.Max(0, squares[k]/n-mean*mean) / n)
		if math.Abs(mean-want[k]) > 4*se+1e-9*math.Abs(want[k]) {
			t.Errorf("%s, parameter %d: %v ± %v, want %v", name, k, mean, se, want[k])
		}
		if se > 0.01*math.Abs(want[k]) {
			t.Errorf("%s, parameter %d: %s is too coarse", name, k, fmt.Sprintf("± %v of %v", se, want[k]))
		}
	}
}
