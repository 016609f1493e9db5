package sir

import (
	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/abm/network"
	"github.com/nudge-abm/nudge/ad"
)

// run is an epidemic whose states are numbers that may carry derivatives.
type run struct {
	schedule
	w *abm.World
	g *network.Network
	n int

	susceptible, infected *ad.Column
	infectious, away      *ad.Column   // infected before the step and not, or in quarantine
	felt, feltOff         *network.Sum // of infectious, away
	totals                *ad.Column   // susceptible and infected in the row before
	row                   [recovered + 1]ad.Num
}

// start draws the initial infections and returns the step.
func start(w *abm.World) func() {
	g := w.Shared().(*network.Network)
	n := g.Len()
	r := &run{
		schedule: newSchedule(w, n), w: w, g: g, n: n,
		susceptible: w.Column(n), infected: w.Column(n),
		infectious: w.Column(n), away: w.Column(n),
		totals: w.Column(2),
	}
	r.felt = network.NewSum(g, r.infectious)
	r.feltOff = network.NewSum(g, r.away)
	r.seed()
	r.totals.Set(0, ad.Const(float64(n)))
	r.observe()
	return r.step
}

// seed draws who is infected at the start.
func (r *run) seed() {
	if cases := r.w.Int("index_cases"); cases > 0 {
		r.susceptible.Fill(1)
		for _, i := range r.w.Sample(seeding, r.n, cases) {
			r.susceptible.Set(i, ad.Const(0))
			r.infected.Set(i, ad.Const(1))
		}
		return
	}
	i0 := r.w.Param("initial")
	for i := range r.w.Agents(r.n) {
		x := r.w.Bernoulli(seeding, i0)
		r.infected.Set(i, x)
		r.susceptible.Set(i, x.Not())
	}
}

// step makes one step of the epidemic: all agents at the same time.
func (r *run) step() {
	rate, isolates := r.rate(r.w.Step()), r.isolates(r.w.Step())
	isolating := false
	if r.w.Never(compliance, isolates) {
		r.infectious.CopyFrom(r.infected)
	} else {
		r.isolate(isolates)
		isolating = r.replaced
	}
	r.felt.Update()
	for i := range r.w.Agents(r.n) {
		r.update(i, rate, isolating)
	}
	r.observe()
}

// isolate draws which infected agents are in quarantine.
func (r *run) isolate(isolates ad.Num) {
	for j := range r.w.Agents(r.n) {
		sick, away := r.infected.At(j), ad.Num{}
		if !sick.IsZero() {
			away = sick.Mul(r.w.Bernoulli(compliance, isolates))
		}
		r.away.Set(j, away)
		r.infectious.Set(j, sick.Sub(away))
	}
	if r.replaced {
		r.feltOff.Update()
	}
}

// update moves agent i on: infection if susceptible, recovery if infected.
func (r *run) update(i int, rate ad.Num, isolating bool) {
	caught, cured := ad.Num{}, ad.Num{}
	if !r.susceptible.IsZero(i) {
		caught = r.susceptible.Product(i, r.w.Event(infection, r.hazard(i, rate, isolating)))
	}
	if !r.infected.IsZero(i) {
		cured = r.infected.Product(i, r.w.Bernoulli(recovery, r.recovers))
	}
	r.susceptible.Sub(i, caught)
	r.infected.Add(i, caught)
	r.infected.Sub(i, cured)
}

// hazard is λ_i·dt. The draw made with it is multiplied by S_i, so where S_i is 0
// its derivatives cannot matter and are not gathered.
func (r *run) hazard(i int, rate ad.Num, isolating bool) ad.Num {
	degree := r.g.Degree(i)
	contacts := degree
	if isolating {
		contacts = max(least(degree), degree-r.feltOff.Value(i))
	}
	switch {
	case contacts == 0:
		return ad.Num{}
	case r.susceptible.Values()[i] == 0:
		return ad.Const(rate.Primal() * (1 / contacts * r.felt.Value(i)))
	case !isolating || !r.away.Active():
		return rate.Mul(r.felt.Scaled(i, 1/contacts))
	}
	present := ad.Max(r.feltOff.At(i).Neg().Plus(degree), ad.Const(least(degree)))
	share := r.felt.At(i).Div(present)
	return rate.Mul(ad.Const(1 / contacts * r.felt.Value(i)).Surrogate(share))
}

// observe records the row from the totals of susceptible and infected agents
// and those of the row before.
func (r *run) observe() {
	s, x := r.susceptible.Sum(), r.infected.Sum()
	r.observables(r.row[:], r.totals.At(0), r.totals.At(1), s, x)
	for c, v := range r.row {
		r.w.Observe(c, v)
	}
	r.totals.Set(0, s)
	r.totals.Set(1, x)
}
