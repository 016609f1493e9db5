package abm_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/rng"
)

// prober is a model whose step is what a test wants to try: purposes 0 and 1
// are called "first" and "second".
func prober(steps int, start func(w *abm.World) (step func())) *abm.Model {
	return &abm.Model{
		Name: "prober",
		Parameters: []abm.Parameter{
			{Name: "p", Default: 0.3, Support: abm.Real},
			{Name: "opens", Default: 1, Support: abm.Real, Below: "closes"},
			{Name: "closes", Default: 2, Support: abm.Real},
			{Name: "share", Default: 0.5, Support: abm.Probability},
			{Name: "rate", Default: 1, Support: abm.Positive},
		},
		Settings: []abm.Setting{
			abm.StepsSetting(steps),
			{Name: "agents", Kind: abm.Whole, Min: 1, Max: 1000, Default: "10"},
			{Name: "width", Kind: abm.Number, Min: 0.5, Default: "1"},
			{Name: "mode", Kind: abm.Word, Allowed: []string{"hard", "fractional"}, Default: "hard"},
			{Name: "network", Kind: abm.Path, Allowed: []string{"complete"}, Default: "complete"},
		},
		Observables: []abm.Observable{{Name: "x"}, {Name: "y"}},
		Draws:       []string{"first", "second"},
		Start:       start,
	}
}

// ready returns the model's setup, prepared.
func ready(t testing.TB, m *abm.Model) *abm.Setup {
	t.Helper()
	s := abm.NewSetup(m)
	if err := s.Prepare(); err != nil {
		t.Fatal(err)
	}
	return s
}

// once makes one plain run of a model with a single row.
func once(t testing.TB, seed rng.Seed, do func(w *abm.World)) error {
	t.Helper()
	s := ready(t, prober(1, func(w *abm.World) func() {
		do(w)
		return func() {}
	}))
	return abm.NewWorld(s, nil, nil).Run(s.Theta(), seed)
}

// mustRun is once without a fault.
func mustRun(t testing.TB, seed rng.Seed, do func(w *abm.World)) {
	t.Helper()
	if err := once(t, seed, do); err != nil {
		t.Fatal(err)
	}
}

// straight gives a draw the derivatives of its probability.
type straight struct{}

func (straight) Bernoulli(_ *abm.World, _ abm.Site, p ad.Num, x float64) ad.Num {
	return ad.Const(x).Surrogate(p)
}

func (straight) Categorical(_ *abm.World, _ abm.Site, p, onehot []ad.Num) {
	for k := range onehot {
		onehot[k] = onehot[k].Surrogate(p[k])
	}
}

func (straight) Count(_ *abm.World, _ abm.Site, law abm.Law, x float64) ad.Num {
	return ad.Const(x).Surrogate(law.Mean())
}

func TestSupport(t *testing.T) {
	for _, test := range []struct {
		s    abm.Support
		v    float64
		want bool
		text string
	}{
		{abm.Real, math.Inf(-1), true, "any real number"},
		{abm.Real, math.NaN(), false, "any real number"},
		{abm.Positive, 0, true, "zero or positive"},
		{abm.Positive, -1e-300, false, "zero or positive"},
		{abm.Probability, 1, true, "between 0 and 1"},
		{abm.Probability, 1.2, false, "between 0 and 1"},
		{abm.Probability, math.NaN(), false, "between 0 and 1"},
	} {
		if got := test.s.Contains(test.v); got != test.want || test.s.String() != test.text {
			t.Errorf("%v contains %v: %v", test.s, test.v, got)
		}
	}
}

func TestModelNames(t *testing.T) {
	m := prober(1, nil)
	if m.Parameter("closes") != 2 || m.Setting("width") != 2 || m.Observable("y") != 1 {
		t.Error("wrong index of a name")
	}
	if m.Parameter("width") != -1 || m.Setting("p") != -1 || m.Observable("") != -1 {
		t.Error("an unknown name has an index")
	}
	if diff := cmp.Diff([]string{"p", "opens", "closes", "share", "rate"}, m.ParameterNames()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"x", "y"}, m.ObservableNames()); diff != "" {
		t.Error(diff)
	}
}
