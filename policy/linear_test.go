package policy

import (
	"strings"
	"testing"
)

func TestParseLinear(t *testing.T) {
	theta := []float64{2, 0.25, 3, 7}
	for text, want := range map[string]float64{
		"effort":                 0.25,
		"1 - effort":             0.75,
		"end-start":              4,
		"-2*start + 1/2*end + 3": 0.5,
		"1e-1*sick":              0.2,
	} {
		if v := linear(t, text).at(theta); v != want {
			t.Errorf("%q is %v, want %v", text, v, want)
		}
	}
	for text, want := range map[string]string{
		"end - strt":   `did you mean "start"`,
		"end start":    "is not a sum",
		"end * start":  "is not a sum",
		"end - ":       "is not a sum",
		"(end)":        "is not a sum",
		"1.2.3*effort": "1.2.3",
	} {
		if _, err := ParseLinear(town, text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
}
