package sugarscape

import (
	"math"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
)

// run is the state of one run. All of it that outlives a step is in columns.
type run struct {
	law
	w    *abm.World
	land *landscape
	n    int

	sugar, bars *ad.Column // of each cell; bars is −∞ where an agent stands, else 0
	at          *ad.Column // cell of each agent, or nowhere
	sees        *ad.Column // how many cells an agent has in sight
	far         *ad.Column // 1 if an agent is one of those that see far
	eats        *ad.Column // metabolism
	wealth      *ad.Column
	alive       *ad.Column
	dies        *ad.Column // row in which an agent dies of age

	whims     []float64 // luck of each agent in the step, for ties
	harvested []int32   // by cell: the row in which it last was
	cells     []int32   // around the agent whose turn it is
	choice
	ranking
}

// nowhere is the cell of agents that are gone.
const nowhere = -1

// bar is what keeps others off a cell.
var bar = math.Inf(-1)

// start places the agents and returns the step.
func start(w *abm.World) func() {
	r := newRun(w)
	w.Show(abm.Picture{
		Rows: r.land.rows, Columns: r.land.columns, At: r.at,
		Cells:  abm.Layer{Name: "sugar", Unit: "sugar", Of: r.sugar},
		Agents: abm.Layer{Name: "holdings", Unit: "sugar", Of: r.wealth},
	})
	r.observe()
	return r.step
}

func newRun(w *abm.World) *run {
	land, n := w.Shared().(*landscape), w.Int("agents")
	cells := land.cells()
	r := &run{
		law: newLaw(w, land), w: w, land: land, n: n,
		sugar: w.Column(cells), bars: w.Column(cells), at: w.Column(n), sees: w.Column(n), far: w.Column(n),
		eats: w.Column(n), wealth: w.Column(n), alive: w.Column(n), dies: w.Column(n),
		whims: make([]float64, n), harvested: make([]int32, cells), cells: make([]int32, len(land.sight.offsets)),
		choice: newChoice(len(land.sight.offsets)), ranking: newRanking(n),
	}
	copy(r.sugar.Values(), land.capacity)
	r.settle()
	for i := range w.Agents(n) {
		r.endow(i)
	}
	return r
}

// settle gives every agent a cell: one of its own, but for the published code.
func (r *run) settle() {
	if r.published {
		for i := range r.w.Agents(r.n) {
			r.stand(i, r.anywhere(0))
		}
		return
	}
	for i, c := range r.w.Sample(place, r.land.cells(), r.n) {
		r.stand(i, c)
	}
}

// anywhere draws a cell, the k-th of the agent's turn.
func (r *run) anywhere(k int) int {
	return int(r.w.Uniform(place.At(k), ad.Const(0), ad.Const(float64(r.land.cells()))).Primal())
}

// stand puts agent i on a cell.
func (r *run) stand(i, cell int) {
	r.at.Values()[i] = float64(cell)
	r.bars.Values()[cell] = bar
}

// rise frees the cell of agent i and returns it.
func (r *run) rise(i int) (cell int) {
	cell = int(r.at.Values()[i])
	r.bars.Values()[cell] = 0
	return cell
}

// step makes one step: turns in random order, then growth.
func (r *run) step() {
	for i := range r.w.Agents(r.n) {
		r.whims[i] = r.w.Uniform(whim, ad.Const(0), ad.Const(1)).Primal()
	}
	for i := range r.w.Shuffled(order, r.n) {
		if r.published {
			r.publishedTurn(i)
		} else {
			r.turn(i)
		}
	}
	r.grow()
	r.observe()
}

// turn lets agent i move, eat and survive, unless it is gone.
func (r *run) turn(i int) {
	if r.alive.Values()[i] == 0 {
		r.alive.Set(i, ad.Num{}) // alive·1[h > 0], of which neither factor is 1
		return
	}
	to := r.look(i, r.rise(i))
	gain := r.harvest(i, to)
	r.stand(i, int(r.cells[to]))
	h := r.wealth.At(i).Add(gain.Sub(r.eats.At(i)).Mul(r.alive.At(i)))
	r.wealth.Set(i, h)
	lives := r.alive.At(i).Mul(abm.Greater(h, ad.Num{}, r.survival))
	r.alive.Set(i, lives)
	if lives.Primal() == 0 || r.dies.Values()[i] == float64(r.w.Step()) {
		r.leave(i)
	}
}

// leave ends the life of agent i.
func (r *run) leave(i int) {
	r.rise(i)
	r.at.Values()[i] = nowhere
	if !r.replaced {
		r.alive.Values()[i] = 0 // its derivatives stay what they were
		return
	}
	for k := 0; ; k++ {
		if c := r.anywhere(k); r.bars.Values()[c] == 0 {
			r.stand(i, c)
			break
		}
	}
	r.endow(i)
}

// grow lets sugar grow. What is full depends on nothing.
func (r *run) grow() {
	sugar, active, now := r.sugar.Values(), r.sugar.Active(), int32(r.w.Step())
	for c, capacity := range r.land.capacity {
		s := sugar[c]
		switch {
		case s >= capacity:
			if active {
				r.sugar.Set(c, ad.Const(s))
			}
		case r.harvested[c] == now && !r.everywhere:
		case s+r.growth < capacity:
			sugar[c] = s + r.growth
		default:
			r.sugar.Set(c, ad.Const(capacity))
		}
	}
}
