// Package abm is what an agent-based model is written with: parameters,
// observables, random draws and discrete decisions that stay differentiable.
//
// A model reads its parameters as active numbers, draws randomness and takes
// discrete decisions only through its [World], and reports observables once per
// step. It does not know how it is differentiated: a [Rule], chosen at run time,
// decides what happens to derivatives at a draw, and the simulation itself is
// bit for bit the same under every rule.
//
// By task:
//
//   - describe a model: [Model], [Parameter], [Support], [Setting], [Observable],
//     [Derived]; find one by [ByName]
//   - set it up: [NewSetup], [Setup.Set], [Setup.Prepare]
//   - run it: [NewWorld], [World.Run], [World.Series], [World.Jacobian]
//   - inside a model: [World.Param], [World.Agents], [World.Shuffled], [World.Column],
//     [World.Observe]; to be looked at, [World.Show] and [World.Film]
//   - draw events: [World.Bernoulli], [World.Event]
//   - draw counts: [World.Binomial], [World.Geometric], [World.Poisson]
//   - draw one of several: [World.Categorical], by utility [World.Choose]; use the
//     [Choice] by [Choice.Of]
//   - draw numbers: [World.Uniform], [World.Normal], [World.LogNormal],
//     [World.Exponential], [World.Gamma], [World.Beta], [World.Dirichlet]
//   - draw indices: [World.Sample]
//   - draw several of one kind: [Purpose.At]
//   - decide: [Greater], [And], [Or], [If], [Select]; the best of several by
//     [World.ArgMax], [World.ArgMaxRandomTies]
//   - switch policies: [Gate], [Exposure]
//   - say a step once more in discrete form, which is faster: [Local], [Move]
//   - choose a surrogate derivative: [NormalCDF], [Logistic], [PiecewiseLinear]
//   - write an estimator's side of a run: [Rule], [PlainRule], [DensityRule]
//   - find derivatives lost and luck shared: [World.Watch], [Audit]
//   - many runs: [Ordered]
//
// Contact networks are in the package network below.
//
// Randomness is a function of where it is drawn, not of how one got there: a
// draw is named by (seed, run, purpose, agent, step, index). So the same seed
// gives the same bytes whatever the order or the number of workers, and an
// alternative history meets the same luck.
package abm
