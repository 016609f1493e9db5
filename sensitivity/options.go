package sensitivity

import (
	"errors"
	"fmt"
)

// Options are those of all global methods. Zero values are the defaults.
type Options struct {
	Points     int     // of the design, see each method; 0 means 1024
	Replicates int     // runs a point with independent luck; 0 means 2 for random functions, else 1
	Resamples  int     // of the bootstrap; 0 means 400
	Level      float64 // of intervals; 0 means 0.95
	Seed       uint64  // of the design and the bootstrap; luck is the function's own
	Workers    int     // at least one works

	// Told hears how many points are done; it may be nil.
	Told func(done, total int)
}

// complete returns the options with defaults for a function, or an error for values
// that cannot be.
func (o Options) complete(f Function) (Options, error) {
	if err := f.Space().Check(); err != nil {
		return o, err
	}
	setDefault(&o.Points, 1024)
	setDefault(&o.Resamples, 400)
	if o.Level == 0 {
		o.Level = 0.95
	}
	if !f.Random() {
		o.Replicates = 1
	}
	setDefault(&o.Replicates, 2)
	switch {
	case o.Points < 2:
		return o, errors.New("at least 2 points are needed")
	case o.Replicates < 2 && f.Random():
		return o, errors.New("at least 2 replicates are needed to tell parameters from luck")
	case !(o.Level > 0 && o.Level < 1):
		return o, fmt.Errorf("the level of intervals must be between 0 and 1, is %g", o.Level)
	}
	return o, nil
}

func setDefault(p *int, v int) {
	if *p == 0 {
		*p = v
	}
}

// Cost says what a result took, in plain runs of the model, and what the usual
// way to the same would have taken.
type Cost struct {
	Runs            float64 `json:"runs"`
	Alternative     string  `json:"alternative"`
	AlternativeRuns float64 `json:"alternative_runs"`
}
