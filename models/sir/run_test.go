package sir_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/models/sir"
	"github.com/nudge-abm/nudge/rng"
)

// worlds are settings that between them reach all of the model.
var worlds = [][]string{
	{"agents=300", "initial=0.05"},
	{"agents=300", "network=complete", "initial=0.05", "quarantined_contacts=lost"},
	{"agents=200", "mean_degree=3", "transmission=2", "gate=fractional", "quarantine_start=3.3", "quarantine_end=9.9", "dt=0.5"},
	{"agents=50", "mean_degree=1.5", "transmission=3", "initial=0.3", "gate_width=0.3", "index_cases=7"},
	{"agents=6", "transmission=2", "initial=0.4", "network=WEIGHTED"},
	{"agents=1", "mean_degree=0", "initial=0.5"},
}

// worldSetup prepares one of worlds with steps rows.
func worldSetup(t testing.TB, assignments []string, more ...string) *abm.Setup {
	t.Helper()
	all := append(slices.Clone(assignments), more...)
	for i, a := range all {
		if a == "network=WEIGHTED" {
			all[i] = "network=" + edgeFile(t, "from,to,weight\n0,1,0.3\n1,2,2\n2,3,0.5\n3,0,1\n")
		}
	}
	return setup(t, all...)
}

// series makes one run with the given parameters active.
func series(t testing.TB, s *abm.Setup, run uint64, active ...string) []float64 {
	t.Helper()
	if len(active) == 0 {
		w := abm.NewWorld(s, nil, nil)
		if err := w.Run(s.Theta(), rng.Seed{Master: 3, Run: run}); err != nil {
			t.Fatal(err)
		}
		return w.Series(nil)
	}
	p, err := gradient.NewProblem(s, 3, active...)
	if err != nil {
		t.Fatal(err)
	}
	sampler, err := gradient.StraightThrough{}.Sampler(p)
	if err != nil {
		t.Fatal(err)
	}
	defer sampler.Close()
	var x gradient.Sample
	if err := sampler.Sample(run, &x); err != nil {
		t.Fatal(err)
	}
	return x.Series
}

// In every row S + I + R = N, and the flows are what the levels changed by.
func TestConservation(t *testing.T) {
	for _, assignments := range worlds {
		s := worldSetup(t, assignments, "units=counts")
		n := float64(s.Int("agents"))
		for run := range uint64(10) {
			x := series(t, s, run)
			before := []float64{0, 0, n, 0, 0}
			for row := range s.Steps() {
				now := x[row*5 : row*5+5]
				infections, recoveries := now[0], now[1]
				want := []float64{infections, recoveries, before[2] - infections, before[3] + infections - recoveries, before[4] + recoveries}
				if diff := cmp.Diff(want, now); diff != "" || now[2]+now[3]+now[4] != n || infections < 0 || recoveries < 0 {
					t.Fatalf("%v, run %d, row %d: %s", assignments, run, row, diff)
				}
				if row == 0 && recoveries != 0 {
					t.Fatalf("%v recover at the start", recoveries)
				}
				before = now
			}
		}
	}
}

// The derivatives conserve, too: those of S, I and R add up to zero.
func TestDerivativesConserve(t *testing.T) {
	s := worldSetup(t, worlds[0])
	p, err := gradient.NewProblem(s, 1)
	if err != nil {
		t.Fatal(err)
	}
	sampler, err := gradient.StraightThrough{}.Sampler(p)
	if err != nil {
		t.Fatal(err)
	}
	defer sampler.Close()
	var x gradient.Sample
	if err := sampler.Sample(4, &x); err != nil {
		t.Fatal(err)
	}
	for row := range s.Steps() {
		for k := range 9 {
			d := func(observable int) float64 { return x.Jacobian[(row*5+observable)*9+k] }
			if sum := d(2) + d(3) + d(4); math.Abs(sum) > 1e-9*(math.Abs(d(2))+math.Abs(d(3))) {
				t.Fatalf("row %d, parameter %d: derivatives add up to %v", row, k, sum)
			}
		}
	}
}

// Whatever carries derivatives, the epidemic is the same to the bit.
func TestDerivativesLeaveTheRunAlone(t *testing.T) {
	names := sir.Model.ParameterNames()
	for _, assignments := range worlds {
		s := worldSetup(t, assignments)
		rapid.Check(t, func(r *rapid.T) {
			run := rapid.Uint64Range(0, 1000).Draw(r, "run")
			active := rapid.SliceOfNDistinct(rapid.SampledFrom(names), 1, len(names), rapid.ID).Draw(r, "active")
			if !slices.Equal(series(t, s, run), series(t, s, run, active...)) {
				r.Fatalf("%v differs with %v active", assignments, active)
			}
		})
	}
}

// Where policies switch between steps both gates make the same epidemic.
func TestGatesAgree(t *testing.T) {
	for _, dt := range []string{"1", "0.5", "0.25"} {
		hard := worldSetup(t, worlds[0], "dt="+dt, "quarantine_start=4.5")
		fractional := worldSetup(t, worlds[0], "dt="+dt, "quarantine_start=4.5", "gate=fractional")
		if dt == "1" { // 4.5 is within a step
			hard = worldSetup(t, worlds[0], "quarantine_start=4")
			fractional = worldSetup(t, worlds[0], "quarantine_start=4", "gate=fractional")
		}
		for run := range uint64(5) {
			if !slices.Equal(series(t, hard, run), series(t, fractional, run)) {
				t.Errorf("dt %s, run %d: the gates differ", dt, run)
			}
		}
	}
}

