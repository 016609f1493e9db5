package gradient

import (
	"fmt"
	"slices"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/rng"
)

// Audit is what a watched run found: errors in a model that show in no result.
// See [abm.Audit].
type Audit struct {
	Reads []ad.Read   `json:"reads"`       // of numbers that carry derivatives, as plain ones
	Twice []abm.Twice `json:"drawn_twice"` // draws made twice under one key
	Late  []string    `json:"late"`        // uses of a number after its region ended
}

// Audit makes one run by [StraightThrough] under watch, and a plain one to compare
// it with. The error is that of the plain run.
func (p *Problem) Audit() (*Audit, error) {
	plain := p.world(nil)
	defer plain.Close()
	if err := plain.RunFull(p.Theta, p.Luck(0)); err != nil {
		return nil, err
	}
	watched, audit, err := p.watched(straightThroughRule{}, (*abm.World).RunFull)
	defer watched.Close()
	a := &Audit{Reads: audit.Reads(), Twice: audit.Twice()}
	switch {
	case err != nil:
		a.Late = []string{err.Error()}
	case !slices.Equal(watched.Series(nil), plain.Series(nil)):
		a.Late = []string{"results change if numbers lent for an agent's turn are wiped when it ends; keep them in columns instead"}
	}
	return a, nil
}

// watched makes a run of the problem under a rule and an audit. The error is that
// of the run or an [ad.LateUse].
func (p *Problem) watched(rule abm.Rule, run func(*abm.World, []float64, rng.Seed) error) (w *abm.World, audit *abm.Audit, err error) {
	w = p.world(rule)
	audit = w.Watch()
	defer func() {
		switch late := recover().(type) {
		case nil:
		case ad.LateUse:
			err = late
		default:
			panic(late)
		}
	}()
	return w, audit, run(w, p.Theta, p.Luck(0))
}

// hides returns an error that says what to change if the model takes decisions on
// plain reads of numbers that carry derivatives under the rule of the named
// estimator.
func (p *Problem) hides(estimator string, rule abm.Rule) error {
	w, audit, err := p.watched(rule, (*abm.World).Run)
	defer w.Close()
	if reads := audit.Reads(); err == nil && len(reads) > 0 {
		err = fmt.Errorf("%s follows what draws change and cannot see a branch on a number: %s reads one that carries "+
			"derivatives by Value, %d times a run; decide there by abm.Greater, If, Select or ArgMax, or draw by Bernoulli "+
			"or Categorical (Primal is for reads that decide nothing)", estimator, reads[0].Line, reads[0].Count)
	}
	return err
}

// Clean reports whether nothing was found.
func (a *Audit) Clean() bool { return len(a.Reads)+len(a.Twice)+len(a.Late) == 0 }

// Sentences returns what was found and what to do about it, a sentence a finding.
func (a *Audit) Sentences() []string {
	var all []string
	for _, r := range a.Reads {
		all = append(all, fmt.Sprintf("%s reads a number that carries derivatives by Value, %d times a run: "+
			"a branch or an index taken on it has no derivative; decide by abm.Greater, If, Select or ArgMax, or draw", r.Line, r.Count))
	}
	for _, t := range a.Twice {
		all = append(all, fmt.Sprintf("%s draws %q again for the same agent in the same step, %d times a run: "+
			"it gets the same luck; tell repeated draws apart by Purpose.At", t.Line, t.Draw, t.Count))
	}
	for _, l := range a.Late {
		all = append(all, l)
	}
	return all
}
