// Package rng draws random numbers that are a function of where they are drawn,
// not of what was drawn before.
//
// A [Seed] names a run, a [Key] names a place in it: purpose, agent, step and
// count. Seed.Uniform maps the two to a number in (0, 1) by one evaluation of
// the Philox4x64-10 block cipher. So any order of evaluation, any number of
// workers and any replay give the same bytes; two runs that differ in a
// parameter share their luck (common random numbers); and an alternative
// history departs from its original only where it must.
//
// Discrete laws are drawn by exact inversion of one uniform ([PoissonQuantile],
// [BinomialQuantile], [GeometricQuantile], [Categorical]), so that under common
// random numbers a draw is monotone in its parameter. Draws that need a varying
// number of uniforms (gamma, beta, Dirichlet, permutations) come from a
// [Stream], an unbounded sequence private to its key.
//
// Functions panic on arguments outside their domain, NaN included.
package rng
