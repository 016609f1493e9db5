package gradient_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nudge-abm/nudge/gradient"
)

func TestOptions(t *testing.T) {
	for _, c := range []struct {
		name    string
		options map[string]string
		want    gradient.Estimator
	}{
		{"straight-through", nil, gradient.StraightThrough{}},
		{"gumbel-softmax", nil, gradient.GumbelSoftmax{Temperature: 0.1}},
		{"gumbel-softmax", map[string]string{"temperature": "0.5", "calibrate": "1"}, gradient.GumbelSoftmax{Temperature: 0.5, Calibrate: true}},
		{"smoothed", nil, gradient.Smoothed{Side: gradient.SmoothBoth}},
		{"smoothed", map[string]string{"side": "right"}, gradient.Smoothed{Side: gradient.SmoothRight}},
		{"smoothed", map[string]string{"side": "left"}, gradient.Smoothed{Side: gradient.SmoothLeft}},
		{"smoothed", map[string]string{"side": "weighted"}, gradient.Smoothed{Side: gradient.SmoothWeighted}},
		{"score", nil, gradient.Score{Runs: 10}},
		{"score", map[string]string{"runs": "2", "continuous": "score"}, gradient.Score{Runs: 2, Continuous: true}},
		{"resample-pair", nil, gradient.ResamplePair{Pairs: 10}},
		{"resample-pair", map[string]string{"pairs": "3"}, gradient.ResamplePair{Pairs: 3}},
	} {
		got, err := gradient.New(c.name, c.options)
		if err != nil {
			t.Errorf("%s %v: %v", c.name, c.options, err)
			continue
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s %v: %s", c.name, c.options, d)
		}
		if got.Name() != c.name {
			t.Errorf("%s is called %s", c.name, got.Name())
		}
	}
}

func TestWrongOptions(t *testing.T) {
	for _, c := range []struct{ estimator, option, value, want string }{
		{"score", "runs", "1", "option runs of score must be at least 2, is 1"},
		{"score", "runs", "2.5", "option runs of score must be a whole number, is 2.5"},
		{"score", "runs", "few", `option runs of score must be a number, not "few"`},
		{"score", "runs", "Inf", `option runs of score must be a number, not "Inf"`},
		{"score", "run", "3", `unknown option of score "run"; did you mean "runs"?; known are runs, continuous`},
		{"score", "continuous", "no", `option continuous of score must be one of pathwise, score, not "no"`},
		{"resample-pair", "pairs", "0", "option pairs of resample-pair must be at least 1, is 0"},
		{"gumbel-softmax", "temperature", "0", "option temperature of gumbel-softmax must be greater than 0, is 0"},
		{"gumbel-softmax", "temperature", "NaN", `option temperature of gumbel-softmax must be a number, not "NaN"`},
		{"gumbel-softmax", "calibrate", "2", `option calibrate of gumbel-softmax must be one of 0, 1, not "2"`},
		{"smoothed", "side", "up", `option side of smoothed must be one of both, right, left, weighted, not "up"`},
		{"straight-through", "side", "up", `estimator straight-through has no options, so not "side"`},
	} {
		_, err := gradient.New(c.estimator, map[string]string{c.option: c.value})
		if err == nil || err.Error() != c.want {
			t.Errorf("%s %s=%s: %v, want %s", c.estimator, c.option, c.value, err, c.want)
		}
	}
}

// What help texts offer must be what New takes.
func TestDescribedDefaultsAreValid(t *testing.T) {
	for _, name := range gradient.Names() {
		for _, o := range gradient.Options(name) {
			value := describedDefault(t, name, o.Name)
			if _, err := gradient.New(name, map[string]string{o.Name: value}); err != nil {
				t.Error(err)
			}
		}
	}
}

// describedDefault finds "option name=value:" below the estimator.
func describedDefault(t *testing.T, estimator, option string) string {
	_, text, found := strings.Cut("\n"+gradient.Describe(), "\n  "+estimator+" ")
	_, text, has := strings.Cut(text, "option "+option+"=")
	value, _, ends := strings.Cut(text, ": ")
	if !found || !has || !ends {
		t.Fatalf("%s of %s is not described", option, estimator)
	}
	return value
}
