package calibrate

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"

	"github.com/nudge-abm/nudge/calibrate/flow"
	"github.com/nudge-abm/nudge/calibrate/optim"
)

// State is everything about a fit that is not given by its problem and options:
// a trainer restored from it continues to the same bytes.
type State struct {
	Step      int                `json:"step"`
	Flow      flow.State         `json:"flow"`
	Optimiser optim.AdamWState   `json:"optimiser"`
	Average   optim.AverageState `json:"average"`
	Best      Chosen             `json:"best"`
	VarA      float64            `json:"var_a"` // running moments of the control variate
	CovA      float64            `json:"cov_a"`
	Runs      int                `json:"runs"`       // simulations made
	Evaluated int                `json:"evaluated"`  // evaluations of the loss in training
	NonFinite int                `json:"non_finite"` // of them not finite, and dropped
	Skipped   int                `json:"skipped"`    // steps whose gradient was not finite
	Retreats  int                `json:"retreats"`   // times the fit was thrown off and went back
	Trace     []Step             `json:"trace"`
}

// State returns a copy of the fit's state, for a checkpoint.
func (t *Trainer) State() State {
	s := t.state
	s.Flow = t.flow.State()
	s.Trace = slices.Clone(s.Trace)
	return s
}

// Restore continues from a state. The error says why it does not fit the
// problem.
func (t *Trainer) Restore(s State) error {
	f, err := flow.FromState(s.Flow)
	if err != nil {
		return err
	}
	if f.Dim() != t.flow.Dim() || f.Options() != t.flow.Options() {
		return fmt.Errorf("the checkpoint holds a flow of another kind or size than the study's")
	}
	t.flow, t.state = f, s
	t.kl, t.loss = newBatch(f, t.options.KLDraws), newBatch(f, t.options.Draws)
	return nil
}

// MarshalJSON writes a step with null for what is not a number.
func (s Step) MarshalJSON() ([]byte, error) {
	type plain Step
	p := struct {
		plain
		Validation *float64 `json:"validation"`
		Loss       *float64 `json:"loss"`
		Objective  *float64 `json:"objective"`
	}{plain(s), orNull(s.Validation), orNull(s.Loss), orNull(s.Objective)}
	return json.Marshal(p)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (s *Step) UnmarshalJSON(data []byte) error {
	type plain Step
	p := struct {
		*plain
		Validation *float64 `json:"validation"`
		Loss       *float64 `json:"loss"`
		Objective  *float64 `json:"objective"`
	}{plain: (*plain)(s)}
	if err := json.Unmarshal(data, &p); err != nil {
		return err
	}
	s.Validation, s.Loss, s.Objective = orNaN(p.Validation), orNaN(p.Loss), orNaN(p.Objective)
	return nil
}

func orNull(v float64) *float64 {
	if !finite(v) {
		return nil
	}
	return &v
}

func orNaN(p *float64) float64 {
	if p == nil {
		return math.NaN()
	}
	return *p
}
