package sensitivity

import (
	"context"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/gradient"
)

// decay has a level amount·e^(−rate·t) and a product of the amount with a coin.
var decay = &abm.Model{
	Name: "decay",
	Parameters: []abm.Parameter{
		{Name: "amount", Default: 3, Support: abm.Real},
		{Name: "rate", Default: .1, Support: abm.Positive},
		{Name: "chance", Default: .3, Support: abm.Probability},
	},
	Settings: []abm.Setting{
		abm.StepsSetting(20),
		{Name: "shift", Kind: abm.Whole, Default: "0"},
		{Name: "sign", Kind: abm.Word, Allowed: []string{"plus", "minus"}, Default: "plus"},
	},
	Observables: []abm.Observable{{Name: "coin"}, {Name: "level"}},
	Start: func(w *abm.World) func() {
		amount, rate := w.Param("amount"), w.Param("rate")
		sign := 1.0
		if w.Text("sign") == "minus" {
			sign = -1
		}
		observe := func() {
			w.Observe(0, amount.Mul(w.Bernoulli(0, w.Param("chance"))))
			w.Observe(1, amount.Mul(rate.Times(-float64(w.Step())).Exp()).Times(sign).Plus(float64(w.Int("shift"))))
		}
		observe()
		return observe
	},
}

func decayProblem(t *testing.T, parameters ...string) *gradient.Problem {
	t.Helper()
	p, err := gradient.NewProblem(abm.NewSetup(decay), 1, parameters...)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func locally(t *testing.T, p *gradient.Problem, o LocalOptions) *Local {
	t.Helper()
	l, err := LocalOf(context.Background(), p, gradient.StraightThrough{}, o)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestLocalExact(t *testing.T) {
	l := locally(t, decayProblem(t), LocalOptions{Runs: 400, SD: []float64{1, .1, 0}, Workers: 2})
	at := func(row, c, k int) int { return (row*2+c)*3 + k }
	level := math.Exp(-.5)
	near(t, "d level/d amount", l.Derivative.Mean[at(5, 1, 0)], level, 1e-12)
	near(t, "its standard error", l.Derivative.SE[at(5, 1, 0)], 0, 1e-12)
	near(t, "d level/d rate", l.Derivative.Mean[at(5, 1, 1)], -15*level, 1e-12)
	near(t, "effect", l.Effect.Mean[at(5, 1, 1)], -1.5*level, 1e-12)
	near(t, "elasticity", l.Elasticity.Mean[at(5, 1, 1)], -.5, 1e-12)
	se := math.Sqrt(.3 * .7 / 400)
	near(t, "d coin/d amount", l.Derivative.Mean[at(7, 0, 0)], .3, 4*se)
	near(t, "its standard error", l.Derivative.SE[at(7, 0, 0)]/se, 1, .4)
	near(t, "elasticity of coin", l.Elasticity.Mean[at(7, 0, 0)], 1, 1e-12)
	near(t, "its standard error", l.Elasticity.SE[at(7, 0, 0)], 0, 1e-12)
	near(t, "d coin/d chance", l.Derivative.Mean[at(7, 0, 2)], 3, 1e-12)
}

// The amount halves its influence after ln 2/rate rows; the rate's grows to
// 1/rate rows and more. A parameter without influence is said to have none.
func TestLocalInfluence(t *testing.T) {
	l := locally(t, decayProblem(t), LocalOptions{Runs: 50, SD: []float64{1, .1, .1}})
	level := l.Influence[1]
	near(t, "half-life of amount", level[0].HalfLife.Value, math.Ln2/.1, .02)
	if level[1].Peak != 10 || !math.IsInf(level[1].HalfLife.Value, 1) {
		t.Errorf("rate: %+v", level[1])
	}
	sum := 0.0
	for row := range 20 {
		sum += math.Exp(-.2 * float64(row))
	}
	near(t, "importance of amount", level[0].Importance.Value, math.Sqrt(sum/20), 1e-9)
	if level[2].Clear || level[2].Importance.Value != 0 || level[2].Rank.Value != 3 || !level[0].Clear {
		t.Errorf("%+v", level)
	}
	if level[0].Rank.Low != level[0].Rank.High {
		t.Errorf("rank %v without noise", level[0].Rank)
	}
}

// Noise neither adds to importance nor hides that ranks are doubtful.
func TestLocalImportanceOfNoise(t *testing.T) {
	p := decayProblem(t)
	l := locally(t, p, LocalOptions{Runs: 100, SD: []float64{1, 0, .1}})
	coin := l.Influence[0]
	near(t, "importance", coin[0].Importance.Value, .3, .03)
	near(t, "importance of chance", coin[2].Importance.Value, .3, 1e-9)
	if coin[0].Rank.Low != 1 || coin[0].Rank.High != 2 {
		t.Errorf("rank %v", coin[0].Rank)
	}
}

// Over draws, derivatives are averaged and elasticities weighted.
func TestLocalOverDraws(t *testing.T) {
	l := locally(t, decayProblem(t, "amount", "rate"), LocalOptions{Runs: 4, At: [][]float64{{1, .1, .3}, {5, .3, .3}}})
	a, b := math.Exp(-.4), math.Exp(-1.2)
	at := (4*2 + 1) * 2
	near(t, "derivative by amount", l.Derivative.Mean[at], (a+b)/2, 1e-12)
	near(t, "derivative by rate", l.Derivative.Mean[at+1], -(4*a+20*b)/2, 1e-12)
	near(t, "elasticity by rate", l.Elasticity.Mean[at+1], -(.4*a+6*b)/(a+5*b), 1e-12)
	near(t, "mean", l.Mean[4*2+1], (a+5*b)/2, 1e-12)
	if l.Effect.Mean != nil {
		t.Error("effects without a prior")
	}
}

// The result is the same for any number of workers, and that of some
// observables that of all.
func TestLocalSameForAll(t *testing.T) {
	p := decayProblem(t)
	one, three := locally(t, p, LocalOptions{Runs: 30}), locally(t, p, LocalOptions{Runs: 30, Workers: 3})
	if d := cmp.Diff(one, three); d != "" {
		t.Error(d)
	}
	p.Observables = []int{1}
	some := locally(t, p, LocalOptions{Runs: 30})
	if d := cmp.Diff(one.Influence[1], some.Influence[0]); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"level"}, some.Observables); d != "" {
		t.Error(d)
	}
}
