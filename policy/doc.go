// Package policy chooses the parameters of a policy, such as when and how
// strictly people keep their distance, so that an objective is least on average
// over runs of an agent-based model.
//
// By task:
//
//   - say what is wanted: [Objective] of [Outcome], [Cost] and [Constraint]
//   - say what can be chosen and what is not known: [Problem]
//   - find the best policy by stochastic gradient: [NewOptimiser], [Optimiser.Run]
//   - measure a policy on fresh runs: [Problem.Assess], [Difference]
//   - compare with a grid search: [Problem.Search]
//   - see what a cheaper or dearer policy buys: [Problem.Tradeoff]
//   - see how much the optimum matters: [Problem.Look]
//
// Policies are compared on the same runs (common random numbers). If draws of
// uncertain parameters are given, run r takes draw r modulo their number, so that
// a policy is judged by its mean over what is believed. The same seed gives the
// same bytes for any number of workers, and after a restart from a [State].
package policy
