// Package nudge holds no code of its own; it is the map of the module, which
// gives agent-based models derivatives and calibrates them.
//
// By task:
//
//   - use it without writing Go: the command cmd/nudge
//   - write a model: package abm, with abm/network for contacts; numbers are
//     those of package ad
//   - use a model that comes along: package models and the packages below it
//   - differentiate a model, or check a derivative: package gradient
//   - calibrate by a YAML file: package study; the data that come along are in
//     package data
//   - calibrate from Go: package calibrate, with what is believed in
//     calibrate/prior, what is compared in calibrate/loss, what is fitted in
//     calibrate/flow and how in calibrate/optim
//   - draw figures and reports: package report
//   - draw random numbers by place: package rng, and their derivatives in
//     rng/reparam
//
// Questions rather than packages are answered in the folder docs.
package nudge
