package gradient

import (
	"fmt"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
)

// Skipped is an estimator that cannot serve the model, with the reason.
type Skipped struct {
	Estimator string `json:"estimator"`
	Why       string `json:"why"`
}

// idle returns an error if e differs from [StraightThrough] at discrete draws only
// and the problem's parameters move none: then it costs more and tells the same,
// and is not without bias where decisions have derivatives of surrogates.
func (p *Problem) idle(e Estimator) error {
	if s, ok := e.(Score); !discreteOnly(e.Name()) || ok && s.Continuous {
		return nil
	}
	rule := &discreteRule{}
	w := p.world(rule)
	defer w.Close()
	if err := w.Run(p.Theta, p.Luck(0)); err != nil || rule.moved {
		return err
	}
	hint := ""
	if e.Name() == (Score{}).Name() {
		hint = "; with the option continuous=score it is another"
	}
	return fmt.Errorf("the parameters move no discrete draw of %s, so %s would be straight-through at a higher price%s",
		p.Setup.Model.Name, e.Name(), hint)
}

// discreteOnly reports whether the named estimator is one of discrete draws.
func discreteOnly(name string) bool {
	for _, k := range catalogue {
		if k.name == name {
			return k.discrete
		}
	}
	return false
}

// discreteRule is that of straight-through and notes whether parameters move the
// law of a discrete draw.
type discreteRule struct {
	straightThroughRule
	moved bool
}

func (r *discreteRule) Bernoulli(w *abm.World, at abm.Site, p ad.Num, x float64) ad.Num {
	r.moved = r.moved || p.Active()
	return r.straightThroughRule.Bernoulli(w, at, p, x)
}

func (r *discreteRule) Categorical(w *abm.World, at abm.Site, p, onehot []ad.Num) {
	for _, q := range p {
		r.moved = r.moved || q.Active()
	}
	r.straightThroughRule.Categorical(w, at, p, onehot)
}

func (r *discreteRule) Count(w *abm.World, at abm.Site, law abm.Law, x float64) ad.Num {
	r.moved = r.moved || law.Parameter().Active()
	return r.straightThroughRule.Count(w, at, law, x)
}
