package calibrate_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/gonum/stat"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/calibrate/loss"
	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/models/sir"
)

// place returns a small epidemic of some agents.
func place(t testing.TB, agents string) *abm.Setup {
	t.Helper()
	s := abm.NewSetup(sir.Model)
	for _, a := range []string{"agents=" + agents, "steps=9", "network=complete", "index_cases=5", "units=counts", "quarantine_compliance=0", "distancing_factor=1"} {
		if err := s.Assign(a); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Prepare(); err != nil {
		t.Fatal(err)
	}
	return s
}

// epidemics are data of infected in the north, recovered in the south and infected
// in the south.
var epidemics = loss.Data{Values: []float64{5, 0, 5, 9, 1, 7, 14, 2, 8, 20, 3, 7, 22, 5, 6}, Rows: 5, Columns: 3}

// regions returns an epidemic in the north and one in the south, and each alone.
func regions(t testing.TB, e gradient.Estimator, replicates, gradientRuns int) (both, north, south *calibrate.Simulation) {
	t.Helper()
	of := func(groups []calibrate.Group, setup *abm.Setup, columns []int, group []int) *calibrate.Simulation {
		l, err := loss.NewNegativeBinomial(epidemics.Select(columns...), loss.NegativeBinomialOptions{Combine: loss.Each})
		if err != nil {
			t.Fatal(err)
		}
		s := &calibrate.Simulation{
			Setup: setup, Groups: groups, Loss: l, Replicates: replicates, GradientRuns: gradientRuns, Estimator: e, Seed: 4,
			Hyperparameters: []string{"transmission.log_mean"},
			Grid:            calibrate.Grid{Rows: []int{0, 2, 4, 6, 8}, Groups: group},
		}
		for _, c := range columns {
			s.Grid.Observables = append(s.Grid.Observables, []int{3, 4, 3}[c])
			s.Grid.Aggregates = append(s.Grid.Aggregates, calibrate.Last)
			s.Grid.Factor = append(s.Grid.Factor, 1)
		}
		return s
	}
	groups := []calibrate.Group{{Name: "north", Setup: place(t, "50")}, {Name: "south", Setup: place(t, "30")}}
	return of(groups, nil, []int{0, 1, 2}, []int{0, 1, 1}),
		of(nil, groups[0].Setup, []int{0}, nil), of(nil, groups[1].Setup, []int{1, 2}, nil)
}

// evaluator returns the evaluator of a simulation.
func evaluator(t testing.TB, s *calibrate.Simulation, names ...string) calibrate.Evaluator {
	t.Helper()
	e, err := s.Evaluator(names)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(e.Close)
	return e
}

// With one replicate the run of group g is that of luck·2 + g of the group alone,
// so that losses and gradients are the sums of those of the groups alone; for
// estimators that learn from other runs they are on average.
func TestGroupsAreTheirSum(t *testing.T) {
	for name, lucks := range map[string]uint64{"straight-through": 5, "flip": 80, "score": 80, "debiased": 80} {
		e, err := gradient.New(name, nil)
		if err != nil {
			t.Fatal(err)
		}
		both, north, south := regions(t, e, 1, 0)
		all := evaluator(t, both, "transmission.log_mean", "transmission[south]", "recovery", "overdispersion", "transmission[north]")
		alone := []calibrate.Evaluator{evaluator(t, north, "transmission", "recovery", "overdispersion"), evaluator(t, south, "transmission", "recovery", "overdispersion")}
		g, parts, differences := make([]float64, 5), [][]float64{make([]float64, 3), make([]float64, 3)}, make([][]float64, 5)
		for luck := range lucks {
			v, err := all.Evaluate([]float64{7, 0.4, 0.1, 0.2, 0.6}, luck, g)
			if err != nil {
				t.Fatal(err)
			}
			sum := 0.0
			for k, e := range alone {
				w, err := e.Evaluate([]float64{[]float64{0.6, 0.4}[k], 0.1, 0.2}, 2*luck+uint64(k), parts[k])
				if err != nil {
					t.Fatal(err)
				}
				sum += w.Loss
			}
			if math.Abs(v.Loss-sum) > 1e-9 {
				t.Errorf("%s: loss %v, want %v", name, v.Loss, sum)
			}
			for i, want := range []float64{0, parts[1][0], parts[0][1] + parts[1][1], parts[0][2] + parts[1][2], parts[0][0]} {
				differences[i] = append(differences[i], g[i]-want)
			}
		}
		for i, d := range differences {
			mean, sd := stat.MeanStdDev(d, nil)
			if math.Abs(mean) > 1e-6+4*sd/math.Sqrt(float64(lucks)) || name == "straight-through" && sd > 1e-6 {
				t.Errorf("%s: gradient %d differs by %v, sd %v", name, i, mean, sd)
			}
		}
	}
}

// Differentiating a few replicates of each group leaves value and mean gradient as
// they are.
func TestFewGradientRunsOfGroupsAreUnbiased(t *testing.T) {
	names, theta := []string{"transmission[north]", "transmission[south]", "recovery"}, []float64{0.5, 0.4, 0.1}
	every, _, _ := regions(t, gradient.StraightThrough{}, 6, 0)
	some, _, _ := regions(t, gradient.StraightThrough{}, 6, 2)
	all, few := evaluator(t, every, append(names, "overdispersion")...), evaluator(t, some, append(names, "overdispersion")...)
	theta = append(theta, 0.2)
	g, h, differences := make([]float64, 4), make([]float64, 4), make([][]float64, 3)
	for luck := range uint64(150) {
		v, err := all.Evaluate(theta, luck, g)
		if err != nil {
			t.Fatal(err)
		}
		w, err := few.Evaluate(theta, luck, h)
		if err != nil {
			t.Fatal(err)
		}
		if v.Loss != w.Loss || v.Runs != 12 || w.Runs != 12 {
			t.Fatalf("loss %g and %g, %d and %d runs", v.Loss, w.Loss, v.Runs, w.Runs)
		}
		for k := range differences {
			differences[k] = append(differences[k], h[k]-g[k])
		}
	}
	for k, d := range differences {
		mean, sd := stat.MeanStdDev(d, nil)
		if z := mean / sd * math.Sqrt(float64(len(d))); !(math.Abs(z) < 4) || sd == 0 {
			t.Errorf("%s: mean difference %g, sd %g", names[k], mean, sd)
		}
	}
}

// Groups have different luck, and the predictions do not depend on the number of
// workers.
func TestPredictGroups(t *testing.T) {
	both, _, _ := regions(t, gradient.StraightThrough{}, 2, 0)
	both.Groups[1].Setup = both.Groups[0].Setup
	both.Grid.Observables = []int{3, 4, 3}
	var err error
	if both.Loss, err = loss.NewSquaredError(epidemics, loss.SquaredErrorOptions{}); err != nil { // which adds no noise
		t.Fatal(err)
	}
	d := &calibrate.Draws{Names: []string{"transmission"}, Theta: [][]float64{{0.5}, {0.8}, {0.3}}}
	one, err := both.Predict(t.Context(), d, 0, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	three, err := both.Predict(t.Context(), d, 0, 3, nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(one, three); diff != "" || one.Simulated != 12 {
		t.Errorf("%d runs; three workers predict otherwise: %s", one.Simulated, diff)
	}
	var north, south []float64
	for row := range slices.Chunk(one.Runs[0], 3) {
		north, south = append(north, row[0]), append(south, row[2])
	}
	if slices.Equal(north, south) {
		t.Error("two groups with the same values have the same luck")
	}
}

func TestGroupsAreRefused(t *testing.T) {
	both, _, _ := regions(t, gradient.StraightThrough{}, 1, 0)
	for want, names := range map[string][]string{
		`transmission[east]: unknown group "east"`:   {"transmission[east]"},
		`unknown parameter "transmision"`:            {"transmision[north]"},
		"transmission has two values in group north": {"transmission", "transmission[north]"},
	} {
		if _, err := both.Evaluator(names); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: error %v, want %q", names, err, want)
		}
	}
	both.Estimator = gradient.Auto{}
	if _, err := both.Evaluator([]string{"transmission[north]", "recovery[south]"}); err == nil || !strings.Contains(err.Error(), "auto chooses once") {
		t.Errorf("error %v", err)
	}
	both.Grid.Groups = []int{0, 0, 0}
	if _, err := both.Evaluator([]string{"transmission"}); err == nil || !strings.Contains(err.Error(), "no column observes group south") {
		t.Errorf("error %v", err)
	}
}

func TestNamesInGroups(t *testing.T) {
	if p, g := calibrate.OfGroup(calibrate.InGroup("transmission", "north")); p != "transmission" || g != "north" {
		t.Errorf("%s in %s", p, g)
	}
	if p, g := calibrate.OfGroup("transmission"); p != "transmission" || g != "" {
		t.Errorf("%s in %q", p, g)
	}
}

// What groups cost beside the same runs one by one: the north and the south
// together, and each alone.
func BenchmarkGroups(b *testing.B) {
	both, north, south := regions(b, gradient.StraightThrough{}, 8, 2)
	for _, x := range []struct {
		name  string
		of    *calibrate.Simulation
		names []string
	}{
		{"together", both, []string{"transmission[north]", "transmission[south]", "recovery", "overdispersion"}},
		{"north", north, []string{"transmission", "recovery", "overdispersion"}},
		{"south", south, []string{"transmission", "recovery", "overdispersion"}},
	} {
		b.Run(x.name, func(b *testing.B) {
			e := evaluator(b, x.of, x.names...)
			theta, grad, luck := []float64{0.4, 0.4, 0.1, 0.2}[4-len(x.names):], make([]float64, len(x.names)), uint64(0)
			for b.Loop() {
				if _, err := e.Evaluate(theta, luck, grad); err != nil {
					b.Fatal(err)
				}
				luck++
			}
		})
	}
}
