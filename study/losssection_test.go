package study

import (
	"errors"
	"fmt"
	"math"
	"testing"

	"github.com/nudge-abm/nudge/calibrate/loss"
)

// total is a loss of a program's own.
var total = loss.Kind{
	Name: "total", Options: []loss.Option{{Name: "power", Default: 2}},
	New: func(d loss.Data, o map[string]float64) (loss.Loss, error) {
		if o["power"] < 0 {
			return nil, errors.New("the power must not be negative")
		}
		return totalLoss{o["power"]}, nil
	},
}

type totalLoss struct{ power float64 }

func (l totalLoss) String() string   { return fmt.Sprint("total to the power ", l.power) }
func (totalLoss) Nuisance() []string { return nil }

func (l totalLoss) Value(runs, adjoint [][]float64, _, _ []float64) (sum float64) {
	for i, run := range runs {
		for k, x := range run {
			sum += math.Pow(x, l.power)
			if adjoint != nil {
				adjoint[i][k] = l.power * math.Pow(x, l.power-1)
			}
		}
	}
	return sum
}

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
		{"binomial", "trials: [3, 20], combine: mean", "binomial likelihood (trials [3 20], floor 0.1), replicates: mean"},
		{"log-normal", "sd: 0.2, floor: 1", "log-normal likelihood (sd of the logarithm 0.2, floor 1), replicates: each"},
		{"synthetic-likelihood", "shrinkage: 0.5, sd: [1, 2]", "Gaussian synthetic likelihood (4 observed cells, shrinkage 0.5, sd [1 2])"},
		{"synthetic-likelihood", "summaries: [mean, last], unbiased: true", "Gaussian synthetic likelihood (summaries [mean last], unbiased)"},
		{"mmd", "bandwidth: [1, 2]", "maximum mean discrepancy (bandwidth [1 2])"},
		{"mmd", "published: true", "maximum mean discrepancy (published form, moving median bandwidth)"},
		{"energy-score", "scale: [1, 2]", "energy score (fair, scale [1 2])"},
		{"crps", "scale: [1, 2], biased: true", "CRPS (biased, scale [1 2])"},
		{"pinball", "scale: [1, 2], levels: [0.1, 0.9]", "pinball loss (levels [0.1 0.9], scale [1 2])"},
		{"signature", "scale: [1, 2], lift: linear, timeless: true, cuts: 3, raw: true", "signature kernel (raw, linear, no time, cuts 3, scale [1 2])"},
		{"own", "name: total, options: {power: 3}", "total to the power 3"},
		{"sum", "terms: [{columns: b, kind: normal, weight: 2, sd: 3}, {kind: poisson, weight: 1}]",
			"2 × normal likelihood (sd 3), replicates: each of b + 1 × Poisson likelihood (floor 0.1), replicates: each of a, b"},
	} {
		tested[x.kind] = true
		section, err := readX[lossSection](t, "{kind: "+x.kind+", weight: 1, "+x.keys+"}")
		if err != nil {
			t.Error(err)
			continue
		}
		l, err := section.loss(comparison{data: data, known: []loss.Kind{total}})
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
	l, err := section.loss(comparison{data: loss.Data{Values: []float64{1}, Rows: 1, Columns: 1}})
	if err != nil {
		t.Fatal(err)
	}
	if n := l.Nuisance(); len(n) != 1 || n[0] != "noise" {
		t.Error(n)
	}
}
