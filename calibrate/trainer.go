package calibrate

import (
	"context"
	"fmt"
	"math"

	"github.com/nudge-abm/nudge/calibrate/flow"
	"github.com/nudge-abm/nudge/calibrate/optim"
	"github.com/nudge-abm/nudge/rng"
)

// The purposes of the trainer's own draws.
const (
	drawInit uint32 = iota
	drawKL
	drawLoss
	drawValidationKL
	drawValidationLoss
	drawForward
	drawScout
	drawWeigh
)

// heldOut separates the luck of validation runs from that of training runs.
const heldOut uint64 = 1 << 40

// Trainer fits one flow q to a problem, from one beginning, by stochastic gradient
// descent on F(q) = λ·E_q[ℓ] + KL(q ‖ π). The search for modes and restarts are a
// [Campaign]'s.
//
// The gradient is that of the estimator chosen, see [Gradient]. Where it follows
// the draws, the divergence from the prior is averaged over many cheap draws,
// the loss over few expensive ones, and the two are joined as control variates:
// the same draws serve both terms where their noise cancels (near the optimum),
// different ones where it does not.
type Trainer struct {
	problem    Problem
	options    Options
	estimator  estimator
	evaluators []Evaluator
	part       int // of a campaign
	region     region
	placed     bool // begins at a place of its own instead of at the prior
	flow       *flow.Flow
	kl, loss   *batch
	adam       optim.AdamW
	average    optim.Average
	state      State
	grad       []float64
}

// NewTrainer prepares a fit. The error says which parameter the target does not
// know or what is wrong with the options.
func NewTrainer(p Problem, o Options) (*Trainer, error) {
	o = o.suited(p)
	if err := o.check(p); err != nil {
		return nil, err
	}
	evaluators, err := openEvaluators(p, o.Workers)
	if err != nil {
		return nil, err
	}
	return newTrainer(p, o, evaluators), nil
}

// check returns what is wrong with the options for a problem.
func (o Options) check(p Problem) error {
	if !(p.Weight > 0) {
		return fmt.Errorf("the weight of the loss must be positive, is %g", p.Weight)
	}
	if o.Search > 0 && o.Gradient != StickingTheLanding {
		return fmt.Errorf("the search for modes goes with the gradient %s, not with %s: leave one of them out", StickingTheLanding, o.Gradient)
	}
	if _, err := o.estimator(); err != nil {
		return err
	}
	if err := o.Gradient.Suits(p.Prior); err != nil {
		return err
	}
	return o.Flow.Check(p.Prior.Dim())
}

// newTrainer begins a fit with options that are checked.
func newTrainer(p Problem, o Options, evaluators []Evaluator) *Trainer {
	e, _ := o.estimator() // checked
	t := &Trainer{problem: p, options: o, estimator: e, evaluators: evaluators}
	luck := t.stream(drawInit, 0, 0)
	t.flow = flow.New(p.Prior.Dim(), o.Flow, luck.Uniform)
	t.kl, t.loss = newBatch(t.flow, o.KLDraws), newBatch(t.flow, o.Draws)
	t.grad = make([]float64, len(t.flow.Params()))
	t.adam = optim.AdamW{WeightDecay: o.WeightDecay}
	t.state.Optimiser = t.adam.Init(len(t.grad))
	t.state.Average = t.average.Init(len(t.grad))
	return t
}

// Close frees what the evaluators hold.
func (t *Trainer) Close() { closeAll(t.evaluators) }

// Step is what is known of one training step.
type Step struct {
	Part         int     `json:"part,omitempty"` // of a campaign, from 0
	Step         int     `json:"step"`
	Loss         float64 `json:"loss"`          // mean ℓ over the draws
	KL           float64 `json:"kl"`            // divergence from the prior, nats
	Objective    float64 `json:"objective"`     // λ·loss + KL, nats
	GradientNorm float64 `json:"gradient_norm"` // before clipping
	Balance      float64 `json:"balance"`       // share of the divergence taken from the many draws
	Validation   float64 `json:"validation"`    // F on held-out draws; NaN between validations
}

// stream returns the luck of one draw of the trainer.
func (t *Trainer) stream(purpose uint32, step, draw int) rng.Stream {
	return rng.Seed{Master: t.options.Seed, Run: math.MaxUint64}.Stream(rng.Key{Purpose: purpose, Step: step, Agent: draw})
}

// sample fills the batch with draws of the flow and their divergence, and
// returns its mean log q − log π̃.
func (t *Trainer) sample(b *batch, f *flow.Flow, purpose uint32, step int) float64 {
	luck := t.stream(purpose, step, 0)
	for i := range b.tape.Eps {
		b.tape.Eps[i] = luck.Normal()
	}
	f.Sample(b.tape, b.tape.Eps)
	f.Score(b.tape)
	d, sum := f.Dim(), 0.0
	for s := range b.tape.Batch() {
		g := b.pull[s*d : (s+1)*d]
		z := b.row(b.tape.Z, s)
		b.logPrior[s] = t.problem.Prior.LogDensity(g, z) + t.region.logShare(g, z)
		for k := range g {
			g[k] = b.tape.Score[s*d+k] - g[k]
		}
		sum += b.tape.LogQ[s] - b.logPrior[s]
	}
	return sum / float64(b.tape.Batch())
}

