package figure

import (
	"strings"
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/models/firms"
	"github.com/nudge-abm/nudge/models/sir"
)

// contestOf is a contest over made-up derivatives, the same for each of the
// parameters: a reference and one estimate.
func contestOf(t *testing.T, parameters []string, who string, estimate, reference func(row int) float64) *contest {
	t.Helper()
	m := sir.Model
	if m.Parameter(parameters[0]) < 0 {
		m = firms.Model
	}
	p, err := gradient.NewProblem(abm.NewSetup(m), 1, parameters...)
	if err != nil {
		t.Fatal(err)
	}
	made := func(name string, f func(row int) float64) *derivatives {
		d := &derivatives{name: name, se: grid(len(parameters), p.Setup.Steps()), mean: grid(len(parameters), p.Setup.Steps())}
		for k := range d.mean {
			for row := range d.mean[k] {
				d.mean[k][row] = f(row)
			}
		}
		return d
	}
	return &contest{
		subject: &subject{problem: p}, reference: made("truth", reference),
		entries: []*derivatives{made(who, estimate)},
	}
}

func TestMethodsThatCannotServeAreLeftOut(t *testing.T) {
	c := contestOf(t, contested, flipName, nothing, nothing)
	for _, m := range []method{
		{estimator: "no such thing"},
		{estimator: gumbelName, options: map[string]string{"temperature": "-1"}},
	} {
		if e, why := c.serve(m); e != nil || why == "" {
			t.Errorf("%+v is served by %v, %q", m, e, why)
		}
	}
	if e, why := c.serve(method{estimator: throughName}); e == nil || why != "" {
		t.Errorf("straight-through is left out: %s", why)
	}
}

func TestLeavingOutIsSaid(t *testing.T) {
	d := &Drawing{options: Options{Seed: 1, Scale: 1e-9}}
	s, err := d.epidemic(50, contested, onComplete, []string{"steps=5"})
	if err != nil {
		t.Fatal(err)
	}
	c, err := d.hold(t.Context(), s, 1, []method{{estimator: throughName}, {estimator: "no such thing"}})
	if err != nil {
		t.Fatal(err)
	}
	if len(c.entries) != 1 || len(d.Findings) != 1 || !strings.Contains(d.Findings[0].Seen, "no such thing is left out") {
		t.Errorf("%d entries, findings %+v", len(c.entries), d.Findings)
	}
	if s := c.entries[0].samples; s != fewest {
		t.Errorf("%d samples, want %d", s, fewest)
	}
}

func nothing(int) float64 { return 0 }
