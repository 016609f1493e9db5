// Package prior holds what is believed about parameters before the data:
// probability densities on the real line, the bijectors that carry their
// supports to the whole real line, and the joint prior of a calibration.
//
// Three spaces meet here:
//
//	θ  the parameters as people state them (a rate, a probability, two dates)
//	w  unconstrained: θ = b(w), with b the bijector of the density's support
//	z  standardised: w = centre + scale·z, so that z = 0 is the prior median
//	   and one unit of z is one robust prior standard deviation in w
//
// Variational families live in z. The prior pulled back to z is
// log π̃(z) = log π(θ(z)) + log|det ∂θ/∂z|, so that
// KL(q(θ)‖π) = E_q[log q(z) − log π̃(z)].
//
// Nothing is clamped: a draw so far out that a bound swallows it stays there
// and is counted by [Block].Saturated.
//
// Constructors check their arguments and return errors in plain words, since
// those arguments come from study files; all other functions panic on misuse.
package prior
