package gradient_test

import (
	"flag"
	"math"
	"slices"
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/gradient"
)

var long = flag.Bool("long", false, "run the exact cases until every estimate is resolved to 1 %, not 2 %, and others at full size")

// exactCase is a model whose means and their derivatives are known exactly.
type exactCase struct {
	name      string
	model     *abm.Model
	theta     []float64
	mean      []float64       // of each observable
	d         [][]float64     // d mean/dθ, by observable
	exact     []string        // contenders that are unbiased here, though not in general
	told      map[string]told // what contenders tell that are biased, or whose spread is known
	attribute bool            // some attribute has a continuous law
	rough     bool            // they need not resolve it, unless the test is long
}

// told is what a contender is known to tell, by observable and parameter. NaN
// stands for what is not known, nil for nothing known.
type told struct{ mean, sd [][]float64 }

// contender is an estimator as the cases know it.
type contender struct {
	name      string
	estimator gradient.Estimator
	unbiased  bool
	slack     float64 // bias let pass, as a share of the derivative
	attribute bool    // it differs from another only where attributes are continuous
	rough     bool    // it need not resolve what it tells, unless the test is long
}

// contenders are all estimators. One more is one more row.
var contenders = []contender{
	{name: "straight-through", estimator: gradient.StraightThrough{}},
	{name: "gumbel 0.1", estimator: gradient.GumbelSoftmax{}},
	{name: "gumbel 0.5", estimator: gradient.GumbelSoftmax{Temperature: 0.5}},
	{name: "gumbel 1", estimator: gradient.GumbelSoftmax{Temperature: 1}},
	{name: "gumbel 2", estimator: gradient.GumbelSoftmax{Temperature: 2}},
	{name: "calibrated 0.5", estimator: gradient.GumbelSoftmax{Temperature: 0.5, Calibrate: true}},
	{name: "calibrated 2", estimator: gradient.GumbelSoftmax{Temperature: 2, Calibrate: true}},
	{name: "both", estimator: gradient.Smoothed{}},
	{name: "right", estimator: gradient.Smoothed{Side: gradient.SmoothRight}},
	{name: "left", estimator: gradient.Smoothed{Side: gradient.SmoothLeft}},
	{name: "weighted", estimator: gradient.Smoothed{Side: gradient.SmoothWeighted}},
	{name: "score", estimator: gradient.Score{}, unbiased: true},
	{name: "score of all", estimator: gradient.Score{Continuous: true}, unbiased: true, attribute: true},
	{name: "resample-pair", estimator: gradient.ResamplePair{}, unbiased: true},
	{name: "flip", estimator: gradient.Flip{Flips: 4}, unbiased: true},
	{name: "finite-difference", estimator: gradient.FiniteDifference{RelativeStep: 0.05}, unbiased: true, slack: 0.01, rough: true},
}

// nan stands for what is not known.
var nan = math.NaN()

var (
	smoothed   = []string{"both", "right", "left", "weighted"}
	calibrated = []string{"calibrated 0.5", "calibrated 2"}
	// linear lists those that are unbiased where all is linear in every draw.
	linear = slices.Concat([]string{"straight-through"}, smoothed, calibrated)
)

// exactCases are all cases, those of the other files.
func exactCases() []exactCase {
	return slices.Concat(drawCases(), countCases(), choiceCases(), walkCases(), populationCases(), epidemicCases(), attributeCases())
}

func TestExactCases(t *testing.T) {
	for _, c := range exactCases() {
		for _, who := range contenders {
			want, known := c.expected(who)
			if !known || who.attribute && !c.attribute {
				continue
			}
			t.Run(c.name+"/"+who.name, func(t *testing.T) {
				t.Parallel()
				c.examine(t, who, want)
			})
		}
	}
}

// expected returns what the contender should tell, if that is known.
func (c exactCase) expected(who contender) (told, bool) {
	want, known := c.told[who.name]
	if want.mean == nil && (who.unbiased || slices.Contains(c.exact, who.name)) {
		want.mean, known = c.d, true
	}
	return want, known
}