// Run trains from the present step to the last, or until it has settled. After each step it calls
// observe, if not nil. When the context ends it finishes the step under way and
// returns the context's error, with the state at a whole step, from which a
// restored trainer continues to the same result.
func (t *Trainer) Run(ctx context.Context, observe func(Step)) error {
	for t.state.Step < t.options.Warmup+t.steps() && !t.settled() {
		if err := ctx.Err(); err != nil {
			return err
		}
		step, err := t.step(context.WithoutCancel(ctx))
		if err != nil {
			return err
		}
		if observe != nil {
			observe(step)
		}
	}
	return nil
}

// Total returns the number of steps of the whole fit, warm-up included, and the
// number done.
func (t *Trainer) Total() (total, done int) {
	return t.options.Warmup + t.steps(), t.state.Step
}

// step makes one step: of the warm-up on the prior first, then of the fit.
func (t *Trainer) step(ctx context.Context) (Step, error) {
	n := t.state.Step
	warm := n < t.options.Warmup
	out := Step{Part: t.part, Step: n - t.options.Warmup + 1, Validation: math.NaN()}
	clear(t.grad)
	if !t.alone() {
		out.KL = t.sample(t.kl, t.flow, drawKL, n)
	}
	if warm {
		t.backward(stickingTheLanding{}, t.kl, 1)
	} else {
		if n == t.options.Warmup {
			t.state.Optimiser = t.adam.Init(len(t.grad)) // forget the warm-up
		}
		if t.between(out.Step - 1) {
			t.again()
		}
		if t.placed && out.Step == 1 {
			if _, err := t.validate(ctx, 0); err != nil {
				return out, err
			}
		}
		if err := t.fit(ctx, n, &out); err != nil {
			return out, err
		}
	}
	if !warm {
		t.hold(out.Step)
	}
	t.update(&out, warm)
	if !warm && t.validates(out.Step) {
		v, err := t.validate(ctx, out.Step)
		if err != nil {
			return out, err
		}
		out.Validation = v
		t.retreat(v)
	}
	t.state.Step++
	t.state.Trace = append(t.state.Trace, out)
	return out, nil
}

// backward adds the estimator's gradient from the batch, with a share of the
// divergence.
func (t *Trainer) backward(e estimator, b *batch, share float64) {
	e.cotangents(b, share)
	if t.problem.exact() && e == (stickingTheLanding{}) {
		b.expel()
	}
	back(e, t.flow, t.grad, b)
}

// fit adds the gradient of the whole objective, at its annealed weight.
func (t *Trainer) fit(ctx context.Context, n int, out *Step) error {
	divergence := t.sample(t.loss, t.flow, drawLoss, n)
	if t.alone() {
		out.KL = divergence
	}
	loss, err := t.evaluate(ctx, t.loss, uint64(n)*uint64(t.options.Draws), t.annealed(n))
	if err != nil {
		return err
	}
	c := t.balance()
	t.note(t.loss)
	t.backward(t.estimator, t.loss, 1-c)
	if c > 0 {
		t.backward(follows(t.estimator), t.kl, c)
	}
	out.Balance, out.Loss = c, loss
	out.Objective = t.problem.Weight*out.Loss + out.KL
	return nil
}

// annealed is the weight of the loss at step n: it rises from a fiftieth over
// the first share of the steps, so that q is not drawn to the first mode it sees.
func (t *Trainer) annealed(n int) float64 {
	over := t.options.Anneal * float64(t.options.Steps)
	done := float64(n - t.options.Warmup)
	if done >= over {
		return t.problem.Weight
	}
	return t.problem.Weight * (0.02 + 0.98*done/over)
}

// update takes one optimiser step along the clipped gradient. A gradient that is
// not finite is left out and counted.
func (t *Trainer) update(out *Step, warm bool) {
	out.GradientNorm = optim.Clip(t.grad, t.options.Clip)
	if !finite(out.GradientNorm) {
		t.state.Skipped++
		return
	}
	if warm {
		t.adam.Update(t.flow.Params(), t.grad, warmupRate, &t.state.Optimiser)
		return
	}
	t.adam.Update(t.flow.Params(), t.grad, t.rate(out.Step-1), &t.state.Optimiser)
	t.average.Update(t.flow.Params(), &t.state.Average)
}

// lostNats is how much worse than the best the objective may become before the
// fit counts as lost.
const lostNats = 10

// retreat goes back to the best candidate, with half the learning rate, if the
// validated objective says that the fit was thrown off.
func (t *Trainer) retreat(objective float64) {
	if objective <= t.state.Best.Objective+lostNats {
		return
	}
	t.state.Retreats++
	t.again()
}

// again goes on from the best candidate, with nothing remembered of the steps since.
func (t *Trainer) again() {
	copy(t.flow.Params(), t.state.Best.Params)
	t.state.Optimiser = t.adam.Init(len(t.grad))
	t.state.Average = t.average.Init(len(t.grad))
}

// warmupRate is the learning rate of the fit to the prior, whose gradient has
// next to no noise.
const warmupRate = 5e-3

// Best returns the flow with the least validated objective.
func (t *Trainer) Best() (*flow.Flow, error) {
	return flow.FromState(t.State().chosen())
}
