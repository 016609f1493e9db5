package cli

import (
	"context"

	"gonum.org/v1/gonum/stat"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/rng"
)

// ensemble is many runs of one setup.
type ensemble struct {
	setup  *abm.Setup
	seed   uint64
	first  uint64      // number of the first run
	series [][]float64 // of each run, T × C row-major
}

// simulate makes the runs first … first+runs−1. The result does not depend on the number
// of workers; told hears how many runs are done.
func simulate(ctx context.Context, s *abm.Setup, seed, first uint64, runs, workers int, told func(done, total int)) (*ensemble, error) {
	worlds := make([]*abm.World, workers)
	for k := range worlds {
		worlds[k] = abm.NewWorld(s, nil, nil)
		defer worlds[k].Close()
	}
	e := &ensemble{setup: s, seed: seed, first: first}
	theta := s.Theta()
	err := abm.Ordered(ctx, workers, runs,
		func(worker, i int) ([]float64, error) {
			err := worlds[worker].Run(theta, rng.Seed{Master: seed, Run: first + uint64(i)})
			return worlds[worker].Series(nil), err
		},
		func(i int, series []float64) error {
			e.series = append(e.series, series)
			told(i+1, runs)
			return nil
		})
	return e, err
}

// shape returns rows T and observables C.
func (e *ensemble) shape() (rows, observables int) {
	return e.setup.Steps(), len(e.setup.Model.Observables)
}

// moments returns mean and standard deviation over the runs, T × C.
func (e *ensemble) moments() (mean, sd [][]float64) {
	rows, observables := e.shape()
	values := make([]float64, len(e.series))
	for t := range rows {
		mean, sd = append(mean, make([]float64, observables)), append(sd, make([]float64, observables))
		for c := range observables {
			for r, series := range e.series {
				values[r] = series[t*observables+c]
			}
			mean[t][c], sd[t][c] = stat.MeanStdDev(values, nil)
		}
	}
	return mean, sd
}

// timeOf returns the time of row t for models with a setting dt, and whether
// there is one.
func timeOf(s *abm.Setup, t int) (at float64, ok bool) {
	if s.Model.Setting("dt") < 0 {
		return float64(t), false
	}
	return float64(t) * s.Float("dt"), true
}
