// Command adoption is a model of one's own in one file: people take up a
// technology that their contacts use, and drop it again. docs/your-own-model.md
// walks through it.
//
//	go run ./examples/adoption run|grad|check
//	go run ./examples/adoption calibrate examples/adoption/study.yaml
package main

import (
	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/abm/network"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/cli"
)

// The one call: it gives the model every verb.
func main() { cli.Main(model) }

// The purposes of the model's draws.
const (
	adopting abm.Purpose = iota
	dropping
)

var model = &abm.Model{
	Name: "adoption",
	Doc:  "adoption of a technology on a contact network",
	Equations: []string{
		"P(adopt) = 1 − exp(−(innovation + imitation·s)),  s: share of users among the contacts, 0 without contacts",
		"P(drop) = 1 − exp(−dropout);  all agents at the same time, from no users",
	},
	Parameters: []abm.Parameter{
		{Name: "innovation", Unit: "1/month", Default: 0.02, Support: abm.Positive, Doc: "rate of adopting on one's own"},
		{Name: "imitation", Unit: "1/month", Default: 0.5, Support: abm.Positive, Doc: "rate of adopting if all contacts are users"},
		{Name: "dropout", Unit: "1/month", Default: 0.1, Support: abm.Positive, Doc: "rate of dropping the technology"},
	},
	Settings: []abm.Setting{
		abm.StepsSetting(37), // row 0 and three years
		{Name: "agents", Kind: abm.Whole, Min: 1, Default: "500", Doc: "people"},
		{Name: "mean_degree", Kind: abm.Number, Default: "8", Doc: "mean number of contacts; some agents may have none"},
	},
	Observables: []abm.Observable{{Name: "users", Unit: "share", Doc: "share of agents that use the technology"}},
	Draws:       []string{"adopting", "dropping"},
	Prepare: func(s *abm.Setup) (any, error) { // what all runs share
		return network.ErdosRenyi(s.Int("agents"), s.Float("mean_degree"), 1)
	},
	Start: start,
	Local: local,
}

// start makes row 0, in which nobody is a user, and returns the step.
func start(w *abm.World) func() {
	g := w.Shared().(*network.Network)
	n := g.Len()
	innovation, imitation := w.Param("innovation"), w.Param("imitation")
	drops := w.Param("dropout").Neg().Expm1().Neg() // 1 − e^−dropout
	uses, used := w.Column(n), w.Column(n)          // 1 or 0 for each agent, now and a step ago
	around := network.NewSum(g, used)               // users among the contacts of each
	return func() {
		used.CopyFrom(uses)
		around.Update()
		for i := range w.Agents(n) {
			user := used.At(i)
			if others := user.Not(); !others.IsZero() {
				share := around.Scaled(i, 1/max(1, g.Degree(i)))
				uses.Add(i, others.Mul(w.Event(adopting, innovation.Add(imitation.Mul(share)))))
			}
			if !user.IsZero() {
				uses.Sub(i, user.Mul(w.Bernoulli(dropping, drops)))
			}
		}
		w.Observe(0, uses.Sum().Times(1/float64(n)))
	}
}

// local is the same step once more in discrete form: the states 0, others, and 1,
// users. It may be left out; it makes runs faster and flip cheap.
func local(w *abm.World) *abm.Local {
	g := w.Shared().(*network.Network)
	unit := 1 / float64(g.Len())
	innovation, imitation := w.Param("innovation"), w.Param("imitation")
	drops := w.Param("dropout").Neg().Expm1().Neg()
	return &abm.Local{
		Network: g, States: 2, Signals: 1,
		Initial: func(int) abm.State { return 0 },
		Show:    func(int, abm.State) abm.Signal { return 1 }, Shows: []abm.State{1}, // users show signal 1
		Moves: []abm.Move{
			{From: 0, To: 1, Purpose: adopting, Hazard: func(contacts float64, felt *abm.Felt) ad.Num {
				return innovation.Add(imitation.Times(1 / max(1, contacts) * float64(felt[1])))
			}},
			{From: 1, To: 0, Purpose: dropping, Chance: func() ad.Num { return drops }},
		},
		Observe: func(out, _, now []ad.Num) { out[0] = now[1].Times(unit) },
	}
}
