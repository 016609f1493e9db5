package firms_test

import (
	"math"
	"slices"
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/rng"
)

// reference is a published or independent simulation of 1000 agents with four
// friends each: the mean of four seeds of mean effort, firm size and firm output.
type reference struct {
	name     string
	settings []string
	rows     map[int][3]float64
}

var poisson = "activation=0.22119921692859512" // 1 − e^(−1/4)

var references = []reference{
	{"published code", []string{"rules=published-code"}, map[int][3]float64{
		0: {0.667, 1, 1.254}, 4: {0.335, 1.77, 1.308}, 9: {0.170, 2.55, 0.976}, 19: {0.112, 3.52, 0.867}, 29: {0.114, 3.52, 0.889}}},
	{"published code, beta laws", []string{"rules=published-code", "laws=beta"}, map[int][3]float64{
		0: {0.664, 1, 1.081}, 4: {0.337, 1.77, 1.138}, 9: {0.171, 2.64, 0.916}, 19: {0.109, 3.63, 0.786}, 29: {0.109, 3.63, 0.781}}},
	{"paper", []string{"fewest_friends=4", poisson}, map[int][3]float64{
		0: {0.664, 1, 1.081}, 4: {0.294, 2.03, 1.116}, 9: {0.148, 3.05, 0.914}, 19: {0.118, 3.41, 0.809}, 29: {0.116, 3.27, 0.762}}},
}

// Both rules agree with the reference within three standard errors, those of the
// mean of four seeds there and of as many runs here, and half a digit.
func TestSeriesAgreeWithTheReference(t *testing.T) {
	const runs = 16
	for _, c := range references {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			mean, sd := moments(t, runs, c.settings...)
			for row, want := range c.rows {
				for k, v := range want {
					e := row*observables + k
					allowance := 3*sd[e]*math.Sqrt(1.0/4+1.0/runs) + []float64{0.0005, 0.005, 0.0005}[k]
					if off := math.Abs(mean[e] - v); !(off <= allowance) {
						t.Errorf("row %d, observable %d: %.4g, want %.4g ± %.2g", row, k, mean[e], v, allowance)
					}
				}
			}
		})
	}
}

const observables = 7

// moments returns mean and standard deviation of the series of runs.
func moments(t *testing.T, runs int, assignments ...string) (mean, sd []float64) {
	s := setup(t, assignments...)
	w := abm.NewWorld(s, nil, nil)
	for r := range runs {
		if err := w.Run(s.Theta(), rng.Seed{Master: 2, Run: uint64(r)}); err != nil {
			t.Fatal(err)
		}
		x := w.Series(nil)
		if mean == nil {
			mean, sd = make([]float64, len(x)), make([]float64, len(x))
		}
		for i, v := range x {
			mean[i] += v / float64(runs)
			sd[i] += v * v / float64(runs)
		}
	}
	for i, m := range mean {
		sd[i] = math.Sqrt(max(0, sd[i]-m*m) * float64(runs) / float64(runs-1))
	}
	return mean, sd
}

func series(t *testing.T, assignments ...string) []float64 {
	t.Helper()
	s := setup(t, assignments...)
	w := abm.NewWorld(s, nil, nil)
	if err := w.Run(s.Theta(), rng.Seed{Master: 4}); err != nil {
		t.Fatal(err)
	}
	return w.Series(nil)
}

// Everybody begins alone, and shares of firms fall with the size asked for.
func TestSizes(t *testing.T) {
	x := series(t, "agents=300")
	if x[1] != 1 || x[3] != 0 {
		t.Errorf("at the start firms have size %g, a share %g has two members", x[1], x[3])
	}
	for row := range len(x) / observables {
		last := 1.0
		for k, share := range x[row*observables+3:][:4] {
			if share < 0 || share > last {
				t.Errorf("row %d: share %g of size class %d after %g", row, share, k, last)
			}
			last = share
		}
	}
}

// Who knows nobody stays alone, and works.
func TestNoFriends(t *testing.T) {
	x := series(t, "agents=20", "network=testdata/none.csv", "steps=50")
	for row := range 50 {
		if size, effort := x[row*observables+1], x[row*observables]; size != 1 || !(effort > 0) {
			t.Errorf("row %d: firms of size %g, effort %g", row, size, effort)
		}
	}
}

// The order of turns matters to a run, not to the means.
func TestOrderOfTurns(t *testing.T) {
	const runs = 12
	mean, sd := moments(t, runs, "agents=500")
	other, otherSD := moments(t, runs, "agents=500", "order=random")
	if slices.Equal(mean, other) {
		t.Error("the order of turns does nothing")
	}
	for k := range 3 {
		e := 29*observables + k
		if se := math.Hypot(sd[e], otherSD[e]) / math.Sqrt(runs); math.Abs(mean[e]-other[e]) > 4*se {
			t.Errorf("observable %d: %g by index, %g ± %g at random", k, mean[e], other[e], se)
		}
	}
}

// Without turns nothing happens; with few, little.
func TestActivation(t *testing.T) {
	few := series(t, "agents=500", "steps=2", "activation=0.05")
	all := series(t, "agents=500", "steps=2")
	if x, y := few[observables+1], all[observables+1]; !(1 < x && x < 1.2 && y > 1.5) {
		t.Errorf("firm sizes after one step: %g with 5 %% of the agents active, %g with all", x, y)
	}
}
