package calibrate

import "github.com/nudge-abm/nudge/calibrate/loss"

// expectationRuns make the expectation that artificial data scatter about. Their
// mean has a sixteenth of a run's luck, an order of magnitude less than the errors
// of observation of any data worth the name.
const expectationRuns = 256

// Source returns the simulation that makes data by the law that the loss assumes,
// so that fits to them can be the posterior. A likelihood of the mean of the
// replicates takes that mean for the model's expectation, and the data for this
// expectation with errors of observation. Were the data made about the mean of the
// few runs that a fit can afford, they would share the luck of these runs, of which
// such a likelihood knows nothing: no posterior of it could hold the truth as often
// as it claims.
func (s *Simulation) Source() *Simulation {
	source := *s
	if s.observesMean() && loss.IsLikelihood(s.Loss) {
		source.Replicates = max(s.Replicates, expectationRuns)
	}
	return &source
}
