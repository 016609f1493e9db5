package gradient_test

import (
	"math"
	"strings"
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/gradient"
)

// A group is the run itself and others far away; each has the mean of the others
// as baseline.
func TestScoreLeavesOneOut(t *testing.T) {
	const p, runs = 0.3, 4
	m := toy("draw", []string{"p"}, []string{"x", "px"}, func(w *abm.World) []ad.Num {
		x := w.Bernoulli(0, w.Param("p"))
		return []ad.Num{x, x.Mul(w.Param("p"))}
	})
	q := problem(t, m, p)
	plain := abm.NewWorld(q.Setup, nil, nil)
	defer plain.Close()
	run := uint64(0)
	samples(t, gradient.Score{Runs: runs}, q, 30, func(s *gradient.Sample) {
		var x [runs]float64
		sum := 0.0
		for g := range x {
			if err := plain.Run(q.Theta, q.Luck(run+uint64(g)<<40)); err != nil {
				t.Fatal(err)
			}
			x[g] = plain.Series(nil)[0]
			sum += x[g]
		}
		want := 0.0
		for _, v := range x {
			score := 1 / (v - (1 - p))
			want += (v - (sum-v)/(runs-1)) * score / runs
		}
		pathwise := sum / runs
		if math.Abs(s.Jacobian[0]-want) > 1e-12 || math.Abs(s.Jacobian[1]-(p*want+pathwise)) > 1e-12 {
			t.Errorf("group %v gives %v, want %g and %g", x, s.Jacobian, want, p*want+pathwise)
		}
		if s.Series[0] != x[0] || s.Runs != runs {
			t.Errorf("the series is %v and %g runs were made, want that of the first of %v", s.Series, s.Runs, x)
		}
		run++
	})
}

// What is observed does not meet the score of draws made later.
func TestScoreDoesNotLookAhead(t *testing.T) {
	m := toy("later", []string{"p"}, []string{"x"}, nil)
	m.Settings[0].Default = "3"
	m.Start = func(w *abm.World) func() {
		observe := func() { w.Observe(0, w.Bernoulli(0, ad.Const(0.5))) }
		observe()
		return func() {
			observe()
			if w.Step() == 2 {
				w.Bernoulli(1, w.Param("p"))
			}
		}
	}
	last := 0.0
	samples(t, gradient.Score{}, problem(t, m, 0.2), 20, func(s *gradient.Sample) {
		if s.Jacobian[0] != 0 || s.Jacobian[1] != 0 {
			t.Errorf("rows before the draw have derivatives %v", s.Jacobian)
		}
		last += math.Abs(s.Jacobian[2])
	})
	if last == 0 {
		t.Error("the row of the draw has no derivative either")
	}
}

// What is observed meets the score of draws made before.
func TestScoreRemembers(t *testing.T) {
	const p = 0.4
	m := toy("earlier", []string{"p"}, []string{"x"}, nil)
	m.Settings[0].Default = "3"
	m.Start = func(w *abm.World) func() {
		x := w.Bernoulli(0, w.Param("p"))
		return func() { w.Observe(0, x) }
	}
	var last tally
	samples(t, gradient.Score{}, problem(t, m, p), 2000, func(s *gradient.Sample) { last.add(s.Jacobian[2]) })
	last.compare(t, "derivative two rows later", 1, 0)
}

// A draw that is certain has no score, be it made or not.
func TestScoreOfCertainDraws(t *testing.T) {
	for _, p := range []float64{0, 1} {
		m := toy("certain", []string{"p"}, []string{"x"}, func(w *abm.World) []ad.Num {
			x := w.Bernoulli(0, ad.Const(0.5))
			if x.Primal() == 1 {
				p := w.Param("p")
				w.Bernoulli(1, p)
				w.Categorical(2, []ad.Num{p, {}, p.Not()})
				w.Binomial(3, 2, p)
				if p.Primal() == 0 {
					w.Poisson(4, p)
				} else {
					w.Geometric(5, p)
				}
			}
			return []ad.Num{x}
		})
		samples(t, gradient.Score{}, problem(t, m, p), 20, func(s *gradient.Sample) {
			if s.Jacobian[0] != 0 {
				t.Errorf("p = %g: %g, want 0", p, s.Jacobian[0])
			}
		})
	}
}

func TestScoreNeedsAGroup(t *testing.T) {
	_, err := gradient.Score{Runs: 1}.Sampler(problem(t, choosing("p"), 0.1))
	if err == nil || !strings.Contains(err.Error(), "at least 2") {
		t.Errorf("%v, want an error that asks for at least 2", err)
	}
}
