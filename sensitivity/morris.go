package sensitivity

import (
	"context"
	"fmt"
	"math"

	"github.com/nudge-abm/nudge/rng"
)

// MorrisOptions are the options of [Morris]. Points is the number of
// trajectories; 0 means 50. A trajectory of P factors costs P+1 runs a replicate.
type MorrisOptions struct {
	Options
	Levels int // of each coordinate, even; 0 means 8
}

// ElementaryEffects are what single steps of half a factor's range do to the mean
// outcome, in the outcome's units per whole range (of probability); one list a
// factor with one entry an output.
type ElementaryEffects struct {
	Factors      []string
	Trajectories int
	Mean         [][]Index // μ: of effects with their signs
	Absolute     [][]Index // μ*: of the sizes of effects. Those of luck are in it
	Spread       [][]Index // σ: standard deviation of effects over the space, without luck's
	Luck         [][]Index // standard deviation that luck gives a measured effect
	Left         int       // trajectories left out because some output was not finite
	Warnings     []string
	Cost         Cost
}

// Morris screens factors by trajectories through a grid of the unit cube, along
// which one factor after the other, in random order, moves by half its range
// (Morris, 1991; Campolongo, Cariboni and Saltelli, 2007). A factor of several
// coordinates moves all of them at once, each up or down at random, so of groups
// only Absolute says much. Grid points are the middles of equal parts, so that
// distributions without bounds stay finite.
func Morris(ctx context.Context, f Function, o MorrisOptions) (*ElementaryEffects, error) {
	setDefault(&o.Points, 50)
	setDefault(&o.Levels, 8)
	var err error
	if o.Options, err = o.complete(f); err != nil {
		return nil, err
	}
	if o.Levels < 2 || o.Levels%2 != 0 {
		return nil, fmt.Errorf("the number of levels must be even, is %d", o.Levels)
	}
	m := &morris{Function: f, o: o}
	defer m.close()
	b, err := gather(ctx, o.Points, 1+f.Outputs()*len(f.Space())*effectSums, o.Options, m.start)
	if err != nil {
		return nil, err
	}
	return m.result(b), nil
}

// morris is a design under way.
type morris struct {
	Function
	o       MorrisOptions
	workers []Worker
}

func (m *morris) close() {
	for _, w := range m.workers {
		w.Close()
	}
}

// The sums of an output and a factor.
const (
	sumEffect = iota
	sumSize
	sumSquare
	sumEffectLuck // variance that luck gives the effect
	effectSums
)

func (m *morris) start(int) (row, error) {
	space := m.Space()
	runs, err := newReplicates(m, m.o.Replicates, len(space)+1)
	if err != nil {
		return nil, err
	}
	m.workers = append(m.workers, runs.worker)
	w := &morrisWorker{morris: m, runs: runs, x: make([]float64, len(space.Names())), u: make([]float64, space.Dim())}
	w.level, w.step = make([]int, space.Dim()), make([]int, space.Dim())
	for _, p := range []*[]float64{&w.before, &w.after, &w.beforeLuck, &w.afterLuck, &w.none} {
		*p = make([]float64, m.Outputs())
	}
	return w.row, nil
}

// morrisWorker makes trajectories.
type morrisWorker struct {
	*morris
	runs                        *replicates
	x, u                        []float64
	level, step                 []int // of each coordinate: its level, and by how many it moves
	before, after               []float64
	beforeLuck, afterLuck, none []float64
}

func (w *morrisWorker) row(i int, statistics []float64) error {
	luck := rng.Seed{Master: w.o.Seed, Run: uint64(i)}.Stream(rng.Key{Purpose: walking})
	w.begin(&luck)
	order := luck.Perm(make([]int, len(w.Space())))
	statistics[0] = 1
	if err := w.point(w.before, w.beforeLuck, i, 0); err != nil {
		return err
	}
	for k, factor := range order {
		up := w.move(factor)
		if err := w.point(w.after, w.afterLuck, i, k+1); err != nil {
			return err
		}
		for out := range w.before {
			s := statistics[1+(out*len(order)+factor)*effectSums:]
			effect := 2 * up * (w.after[out] - w.before[out])
			s[sumEffect], s[sumSize], s[sumSquare] = effect, math.Abs(effect), effect*effect
			s[sumEffectLuck] = 4 * (w.beforeLuck[out] + w.afterLuck[out]) / float64(w.o.Replicates)
		}
		w.before, w.after = w.after, w.before
		w.beforeLuck, w.afterLuck = w.afterLuck, w.beforeLuck
	}
	return nil
}

