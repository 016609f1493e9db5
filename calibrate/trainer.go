package calibrate

import (
	"context"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"

	"github.com/nudge-abm/nudge/abm"
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
)

// heldOut separates the luck of validation runs from that of training runs.
const heldOut uint64 = 1 << 40

// Trainer fits a flow q to a problem by stochastic gradient descent on
// F(q) = λ·E_q[ℓ] + KL(q ‖ π).
//
// The gradient is pathwise and path-only ("sticking the landing": the score
// log q enters by its derivative at the sample alone, Roeder, Wu and Duvenaud
// 2017). The divergence from the prior is averaged over many cheap draws, the
// loss over few expensive ones, and the two are joined as control variates: the
// same draws serve both terms where their noise cancels (near the optimum),
// different ones where it does not; see [Trainer.balance].
type Trainer struct {
	problem    Problem
	options    Options
	evaluators []Evaluator
	flow       *flow.Flow
	kl, loss   *batch
	adam       optim.AdamW
	average    optim.Average
	state      State
	grad       []float64
}

// batch is a number of draws with the path-only derivative of their divergence.
type batch struct {
	tape     *flow.Tape
	zBar     []float64 // S × D cotangent handed to the flow
	pull     []float64 // S × D: score − ∇log π̃
	logPrior []float64
}

func newBatch(f *flow.Flow, draws int) *batch {
	n := draws * f.Dim()
	return &batch{tape: f.NewTape(draws), zBar: make([]float64, n), pull: make([]float64, n), logPrior: make([]float64, draws)}
}

// NewTrainer prepares a fit. The error says which parameter the target does not
// know or what is wrong with the options.
func NewTrainer(p Problem, o Options) (*Trainer, error) {
	o = o.withDefaults()
	if !(p.Weight > 0) {
		return nil, fmt.Errorf("the weight of the loss must be positive, is %g", p.Weight)
	}
	if err := o.Flow.Check(p.Prior.Dim()); err != nil {
		return nil, err
	}
	t := &Trainer{problem: p, options: o}
	for range o.Workers {
		e, err := p.Target.Evaluator(p.Prior.Names())
		if err != nil {
			t.Close()
			return nil, err
		}
		t.evaluators = append(t.evaluators, e)
	}
	luck := t.stream(drawInit, 0, 0)
	t.flow = flow.New(p.Prior.Dim(), o.Flow, luck.Uniform)
	t.kl, t.loss = newBatch(t.flow, o.KLDraws), newBatch(t.flow, o.Draws)
	t.grad = make([]float64, len(t.flow.Params()))
	t.adam = optim.AdamW{WeightDecay: o.WeightDecay}
	t.state.Optimiser = t.adam.Init(len(t.grad))
	t.state.Average = t.average.Init(len(t.grad))
	return t, nil
}

// Close frees what the evaluators hold.
func (t *Trainer) Close() {
	for _, e := range t.evaluators {
		e.Close()
	}
}

// Step is what is known of one training step.
type Step struct {
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
		b.logPrior[s] = t.problem.Prior.LogDensity(g, b.tape.Z[s*d:(s+1)*d])
		for k := range g {
			g[k] = b.tape.Score[s*d+k] - g[k]
		}
		sum += b.tape.LogQ[s] - b.logPrior[s]
	}
	return sum / float64(b.tape.Batch())
}

