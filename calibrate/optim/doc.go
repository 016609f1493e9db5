// Package optim holds the pieces of stochastic gradient descent: the AdamW
// update, clipping of the gradient's norm, learning-rate schedules, and
// averaging of the iterates.
//
// Every piece that remembers something comes as settings with Init and Update
// and a state of its own, a plain struct of exported fields. States written as
// JSON and read back continue to the same bytes. Updates work in place and do
// not allocate; zero-value settings are the documented defaults.
package optim
