package study

import (
	"fmt"
	"io"
	"slices"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/report"
)

// Figures returns the pictures of a recovery.
func (r *Recovery) Figures() []NamedFigure {
	var ranks report.Curves
	for k, name := range r.Names {
		ranks.Panels = append(ranks.Panels, difference(name, "rank of the truth, as a share", r.Band, r.Of(k)))
	}
	denser, closer := r.Joint()
	coverage := report.Curves{Panels: []report.CurvePanel{
		attained("Expected coverage", r.Band, denser), attained("TARP", r.Band, closer),
	}}
	return []NamedFigure{
		{"sbc-ranks", "Distribution function of the ranks of the true values less that of uniform ranks, with the simultaneous 95 % band. A slope up, then down and up again around zero: posteriors too narrow; the other way round: too wide. All above: the posterior lies too high.", ranks},
		{"sbc-coverage", "Share of truths in regions that ought to hold the share on the horizontal axis, with the simultaneous 95 % band: regions of highest density, and balls around random points. Below the band: posteriors too narrow, or beside the truth.", coverage},
	}
}

// difference is a panel with the distribution function of ranks less the uniform
// one.
func difference(name, x string, band *calibrate.Uniformity, ranks []int) report.CurvePanel {
	n := float64(band.Ranks)
	seen, held := report.Curve{Name: "ranks"}, report.Curve{Name: "95 % band if uniform"}
	for r, count := range band.Counts(ranks) {
		u := float64(r+1) / float64(band.Size)
		held.X, held.Y = append(held.X, u), append(held.Y, 0)
		held.Low, held.High = append(held.Low, band.Low[r]/n-u), append(held.High, band.High[r]/n-u)
		seen.X, seen.Y = append(seen.X, u), append(seen.Y, float64(count)/n-u)
	}
	return report.CurvePanel{Name: name, X: x, Y: "difference", Curves: []report.Curve{seen, held}}
}

// attained is a panel with coverage against what it ought to be.
func attained(name string, band *calibrate.Uniformity, ranks []int) report.CurvePanel {
	n := float64(band.Ranks)
	seen, held := report.Curve{Name: "truths held"}, report.Curve{Name: "95 % band if exact"}
	for r, count := range band.Counts(ranks) {
		u := float64(r+1) / float64(band.Size)
		held.X, held.Y = append(held.X, u), append(held.Y, u)
		held.Low, held.High = append(held.Low, band.Low[r]/n), append(held.High, band.High[r]/n)
		seen.X, seen.Y = append(seen.X, u), append(seen.Y, float64(count)/n)
	}
	return report.CurvePanel{Name: name, X: "nominal", Y: "share of truths", Curves: []report.Curve{seen, held}}
}

// Page returns the report of a recovery: one page that opens offline.
func (r *Recovery) Page() report.Page {
	figures, s := r.Figures(), r.Summary()
	return report.Page{
		Title:    r.Study.Title(),
		Subtitle: fmt.Sprintf("Does the study recover what it should? Simulation-based calibration with %d fits", s.Fits),
		Footer:   "nudge " + Version(),
		Sections: []report.Section{
			{Title: "What to believe", Blocks: callouts(s.Believe)},
			{Title: "Parameters one by one", Blocks: []report.Block{r.table(s), picture(figures[0])}},
			{Title: "All parameters together", Blocks: []report.Block{picture(figures[1])}},
			{Title: "To reproduce it", Blocks: []report.Block{r.settings(s)}},
		},
	}
}

// table lists how each parameter is recovered.
func (r *Recovery) table(s RecoverySummary) report.Table {
	t := report.Table{
		Header: []string{"", "In central half", "In 90 %", "p of the ranks", "p by χ²", "95 % band"}, Align: "lrrrrl",
		Footnote: fmt.Sprintf("%d fits to data that the model made at draws of the prior; the truth is ranked among %d draws of each. p: that uniform ranks are as uneven.", s.Fits, s.Draws),
	}
	row := func(name string, x Uniform) {
		verdict := "inside"
		if !x.Inside {
			verdict = "outside: " + r.Band.Shape(x.Ranks)
		}
		t.Rows = append(t.Rows, []string{name, fmt.Sprintf("%.0f %%", 100*x.Coverage50), fmt.Sprintf("%.0f %%", 100*x.Coverage90), fmt.Sprintf("%.2g", x.P), fmt.Sprintf("%.2g", x.ChiSquare), verdict})
	}
	for _, name := range r.Names {
		row(name, s.Parameters[name])
	}
	row("all, by highest density", s.Density)
	row("all, by TARP", s.Distance)
	return t
}

func (r *Recovery) settings(s RecoverySummary) report.Settings {
	return report.Settings{Caption: "The study as run", Values: []report.Setting{
		{Name: "Fits", Value: fmt.Sprint(s.Fits + s.Failed)},
		{Name: "Weight of the loss", Value: fmt.Sprint(r.Weight)},
		{Name: "Seed", Value: fmt.Sprint(r.Study.Seed())},
		{Name: "Version", Value: Version()},
		{Name: "Again", Value: fmt.Sprintf("calibrate study.yaml --sbc %d, with the study below beside its data", s.Fits+s.Failed)},
	}, Code: string(r.Study.YAML())}
}

// Documents returns the files of a recovery: sbc.html, ranks.csv and the figures.
func (r *Recovery) Documents() []Document {
	return append([]Document{
		{"sbc.html", func(w io.Writer) error { return r.Page().Write(w) }},
		{"ranks.csv", r.writeRanks},
	}, figureDocuments(r.Figures())...)
}

// figureDocuments returns the files of figures, in both formats.
func figureDocuments(figures []NamedFigure) []Document {
	var all []Document
	for _, f := range figures {
		all = append(all,
			Document{"figures/" + f.Name + ".png", figureWriter(f.Figure, report.PNG)},
			Document{"figures/" + f.Name + ".svg", figureWriter(f.Figure, report.SVG)})
	}
	return all
}

// writeRanks writes a line a fit: the true values and their ranks.
func (r *Recovery) writeRanks(w io.Writer) error {
	header := []string{"fit"}
	for _, name := range r.Names {
		header = append(header, name, name+"_rank")
	}
	return writeCSV(w, append(header, "density_rank", "distance_rank"), len(r.Fits), func(i int) []float64 {
		fit := r.Fits[i]
		line := []float64{float64(i + 1)}
		for k, v := range fit.Truth {
			line = append(line, v, float64(fit.Below[k]))
		}
		return slices.Concat(line, []float64{float64(fit.Denser), float64(fit.Closer)})
	})
}
