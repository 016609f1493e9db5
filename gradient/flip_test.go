package gradient_test

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/models/sir"
)

// smallEpidemic returns the epidemic on a graph of four agents at the setting of
// which the exact derivatives are known by enumeration: transmission .8,
// recovery .3, initial .25.
func smallEpidemic(t *testing.T, edges string, steps int, more ...string) *abm.Setup {
	t.Helper()
	path := filepath.Join(t.TempDir(), "edges.csv")
	if err := os.WriteFile(path, []byte("from,to\n"+edges), 0o644); err != nil {
		t.Fatal(err)
	}
	s := abm.NewSetup(sir.Model)
	for _, a := range append([]string{
		"network=" + path, "agents=4", fmt.Sprintf("steps=%d", steps+1), "units=counts",
		"transmission=0.8", "recovery=0.3", "initial=0.25",
		"quarantine_compliance=0", "distancing_factor=1", "quarantined_contacts=lost", "gate=fractional",
	}, more...) {
		if err := s.Assign(a); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

var policies = []string{
	"quarantine_start=1.5", "quarantine_end=4.25", "quarantine_compliance=0.6",
	"distancing_start=2.5", "distancing_end=5.5", "distancing_factor=0.4",
}

const (
	path4 = "0,1\n1,2\n2,3\n"
	star4 = "0,1\n0,2\n0,3\n"
	paw   = "0,1\n0,2\n1,2\n2,3\n"
)

// The flip estimator agrees with exact enumeration of the epidemic on small
// graphs, in all nine parameters at once, whichever side is flipped.
func TestFlipIsUnbiased(t *testing.T) {
	nine := []string{"transmission", "recovery", "initial", "quarantine_start", "quarantine_end",
		"quarantine_compliance", "distancing_start", "distancing_end", "distancing_factor"}
	three := nine[:3]
	for _, c := range []struct {
		name       string
		setup      *abm.Setup
		parameters []string
		side       string
		exact      []float64 // of the number ever infected
	}{
		{"path4, T=5", smallEpidemic(t, path4, 5), three, "both", []float64{.701830234248, -.756457961592, 6.068425294937}},
		{"path4, T=5", smallEpidemic(t, path4, 5), three, "right", []float64{.701830234248, -.756457961592, 6.068425294937}},
		{"path4, T=5", smallEpidemic(t, path4, 5), three, "left", []float64{.701830234248, -.756457961592, 6.068425294937}},
		{"star4, T=5", smallEpidemic(t, star4, 5), three, "both", []float64{.686424331684, -.764931317279, 6.094282476952}},
		{"paw, T=5", smallEpidemic(t, paw, 5), three, "both", []float64{.740962235415, -.808552672317, 6.190870169556}},
		{"path4 with policies, T=6", smallEpidemic(t, path4, 6, policies...), nine, "both", []float64{.620983368145, -.548673926961, 5.746591281848,
			.134461744699, -.021063106686, -.280426075376, .031400596177, -.029775537746, .160368740892}},
		{"paw with policies, T=6", smallEpidemic(t, paw, 6, policies...), nine, "both", []float64{.708973374462, -.622505588467, 5.841357748209,
			.152088022719, -.024035424941, -.318737619101, .036888579853, -.035825538662, .187379054429}},
	} {
		t.Run(c.name+" "+c.side, func(t *testing.T) { checkEverInfected(t, c.setup, c.parameters, c.side, c.exact) })
	}
}

func checkEverInfected(t *testing.T, s *abm.Setup, parameters []string, side string, exact []float64) {
	p, err := gradient.NewProblem(s, 7, parameters...)
	if err != nil {
		t.Fatal(err)
	}
	e, err := gradient.New("flip", map[string]string{"flips": "12", "side": side})
	if err != nil {
		t.Fatal(err)
	}
	rows, observables, active := p.Shape()
	const susceptible = 2
	last := ((rows-1)*observables + susceptible) * active
	m, err := gradient.Collect(context.Background(), p, e, gradient.Sampling{Samples: 8_000, Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	for k, want := range exact {
		got, se := -m.Mean[last+k], m.SE(last+k)
		if z := math.Abs(got-want) / se; !(z < 4) {
			t.Errorf("%s: %.4f ± %.4f, exactly %.4f (z = %.1f)", parameters[k], got, se, want, z)
		}
		if k < 3 && se > 0.05*math.Abs(want) {
			t.Errorf("%s: standard error %.4f of %.4f proves nothing", parameters[k], se, want)
		}
	}
}

// On a weighted network there is no sparse replay, and whole runs give the same
// as replays do on the same network without weights.
func TestFlipByWholeRuns(t *testing.T) {
	plain := smallEpidemic(t, path4, 5)
	path := filepath.Join(t.TempDir(), "weighted.csv")
	if err := os.WriteFile(path, []byte("from,to,weight\n0,1,1\n1,2,1\n2,3,1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	weighted := plain.Clone()
	if err := weighted.Assign("network=" + path); err != nil {
		t.Fatal(err)
	}
	var samples [2]gradient.Sample
	for i, s := range []*abm.Setup{plain, weighted} {
		p, err := gradient.NewProblem(s, 3, "transmission", "recovery", "initial")
		if err != nil {
			t.Fatal(err)
		}
		sampler, err := gradient.Flip{Flips: 20}.Sampler(p)
		if err != nil {
			t.Fatal(err)
		}
		defer sampler.Close()
		if err := sampler.Sample(5, &samples[i]); err != nil {
			t.Fatal(err)
		}
	}
	for e, v := range samples[0].Jacobian {
		if math.Abs(v-samples[1].Jacobian[e]) > 1e-9 {
			t.Fatalf("entry %d: %g by replay, %g by whole runs", e, v, samples[1].Jacobian[e])
		}
	}
}

// A sample follows as many alternatives as asked for, on average; each is a whole
// run of an epidemic on a network with weights.
func TestFlipsAskedFor(t *testing.T) {
	path := filepath.Join(t.TempDir(), "weighted.csv")
	if err := os.WriteFile(path, []byte("from,to,weight\n0,1,1\n1,2,1\n2,3,1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	s := smallEpidemic(t, path4, 10)
	if err := s.Assign("network=" + path); err != nil {
		t.Fatal(err)
	}
	p, err := gradient.NewProblem(s, 3, "transmission", "recovery", "initial")
	if err != nil {
		t.Fatal(err)
	}
	m, err := gradient.Collect(context.Background(), p, gradient.Flip{Flips: 5}, gradient.Sampling{Samples: 400})
	if err != nil {
		t.Fatal(err)
	}
	if flips := m.Runs - 1; flips < 4 || flips > 6 {
		t.Errorf("%.1f flips a sample, want 5", flips)
	}
}
