package sugarscape

import (
	"math"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
)

// law is what is the same for all agents.
type law struct {
	visions            []ad.Num // probabilities of near and far
	metabolism, wealth attribute
	lifespans          [2]int
	near               int // cells within the shorter radius
	radii              [2]int
	survival           abm.Surrogate
	sharpness          float64 // 1/τ
	growth             float64
	uniform            bool // attributes are the classic ones
	replaced           bool // so are the dead
	everywhere         bool // sugar grows on cells just harvested, too
	nearest            bool // of equally good cells is chosen
	published          bool // rules of the published code
}

// attribute is least + (most−least)·Beta(alpha, beta).
type attribute struct {
	alpha, beta ad.Num
	least, most float64
}

func newLaw(w *abm.World, land *landscape) law {
	near, far := w.Param("vision_near"), w.Param("vision_far")
	l := law{
		visions:    []ad.Num{near.Div(near.Add(far)), far.Div(near.Add(far))},
		metabolism: newAttribute(w, "metabolism"),
		wealth:     newAttribute(w, "wealth"),
		lifespans:  [2]int{w.Int("lifespan_least"), w.Int("lifespan_most")},
		near:       land.sight.reach[w.Int("radius_near")],
		radii:      [2]int{w.Int("radius_near"), w.Int("radius_far")},
		survival:   abm.NormalCDF{Sigma: w.Float("survival_width")},
		sharpness:  1 / w.Float("temperature"),
		growth:     w.Float("growth"),
		uniform:    w.Text("attributes") == "uniform",
		replaced:   w.Text("replacement") == "newborn",
		everywhere: w.Text("regrowth") == "all",
		nearest:    w.Text("ties") == "nearest",
		published:  w.Text("rules") == "published-code",
	}
	if w.Text("survival_surrogate") == "logistic" {
		l.survival = abm.Logistic{Width: w.Float("survival_width")}
	}
	l.everywhere = l.everywhere || l.published
	return l
}

func newAttribute(w *abm.World, name string) attribute {
	return attribute{
		alpha: w.Param(name + "_alpha"), beta: w.Param(name + "_beta"),
		least: w.Float(name + "_least"), most: w.Float(name + "_most"),
	}
}

// endow draws the attributes of agent i, which is alive from now on.
func (r *run) endow(i int) {
	r.alive.Set(i, ad.Const(1))
	if r.uniform {
		r.sees.Values()[i] = float64(r.land.sight.reach[int(r.whole(vision, float64(r.radii[0]), float64(r.radii[1])))])
		r.eats.Set(i, ad.Const(r.whole(metabolism, r.law.metabolism.least, r.law.metabolism.most)))
		r.wealth.Set(i, ad.Const(r.whole(endowment, r.law.wealth.least, r.law.wealth.most)))
	} else {
		c := r.w.Categorical(vision, r.visions)
		r.sees.Values()[i] = float64(r.land.sight.reach[r.radii[c.Index]])
		r.far.Set(i, c.OneHot[1])
		r.eats.Set(i, r.draw(metabolism, &r.law.metabolism))
		r.wealth.Set(i, r.draw(endowment, &r.law.wealth))
	}
	if r.lifespans[1] > 0 {
		age := r.whole(lifespan, float64(r.lifespans[0]), float64(r.lifespans[1]))
		r.dies.Values()[i] = float64(r.w.Step()) + max(1, age)
	}
}

// whole draws one of the whole numbers from least to most.
func (r *run) whole(purpose abm.Purpose, least, most float64) float64 {
	least, most = math.Ceil(least), math.Floor(most)
	return math.Floor(r.w.Uniform(purpose, ad.Const(least), ad.Const(most+1)).Primal())
}

// draw draws an attribute.
func (r *run) draw(purpose abm.Purpose, a *attribute) ad.Num {
	var x ad.Num
	if r.published {
		x = kumaraswamy(r.w.Uniform(purpose, ad.Const(0), ad.Const(1)).Primal(), a.alpha, a.beta)
	} else {
		x = r.w.Beta(purpose, a.alpha, a.beta)
	}
	return x.Times(a.most - a.least).Plus(a.least)
}

// kumaraswamy returns (1 − u^(1/β))^(1/α), the quantile of Kumaraswamy's law at 1−u,
// which the published code draws in place of beta laws.
func kumaraswamy(u float64, alpha, beta ad.Num) ad.Num {
	one := ad.Const(1)
	return ad.Const(u).Pow(one.Div(beta)).Not().Pow(one.Div(alpha))
}
