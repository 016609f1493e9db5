package study

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nudge-abm/nudge/calibrate"
)

func TestExchange(t *testing.T) {
	r := &Result{
		Calibration: &Calibration{Weight: 2, Data: Observations{
			Time: "day", Times: []float64{1, 2}, Columns: []Column{{Name: "sick"}, {Name: "dead"}}, Values: []float64{5, 6, 7, 8},
		}},
		Posterior: &calibrate.Draws{Names: []string{"a"}, Theta: [][]float64{{1}, {2}}, LogQ: []float64{3, 4}, LogPrior: []float64{5, 6}},
		Prior:     &calibrate.Draws{Names: []string{"a"}, Theta: [][]float64{{9}}},
		Predicted: &calibrate.Predictive{Loss: []float64{1, 2}, Runs: [][]float64{{10, 11, 12, 13}, {0, 0, 0, 0}, {20, 21, 22, 23}, {0, 0, 0, 0}}},
	}
	got := map[string][]float64{}
	for _, d := range r.exchange() {
		name, values, chunk := strings.Cut(strings.TrimPrefix(d.Name, inferenceFolder), "/0")
		if !chunk || strings.Trim(values, ".0") != "" {
			continue
		}
		var b bytes.Buffer
		if err := d.Write(&b); err != nil {
			t.Fatal(err)
		}
		x := make([]float64, b.Len()/8)
		if err := binary.Read(&b, binary.LittleEndian, x); err != nil {
			t.Fatal(err)
		}
		got[name] = x
	}
	want := map[string][]float64{
		"posterior/chain": {0}, "posterior/draw": {0, 1}, "posterior/a": {1, 2},
		"sample_stats/chain": {0}, "sample_stats/draw": {0, 1}, "sample_stats/lp": {3, 2},
		"sample_stats/log_q": {3, 4}, "sample_stats/log_prior": {5, 6}, "sample_stats/loss": {1, 2},
		"posterior_predictive/chain": {0}, "posterior_predictive/draw": {0, 1}, "posterior_predictive/day": {1, 2},
		"posterior_predictive/sick": {10, 12, 20, 22}, "posterior_predictive/dead": {11, 13, 21, 23},
		"prior/chain": {0}, "prior/draw": {0}, "prior/a": {9},
		"observed_data/day": {1, 2}, "observed_data/sick": {5, 7}, "observed_data/dead": {6, 8},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
