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

	turn
	soft    bool    // derivatives flow
	fetched float64 // keeps fetch from being left out
	scores  []ad.Num
}

// agents is the state of the agents.
type agents struct {
	preference, effort *ad.Column
	stays              *ad.Column // 1, with the derivatives of having chosen the firm it is in
	firm               *ad.Column // its slot
	ceilings           []ceiling  // what the best start-up possible would bring it
}

// ceiling is a start-up of the largest scale and returns.
type ceiling struct{ effort, made float64 }

// turn is what an agent is about.
type turn struct {
	i              int     // whose turn it is
	own            int     // its firm
	theta          float64 // its preference
	spent          float64 // its effort so far
	offers         []offer
	scale, returns ad.Num // of the start-up that it considers
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
			ceilings: make([]ceiling, n),
		},
		firms: newFirms(w, n), phantoms: w.Column(3), sums: w.Column(sized + len(sizes)),
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
		r.preference.Set(i, preference.draw(preferring))
		r.effort.Set(i, effort.draw(working))
		r.stays.Set(i, ad.Const(1))
		r.firm.Values()[i] = float64(i)
		r.table.Set(of(i, scale), r.scaleLaw.draw(scaling).Times(r.most))
		r.table.Set(of(i, returns), r.returnsLaw.draw(returning).Times(r.most))
		r.theta = r.preference.Values()[i]
		var best offer
		r.alone(&best, r.most, r.most)
		r.ceilings[i] = ceiling{best.effort, best.made}
	}
	r.gather()
}

// step gives the agents their turns.
func (r *run) step() {
	r.gather()
	var order []int
	if r.random {
		order = r.w.Sample(ordering, r.n, r.n)
	}
	for i := range r.w.Agents(r.n) {
		if r.n >= large && i%ahead == 0 {
			r.fetch(i, order)
		}
		if r.active.Primal() < 1 && r.w.Bernoulli(activation, r.active).Primal() == 0 {
			continue
		}
		r.begin(agentAt(i, order)) // luck goes by turn, which is as good as by agent
		r.move(r.consider())
	}
	r.observe()
}

// begin makes it agent i's turn.
func (r *run) begin(i int) {
	r.i, r.own = i, int(r.firm.Values()[i])
	r.theta, r.spent = r.preference.Values()[i], r.effort.Values()[i]
}

// consider lists the offers that an agent has and returns the place of the best,
// the first of equals.
func (r *run) consider() (best int) {
	r.offers = r.offers[:0]
	r.see(r.list(), r.own)
	slots := r.firm.Values()
	for _, j := range r.friends.of(r.i) {
		if f := int(slots[j]); !r.listed(f) {
			r.see(r.list(), f)
			best = r.better(best)
		}
	}
	return r.found(best)
}

// found adds a start-up if it may be the best. Its scale and returns are drawn
// one after the other as long as that is so.
func (r *run) found(best int) int {
	if !r.stale && !r.hopes(&r.offers[best]) {
		return best
	}
	r.scale = r.scaleLaw.draw(scaling).Times(r.most)
	o := r.list()
	if !r.stale {
		if r.alone(o, r.scale.Primal(), r.most); !r.beats(o, &r.offers[best]) {
			r.offers = r.offers[:len(r.offers)-1]
			return best
		}
	}
	r.returns = r.returnsLaw.draw(returning).Times(r.most)
	r.alone(o, r.scale.Primal(), r.returns.Primal())
	return r.better(best)
}

// hopes reports whether a start-up may be better than an offer.
func (r *run) hopes(o *offer) bool {
	c := r.ceilings[r.i]
	dream := offer{heads: 1, effort: c.effort, made: c.made}
	return r.beats(&dream, o)
}

// list adds an offer to be filled in.
func (r *run) list() *offer {
	if len(r.offers) == cap(r.offers) {
		r.offers = append(r.offers, offer{})
	} else {
		r.offers = r.offers[:len(r.offers)+1]
	}
	return &r.offers[len(r.offers)-1]
}

func (r *run) listed(f int) bool {
	for k := range r.offers {
		if r.offers[k].firm == f {
			return true
		}
	}
	return false
}

// better returns the place of the better of the best offer so far and the last.
func (r *run) better(best int) int {
	last := len(r.offers) - 1
	if r.beats(&r.offers[last], &r.offers[best]) {
		return last
	}
	return best
}
