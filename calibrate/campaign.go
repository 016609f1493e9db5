package calibrate

import (
	"context"
	"fmt"
	"math"
	"sync/atomic"

	"gonum.org/v1/gonum/floats"

	"github.com/nudge-abm/nudge/calibrate/flow"
	"github.com/nudge-abm/nudge/calibrate/tempering"
)

// Campaign is a whole fit: the search for separate modes, if there is one, then a
// [Trainer] for each mode and each restart, one after the other. What is fitted
// to the modes makes a mixture, weighted by evidence; of restarts the best is
// kept.
//
// A flow that descends on KL(q ‖ posterior) keeps the mode it comes upon first,
// and nothing that is measured at its draws can tell.
type Campaign struct {
	problem    Problem
	options    Options
	evaluators []Evaluator
	modes      []tempering.Mode // nil without a search
	partition  *tempering.Partition
	trainer    *Trainer     // of the part under way
	searched   atomic.Int64 // simulations
	state      CampaignState
}

// CampaignState is everything about a campaign that is not given by its problem
// and options: a campaign restored from it continues to the same bytes.
type CampaignState struct {
	Found    *tempering.Population `json:"found,omitempty"`    // by the search
	Searched int                   `json:"searched,omitempty"` // simulations the search made
	Parts    []Part                `json:"parts"`              // finished ones
	Now      *State                `json:"now,omitempty"`      // of the part under way
	Weights  []float64             `json:"weights,omitempty"`  // of the modes, where they were found for all together
}

// Part is a flow fitted to one mode from one beginning.
type Part struct {
	Mode     int     `json:"mode"`
	Restart  int     `json:"restart"`
	Evidence float64 `json:"evidence"` // log evidence of its mode, or the lower bound the fit gives, nats
	State    State   `json:"state"`
}

// NewCampaign prepares a fit. The error says which parameter the target does not
// know or what is wrong with the options.
func NewCampaign(p Problem, o Options) (*Campaign, error) {
	o = o.suited(p)
	if err := o.check(p); err != nil {
		return nil, err
	}
	evaluators, err := openEvaluators(p, o.Workers)
	if err != nil {
		return nil, err
	}
	return &Campaign{problem: p, options: o, evaluators: evaluators}, nil
}

// Close frees what the evaluators hold.
func (c *Campaign) Close() { closeAll(c.evaluators) }

// Run goes on from where the campaign is to its end. After each training step it
// calls observe, if not nil. When the context ends it finishes the step under
// way, or breaks off the search, and returns the context's error; the state is
// one from which a restored campaign continues to the same result.
func (c *Campaign) Run(ctx context.Context, observe func(Step)) error {
	if err := c.search(ctx); err != nil {
		return err
	}
	for len(c.state.Parts) < c.parts() {
		if err := c.begin(ctx); err != nil {
			return err
		}
		if err := c.trainer.Run(ctx, observe); err != nil {
			return err
		}
		if err := c.finish(ctx); err != nil {
			return err
		}
	}
	return c.weigh(ctx)
}

// parts is the number of fits: a restart of each mode.
func (c *Campaign) parts() int { return max(1, len(c.modes)) * c.options.Restarts }

// begin makes the trainer of the next part, at its beginning or restored.
func (c *Campaign) begin(ctx context.Context) error {
	if c.trainer != nil {
		return nil
	}
	part := len(c.state.Parts)
	mode, restart := part/c.options.Restarts, part%c.options.Restarts
	o := c.options
	o.Seed ^= uint64(part) << 48
	placed := c.modes != nil || restart > 0 && o.Flow.Leading == 0 // begins at a place of its own, not at the prior
	o.Flow.Whiten = placed && o.Flow.Layered()
	t := newTrainer(c.problem, o, c.evaluators)
	t.placed = placed
	if placed {
		t.options.Warmup, t.options.Anneal = 0, 0
	}
	if c.modes != nil {
		t.region = region{c.partition, mode}
	}
	t.part, c.trainer = part, t
	switch {
	case c.state.Now != nil:
		return t.Restore(*c.state.Now)
	case c.modes != nil:
		t.startAt(c.modes[mode], c.state.Found.Z)
	case placed:
		return t.scout(ctx, restart)
	}
	return nil
}

