package calibrate

import (
	"encoding/json"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/nudge-abm/nudge/rng"
)

// The file holds log-weights with light, medium and heavy tails and what
// smoothing makes of them, by an independent implementation.
func TestImportanceAgainstReference(t *testing.T) {
	text, err := os.ReadFile("testdata/importance.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases map[string]struct {
		LogWeights []float64 `json:"log_weights"`
		KHat       float64   `json:"khat"`
		ESS        float64   `json:"ess"`
		Smoothed   []float64 `json:"smoothed"`
	}
	if err := json.Unmarshal(text, &cases); err != nil {
		t.Fatal(err)
	}
	for name, c := range cases {
		got := NewImportance(c.LogWeights)
		if math.Abs(got.KHat-c.KHat) > 1e-8 || math.Abs(got.ESS/c.ESS-1) > 1e-8 {
			t.Errorf("%s: k̂ %g, ESS %g, want %g, %g", name, got.KHat, got.ESS, c.KHat, c.ESS)
		}
		for i, v := range got.LogWeights {
			if math.Abs(v-c.Smoothed[i]) > 1e-8 {
				t.Errorf("%s: log-weight %d is %g, want %g", name, i, v, c.Smoothed[i])
				break
			}
		}
	}
}

// Draws of N(0, 1.2²) for a target e^3·N(0, 1): bounded weights, whose mean is
// the evidence.
func TestImportanceFindsTheEvidence(t *testing.T) {
	luck := rng.Seed{Master: 5}.Stream(rng.Key{})
	weights := make([]float64, 4000)
	for i := range weights {
		x := 1.2 * luck.Normal()
		weights[i] = 3 - x*x/2 + x*x/(2*1.44) + math.Log(1.2)
	}
	w := NewImportance(weights)
	gap := 1.44/2 - 0.5 - math.Log(1.2)
	if math.Abs(w.LogEvidence-3) > 0.02 || math.Abs(w.Gap-gap) > 0.02 || w.KHat > 0.3 || w.ESS < 3000 {
		t.Errorf("log evidence %.3f, gap %.3f, k̂ %.2f, ESS %.0f", w.LogEvidence, w.Gap, w.KHat, w.ESS)
	}
	if !strings.Contains(w.String(), "4000 draws are worth 3") || !strings.Contains(w.String(), "nats from the posterior") {
		t.Error(w)
	}
}

func TestImportanceOfFewOrBrokenWeights(t *testing.T) {
	if NewImportance([]float64{1, 2, 3, 4}) != nil {
		t.Error("four weights have no tail")
	}
	equal := make([]float64, 100)
	if w := NewImportance(equal); w == nil || math.Abs(w.ESS-100) > 1e-9 || w.LogEvidence != 0 {
		t.Errorf("equal weights: %+v", w)
	}
	equal[7] = math.NaN()
	if w := NewImportance(equal); w == nil || math.Abs(w.ESS-99) > 1e-9 {
		t.Errorf("with one that is not a number: %+v", w)
	}
}
