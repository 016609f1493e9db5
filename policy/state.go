package policy

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
)

// State is everything about a search that is not given by its problem and
// options: an optimiser restored from it continues to the same bytes.
type State struct {
	Round     int        `json:"round"`
	Step      int        `json:"step"` // within the round
	Done      bool       `json:"done"`
	Penalties []float64  `json:"penalties"` // of each constraint
	Descents  []*Descent `json:"descents"`
	Best      Best       `json:"best"`
	Gradients float64    `json:"gradients"` // runs' worth of simulations made for gradients
	Plain     int        `json:"plain"`     // runs made to choose among policies
	Trace     []Step     `json:"trace"`
}

// Best is the best policy of the last round that ended.
type Best struct {
	Z         []float64 `json:"z"`
	Theta     []float64 `json:"theta"`
	Objective float64   `json:"objective"` // on the held-out runs
}

// Step is what is known of one step.
type Step struct {
	Step       int       `json:"step"` // from 1, over all rounds
	Round      int       `json:"round"`
	Objectives []float64 `json:"objectives"` // of each descent, mean over the step's runs; NaN once it is given up
}

// Least returns the least objective of the descents, NaN if there is none.
func (s Step) Least() float64 { return slices.MinFunc(s.Objectives, lessFirst) }

// MarshalJSON writes a step with null for what is not a number.
func (s Step) MarshalJSON() ([]byte, error) {
	type plain Step
	p := struct {
		plain
		Objectives []*float64 `json:"objectives"`
	}{plain: plain(s)}
	for _, v := range s.Objectives {
		p.Objectives = append(p.Objectives, nil)
		if v-v == 0 {
			p.Objectives[len(p.Objectives)-1] = &v
		}
	}
	return json.Marshal(p)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (s *Step) UnmarshalJSON(data []byte) error {
	type plain Step
	p := struct {
		*plain
		Objectives []*float64 `json:"objectives"`
	}{plain: (*plain)(s)}
	if err := json.Unmarshal(data, &p); err != nil {
		return err
	}
	s.Objectives = nil
	for _, v := range p.Objectives {
		s.Objectives = append(s.Objectives, math.NaN())
		if v != nil {
			s.Objectives[len(s.Objectives)-1] = *v
		}
	}
	return nil
}

// Simulations is the number of runs' worth of work done so far.
func (s *State) Simulations() float64 { return s.Gradients + float64(s.Plain) }

// State returns a copy of the state, for a checkpoint.
func (o *Optimiser) State() State {
	s := o.state
	s.Penalties, s.Trace = slices.Clone(s.Penalties), slices.Clone(s.Trace)
	s.Descents = nil
	for _, d := range o.state.Descents {
		next := *d
		next.Z = slices.Clone(d.Z)
		next.Adam.M, next.Adam.V = slices.Clone(d.Adam.M), slices.Clone(d.Adam.V)
		next.Average.Mean = slices.Clone(d.Average.Mean)
		s.Descents = append(s.Descents, &next)
	}
	return s
}

// Restore continues from a state. The error says that it does not fit the
// problem.
func (o *Optimiser) Restore(s State) error {
	if len(s.Penalties) != len(o.problem.Objective.Constraints) {
		return fmt.Errorf("the checkpoint has %d constraints, the problem %d", len(s.Penalties), len(o.problem.Objective.Constraints))
	}
	for _, d := range s.Descents {
		if len(d.Z) != o.problem.Choices.Dim() {
			return fmt.Errorf("the checkpoint chooses %d parameters, the problem %d", len(d.Z), o.problem.Choices.Dim())
		}
	}
	o.state = s
	o.penalise()
	return nil
}