// walking is the purpose of the draws of trajectories.
const walking = 0x50B04

// begin draws where a trajectory starts; from there every coordinate has one way
// to go.
func (w *morrisWorker) begin(luck *rng.Stream) {
	half := w.o.Levels / 2
	for j := range w.level {
		w.level[j] = luck.IntN(w.o.Levels)
		if w.step[j] = half; w.level[j] >= half {
			w.step[j] = -half
		}
	}
}

// move moves the coordinates of a factor and returns the sign of the first
// one's step.
func (w *morrisWorker) move(factor int) float64 {
	at := 0
	for _, f := range w.Space()[:factor] {
		at += f.Dim
	}
	for j := at; j < at+w.Space()[factor].Dim; j++ {
		w.level[j] += w.step[j]
	}
	return math.Copysign(1, float64(w.step[at]))
}

func (w *morrisWorker) point(mean, variance []float64, row, point int) error {
	for j, l := range w.level {
		w.u[j] = (float64(l) + 0.5) / float64(w.o.Levels)
	}
	w.Space().Draw(w.x, w.u)
	return w.runs.run(mean, variance, w.x, w.none, row, point)
}

// The estimates of an output and a factor.
const (
	atEffect = iota
	atSize
	atSpread
	atEffectLuck
	effectEstimates
)

func (m *morris) result(b *blocks) *ElementaryEffects {
	factors, outputs := len(m.Space()), m.Outputs()
	all := b.estimate(m.o.Options, func(sums []float64) []float64 {
		n := sums[0]
		dst := make([]float64, outputs*factors*effectEstimates)
		for e := range outputs * factors {
			s, d := sums[1+e*effectSums:], dst[e*effectEstimates:]
			mean, luck := s[sumEffect]/n, s[sumEffectLuck]/n
			d[atEffect], d[atSize] = mean, s[sumSize]/n
			d[atSpread] = math.Sqrt(max(0, (s[sumSquare]/n-mean*mean)*n/(n-1)-luck))
			d[atEffectLuck] = math.Sqrt(luck)
		}
		return dst
	})
	r := &ElementaryEffects{Factors: m.Space().Factors(), Trajectories: m.o.Points, Left: b.left}
	column := func(factor, at int) []Index {
		list := make([]Index, outputs)
		for k := range list {
			list[k] = all[(k*factors+factor)*effectEstimates+at]
		}
		return list
	}
	for i := range factors {
		r.Mean, r.Absolute = append(r.Mean, column(i, atEffect)), append(r.Absolute, column(i, atSize))
		r.Spread, r.Luck = append(r.Spread, column(i, atSpread)), append(r.Luck, column(i, atEffectLuck))
	}
	m.judge(r)
	points, replicates := float64(m.o.Points), float64(m.o.Replicates)
	r.Cost = Cost{
		Runs:            points * replicates * float64(factors+1),
		Alternative:     "Sobol' indices at 1024 points, which give shares of variance",
		AlternativeRuns: 1024 * replicates * float64(factors+2),
	}
	return r
}

// judge adds the warnings.
func (m *morris) judge(r *ElementaryEffects) {
	var still []string
	for k := range m.Outputs() {
		moved := false
		for i := range r.Factors {
			moved = moved || r.Absolute[i][k].Value > 0
		}
		if !moved {
			still = append(still, m.Output(k))
		}
	}
	if len(still) > 0 {
		r.Warnings = append(r.Warnings, fmt.Sprintf("Nothing moves %s.", some(still)))
	}
	if r.Left > 0 {
		r.Warnings = append(r.Warnings, fmt.Sprintf("%d of %d trajectories were left out since some output was not finite.", r.Left, r.Trajectories))
	}
}