// finish files the trainer's fit.
func (c *Campaign) finish(ctx context.Context) error {
	part := len(c.state.Parts)
	evidence, err := c.trainer.evidence(ctx)
	if err != nil {
		return err
	}
	if !finite(evidence) {
		return fmt.Errorf("the loss is finite at none of the held-out draws of the fit; narrow the prior or check the model and the data")
	}
	c.state.Parts = append(c.state.Parts, Part{part / c.options.Restarts, part % c.options.Restarts, evidence, c.trainer.State()})
	c.trainer, c.state.Now = nil, nil
	return nil
}

// Total returns the number of training steps of the campaign as far as known,
// and the number done.
func (c *Campaign) Total() (total, done int) {
	for _, p := range c.state.Parts {
		total, done = total+p.State.Step, done+p.State.Step
	}
	each := c.options.Steps
	if c.options.Search == 0 {
		each += c.options.Warmup
	}
	if c.trainer != nil {
		each, now := c.trainer.Total()
		return total + each*(c.parts()-len(c.state.Parts)), done + now
	}
	return total + each*(c.parts()-len(c.state.Parts)), done
}

// State returns a copy of the campaign's state, for a checkpoint.
func (c *Campaign) State() CampaignState {
	s := c.state
	s.Parts = append([]Part(nil), s.Parts...)
	if c.trainer != nil {
		now := c.trainer.State()
		s.Now = &now
	}
	return s
}

// Restore continues from a state. The error says why it does not fit the
// problem.
func (c *Campaign) Restore(s CampaignState) error {
	c.state, c.trainer = s, nil
	if s.Found != nil {
		if err := c.tellApart(); err != nil {
			return err
		}
	}
	if len(s.Parts) < c.parts() && s.Now != nil {
		return c.begin(context.Background())
	}
	return nil
}

// Fitted returns what the campaign has fitted. The error says that it is not
// finished.
func (c *Campaign) Fitted() (*Fitted, error) {
	if len(c.state.Parts) < c.parts() {
		return nil, fmt.Errorf("the fit is not finished")
	}
	flows, weights, err := c.fittedParts()
	if err != nil {
		return nil, err
	}
	return &Fitted{c.problem.Prior, flow.NewMixture(flows, weights)}, nil
}

// fittedParts returns the best flow of each mode, and the logs of their weights.
func (c *Campaign) fittedParts() (flows []*flow.Flow, logWeights []float64, err error) {
	for _, p := range c.state.best() {
		f, err := flow.FromState(p.State.chosen())
		if err != nil {
			return nil, nil, err
		}
		flows, logWeights = append(flows, f), append(logWeights, p.Evidence)
	}
	for k, w := range c.state.Weights {
		logWeights[k] = math.Log(w)
	}
	return flows, logWeights, nil
}

// best returns the restart with the greatest evidence of each mode.
func (s CampaignState) best() []Part {
	var best []Part
	for _, p := range s.Parts {
		switch {
		case p.Mode == len(best):
			best = append(best, p)
		case p.Evidence > best[p.Mode].Evidence:
			best[p.Mode] = p
		}
	}
	return best
}

// Main returns the state of the part with the most of the posterior.
func (s CampaignState) Main() State {
	var main Part
	for i, p := range s.best() {
		if i == 0 || p.Evidence > main.Evidence {
			main = p
		}
	}
	return main.State
}

// Counts returns what the campaign took and dropped.
func (s CampaignState) Counts() Counts {
	var all Counts
	all.Runs = s.Searched
	for _, p := range s.Parts {
		x := p.State
		all.Runs, all.Evaluated = all.Runs+x.Runs, all.Evaluated+x.Evaluated
		all.NonFinite, all.Skipped = all.NonFinite+x.NonFinite, all.Skipped+x.Skipped
		all.Retreats += x.Retreats
	}
	return all
}

// Counts are numbers of a campaign.
type Counts struct {
	Runs      int // simulations made
	Evaluated int // evaluations of the loss in training
	NonFinite int // of them not finite, and dropped
	Skipped   int // steps whose gradient was not finite
	Retreats  int // times a fit was thrown off and went back
}

// Evidence returns the log evidence that the parts kept add up to, nats.
func (s CampaignState) Evidence() float64 {
	var each []float64
	for _, p := range s.best() {
		each = append(each, p.Evidence)
	}
	if len(each) == 0 {
		return math.NaN()
	}
	return floats.LogSumExp(each)
}
