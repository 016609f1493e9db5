package gradient

import (
	"fmt"
	"slices"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
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
	plain, watched := p.world(nil), p.world(straightThroughRule{})
	defer plain.Close()
	defer watched.Close()
	if err := plain.RunFull(p.Theta, p.Luck(0)); err != nil {
		return nil, err
	}
	found := watched.Watch()
	err := caught(func() error { return watched.RunFull(p.Theta, p.Luck(0)) })
	a := &Audit{Reads: found.Reads(), Twice: found.Twice()}
	switch {
	case err != nil:
		a.Late = []string{err.Error()}
	case !slices.Equal(watched.Series(nil), plain.Series(nil)):
		a.Late = []string{"results change if numbers lent for an agent's turn are wiped when it ends; keep them in columns instead"}
	}
	return a, nil
}

// caught returns the error of a run, or the [ad.LateUse] that it panics with.
func caught(run func() error) (err error) {
	defer func() {
		switch late := recover().(type) {
		case nil:
		case ad.LateUse:
			err = late
		default:
			panic(late)
		}
	}()
	return run()
}

// hides returns an error that says what to change if the model takes decisions on
// plain reads of numbers that carry derivatives although all draws are plain, which
// the named estimator cannot see.
func (p *Problem) hides(estimator string) error {
	w := p.world(plainRule{})
	defer w.Close()
	found := w.Watch()
	if err := caught(func() error { return w.Run(p.Theta, p.Luck(0)) }); err != nil {
		return err
	}
	reads := found.Reads()
	if len(reads) == 0 {
		return nil
	}
	return fmt.Errorf("%s follows what draws change and cannot see a branch on a number: %s reads one that carries "+
		"derivatives by Value, %d times a run; decide there by abm.Greater, If, Select or ArgMax, or draw by Bernoulli "+
		"or Categorical (Primal is for reads that decide nothing)", estimator, reads[0].Line, reads[0].Count)
}

// plainRule leaves draws plain.
type plainRule struct{}

func (plainRule) Plain() {}

func (plainRule) Bernoulli(_ *abm.World, _ abm.Site, _ ad.Num, x float64) ad.Num { return ad.Const(x) }

func (plainRule) Categorical(*abm.World, abm.Site, []ad.Num, []ad.Num) {}

func (plainRule) Count(_ *abm.World, _ abm.Site, _ abm.Law, x float64) ad.Num { return ad.Const(x) }

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
	return append(all, a.Late...)
}
