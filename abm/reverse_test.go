package abm_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/rng"
)

// herd is a model of all kinds of draws in every step: ten agents in a ring infect
// their neighbours, choose, count and drift; in the end nobody is susceptible
// but derivatives are. The agents' stocks carry derivatives only from the agents'
// first choice on.
func herd(steps int) *abm.Model {
	const n = 10
	return prober(steps, func(w *abm.World) func() {
		share, rate, closes := w.Param("share"), w.Param("rate"), w.Param("closes")
		sick, stock, sums := w.Column(n), w.Column(n), w.Column(1)
		half := share.Times(0.5)
		for i := range w.Agents(n) {
			sick.Set(i, w.Bernoulli(0, half))
			stock.Set(i, ad.Const(1))
		}
		return func() {
			speed := rate.Mul(half.Not()).Times(0.1)
			for i := range w.Agents(n) {
				felt := sick.At((i + 1) % n).Add(sick.At((i + n - 1) % n))
				caught := sick.At(i).Not().Mul(w.Event(1, felt.Mul(speed)))
				sick.Add(i, caught)
				if !caught.IsZero() {
					pick := w.Choose(2, []ad.Num{share, closes.Times(0.3), stock.At(i).Times(0.1)}, rate)
					stock.Add(i, pick.Of(nums(0.1, 0.2, 0.4)).Mul(w.Poisson(3, rate)))
				}
				drift := w.Normal(4, share, rate).Times(0.01)
				w.Observe(1, drift.Mul(stock.At(i)))
				sums.Add(0, drift)
			}
			w.Observe(0, sick.Sum().Add(stock.Sum()))
			w.Observe(1, sums.At(0).Square())
		}
	})
}

func nums(v ...float64) []ad.Num { return consts(v...) }

// forwardGradient returns the series of a run and the gradient by forward mode.
func forwardGradient(t *testing.T, s *abm.Setup, active []int, rule abm.Rule, seed rng.Seed, weigh func(series []float64) []float64) (series, gradient []float64) {
	t.Helper()
	w := abm.NewWorld(s, active, rule)
	defer w.Close()
	if err := w.RunFull(s.Theta(), seed); err != nil {
		t.Fatal(err)
	}
	series = w.Series(nil)
	gradient = make([]float64, len(active))
	jacobian := w.Jacobian(nil)
	for e, g := range weigh(series) {
		for k := range active {
			gradient[k] += g * jacobian[e*len(active)+k]
		}
	}
	return series, gradient
}

// ripple is an adjoint that tells all entries of a series apart.
func ripple(series []float64) []float64 {
	g := make([]float64, len(series))
	for e, v := range series {
		g[e] = math.Sin(1+float64(e)) + 0.1*v
	}
	return g
}

// compareReverse tests that the gradients of some runs are those of forward mode,
// and returns what made them.
func compareReverse(t *testing.T, s *abm.Setup, active []int, rule abm.Rule, tape int) *abm.Reverse {
	t.Helper()
	r := abm.NewReverse(s, active, rule)
	t.Cleanup(r.Close)
	r.Tape = tape
	for run := range uint64(5) {
		seed := rng.Seed{Master: 9, Run: run}
		series, want := forwardGradient(t, s, active, rule, seed, ripple)
		if err := r.Run(s.Theta(), seed); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(r.Series(nil), series) {
			t.Fatalf("run %d has another series", run)
		}
		for range 2 { // the second time from the same run
			got, err := r.Gradient(nil, ripple(series))
			if err != nil {
				t.Fatal(err)
			}
			for k := range want {
				if !(math.Abs(got[k]-want[k]) <= 1e-12*math.Abs(want[k])) {
					t.Errorf("run %d, parameter %d: %v in reverse mode, %v in forward mode", run, k, got[k], want[k])
				}
			}
		}
	}
	return r
}

// Reverse mode gives forward mode's gradient however little of the run is kept.
func TestReverse(t *testing.T) {
	for _, steps := range []int{1, 2, 3, 17, 50} {
		for _, tape := range []int{0, 1, 20_000} {
			t.Run(fmt.Sprint(steps, " rows, tape of ", tape), func(t *testing.T) {
				r := compareReverse(t, ready(t, herd(steps)), []int{2, 3, 4}, straight{}, tape)
				if r.Tape != tape {
					t.Error("runs are recorded whole")
				}
			})
		}
	}
}

