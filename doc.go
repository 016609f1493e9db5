// Package nudge holds no code of its own; it is the map of the module, which
// gives agent-based models derivatives and calibrates them.
//
// By task:
//
//   - use it without writing Go: the command cmd/nudge
//   - write a model and give it every verb: packages abm and cli, see below
//   - use a model that comes along: package models and the packages below it
//   - differentiate a model, or check a derivative: package gradient
//   - say which parameters matter, and when: package sensitivity
//   - calibrate by a YAML file: package study; the data that come along are in
//     package data
//   - calibrate from Go: package calibrate, with what is believed in
//     calibrate/prior, what is compared in calibrate/loss, what is fitted in
//     calibrate/flow and how in calibrate/optim
//   - find the best policy: package policy, or by a YAML file package study
//   - draw figures and reports: package report
//   - draw random numbers by place: package rng, and their derivatives in
//     rng/reparam
//
// # A model of one's own
//
// This is all that the example examples/adoption and most other models need; the
// built-in ones use nothing else. docs/your-own-model.md walks through it.
//
//	describe it        abm.Model, abm.Parameter, abm.Setting, abm.StepsSetting, abm.Observable
//	bound a parameter  abm.Real, abm.Positive, abm.Probability, abm.Support
//	share over runs    abm.Model.Prepare: abm.Setup.Int, Float, Text
//	contacts           network.Complete, ErdosRenyi, ReadEdges; network.NewSum: Update, At, Scaled
//	begin a run        abm.World.Param, Int, Float, Text, Shared, Column
//	go through agents  abm.World.Agents, Shuffled; abm.World.Step
//	keep state         ad.Column: At, Set, Add, Sub, Sum, CopyFrom, Fill
//	calculate          ad.Num: Add, Sub, Mul, Div, Times, Plus, Neg, Not, Exp, Log, Pow, …; ad.Const, ad.Max
//	draw               abm.World.Bernoulli, Event, Binomial, Poisson, Geometric, Categorical, Choose,
//	                   Uniform, Normal, LogNormal, Exponential, Gamma, Beta, Dirichlet, Sample
//	draw again         abm.Purpose.At
//	decide             abm.Greater, And, Or, If, Select; abm.World.ArgMax
//	switch policies    abm.Gate, abm.Exposure
//	smooth a decision  abm.NormalCDF, abm.Logistic, abm.PiecewiseLinear
//	skip what is void  ad.Num.IsZero, abm.World.Never
//	observe            abm.World.Observe; to be looked at, abm.World.Show
//	make it faster     abm.Local, abm.Move (a second, discrete form)
//	give it the verbs  cli.Main
//
// Questions rather than packages are answered in the folder docs.
package nudge