// Run trains from the present step to the last. After each step it calls
// observe, if not nil. When the context ends it finishes the step under way and
// returns the context's error, with the state at a whole step, from which a
// restored trainer continues to the same result.
func (t *Trainer) Run(ctx context.Context, observe func(Step)) error {
	for t.state.Step < t.options.Warmup+t.options.Steps {
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
	return t.options.Warmup + t.options.Steps, t.state.Step
}

// step makes one step: of the warm-up on the prior first, then of the fit.
func (t *Trainer) step(ctx context.Context) (Step, error) {
	n := t.state.Step
	warm := n < t.options.Warmup
	out := Step{Step: n - t.options.Warmup + 1, Validation: math.NaN()}
	clear(t.grad)
	out.KL = t.sample(t.kl, t.flow, drawKL, n)
	if warm {
		t.backward(t.kl, 1)
	} else {
		if n == t.options.Warmup {
			t.state.Optimiser = t.adam.Init(len(t.grad)) // forget the warm-up
		}
		if err := t.fit(ctx, n, &out); err != nil {
			return out, err
		}
	}
	t.update(&out, warm)
	if !warm && t.validates(out.Step) {
		v, err := t.validate(ctx, out.Step)
		if err != nil {
			return out, err
		}
		out.Validation = v
	}
	t.state.Step++
	t.state.Trace = append(t.state.Trace, out)
	return out, nil
}

// backward adds share times the batch's divergence gradient.
func (t *Trainer) backward(b *batch, share float64) {
	copy(b.zBar, b.pull)
	floats.Scale(share/float64(b.tape.Batch()), b.zBar)
	t.flow.Backward(t.grad, b.tape, b.zBar, nil)
}

// fit adds the gradient of the whole objective, at its annealed weight.
func (t *Trainer) fit(ctx context.Context, n int, out *Step) error {
	t.sample(t.loss, t.flow, drawLoss, n)
	losses, err := t.lossPull(ctx, t.loss, uint64(n)*uint64(t.options.Draws), t.annealed(n))
	if err != nil {
		return err
	}
	c := t.balance()
	t.join(losses, c)
	t.flow.Backward(t.grad, t.loss.tape, t.loss.zBar, nil)
	if c > 0 {
		t.backward(t.kl, c)
	}
	out.Balance, out.Loss = c, meanFinite(losses)
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

// lossPull evaluates the loss at each draw of the batch, draw s under luck
// first+s, and writes weight·∇_z ℓ into zBar. Losses that are not finite, in
// value or gradient, are NaN and counted.
func (t *Trainer) lossPull(ctx context.Context, b *batch, first uint64, weight float64) ([]float64, error) {
	d := t.flow.Dim()
	names := len(t.problem.Prior.Names())
	losses := make([]float64, b.tape.Batch())
	err := abm.Ordered(ctx, len(t.evaluators), len(losses),
		func(worker, s int) (Evaluation, error) {
			theta, grad := make([]float64, names), make([]float64, names)
			z := b.tape.Z[s*d : (s+1)*d]
			t.problem.Prior.Constrain(theta, z)
			v, err := t.evaluators[worker].Evaluate(theta, first+uint64(s), grad)
			if err != nil {
				return v, err
			}
			zBar := b.zBar[s*d : (s+1)*d]
			t.problem.Prior.Pull(zBar, z, theta, grad)
			floats.Scale(weight, zBar)
			if !finite(zBar...) {
				v.Loss = math.NaN()
			}
			return v, nil
		},
		func(s int, v Evaluation) error {
			losses[s] = v.Loss
			t.state.Runs += v.Runs
			t.state.Evaluated++
			if !finite(v.Loss) {
				losses[s] = math.NaN()
				t.state.NonFinite++
			}
			return nil
		})
	if err == nil && t.state.Evaluated >= 50 && float64(t.state.NonFinite) > t.options.MaxNonFinite*float64(t.state.Evaluated) {
		err = fmt.Errorf("%d of %d evaluations of the loss were not finite; narrow the prior or check the model and the data", t.state.NonFinite, t.state.Evaluated)
	}
	return losses, err
}

// join turns the loss batch's cotangents b into (b + (1−c)·a)/S over its finite
// draws, with a the divergence's, and notes how the two vary together.
func (t *Trainer) join(losses []float64, c float64) {
	d := t.flow.Dim()
	count := 0
	for _, l := range losses {
		if finite(l) {
			count++
		}
	}
	t.note(losses, count)
	for s, l := range losses {
		z, a := t.loss.zBar[s*d:(s+1)*d], t.loss.pull[s*d:(s+1)*d]
		if !finite(l) {
			clear(z)
			continue
		}
		floats.AddScaled(z, 1-c, a)
		floats.Scale(1/float64(count), z)
	}
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
	rate := optim.Cosine{From: t.options.LearningRate, Steps: t.options.Steps}.Rate(out.Step - 1)
	t.adam.Update(t.flow.Params(), t.grad, rate, &t.state.Optimiser)
	t.average.Update(t.flow.Params(), &t.state.Average)
}

// warmupRate is the learning rate of the fit to the prior, whose gradient has
// next to no noise.
const warmupRate = 5e-3

// balance returns the share c ∈ [0, 1] of the divergence gradient that is taken
// from the many draws. With a_s and b_s the derivatives of divergence and loss
// at the few draws, the gradient is mean(b + (1−c)a) over the few plus c·mean(a)
// over the many; its variance over the few is least at
// c = Cov(a+b, a)/Var(a). At the optimum a+b has no variance and c = 0. The
// moments are running means of earlier steps, so that c is independent of this
// step's draws and the gradient stays unbiased.
func (t *Trainer) balance() float64 {
	if t.state.VarA == 0 {
		return 1
	}
	return min(max(t.state.CovA/t.state.VarA, 0), 1)
}

// note updates the moments that balance uses.
func (t *Trainer) note(losses []float64, count int) {
	if count < 2 {
		return
	}
	d := t.flow.Dim()
	varA, covA := 0.0, 0.0
	for k := range d {
		meanA, meanB := 0.0, 0.0
		for s, l := range losses {
			if finite(l) {
				meanA += t.loss.pull[s*d+k] / float64(count)
				meanB += t.loss.zBar[s*d+k] / float64(count)
			}
		}
		for s, l := range losses {
			if finite(l) {
				a, b := t.loss.pull[s*d+k]-meanA, t.loss.zBar[s*d+k]-meanB
				varA += a * a
				covA += (a + b) * a
			}
		}
	}
	const memory = 0.9
	t.state.VarA = memory*t.state.VarA + (1-memory)*varA
	t.state.CovA = memory*t.state.CovA + (1-memory)*covA
}

// Best returns the flow with the least validated objective.
func (t *Trainer) Best() (*flow.Flow, error) {
	s := t.flow.State()
	if t.state.Best.Params != nil {
		s.Params = slices.Clone(t.state.Best.Params)
	}
	return flow.FromState(s)
}

func finite(x ...float64) bool {
	for _, v := range x {
		if v-v != 0 {
			return false
		}
	}
	return true
}

// meanFinite is the mean of the finite values, NaN if there is none.
func meanFinite(x []float64) float64 {
	sum, n := 0.0, 0.0
	for _, v := range x {
		if finite(v) {
			sum += v
			n++
		}
	}
	return sum / n
}
