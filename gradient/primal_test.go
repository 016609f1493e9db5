package gradient_test

import (
	"slices"
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/models"
)

// The simulation itself is bit for bit the same under every estimator: sample i
// has the series of a plain run with the luck of run i.
func TestPrimalIsTheSameUnderEveryEstimator(t *testing.T) {
	for _, m := range models.All() {
		setup := abm.NewSetup(m)
		for name, value := range map[string]string{"agents": "60", "steps": "20"} {
			if m.Setting(name) < 0 {
				continue
			}
			if err := setup.Set(name, value); err != nil {
				t.Fatal(err)
			}
		}
		p, err := gradient.NewProblem(setup, 3)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(m.Name, func(t *testing.T) { comparePrimals(t, p, 1) })
	}
	for _, c := range exactCases() {
		t.Run(c.name, func(t *testing.T) { comparePrimals(t, problem(t, c.model, c.theta...), 20) })
	}
}

func comparePrimals(t *testing.T, p *gradient.Problem, runs uint64) {
	t.Parallel()
	plain := abm.NewWorld(p.Setup, nil, nil)
	defer plain.Close()
	for _, who := range contenders {
		s, err := who.estimator.Sampler(p)
		if err != nil {
			t.Fatalf("%s: %v", who.name, err)
		}
		for run := range runs {
			sample := gradient.Sample{Series: []float64{}}
			if err := s.Sample(run, &sample); err != nil {
				t.Fatalf("%s: %v", who.name, err)
			}
			if err := plain.Run(p.Theta, p.Luck(run)); err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(sample.Series, plain.Series(nil)) {
				t.Errorf("under %s run %d is another", who.name, run)
				break
			}
		}
		s.Close()
	}
}

// Samplers keep what they need from run to run: a sample of many draws makes as
// many allocations as one of few.
func TestDrawsDoNotAllocate(t *testing.T) {
	for _, who := range contenders {
		few, many := allocations(t, who, 20), allocations(t, who, 2000)
		if many > few+200 { // alternatives that are whole runs allocate a little, and more may be chosen
			t.Errorf("%s allocates %.0f times in a sample of 20 agents and %.0f in one of 2000", who.name, few, many)
		}
	}
}

// allocations returns how often a sample of a model with as many agents, each
// with a draw, a choice and a count, allocates.
func allocations(t *testing.T, who contender, agents int) float64 {
	m := toy("crowd", []string{"p"}, []string{"sum"}, nil)
	m.Start = func(w *abm.World) func() {
		p := w.Param("p")
		three := []ad.Num{p, p, p.Times(-2).Plus(1)}
		for range w.Agents(agents) {
			x := w.Bernoulli(0, p)
			c := w.Categorical(1, three)
			w.Observe(0, x.Mul(c.OneHot[1]).Add(w.Poisson(2, p)))
		}
		return func() {}
	}
	s, err := who.estimator.Sampler(problem(t, m, 0.3))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var sample gradient.Sample
	return testing.AllocsPerRun(5, func() {
		if err := s.Sample(1, &sample); err != nil {
			t.Fatal(err)
		}
	})
}
