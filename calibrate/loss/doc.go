// Package loss measures how far simulated runs are from observed data.
//
// A run is a matrix of T observation times (rows) by C observables (columns),
// stored row by row: cell (t, c) is element t·C+c. Data has the same shape,
// with NaN where nothing was observed; missing cells never count, neither
// between a run and the data nor between runs.
//
// A loss is built for given data and sees n runs of the same parameters. It
// returns a number in nats, or in units that a weight turns into nats, together
// with its adjoint: the derivative with respect to every cell of every run and
// with respect to its nuisance parameters, which belong to the observation
// process and never enter the simulator.
//
// Losses fall into two families:
//
//   - pointwise: squared error and the Poisson, negative-binomial, binomial,
//     normal and log-normal likelihoods compare one trajectory with the data, and
//     replicates are combined as [Combine] says;
//   - ensemble: energy score, CRPS, pinball loss, maximum mean discrepancy,
//     signature kernel and synthetic likelihood compare the n runs together with
//     the data, spread included.
//
// [NewSum] adds losses of different columns up. A type of one's own that has the
// methods of [Loss] serves as well, and [Kind] names it for studies.
//
// Losses are immutable and safe for concurrent use. A run with a value that
// makes no sense (a negative expected count, NaN) gives a loss that is not
// finite; nothing is clamped, so the caller can drop and count the draw.
package loss
