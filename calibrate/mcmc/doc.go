// Package mcmc draws from the generalised posterior ∝ e^(−λℓ)·π of a calibration
// by Markov chains: a reference for small problems, against which a variational
// fit can be judged, and at λ = 1 with a likelihood the Bayesian posterior.
//
// A chain needs a density that is a fixed function. All evaluations therefore
// share their luck (common random numbers): the loss is averaged over the luck
// indices 0 … [Options].Lucks−1. The posterior is that of this luck; the more
// indices, the closer to the posterior of the expected loss.
//
// There are two kernels, in the prior's unconstrained coordinates z:
//
//   - [NUTS], the no-U-turn sampler, follows the gradient. A gradient that is not
//     that of the density, such as a smoothed one of a model whose outputs jump,
//     costs acceptance but does not bias the draws: any deterministic field makes
//     a leapfrog step that can be undone and keeps volume, and states are weighed
//     by the density itself.
//   - [Metropolis], random steps, needs values only.
//
// Both adapt step size and mass matrix as Stan does. [RHat], [BulkESS] and
// [TailESS] say whether the chains agree and what their draws are worth.
package mcmc
