package gradient_test

import (
	"context"
	"strings"
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/gradient"
)

// Estimators of discrete draws are left out where parameters move none, unless they
// are told to serve continuous ones.
func TestCheckLeavesOutTheIdle(t *testing.T) {
	tastes := toy("tastes", []string{"a"}, []string{"bold"}, func(w *abm.World) []ad.Num {
		chance := w.Bernoulli(1, ad.Const(0.5)) // moved by no parameter
		return []ad.Num{w.Beta(0, w.Param("a"), ad.Const(2)).Add(chance)}
	})
	all := []gradient.Estimator{gradient.StraightThrough{}, gradient.GumbelSoftmax{}, gradient.Smoothed{},
		gradient.Score{}, gradient.Flip{}, gradient.ResamplePair{}}
	r := check(t, problem(t, tastes, 3), gradient.CheckOptions{Samples: 5}, all...)
	var left []string
	for _, s := range r.Skipped {
		left = append(left, s.Estimator)
		if !strings.Contains(s.Why, "the parameters move no discrete draw of tastes") {
			t.Errorf("%s is left out because %s", s.Estimator, s.Why)
		}
	}
	if got, want := strings.Join(left, " "), "gumbel-softmax smoothed score flip"; got != want {
		t.Errorf("left out are %s, want %s", got, want)
	}
	if r := check(t, problem(t, tastes, 3), gradient.CheckOptions{Samples: 5}, gradient.Score{Continuous: true}); len(r.Skipped) > 0 {
		t.Errorf("left out are %+v", r.Skipped)
	}
	if r := check(t, asked(t, coins), gradient.CheckOptions{Samples: 5}, all[1], all[3]); len(r.Skipped) > 0 {
		t.Errorf("of coins left out are %+v", r.Skipped)
	}
	_, err := gradient.Check(context.Background(), problem(t, tastes, 3), all[:1], gradient.Flip{}, gradient.CheckOptions{})
	if err == nil || !strings.Contains(err.Error(), "straight-through at a higher price") {
		t.Errorf("a reference that is idle: error %v", err)
	}
}
