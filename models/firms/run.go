package firms

import (
	"math"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
)

// run is a population of agents and their firms. All that changes from step to
// step is kept in columns, so that it can be gone back to.
type run struct {
	w           *abm.World
	friends     *friends
	n           int
	stale       bool // the rules are those of the published code
	random      bool // the order of turns is drawn
	active      ad.Num
	temperature float64

	scaleLaw, returnsLaw law
	most                 float64 // largest scale and returns

	agents
	firms
	phantoms *ad.Column // see choose.go
	sums     *ad.Column // over firms, see observe.go

	i      int     // whose turn it is
	own    int     // its firm
	theta  float64 // its preference
	offers []offer
	scores []ad.Num
	soft   bool // derivatives flow
}

// agents is the state of the agents.
type agents struct {
	preference, effort *ad.Column
	stays              *ad.Column // 1, with the derivatives of having chosen the firm it is in
	firm               *ad.Column // its slot
	ceilings           []float64  // log utility of the best start-up possible
}

// start draws the agents, each with a firm, and returns the step.
func start(w *abm.World) func() {
	n := w.Int("agents")
	stale := w.Text("rules") == "published-code"
	kumaraswamy := w.Text("laws") == "kumaraswamy" || stale && w.Text("laws") == "rules"
	shaped := func(name string) law {
		return law{w: w, kumaraswamy: kumaraswamy, a: w.Param(name + "_a"), b: w.Param(name + "_b")}
	}
	r := &run{
		w: w, friends: w.Shared().(*friends), n: n, stale: stale, random: w.Text("order") == "random",
		active: ad.Const(w.Float("activation")), temperature: w.Float("temperature"),
		scaleLaw: shaped("scale"), returnsLaw: shaped("returns"), most: w.Float("productivity"),
		agents: agents{
			preference: w.Column(n), effort: w.Column(n), stays: w.Column(n), firm: w.Column(n),
			ceilings: make([]float64, n),
		},
		firms:    newFirms(w, n),
		phantoms: w.Column(3), sums: w.Column(sized + len(sizes)),
	}
	if r.active.IsZero() {
		r.active = ad.Const(1)
		if stale {
			r.active = ad.Const(-math.Expm1(-0.25))
		}
	}
	r.settle(shaped("preference"), shaped("effort"))
	r.observe()
	return r.step
}

// settle draws the agents and puts each into a firm of its own.
func (r *run) settle(preference, effort law) {
	for i := range r.w.Agents(r.n) {
		theta := preference.draw(preferring)
		r.preference.Set(i, theta)
		r.effort.Set(i, effort.draw(working))
		r.stays.Set(i, ad.Const(1))
		r.firm.Values()[i] = float64(i)
		r.scales.Set(i, r.scaleLaw.draw(scaling).Times(r.most))
		r.returns.Set(i, r.returnsLaw.draw(returning).Times(r.most))
		r.size.Set(i, ad.Const(1))
		best := offer{heads: 1, a: r.most, b: r.most}
		r.theta = theta.Primal()
		r.try(&best)
		r.weigh(&best)
		r.ceilings[i] = best.log
	}
	r.gather()
}

// differentiates reports whether derivatives flow.
func (r *run) differentiates() bool {
	return r.preference.Active() || r.total.Active() || r.scales.Active() || r.returns.Active()
}

// step gives the agents their turns.
func (r *run) step() {
	r.gather()
	var order []int
	if r.random {
		order = r.w.Sample(ordering, r.n, r.n)
	}
	for turn := range r.w.Agents(r.n) { // luck goes by turn, which is as good as by agent
		if r.active.Primal() < 1 && r.w.Bernoulli(activation, r.active).Primal() == 0 {
			continue
		}
		r.i = turn
		if order != nil {
			r.i = order[turn]
		}
		r.turn()
	}
	r.observe()
}

// turn lets agent r.i choose.
func (r *run) turn() {
	r.own, r.theta = int(r.firm.Values()[r.i]), r.preference.Values()[r.i]
	r.move(r.consider())
}

// consider lists the offers that an agent has and returns the place of the best,
// the first of equals. Without derivatives, the list lacks some that are worse.
func (r *run) consider() (best int) {
	r.offers = r.offers[:0]
	best = r.add(r.at(r.own), best)
	for _, j := range r.friends.of(r.i) {
		if f := int(r.firm.Values()[j]); !r.listed(f) {
			best = r.add(r.at(f), best)
		}
	}
	return r.found(best)
}

// found adds a start-up if it may be the best. Its scale and returns are drawn
// one after the other as long as that is so.
func (r *run) found(best int) int {
	top := r.offers[best].log
	if r.ceiling(r.i) <= top {
		return best
	}
	a := r.scaleLaw.draw(scaling).Times(r.most)
	if !r.stale {
		o := r.alone(a, ad.Const(r.most))
		r.try(&o)
		if r.weigh(&o); o.log <= top {
			return best
		}
	}
	return r.add(r.alone(a, r.returnsLaw.draw(returning).Times(r.most)), best)
}

func (r *run) listed(f int) bool {
	for k := range r.offers {
		if r.offers[k].firm == f {
			return true
		}
	}
	return false
}

// add tries an offer, appends it and returns the place of the best.
func (r *run) add(o offer, best int) int {
	r.try(&o)
	if len(r.offers) > 0 && !r.soft && r.hopeless(&o, &r.offers[best]) {
		return best
	}
	r.weigh(&o)
	r.offers = append(r.offers, o)
	if o.log > r.offers[best].log {
		return len(r.offers) - 1
	}
	return best
}
