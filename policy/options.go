package policy

import "cmp"

// Options say how the best policy is looked for. Zero fields take the defaults in
// brackets.
type Options struct {
	Steps          int     `json:"steps"`           // of gradient descent [60]
	Runs           int     `json:"runs"`            // a step and descent; those left at the end have the runs of all [8]
	Starts         int     `json:"starts"`          // descents, from different policies [4]
	Candidates     int     `json:"candidates"`      // policies drawn, the best of which are the starts [32]
	LearningRate   float64 `json:"learning_rate"`   // of Adam in standardised coordinates, falls to a tenth by a cosine [0.15]
	ValidationRuns int     `json:"validation_runs"` // held-out runs that decide among the descents' ends [128]
	Rounds         int     `json:"rounds"`          // how often penalties may be doubled for a constraint that is missed [6]
}

// Filled returns the options with the defaults filled in.
func (o Options) Filled() Options {
	return Options{
		Steps: cmp.Or(o.Steps, 60), Runs: cmp.Or(o.Runs, 8), Starts: cmp.Or(o.Starts, 4),
		Candidates:     max(cmp.Or(o.Candidates, 32), cmp.Or(o.Starts, 4)),
		LearningRate:   cmp.Or(o.LearningRate, 0.15),
		ValidationRuns: cmp.Or(o.ValidationRuns, 128), Rounds: cmp.Or(o.Rounds, 6),
	}
}

// steps is the number of steps of a round; rounds after the first go on from the
// best policy so far and are half as long.
func (o Options) steps(round int) int {
	if round == 0 {
		return o.Steps
	}
	return (o.Steps + 1) / 2
}
