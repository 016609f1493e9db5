package gradient

import (
	"math"
	"strings"
	"testing"
)

// rows returns one derivative a step; the reference has a standard error of 0.1.
func rowsOf(se float64, estimates, references []float64) []Row {
	var rows []Row
	for t, v := range estimates {
		rows = append(rows, Row{
			Estimator: "e", Parameter: "p", Observable: "o", Step: t,
			Estimate: v, SE: se, Reference: references[t], ReferenceSE: 0.1, Carriers: 100, ReferenceCarriers: 100,
		})
	}
	return rows
}

func TestVerdicts(t *testing.T) {
	truth := []float64{0, 5, 10}
	for _, c := range []struct {
		verdict   string
		agrees    bool
		se        float64
		estimates []float64
		truth     []float64
	}{
		{"agrees within noise, which would hide at most 4.2 % of the peak", true, 0.1, []float64{0.1, 5.1, 9.9}, truth},
		{"agrees within 5 % of the peak", true, 0, []float64{0, 5.45, 10}, truth},
		{"biased: off by 20 % of the peak at step 1 (o)", false, 0.1, []float64{0, 7, 10.1}, truth},
		{"blind: zero at every step, where the reference is not", false, 0, []float64{0, 0, 0}, truth},
		{"explodes: off by 1200 times the peak at step 2 (o)", false, 0.1, []float64{0, 5, 12345}, truth},
		{"explodes: standard error 50 times the peak at step 0 (o)", false, 500, []float64{0, 5, 10}, truth},
		{"cannot tell: noise would hide a bias of 1.5 times the peak (o); take more samples", false, 5, []float64{0, 5, 10}, truth},
		{"biased: not zero at step 1 (o), where the reference is zero at every step", false, 0, []float64{0, 1, 0}, []float64{0, 0, 0}},
		{"no finite sample", false, 0, []float64{math.NaN()}, []float64{0}},
		{"no finite sample of the reference", false, 0, []float64{0}, []float64{math.NaN()}},
	} {
		s := summarise(rowsOf(c.se, c.estimates, c.truth), 200, 0)
		if s.Verdict != c.verdict || s.Agrees != c.agrees {
			t.Errorf("se %g, estimates %v: %q, %v; want %q, %v", c.se, c.estimates, s.Verdict, s.Agrees, c.verdict, c.agrees)
		}
	}
}

// What a few samples carry convicts nobody, unless it explodes; nor does a zero
// where other steps are not zero.
func TestVerdictOnFewCarriers(t *testing.T) {
	truth := []float64{0, 5, 10}
	for _, c := range []struct {
		verdict   string
		estimates []float64
		carriers  []float64
	}{
		{"cannot tell: a few large samples carry the estimate at step 1 (o); take more samples", []float64{0, 7, 10.1}, []float64{100, 3, 100}},
		{"cannot tell: a few large samples carry the estimate at step 2 (o); take more samples", []float64{0, 5, 0}, []float64{0, 100, 0}},
		{"blind: zero at every step, where the reference is not", []float64{0, 0, 0}, []float64{0, 0, 0}},
		{"explodes: off by 1200 times the peak at step 2 (o)", []float64{0, 5, 12345}, []float64{0, 100, 1}},
		{"biased: off by 20 % of the peak at step 1 (o)", []float64{0, 7, 14}, []float64{100, 100, 3}},
	} {
		rows := rowsOf(0.1, c.estimates, truth)
		for i := range rows {
			rows[i].Carriers = c.carriers[i]
		}
		if s := summarise(rows, 200, 0); s.Verdict != c.verdict || s.Undecided != strings.HasPrefix(c.verdict, "cannot") {
			t.Errorf("estimates %v carried by %v: %q, want %q", c.estimates, c.carriers, s.Verdict, c.verdict)
		}
	}
}

// Carriers are all samples if they are alike, and one if it outweighs the rest.
func TestCarriers(t *testing.T) {
	var alike tails
	for range 50 {
		alike.add(&Sample{Jacobian: []float64{3, 0, 0}})
	}
	alike.add(&Sample{Jacobian: []float64{3, 0, 1e4}})
	alike.add(&Sample{Jacobian: []float64{math.NaN(), 0, 0}})
	for i, want := range []float64{51, 0, 1} {
		if got := alike.carriers(i); math.Abs(got-want) > 1e-9 {
			t.Errorf("entry %d is carried by %g samples, want %g", i, got, want)
		}
	}
}

func TestVerdictOnZero(t *testing.T) {
	s := summarise([]Row{{Observable: "o"}}, 200, 0)
	if s.Verdict != "agrees exactly" || !s.Agrees {
		t.Errorf("%+v", s)
	}
}

// What the reference itself may be off by is no bias of the estimator.
func TestVerdictAllowsForTheReference(t *testing.T) {
	rows := rowsOf(0.1, []float64{0, 5, 11}, []float64{0, 5, 10})
	if s := summarise(rows, 200, 0); s.Agrees {
		t.Errorf("with an exact reference: %+v", s)
	}
	if s := summarise(rows, 200, 0.05); !s.Agrees {
		t.Errorf("with a reference off by 5 %% of the peak: %+v", s)
	}
}

// The critical value must be Student's, and grow with the number of comparisons.
func TestCritical(t *testing.T) {
	// Two-sided 1 % point of Student's t with 9 degrees of freedom: 3.2498.
	if z := critical(1, 10); math.Abs(z-3.2498) > 1e-4 {
		t.Errorf("critical(1, 10) = %g, want 3.2498", z)
	}
	if a, b := critical(10, 200), critical(300, 200); !(a < b && b < 4.5) {
		t.Errorf("critical values %g and %g for 10 and 300 comparisons", a, b)
	}
}

func TestShort(t *testing.T) {
	for x, want := range map[float64]string{
		0: "0", 0.0123: "0.012", 5.04: "5", 31: "31", 1234: "1200", 999: "1000", 3.4e7: "3.4e+07",
	} {
		if got := short(x); got != want {
			t.Errorf("short(%g) = %q, want %q", x, got, want)
		}
	}
}
