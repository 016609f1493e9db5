package study

import (
	"testing"

	"github.com/nudge-abm/nudge/calibrate/loss"
)

func TestEveryLossIsTheOneItsKeysSay(t *testing.T) {
	data := loss.Data{Values: []float64{1, 10, 3, 14}, Rows: 2, Columns: 2, Names: []string{"a", "b"}}
	tested := map[string]bool{}
	for _, x := range []struct{ kind, keys, want string }{
		{"squared-error", "scale: [1, 2]", "squared error (plain, scale [1 2]), replicates: each"},
		{"squared-error", "form: log1p, scale: [1, 2], combine: mean", "squared error (log1p, scale [1 2]), replicates: mean"},
		{"poisson", "combine: marginal", "Poisson likelihood (floor 0.1), replicates: marginal"},
		{"poisson", "floor: 0", "Poisson likelihood (floor 0), replicates: each"},
		{"negative-binomial", "overdispersion: 0.2, floor: 0.5", "negative-binomial likelihood (overdispersion 0.2, floor 0.5), replicates: each"},
		{"negative-binomial", "parameter: kappa", "negative-binomial likelihood (overdispersion calibrated, floor 0.1), replicates: each"},
		{"normal", "sd: 3", "normal likelihood (sd 3), replicates: each"},
		{"mmd", "bandwidth: [1, 2]", "maximum mean discrepancy (bandwidth [1 2])"},
		{"mmd", "published: true", "maximum mean discrepancy (published form, moving median bandwidth)"},
		{"energy-score", "scale: [1, 2]", "energy score (fair, scale [1 2])"},
		{"crps", "scale: [1, 2], biased: true", "CRPS (biased, scale [1 2])"},
		{"pinball", "scale: [1, 2], levels: [0.1, 0.9]", "pinball loss (levels [0.1 0.9], scale [1 2])"},
	} {
		tested[x.kind] = true
		section, err := readX[lossSection](t, "{kind: "+x.kind+", weight: 1, "+x.keys+"}")
		if err != nil {
			t.Error(err)
			continue
		}
		l, err := section.loss(data, nil)
		if err != nil {
			t.Error(err)
			continue
		}
		if l.String() != x.want || section.predictive() != 0 {
			t.Errorf("%s: %s, want %s", x.kind, l, x.want)
		}
	}
	for _, name := range losses.names() {
		if !tested[name] {
			t.Errorf("%s is not tested", name)
		}
	}
}

func TestBandwidthAsksForRuns(t *testing.T) {
	for keys, want := range map[string]int{"": 100, ", bandwidth: prior-predictive": 100, ", bandwidth_runs: 7": 7, ", bandwidth: 2": 0} {
		section, err := readX[lossSection](t, "{kind: mmd, weight: 1"+keys+"}")
		if err != nil {
			t.Fatal(err)
		}
		if got := section.predictive(); got != want {
			t.Errorf("with %q it asks for %d runs, want %d", keys, got, want)
		}
	}
}

func TestNuisanceParameterHasItsName(t *testing.T) {
	section, err := readX[lossSection](t, "{kind: normal, weight: 1, parameter: noise}")
	if err != nil {
		t.Fatal(err)
	}
	l, err := section.loss(loss.Data{Values: []float64{1}, Rows: 1, Columns: 1}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if n := l.Nuisance(); len(n) != 1 || n[0] != "noise" {
		t.Error(n)
	}
}
