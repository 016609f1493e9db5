package abm_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
)

// countLaw is a law of counts at one value of its parameter.
type countLaw struct {
	name   string
	law    func(p ad.Num) abm.Law
	draw   func(w *abm.World, p ad.Num) ad.Num
	logPMF func(x, p float64) float64
	at     float64
	most   int        // values beyond do not matter
	mean   [2]float64 // E[X] and E[X²]
	slope  [2]float64 // and their derivatives
}

// countLaws lists laws inside and at the ends of their parameters' ranges.
func countLaws() []countLaw {
	var all []countLaw
	for _, p := range []float64{0, 0.05, 0.3, 0.5, 0.9, 1} {
		const n = 7.0
		all = append(all, countLaw{
			name:   fmt.Sprintf("binomial %v", p),
			law:    func(p ad.Num) abm.Law { return abm.Binomial{N: n, P: p} },
			draw:   func(w *abm.World, p ad.Num) ad.Num { return w.Binomial(1, n, p) },
			logPMF: func(x, p float64) float64 { return logChoose(n, x) + xlogy(x, p) + xlogy(n-x, 1-p) },
			at:     p, most: n,
			mean:  [2]float64{n * p, n*p*(1-p) + n*n*p*p},
			slope: [2]float64{n, n*(1-2*p) + 2*n*n*p},
		})
	}
	for _, p := range []float64{0.1, 0.4, 0.8, 1} {
		q := 1 - p
		all = append(all, countLaw{
			name:   fmt.Sprintf("geometric %v", p),
			law:    func(p ad.Num) abm.Law { return abm.Geometric{P: p} },
			draw:   func(w *abm.World, p ad.Num) ad.Num { return w.Geometric(1, p) },
			logPMF: func(x, p float64) float64 { return math.Log(p) + xlogy(x, 1-p) },
			at:     p, most: 1000,
			mean:  [2]float64{q / p, q * (2 - p) / (p * p)},
			slope: [2]float64{-1 / (p * p), (3*p - 4) / (p * p * p)},
		})
	}
	for _, l := range []float64{0, 0.2, 1, 6} {
		all = append(all, countLaw{
			name:   fmt.Sprintf("Poisson %v", l),
			law:    func(p ad.Num) abm.Law { return abm.Poisson{Lambda: p} },
			draw:   func(w *abm.World, p ad.Num) ad.Num { return w.Poisson(1, p) },
			logPMF: func(x, l float64) float64 { return xlogy(x, l) - l - logGamma(x+1) },
			at:     l, most: 100,
			mean:  [2]float64{l, l + l*l},
			slope: [2]float64{1, 1 + 2*l},
		})
	}
	return all
}

func xlogy(x, y float64) float64 {
	if x == 0 {
		return 0
	}
	return x * math.Log(y)
}

func logGamma(x float64) float64 {
	y, _ := math.Lgamma(x)
	return y
}

func logChoose(n, k float64) float64 { return logGamma(n+1) - logGamma(k+1) - logGamma(n-k+1) }

// expect returns E[f(X)] by summation.
func (c countLaw) expect(f func(x float64) float64) float64 {
	sum := 0.0
	for x := range c.most + 1 {
		if pmf := math.Exp(c.logPMF(float64(x), c.at)); pmf > 0 {
			sum += pmf * f(float64(x))
		}
	}
	return sum
}

func power(x float64, k int) float64 { return math.Pow(x, float64(k+1)) }

// The mean and its derivative are those of the law.
func TestLawMean(t *testing.T) {
	a := ad.NewForward(1)
	defer a.Close()
	for _, c := range countLaws() {
		a.Reset()
		law := c.law(a.Param(0, c.at))
		if law.Parameter().Primal() != c.at || law.Name()+fmt.Sprintf(" %v", c.at) != c.name {
			t.Errorf("%s is the %s law with parameter %v", c.name, law.Name(), law.Parameter().Primal())
		}
		mean := law.Mean()
		near(t, c.name+" mean", mean.Primal(), c.mean[0], 1e-14)
		near(t, c.name+" slope of the mean", a.Tangents(nil, mean)[0], c.slope[0], 1e-14)
		for k := range 2 {
			near(t, c.name+" moment", c.expect(func(x float64) float64 { return power(x, k) }), c.mean[k], 1e-11)
		}
	}
}

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance*math.Max(1, math.Abs(want))) {
		t.Errorf("%s: got %.15g, want %.15g", what, got, want)
	}
}

