package gradient

import (
	"math"
	"strings"
	"testing"
)

// The error after a second is that of the mean of as many samples as fit.
func TestWeigh(t *testing.T) {
	rows := rowsOf(0.1, []float64{0, 7, 12}, []float64{0, 5, 10}) // off by 0, .2 and .2 of the peak
	for i := range rows {
		rows[i].SD = 2
	}
	var s Summary
	s.weigh(rows, 0.25, 0, false)
	bias2 := 0.08/3 - (0.1*0.1+0.1*0.1)/100
	for _, x := range []struct{ got, want float64 }{
		{s.Bias, math.Sqrt(bias2)}, {s.BiasSE, math.Sqrt(0.02) / 10}, {s.SD, 0.2}, {s.Error, math.Sqrt(bias2 + 0.04*0.25)},
	} {
		if math.Abs(x.got-x.want) > 1e-12 {
			t.Errorf("got %g, want %g: %+v", x.got, x.want, s)
		}
	}
	trusted := Summary{Agrees: true}
	trusted.weigh(rows, 0.25, 0, true)
	if trusted.Bias != 0 || math.Abs(trusted.Error-0.1) > 1e-12 {
		t.Errorf("unbiased by construction: %+v", trusted)
	}
	doubtful := Summary{}
	doubtful.weigh(rows, 0.25, 0.5, false)
	if doubtful.Bias != 0 {
		t.Errorf("with a reference that may be off by half the peak: %+v", doubtful)
	}
}

// summaries returns a report with one summary by parameter "p" for each estimator.
func summaries(s ...Summary) *Report {
	r := &Report{Reference: "finite-difference"}
	for i := range s {
		s[i].Parameter = "p"
		if s[i].SD == 0 {
			s[i].SD = 1
		}
	}
	r.Summary = s
	r.Truth = []Summary{{Estimator: "finite-difference", Parameter: "p", SD: 1, Error: 0.3, Agrees: true}}
	return r
}

func TestRecommend(t *testing.T) {
	for _, c := range []struct {
		name, want, why string
		r               *Report
	}{
		{"the least error of those that agree", "flip", "error 10 % of the peak after one second; next is score with 20 %", summaries(
			Summary{Estimator: "smoothed", Error: 0.01},
			Summary{Estimator: "score", Error: 0.2, Agrees: true},
			Summary{Estimator: "flip", Error: 0.1, Agrees: true})},
		{"not a surrogate whose bias is little known", "flip", "straight-through looks better (1 %), but its bias is known to ± 15 % only", summaries(
			Summary{Estimator: "straight-through", Error: 0.01, BiasSE: 0.15, Agrees: true},
			Summary{Estimator: "flip", Error: 0.1, Agrees: true})},
		{"a surrogate whose bias is known", "straight-through", "next is flip", summaries(
			Summary{Estimator: "straight-through", Error: 0.01, BiasSE: 0.02, Agrees: true},
			Summary{Estimator: "flip", Error: 0.1, Agrees: true})},
		{"the reference if nothing else is shown to agree", "finite-difference", "no other is shown to agree; flip may do better (10 %), more samples would tell", summaries(
			Summary{Estimator: "flip", Error: 0.1, Undecided: true})},
		{"not one that chooses others", "finite-difference", "no other", summaries(
			Summary{Estimator: "auto", Error: 0.1, Agrees: true})},
	} {
		if got := c.r.recommend("p"); got.Estimator != c.want || !strings.Contains(got.Why, c.why) {
			t.Errorf("%s: %+v, want %s, %s", c.name, got, c.want, c.why)
		}
	}
}

// One estimator for all must agree for as many parameters as possible.
func TestRecommendOne(t *testing.T) {
	r := &Report{Reference: "finite-difference"}
	for _, p := range []string{"a", "b", "still"} {
		sd := 1.0
		if p == "still" {
			sd = 0
		}
		r.Summary = append(r.Summary,
			Summary{Estimator: "score", Parameter: p, SD: sd, Error: 0.4 * sd, Agrees: true},
			Summary{Estimator: "flip", Parameter: p, SD: sd, Error: 0.1 * sd, Agrees: p != "b"})
		r.Truth = append(r.Truth, Summary{Estimator: "finite-difference", Parameter: p, SD: sd, Error: 0.5 * sd, Agrees: true})
		r.Recommendations = append(r.Recommendations, r.recommend(p))
	}
	if e := r.Recommendations[2].Estimator; e != "any" {
		t.Errorf("for a derivative of zero: %s", e)
	}
	if got := r.recommendOne(); got.Estimator != "score" || !strings.HasPrefix(got.Why, "agrees for 2 of 2 parameters, error 40 %") {
		t.Errorf("%+v", got)
	}
}

func TestUnbiased(t *testing.T) {
	for name, want := range map[string]bool{"flip": true, "score": true, "resample-pair": true, "straight-through": false, "auto": false, "none": false} {
		if Unbiased(name) != want {
			t.Errorf("%s: %v", name, !want)
		}
	}
}
