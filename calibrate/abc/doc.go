// Package abc calibrates a simulator without its likelihood or its gradient, by
// approximate Bayesian computation with a population of particles (Toni, Welch,
// Strelkowa, Ipsen and Stumpf 2009; Beaumont, Cornuet, Marin and Robert 2009): the
// black-box baseline.
//
// A particle is kept if data simulated at it come within a tolerance of the data
// observed. From generation to generation the tolerance falls to a quantile of
// the distances, particles of the last one are moved by normal steps of twice
// their covariance in the prior's unconstrained coordinates, so none leaves the
// support, and weights make up for where they were proposed. The result is the
// posterior given that the distance is within the last tolerance, which is wider
// than the posterior given the data.
//
// Every generation has a budget: of simulations left, and of tries by the least
// acceptance worth going on for. [Population].Stop says what ended the run.
package abc
