// Package report draws the figures of a study and binds them, with words and
// tables, into one self-contained HTML page.
//
// It takes plain data (slices, strings and the small structs declared here)
// and knows nothing of models or estimators. Every figure is a struct that is
// filled in and saved:
//
//	err := report.Series{
//		Title: "Ten runs",
//		Time:  days,
//		Panels: []report.Trajectories{{Name: "Infected", Unit: "people", Runs: runs}},
//	}.Save("runs.svg")
//
// # Which figure for which question
//
//   - Does the calibrated model reproduce the data? [Predictive]
//   - What do the data say about each parameter? [Marginals]
//   - Which parameters can the data not tell apart? [Pairs]
//   - Has the calibration converged? [Training]
//   - Are the gradients right on average? [Check]
//   - How far does the gradient of a single run scatter? [Boxes]
//   - What do runs look like? [Series]
//   - Which parameter matters when? [Heatmap]
//   - Who can meet whom? [Network]
//   - Who is where? [Grid], and over time [Film]
//   - All of it, to send to a colleague: [Page]
//
// # Conventions
//
// [Save] chooses the format by the extension: .png has two pixels for each of
// a 96-dpi screen, .svg is meant for print. Files appear whole or not at all.
// The same data give the same bytes. A value that is NaN, infinite or beyond
// 1e150 is missing and leaves a gap. Series that belong together must have the
// same length; otherwise an error names the figure, the panel and the series.
// The optional fields of a figure may be left at their zero values.
//
// Colours are those of Okabe and Ito (2008), which remain distinct for readers
// who are colour-blind; blue is the posterior or the first estimator, grey the
// prior, black the data or the reference, a vermilion line the truth. Type is
// Liberation Sans. Widths are those of a journal: [Column] or [Wide].
package report
