package calibrate

import (
	"context"
	"math"

	"gonum.org/v1/gonum/floats"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/calibrate/loss"
	"github.com/nudge-abm/nudge/rng"
)

// Predictive is what the model says would be observed at draws of its
// parameters.
type Predictive struct {
	Runs      [][]float64 // (draws · replicates, or draws) × (observation times · columns)
	Loss      []float64   // of each draw, NaN if not finite
	Simulated int         // runs made
}

// Predict simulates the draws, each with the target's number of replicates, and
// adds the observation noise that the loss stands for, if it is a likelihood.
// Where the loss compares the data with the mean of the replicates, so does the
// prediction: it has one run a draw, their mean with noise.
// Draw s takes the luck first + s. tell, if not nil, is told how many draws are
// done.
func (s *Simulation) Predict(ctx context.Context, d *Draws, first uint64, workers int, tell func(done, total int)) (*Predictive, error) {
	simulators := make([]*simulator, workers)
	for k := range simulators {
		e, err := s.simulator(d.Names)
		if err != nil {
			return nil, err
		}
		defer e.Close()
		simulators[k] = e
	}
	p := &Predictive{}
	type outcome struct {
		loss float64
		runs [][]float64
	}
	err := abm.Ordered(ctx, workers, len(d.Theta),
		func(worker, i int) (outcome, error) {
			e, luck := simulators[worker], first+uint64(i)
			v, err := e.Evaluate(d.Theta[i], luck, nil)
			return outcome{v.Loss, e.observed(luck)}, err
		},
		func(i int, o outcome) error {
			if tell != nil {
				tell(i+1, len(d.Theta))
			}
			if !finite(o.loss) {
				o.loss = math.NaN()
			}
			p.Loss = append(p.Loss, o.loss)
			p.Runs = append(p.Runs, o.runs...)
			p.Simulated += simulators[0].made()
			return nil
		})
	return p, err
}

// observed returns copies of the present replicates, or of their mean, with
// observation noise.
func (e *simulator) observed(luck uint64) [][]float64 {
	noisy, _ := e.Loss.(loss.Observer)
	seen := e.runs
	if e.observesMean() {
		seen = [][]float64{meanOf(e.runs)}
	}
	runs := make([][]float64, len(seen))
	for k, run := range seen {
		runs[k] = append([]float64(nil), run...)
		if noisy != nil {
			stream := e.members[0].luck(luck, k).Stream(rng.Key{Purpose: drawNoise, Agent: -1})
			noisy.Observe(runs[k], e.nuisance, &stream)
		}
	}
	return runs
}

// observesMean reports whether the loss compares the data with the mean of the
// replicates.
func (s *Simulation) observesMean() bool {
	noisy, is := s.Loss.(loss.Observer)
	return is && noisy.ObservesMean()
}

func meanOf(runs [][]float64) []float64 {
	mean := make([]float64, len(runs[0]))
	for _, run := range runs {
		floats.AddScaled(mean, 1/float64(len(runs)), run)
	}
	return mean
}

// Luck indices of the predictive runs, apart from those of training.
const (
	PosteriorLuck uint64 = 1 << 41
	PriorLuck     uint64 = 1 << 42
	CheckLuck     uint64 = 1 << 43
)