// What is passive stays so: a rule hears of the same draws in both modes.
func TestReverseKeepsSparsity(t *testing.T) {
	s := ready(t, herd(20))
	forward, reverse := &hearing{}, &hearing{}
	seed := rng.Seed{Master: 3}
	forwardGradient(t, s, []int{2}, forward, seed, ripple)
	r := abm.NewReverse(s, []int{2}, reverse)
	defer r.Close()
	r.Tape = 1
	if err := r.Run(s.Theta(), seed); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Gradient(nil, make([]float64, len(r.Series(nil)))); err != nil {
		t.Fatal(err)
	}
	if len(forward.heard) == 0 || !slices.Equal(forward.sorted(), reverse.sorted()) {
		t.Errorf("heard of %d draws in forward mode, %d in reverse mode", len(forward.sorted()), len(reverse.sorted()))
	}
}

// hearing is a rule that notes where it is asked.
type hearing struct {
	straight
	heard []string
}

func (h *hearing) Bernoulli(w *abm.World, at abm.Site, p ad.Num, x float64) ad.Num {
	h.heard = append(h.heard, fmt.Sprint(at))
	return h.straight.Bernoulli(w, at, p, x)
}

func (h *hearing) Categorical(w *abm.World, at abm.Site, p, onehot []ad.Num) {
	h.heard = append(h.heard, fmt.Sprint(at))
	h.straight.Categorical(w, at, p, onehot)
}

// sorted returns the places, each once.
func (h *hearing) sorted() []string {
	slices.Sort(h.heard)
	return slices.Compact(h.heard)
}

// Models that keep state outside their columns are noticed: their runs are
// recorded whole, and the gradient is still right.
func TestReverseOfStateElsewhere(t *testing.T) {
	for name, start := range map[string]func(w *abm.World) func(){
		"a plain counter": func(w *abm.World) func() {
			x, count := w.Column(1), 0.0
			x.Set(0, w.Param("p"))
			return func() {
				count++
				x.Set(0, x.At(0).Mul(w.Param("p")).Plus(count))
				w.Observe(0, x.At(0))
			}
		},
		"a counter that only moves a derivative": func(w *abm.World) func() {
			x, count := w.Column(1), 0
			return func() {
				count++
				x.Set(0, x.At(0).Add(w.Param("p").Chain(0, float64(count))))
				w.Observe(0, x.At(0))
			}
		},
		"columns that change places": func(w *abm.World) func() {
			now, next := w.Column(2), w.Column(2)
			now.Set(0, w.Param("p"))
			return func() {
				next.Set(0, now.At(0).Mul(w.Param("p")))
				next.Set(1, now.At(0).Plus(1))
				now, next = next, now
				w.Observe(0, now.Sum())
			}
		},
		"a column made late": func(w *abm.World) func() {
			x := w.Column(1)
			x.Set(0, w.Param("p"))
			return func() {
				y := w.Column(1)
				y.Set(0, x.At(0).Mul(w.Param("p")))
				x = y
				w.Observe(0, x.At(0))
			}
		},
		"an index out of range": func(w *abm.World) func() {
			x, at := w.Column(30), 0
			return func() {
				x.Set(at, w.Param("p").Exp())
				at++
				w.Observe(0, x.Sum())
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := compareReverse(t, ready(t, prober(30, start)), []int{0}, straight{}, 1)
			if r.Tape != math.MaxInt {
				t.Error("the state is not missed")
			}
		})
	}
}

