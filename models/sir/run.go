package sir

import (
	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/abm/network"
	"github.com/nudge-abm/nudge/ad"
)

// run is the state of one epidemic.
type run struct {
	w  *abm.World
	g  *network.Network
	n  int
	dt float64

	beta, factor, complies ad.Num
	distancing, quarantine policy
	recovers               ad.Num // probability to recover in a step
	susceptible, infected  *ad.Column
	infectious, away       *ad.Column   // infected before the step and not, or in quarantine
	felt, feltOff          *network.Sum // of infectious, away
	totals                 *ad.Column   // susceptible and infected in the row before
	replaced               bool
	unit                   float64
}

// policy is in force between two times.
type policy struct{ start, end ad.Num }

// start draws the initial infections and returns the step.
func start(w *abm.World) func() {
	g := w.Shared().(*network.Network)
	n, dt := g.Len(), w.Float("dt")
	r := &run{
		w: w, g: g, n: n, dt: dt,
		beta: w.Param("transmission"), factor: w.Param("distancing_factor"),
		complies:    w.Param("quarantine_compliance"),
		distancing:  policy{w.Param("distancing_start"), w.Param("distancing_end")},
		quarantine:  policy{w.Param("quarantine_start"), w.Param("quarantine_end")},
		recovers:    w.Param("recovery").Times(-dt).Expm1().Neg(),
		susceptible: w.Column(n), infected: w.Column(n),
		infectious: w.Column(n), away: w.Column(n),
		totals:   w.Column(2),
		replaced: w.Text("quarantined_contacts") == "replaced",
		unit:     1,
	}
	if w.Text("units") == "shares" {
		r.unit = 1 / float64(n)
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
	t := float64(r.w.Step()-1) * r.dt
	easing := r.factor.Not().Mul(r.gate(t, r.distancing)).Not()
	rate := r.beta.Mul(easing).Times(r.dt)
	isolating := false
	if g := r.gate(t, r.quarantine); g.IsZero() {
		r.infectious.CopyFrom(r.infected)
	} else {
		r.isolate(g)
		isolating = r.replaced
	}
	r.felt.Update()
	for i := range r.w.Agents(r.n) {
		r.update(i, rate, isolating)
	}
	r.observe()
}

// gate is 1 while the policy is in force at time t.
func (r *run) gate(t float64, p policy) ad.Num {
	if r.w.Text("gate") == "fractional" {
		return abm.Exposure(t, r.dt, p.start, p.end)
	}
	return abm.Gate(t, p.start, p.end, abm.NormalCDF{Sigma: r.w.Float("gate_width")})
}

// isolate draws which infected agents keep the quarantine with gate g.
func (r *run) isolate(g ad.Num) {
	for j := range r.w.Agents(r.n) {
		sick, away := r.infected.At(j), ad.Num{}
		if !sick.IsZero() {
			away = sick.Mul(r.w.Bernoulli(compliance, r.complies).Mul(g))
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
	contacts := r.g.Degree(i)
	if isolating {
		contacts = max(1, contacts-r.feltOff.Value(i))
	}
	switch {
	case contacts == 0:
		return ad.Num{}
	case r.susceptible.Values()[i] == 0:
		return ad.Const(rate.Primal() * (1 / contacts * r.felt.Value(i)))
	case !isolating || !r.away.Active():
		return rate.Mul(r.felt.Scaled(i, 1/contacts))
	}
	present := ad.Max(r.feltOff.At(i).Neg().Plus(r.g.Degree(i)), ad.Const(1))
	share := r.felt.At(i).Div(present)
	return rate.Mul(ad.Const(1 / contacts * r.felt.Value(i)).Surrogate(share))
}

// observe records the row from the totals of susceptible and infected agents
// and those of the row before.
func (r *run) observe() {
	w := r.w
	s, x := r.susceptible.Sum(), r.infected.Sum()
	oldS, oldX := r.totals.At(0), r.totals.At(1)
	w.Observe(newInfections, oldS.Sub(s).Times(r.unit))
	w.Observe(newRecoveries, oldS.Add(oldX).Sub(s.Add(x)).Times(r.unit))
	w.Observe(susceptible, s.Times(r.unit))
	w.Observe(infected, x.Times(r.unit))
	w.Observe(recovered, s.Add(x).Neg().Plus(float64(r.n)).Times(r.unit))
	r.totals.Set(0, s)
	r.totals.Set(1, x)
}
