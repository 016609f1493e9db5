// Package sensitivity says what moves the outcome of a model, and by how much.
//
// By question:
//
//   - How does each observable at each step change if a parameter changes a
//     little? [LocalOf], with standard errors, half-lives and a ranking, at a point
//     or averaged over draws of a posterior or prior.
//   - Which parameters matter anywhere in their range, at the price of a few
//     gradients? [DerivativesOf], whose measures bound total Sobol' indices.
//   - Which combinations of parameters does the outcome follow, and which does it
//     ignore? [SubspaceOf].
//   - Which parameters matter at all, by plain runs? [Morris].
//   - Which share of the variance does each parameter explain, alone and with
//     others, and how much is luck? [Sobol].
//
// The global methods explore a [Function] over a [Space] of independent
// [Factor]s: real parameters, whole numbers, choices, several that hang together,
// or groups. A model is made a Function by [NewModel]. Those of random models are
// taken of the mean over luck: every point is run with several independent lucks,
// and what luck contributes is estimated from their differences and taken out.
// It is reported beside the indices.
//
// Results have one entry an output, which for a model is an observable at a
// step: output t·C+c is observable c in row t. Their intervals are bootstrap
// percentiles over blocks of consecutive points. All is determined by the seed,
// whatever the number of workers.
package sensitivity