// Policies do what they say.
func TestPolicies(t *testing.T) {
	total := func(assignments ...string) float64 {
		s := worldSetup(t, []string{"agents=2000", "network=complete", "initial=0.05", "steps=30", "transmission=0.5"}, assignments...)
		sum := 0.0
		for run := range uint64(4) {
			sum += 1 - series(t, s, run)[29*5+2]
		}
		return sum
	}
	always := []string{"quarantine_start=-1", "quarantine_end=99", "distancing_start=-1", "distancing_end=99"}
	off := total(append(always, "quarantine_compliance=0", "distancing_factor=1")...)
	if got := total("quarantine_start=40", "quarantine_end=50", "distancing_start=40", "distancing_end=50"); got != off {
		t.Errorf("policies that never come matter: %v, without %v", got, off)
	}
	if got := total(append(always, "quarantine_compliance=0", "distancing_factor=0.3")...); got > 0.9*off {
		t.Errorf("distancing: %v, without %v", got, off)
	}
	// on a complete graph the remaining contacts replace half of those lost
	replaced := total(append(always, "quarantine_compliance=0.7", "distancing_factor=1")...)
	lost := total(append(always, "quarantine_compliance=0.7", "distancing_factor=1", "quarantined_contacts=lost")...)
	if !(lost < replaced && replaced < 0.95*off) {
		t.Errorf("quarantine: %v with contacts replaced, %v lost, %v without", replaced, lost, off)
	}
	if got := total(append(always, "quarantine_compliance=1", "quarantined_contacts=lost", "distancing_factor=1")...); math.Abs(got-4*0.05) > 0.05 {
		t.Errorf("perfect quarantine: %v infected in all", got)
	}
}

func TestIndexCases(t *testing.T) {
	s := worldSetup(t, []string{"agents=40", "index_cases=7", "initial=0.9", "units=counts", "steps=1"})
	for run := range uint64(30) {
		if diff := cmp.Diff([]float64{7, 0, 33, 7, 0}, series(t, s, run)); diff != "" {
			t.Fatal(diff)
		}
	}
	everyone := worldSetup(t, []string{"agents=40", "index_cases=40", "units=counts", "steps=1"})
	if diff := cmp.Diff([]float64{40, 0, 0, 40, 0}, series(t, everyone, 0)); diff != "" {
		t.Error(diff)
	}
}

// Shares are counts over the number of agents.
func TestUnits(t *testing.T) {
	for _, assignments := range worlds {
		shares, counts := worldSetup(t, assignments), worldSetup(t, assignments, "units=counts")
		n := float64(shares.Int("agents"))
		x, y := series(t, shares, 2), series(t, counts, 2)
		for i := range x {
			if math.Abs(x[i]-y[i]/n) > 1e-15 {
				t.Fatalf("%v: %v as a share, %v as a count", assignments, x[i], y[i])
			}
		}
	}
}

// The mean Jacobian is the same to the bit for any number of workers.
func TestWorkers(t *testing.T) {
	s := worldSetup(t, worlds[2])
	p, err := gradient.NewProblem(s, 8)
	if err != nil {
		t.Fatal(err)
	}
	var first *gradient.Moments
	for _, workers := range []int{1, 2, 3, 7} {
		m, err := gradient.Collect(context.Background(), p, gradient.StraightThrough{}, gradient.Sampling{Samples: 12, Workers: workers})
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = m
		}
		if !slices.Equal(m.Mean, first.Mean) || !slices.Equal(m.Series, first.Series) || m.SE(100) != first.SE(100) {
			t.Errorf("%d workers give another result", workers)
		}
	}
}

func TestSetupErrors(t *testing.T) {
	list := edgeFile(t, "from,to\n0,9\n")
	for assignments, want := range map[string]string{
		"index_cases=20 agents=10":                "index_cases is 20, more than the 10 agents",
		"mean_degree=50 agents=10":                "mean_degree: the mean degree must lie between 0 and 9 for 10 agents, is 50",
		"network_seed=-4":                         "network_seed must be at least 0, is -4",
		"network=" + list + " agents=5":           ":2: agent 9 does not exist; there are 5 agents, numbered 0 to 4",
		"network=no/such/file.csv":                "the network's edge list cannot be read: open no/such/file.csv",
		"quarantine_start=25":                     "quarantine_start must be below quarantine_end, but 25 ≥ 25",
		"distancing_start=40":                     "distancing_start must be below distancing_end, but 40 ≥ 35",
		"initial=1.2":                             "initial must be between 0 and 1, is 1.2",
		"gate=smooth":                             "gate must be one of hard, fractional, not \"smooth\"",
		"dt=0":                                    "dt must be at least 1e-09, is 0",
		"transmision=1":                           "did you mean \"transmission\"?",
		"quarantined_contacts=replace":            "did you mean \"replaced\"?",
		"units=share":                             "did you mean \"shares\"?",
		fmt.Sprintf("agents=%d", math.MaxInt32+1): "a network needs between 1 and",
	} {
		s := abm.NewSetup(sir.Model)
		var err error
		for _, a := range strings.Fields(assignments) {
			if err == nil {
				err = s.Assign(a)
			}
		}
		if err == nil {
			err = s.Prepare()
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", assignments, err, want)
		}
	}
}
