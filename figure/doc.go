// Package figure draws figures of "Automatic Differentiation of Agent-Based
// Models" (arXiv 2509.03303) with data of our own, and holds what the paper says
// of them against what it finds.
//
// One file holds one [Figure]: its settings, its samples, and each of the paper's
// statements with the numbers that it stands or falls by. [Figure.Draw] returns a
// [Drawing]; [Drawing.Page] and [Index] make pages of it.
//
// The paper's scripts, populations, finite-difference steps and numbers of samples
// are not public. Every page says what was used here instead. What is judged is
// the shape: who agrees with the truth, who explodes, who vanishes. Two curves
// agree if their difference, less three standard errors, is nowhere more than a
// tenth of the reference's peak.
package figure
