package gradient_test

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/nudge-abm/nudge/gradient"
)

// unable is an estimator that no model can serve.
type unable struct{}

func (unable) Name() string { return "unable" }
func (unable) Sampler(*gradient.Problem) (gradient.Sampler, error) {
	return nil, errors.New("the model would have to change")
}

func check(t *testing.T, p *gradient.Problem, o gradient.CheckOptions, estimators ...gradient.Estimator) *gradient.Report {
	t.Helper()
	r, err := gradient.Check(context.Background(), p, estimators, gradient.FiniteDifference{RelativeStep: 0.1}, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestCheckTellsBiasFromAgreement(t *testing.T) {
	p := asked(t, coins)
	r := check(t, p, gradient.CheckOptions{Samples: 300}, gradient.StraightThrough{})
	if len(r.Rows) != 2*3*2 {
		t.Fatalf("%d rows, want parameters × observables × steps = 12", len(r.Rows))
	}
	for _, row := range r.Rows {
		want := 0.0
		switch row.Parameter + " " + row.Observable {
		case "p heads", "q odd":
			want = tossers
		case "p pairs":
			want = 2 * 0.3 * tossers
		}
		if d := math.Abs(row.Estimate - want); d > 4*row.SE+1e-9 {
			t.Errorf("estimate %+v, want %g", row, want)
		}
		if row.Observable == "pairs" && row.Parameter == "p" {
			want = tossers
		}
		if d := math.Abs(row.Reference - want); d > 4*row.ReferenceSE+1e-9 {
			t.Errorf("reference %+v, want %g", row, want)
		}
	}
	byP, byQ := r.Summary[0], r.Summary[1]
	if byP.Agrees || !strings.HasPrefix(byP.Verdict, "biased: off by 4") || byP.Deviation.Observable != "pairs" {
		t.Errorf("by p: %+v", byP)
	}
	if !byQ.Agrees || byQ.Deviation.Value > 0.1 {
		t.Errorf("by q: %+v", byQ)
	}
}

func TestCheckOfChosenObservables(t *testing.T) {
	p := asked(t, coins, "q")
	p.Observables, p.Rows = []int{2}, []int{1}
	r := check(t, p, gradient.CheckOptions{Samples: 20}, gradient.StraightThrough{})
	if len(r.Rows) != 1 || r.Rows[0].Observable != "odd" || r.Rows[0].Step != 1 || r.Rows[0].Estimate != tossers {
		t.Errorf("rows %+v", r.Rows)
	}
}

// Everything but times must be the same for any number of workers.
func TestCheckDoesNotDependOnWorkers(t *testing.T) {
	times := cmp.Options{
		cmpopts.IgnoreFields(gradient.Cost{}, "SecondsPerRun", "PlainSeconds", "Ratio"),
		cmpopts.IgnoreFields(gradient.Row{}, "MSE"),
		cmpopts.IgnoreFields(gradient.Summary{}, "Error"),
		cmpopts.IgnoreFields(gradient.Report{}, "Recommendations"),
	}
	var reports []*gradient.Report
	for _, workers := range []int{1, 3} {
		p := asked(t, coins)
		r, err := gradient.Check(context.Background(), p, []gradient.Estimator{gradient.StraightThrough{}},
			gradient.FiniteDifference{Pilot: 4}, gradient.CheckOptions{Samples: 30, Workers: workers})
		if err != nil {
			t.Fatal(err)
		}
		reports = append(reports, r)
	}
	if d := cmp.Diff(reports[0], reports[1], times); d != "" {
		t.Error(d)
	}
	if len(reports[0].Steps) != 2 {
		t.Errorf("steps %+v, want one a parameter", reports[0].Steps)
	}
}

func TestCheckSkipsWhatCannotServe(t *testing.T) {
	p := asked(t, coins)
	r := check(t, p, gradient.CheckOptions{Samples: 5}, unable{}, gradient.StraightThrough{})
	if d := cmp.Diff([]gradient.Skipped{{Estimator: "unable", Why: "the model would have to change"}}, r.Skipped); d != "" {
		t.Error(d)
	}
	_, err := gradient.Check(context.Background(), p, []gradient.Estimator{unable{}}, gradient.StraightThrough{}, gradient.CheckOptions{})
	if !errors.Is(err, gradient.ErrNone) {
		t.Errorf("error %v, want %v", err, gradient.ErrNone)
	}
}

func TestCheckWithoutFiniteSamples(t *testing.T) {
	r := check(t, asked(t, spoilt), gradient.CheckOptions{Samples: 4}, gradient.StraightThrough{})
	if s := r.Summary[0]; s.Agrees || s.Verdict != "no finite sample" {
		t.Errorf("summary %+v", s)
	}
	if !math.IsNaN(r.Rows[0].Estimate) || math.IsNaN(r.Rows[0].Reference) {
		t.Errorf("row %+v, want no estimate but a reference", r.Rows[0])
	}
	if c := r.Cost[1]; c.NonFinite != 4 {
		t.Errorf("cost %+v, want 4 samples not finite", c)
	}
}

func TestCheckStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	stop := func(stage string, done, total int) {
		if done == 3 {
			cancel()
		}
	}
	_, err := gradient.Check(ctx, asked(t, coins), []gradient.Estimator{gradient.StraightThrough{}},
		gradient.FiniteDifference{}, gradient.CheckOptions{Samples: 1000, Progress: stop})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
}

func TestCheckNeedsTwoSamples(t *testing.T) {
	_, err := gradient.Check(context.Background(), asked(t, coins), nil, gradient.StraightThrough{}, gradient.CheckOptions{Samples: 1})
	if err == nil || !strings.Contains(err.Error(), "at least 2 samples") {
		t.Errorf("error %v", err)
	}
}

// The reference takes other luck than the estimators, or their errors would not
// be independent.
func TestCheckSamplesIndependently(t *testing.T) {
	r, err := gradient.Check(context.Background(), asked(t, coins, "p"), []gradient.Estimator{gradient.StraightThrough{}},
		gradient.StraightThrough{}, gradient.CheckOptions{Samples: 20})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range r.Rows {
		if row.Observable == "pairs" && row.Estimate == row.Reference {
			t.Errorf("estimate and reference of the same runs: %+v", row)
		}
	}
}