// examine samples until all means are resolved, or runs are used up.
func (c exactCase) examine(t *testing.T, who contender, want told) {
	p := problem(t, c.model, c.theta...)
	s, err := who.estimator.Sampler(p)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	_, observables, active := p.Shape()
	tallies := make([]tally, observables*active)
	sample := gradient.Sample{Series: []float64{}}
	series := make([]tally, observables)
	rough := (c.rough || who.rough) && !*long
	budget := c.budget(rough)
	for run, made := uint64(0), 0.0; made < budget; run++ {
		if err := s.Sample(run, &sample); err != nil {
			t.Fatal(err)
		}
		made += sample.Runs
		addAll(series, sample.Series)
		addAll(tallies, sample.Jacobian)
		if run%512 == 511 && c.resolved(tallies, want.mean) {
			break
		}
	}
	for o := range series {
		series[o].compare(t, c.name, c.mean[o], 0)
	}
	c.compare(t, who, tallies, want)
	if !rough && !c.resolved(tallies, want.mean) {
		t.Errorf("not resolved to %g; let it take more runs", resolution())
	}
}

func addAll(tallies []tally, x []float64) {
	for i, v := range x {
		tallies[i].add(v)
	}
}

// budget is how many runs a contender may take.
func (c exactCase) budget(rough bool) float64 {
	switch {
	case *long:
		return 1e9
	case rough:
		return roughRuns
	}
	return 4e6
}

// roughRuns are made of what need not be resolved.
const roughRuns = 30_000

// resolution is the standard error asked for, as a share of the mean.
func resolution() float64 {
	if *long {
		return 0.01
	}
	return 0.02
}

// resolved reports whether standard errors are as small as asked for, as shares of
// the means, or of the largest of an observable where one is 0.
func (c exactCase) resolved(tallies []tally, mean [][]float64) bool {
	for o, row := range mean {
		largest := 0.0
		for _, v := range row {
			largest = max(largest, math.Abs(v))
		}
		for k, v := range row {
			if v == 0 {
				v = largest
			}
			if se := tallies[o*len(row)+k].se(); v != 0 && se > resolution()*math.Abs(v) {
				return false
			}
		}
	}
	return true
}

func (c exactCase) compare(t *testing.T, who contender, tallies []tally, want told) {
	t.Helper()
	for o, row := range want.mean {
		for k, v := range row {
			name := "d " + c.model.Observables[o].Name + "/d " + c.model.Parameters[k].Name
			x := &tallies[o*len(row)+k]
			x.compare(t, name, v, who.slack*math.Abs(v))
			if want.sd != nil {
				x.compareSpread(t, name, v, want.sd[o][k])
			}
		}
	}
}

// tally gathers moments of a number and of its square.
type tally struct{ n, sum, sum2, sum4 float64 }

func (x *tally) add(v float64) {
	x.n++
	x.sum += v
	x.sum2 += v * v
	x.sum4 += v * v * v * v
}

func (x *tally) mean() float64 { return x.sum / x.n }

func (x *tally) se() float64 { return math.Sqrt(max(0, x.sum2/x.n-x.mean()*x.mean()) / x.n) }

// compare fails unless the mean is within 4 standard errors and slack of want.
func (x *tally) compare(t *testing.T, name string, want, slack float64) {
	t.Helper()
	off, se := math.Abs(x.mean()-want), x.se()
	if !(off <= 4*se+slack+1e-9*(1+math.Abs(want))) && !math.IsNaN(want) {
		t.Errorf("%s = %.6g ± %.2g, want %.6g (z = %.1f)", name, x.mean(), se, want, off/se)
	}
}

// compareSpread fails unless the second moment is within 4 standard errors of
// what a standard deviation, known to three digits, makes it.
func (x *tally) compareSpread(t *testing.T, name string, mean, sd float64) {
	t.Helper()
	square := x.sum2 / x.n
	want := mean*mean + sd*sd
	se := math.Sqrt(max(0, x.sum4/x.n-square*square) / x.n)
	if !(math.Abs(square-want) <= 4*se+0.01*sd*sd+1e-9*(1+want)) && !math.IsNaN(want) {
		t.Errorf("%s has second moment %.6g ± %.2g, want %.6g (sd %.4g)", name, square, se, want, sd)
	}
}