// The rates move mass as the parameter does: Right, Left and any mix of them
// where the parameter can move both ways, and the Mix everywhere.
func TestLawRates(t *testing.T) {
	for _, c := range countLaws() {
		law := c.law(ad.Const(c.at))
		shares := []float64{0, 0.3, 1, law.Mix()}
		if c.at == 0 || c.at == 1 {
			shares = []float64{law.Mix()}
		}
		for k := range 2 {
			for _, left := range shares {
				got := c.expect(func(x float64) float64 {
					up, toUp := law.Right(x)
					down, toDown := law.Left(x)
					return (1-left)*toUp*(power(up, k)-power(x, k)) + left*toDown*(power(down, k)-power(x, k))
				})
				near(t, fmt.Sprintf("%s: d E[x^%d], share of left %v", c.name, k+1, left), got, c.slope[k], 1e-10)
			}
		}
	}
}

// A value without a neighbour has a rate of 0 and itself as alternative.
func TestLawEnds(t *testing.T) {
	for _, c := range countLaws() {
		law := c.law(ad.Const(c.at))
		for x := range c.most + 1 {
			for name, side := range map[string]func(x float64) (float64, float64){"right": law.Right, "left": law.Left} {
				to, rate := side(float64(x))
				if (rate == 0) != (to == float64(x)) || to < 0 || law.Name() == "binomial" && to > 7 || math.IsNaN(rate) {
					t.Fatalf("%s at %d: %s to %v at rate %v", c.name, x, name, to, rate)
				}
			}
		}
	}
}

func TestLawScore(t *testing.T) {
	const h = 1e-5
	for _, c := range countLaws() {
		if c.at == 0 || c.at == 1 {
			continue
		}
		law := c.law(ad.Const(c.at))
		for x := range min(c.most, 20) + 1 {
			v := float64(x)
			want := (c.logPMF(v, c.at+h) - c.logPMF(v, c.at-h)) / (2 * h)
			near(t, fmt.Sprintf("%s: score of %d", c.name, x), law.Score(v), want, 1e-6)
		}
	}
}

// At the ends of the range the score is that of the values possible there.
func TestLawScoreAtTheEnds(t *testing.T) {
	for _, test := range []struct {
		law     abm.Law
		x, want float64
	}{
		{abm.Binomial{N: 7, P: ad.Const(0)}, 0, -7},
		{abm.Binomial{N: 7, P: ad.Const(1)}, 7, 7},
		{abm.Geometric{P: ad.Const(1)}, 0, 1},
		{abm.Poisson{Lambda: ad.Const(0)}, 0, -1},
	} {
		if got := test.law.Score(test.x); got != test.want {
			t.Errorf("%s at %v: score %v, want %v", test.law.Name(), test.law.Parameter().Primal(), got, test.want)
		}
	}
}

// No other share of left has a total rate of smaller variance.
func TestLawMix(t *testing.T) {
	for _, c := range countLaws() {
		if c.at == 0 || c.at == 1 {
			continue
		}
		law := c.law(ad.Const(c.at))
		variance := func(left float64) float64 {
			total := func(x float64) float64 {
				_, toUp := law.Right(x)
				_, toDown := law.Left(x)
				return (1-left)*math.Abs(toUp) + left*math.Abs(toDown)
			}
			mean := c.expect(total)
			return c.expect(func(x float64) float64 { return (total(x) - mean) * (total(x) - mean) })
		}
		best := variance(law.Mix())
		for left := 0.0; left <= 1; left += 0.01 {
			if v := variance(left); v < best-1e-9*(1+best) {
				t.Fatalf("%s: share %v has variance %v, the mix %v has %v", c.name, left, v, law.Mix(), best)
			}
		}
	}
}

// Counts come with their probabilities.
func TestCountFrequencies(t *testing.T) {
	for seed, c := range countLaws() {
		sum, counts := 0.0, map[float64]float64{}
		frequency(t, uint64(seed), func(w *abm.World) ad.Num {
			x := c.draw(w, ad.Const(c.at))
			sum += x.Primal()
			counts[x.Primal()]++
			return x
		})
		for x := range min(c.most, 15) + 1 {
			v := float64(x)
			checkFrequency(t, fmt.Sprintf("%s = %d", c.name, x), counts[v]/draws, math.Exp(c.logPMF(v, c.at)))
		}
		sd := math.Sqrt(c.mean[1] - c.mean[0]*c.mean[0])
		if off := sum/draws - c.mean[0]; math.Abs(off) > 4*sd/math.Sqrt(draws) {
			t.Errorf("%s: mean is off by %v", c.name, off)
		}
	}
}
