// Package calibrate fits the parameters of a stochastic simulator to data by
// generalised variational inference: it minimises over distributions q
//
//	F(q) = λ·E_q[ℓ(θ)] + KL(q ‖ π) ,
//
// with prior π, loss ℓ and learning weight λ in nats per unit of loss. With a
// likelihood as loss and λ = 1 the minimum is the Bayesian posterior; else it is
// the generalised posterior ∝ e^(−λℓ)·π (Bissiri, Holmes and Walker 2016;
// Knoblauch, Jewson and Damoulas 2022).
//
// By task:
//
//   - say what is compared with the data: [Simulation] for agent-based models, a
//     [LogLikelihood] in Go with its gradient, or any other [Target] of your own
//   - fit: [Fit], or with progress and checkpoints a [Campaign]: a search for
//     separate modes and a [Trainer] for each
//   - stop and go on: [Campaign.State], [Campaign.Restore]
//   - use the result: [Fitted], [NewPosterior]
//   - look ahead: [Simulation.Predict]
package calibrate