// The sum of p·adjoint over the draws of a linear model is its gradient.
func TestReverseDraws(t *testing.T) {
	const n, steps = 4, 12
	s := ready(t, prober(steps, func(w *abm.World) func() {
		total, share := w.Column(1), w.Param("share")
		draw := func() {
			for i := range w.Agents(n) {
				one := w.Bernoulli(0, share).Times(float64(1 + i))
				three := w.Categorical(1, []ad.Num{share, share.Times(-1).Plus(1)})
				total.Add(0, one.Add(three.OneHot[0].Times(10)).Add(w.Binomial(2, 3, share).Times(100)))
			}
			w.Observe(0, total.At(0))
		}
		draw()
		return draw
	}))
	for _, tape := range []int{0, 1, 2000} {
		r := abm.NewReverse(s, []int{3}, straight{})
		defer r.Close()
		r.Tape = tape
		got := map[string]float64{}
		r.Draws(func(at abm.Site, index int, adjoint float64) {
			name := fmt.Sprint(at, index)
			if _, twice := got[name]; twice {
				t.Errorf("%s is reported twice", name)
			}
			got[name] = adjoint
		})
		if err := r.Run(s.Theta(), rng.Seed{Master: 1}); err != nil {
			t.Fatal(err)
		}
		adjoint := make([]float64, 2*steps)
		for row := range steps {
			adjoint[2*row] = 1
		}
		if _, err := r.Gradient(nil, adjoint); err != nil {
			t.Fatal(err)
		}
		if len(got) != n*steps*4 {
			t.Errorf("%d adjoints, want %d", len(got), n*steps*4)
		}
		for i := range n {
			for row := range steps {
				rest := float64(steps - row) // rows that the draw is counted in
				for purpose, want := range []float64{rest * float64(1+i), rest * 10, rest * 100} {
					at := abm.Site{Purpose: abm.Purpose(purpose), Agent: i, Step: row}
					if name := fmt.Sprint(at, 0); got[name] != want {
						t.Errorf("%s: adjoint %v, want %v", name, got[name], want)
					}
				}
			}
		}
	}
}

// Noting draws changes no gradient, and ends.
func TestReverseDrawsLeaveTheGradientAlone(t *testing.T) {
	s := ready(t, herd(20))
	r := abm.NewReverse(s, []int{2, 3, 4}, straight{})
	defer r.Close()
	r.Tape = 1
	var gradients [3][]float64
	heard := 0
	for k, each := range []func(abm.Site, int, float64){nil, func(abm.Site, int, float64) { heard++ }, nil} {
		r.Draws(each)
		before := heard
		if err := r.Run(s.Theta(), rng.Seed{Master: 4}); err != nil {
			t.Fatal(err)
		}
		gradients[k], _ = r.Gradient(nil, ripple(r.Series(nil)))
		if each == nil && heard != before {
			t.Error("draws are still noted")
		}
	}
	for k := range gradients[0] {
		if d := gradients[1][k] - gradients[0][k]; math.Abs(d) > 1e-12*math.Abs(gradients[0][k]) || gradients[2][k] != gradients[0][k] {
			t.Errorf("gradients %v", gradients)
		}
	}
	if heard == 0 {
		t.Error("no draw is reported")
	}
}

func TestReverseFaults(t *testing.T) {
	s := ready(t, prober(30, func(w *abm.World) func() {
		return func() {
			w.Observe(0, w.Bernoulli(0, w.Param("share").Times(float64(w.Step())/10)))
		}
	}))
	r := abm.NewReverse(s, []int{3}, straight{})
	defer r.Close()
	r.Tape = 1
	theta := s.Theta()
	err := r.Run(theta, rng.Seed{})
	if err == nil || !strings.Contains(err.Error(), `draw "first", step 21`) {
		t.Errorf("error %v", err)
	}
	theta[3] = 2
	if err := r.Run(theta, rng.Seed{}); err == nil || !strings.Contains(err.Error(), "share must be between 0 and 1") {
		t.Errorf("error %v", err)
	}
	theta[3] = 0.01
	if err := r.Run(theta, rng.Seed{}); err != nil {
		t.Error(err)
	}
	defer func() {
		if got := fmt.Sprint(recover()); !strings.Contains(got, "one adjoint an entry") {
			t.Errorf("panics with %q", got)
		}
	}()
	r.Gradient(nil, []float64{1})
}

// Memory grows as the square root of the steps, unless runs are recorded whole.
func TestReverseMemory(t *testing.T) {
	held := func(steps, tape int) float64 {
		s := ready(t, herd(steps))
		r := abm.NewReverse(s, []int{2, 3, 4}, straight{})
		defer r.Close()
		r.Tape = tape
		if err := r.Run(s.Theta(), rng.Seed{}); err != nil {
			t.Fatal(err)
		}
		if _, err := r.Gradient(nil, ripple(r.Series(nil))); err != nil {
			t.Fatal(err)
		}
		return float64(r.Bytes())
	}
	for _, test := range []struct {
		tape        int
		least, most float64
	}{{1, 2, 6}, {0, 12, 20}} {
		if ratio := held(1601, test.tape) / held(101, test.tape); !(ratio > test.least && ratio < test.most) {
			t.Errorf("tape of %d: sixteen times the steps take %.1f times the memory", test.tape, ratio)
		}
	}
}
