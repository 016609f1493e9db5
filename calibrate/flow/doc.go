// Package flow provides the variational families q(z) of calibration:
// normalising flows and Gaussians on ℝᴰ, in float64, with hand-written
// forward and reverse passes on gonum's BLAS.
//
// Every family is one [Flow]: a chain of invertible layers on standard-normal
// base draws ε,
//
//	z⁰ = ε,  zᵏ = fₖ(zᵏ⁻¹),  z = zᴷ,
//	log q(z) = log N(ε; 0, I) − Σₖ log|det ∂fₖ/∂zᵏ⁻¹|.
//
// A mean-field Gaussian is one diagonal layer, a full-rank Gaussian one
// Cholesky layer. The flows put on top of the trainable diagonal Gaussian a
// number of pairs (autoregressive layer, LU layer). The autoregressive layer
// moves every coordinate by a monotone map whose parameters a MADE network
// (Germain et al. 2015) reads off the coordinates before it: an affine map
// (masked autoregressive flow, Papamakarios et al. 2017) or a
// rational-quadratic spline (Durkan et al. 2019). The network reads the base
// side, so sampling takes one network pass, as in the inverse autoregressive
// flow of Kingma et al. (2016).
//
// A [Tape] holds everything one pass over a batch of draws computes. The flow
// itself is only read, so several goroutines may work on one flow, each with
// its own tape; only changing Params needs exclusion. With a tape
//
//   - Sample pushes base draws to z and log q(z);
//   - Density pulls given points z back to ε and log q(z);
//   - Score adds ∂log q/∂z at the tape's points;
//   - Backward turns cotangents on z and log q into a gradient over Params.
//
// These give the usual gradients of E_q[f], f(z) = log q(z) − log p(z), from S
// draws. Cotangents (z̄, q̄) on (z, log q), each divided by S:
//
//   - total pathwise: z̄ = −∇log p, q̄ = 1 (Kingma & Welling 2014);
//   - path only, "sticking the landing" (Roeder et al. 2017; Vaitl et al. 2022
//     for flows): z̄ = score − ∇log p, q̄ = 0;
//   - leave-one-out score function (Kool et al. 2019): q̄ = w and
//     z̄ = −w·score with w = (f − f̄)·S/(S−1), where f may be any black box.
//
// The last pair uses that, by the chain rule, it leaves w·∂log q/∂φ at fixed z.
//
// # Layout
//
// Callers see batches as rows: draw s is Z[s*D : (s+1)*D]. Inside, coordinates
// are rows and draws are columns, so that a group of units is one contiguous
// block for BLAS whatever the batch.
//
// Params follows PyTorch's named_parameters order of the normflows package:
// base location and log scale, then per layer the network's weights and biases
// from input to output and the LU layer's bias, lower and upper entries and
// diagonal. Weights that a mask removes are part of Params, have no effect and
// receive no gradient.
package flow
