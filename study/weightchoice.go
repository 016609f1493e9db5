package study

import (
	"context"
	"fmt"
	"io"
	"math"
	"slices"

	"github.com/nudge-abm/nudge/report"
)

// WeightChoice compares weights of the loss by what the posteriors cover on data
// of the study's own: with a loss that is no likelihood the largest weight whose
// intervals hold the truth as often as they claim is the one to take (general
// posterior calibration, Syring and Martin 2019).
type WeightChoice struct {
	Study      *Study
	Recoveries []*Recovery // by ascending weight, of the same data sets
}

// WeightState is what a choice has done so far: a state for each weight begun.
type WeightState struct {
	Weights []RecoveryState `json:"weights"`
}

// WeightHooks are told how a choice gets on; each may be nil.
type WeightHooks struct {
	Progress func(done, total int)
	Save     func(WeightState) error // called after each fit
}

// weightFactors multiply the study's weight: two decades around it.
var weightFactors = []float64{0.1, math.Sqrt(0.1), 1, math.Sqrt(10), 10}

// ChooseWeight makes n data sets and fits the study to each at five weights, a
// tenth to ten times its own.
func (c *Calibration) ChooseWeight(ctx context.Context, s *Study, n int, from *WeightState, h WeightHooks) (*WeightChoice, error) {
	w := &WeightChoice{Study: s}
	var done WeightState
	if from != nil {
		done.Weights = slices.Clone(from.Weights)
	}
	for i, factor := range weightFactors {
		if len(done.Weights) <= i {
			done.Weights = append(done.Weights, RecoveryState{})
		}
		at := *c
		at.Weight, at.Likelihood = c.Weight*factor, false
		before := done.Weights[i]
		hooks := RecoveryHooks{Save: func(x RecoveryState) error {
			done.Weights[i] = x
			return h.told(done, i*n+len(x.Fits), n*len(weightFactors))
		}}
		r, err := at.Recover(ctx, s, n, &before, hooks)
		if err != nil {
			return nil, err
		}
		w.Recoveries = append(w.Recoveries, r)
	}
	return w, nil
}

func (h WeightHooks) told(done WeightState, fits, total int) error {
	if h.Progress != nil {
		h.Progress(fits, total)
	}
	if h.Save == nil {
		return nil
	}
	return h.Save(done)
}

// WeightSummary is a choice in numbers.
type WeightSummary struct {
	Study       string            `json:"study"`
	Fits        int               `json:"fits"` // at each weight
	Weight      float64           `json:"weight"`
	Recommended float64           `json:"recommended"` // 0: none of those tried
	Weights     []RecoverySummary `json:"weights"`
	Believe     []Finding         `json:"believe"`
	Seconds     float64           `json:"seconds,omitempty"`
}

// Summary returns the choice in numbers.
func (w *WeightChoice) Summary() WeightSummary {
	s := WeightSummary{Study: w.Study.Title(), Weight: w.Study.spec.Loss.shared().Weight.value}
	for _, r := range w.Recoveries {
		x := r.Summary()
		s.Weights = append(s.Weights, x)
		s.Fits = x.Fits + x.Failed
		if x.nominal() {
			s.Recommended = x.Weight
		}
	}
	s.Believe = []Finding{s.finding()}
	return s
}

// coverage returns the shares of truths in the central half and in 90 %, the mean
// over the parameters.
func (s RecoverySummary) coverage() (half, most float64) {
	for _, x := range s.Parameters {
		half += x.Coverage50 / float64(len(s.Parameters))
		most += x.Coverage90 / float64(len(s.Parameters))
	}
	return half, most
}

// nominal reports whether intervals hold the truth as often as they claim, less
// at most one standard error of that many fits.
func (s RecoverySummary) nominal() bool {
	half, most := s.coverage()
	n := math.Sqrt(float64(s.Fits))
	return half >= 0.5-0.5/n && most >= 0.9-0.3/n
}

func (s WeightSummary) finding() Finding {
	last := s.Weights[len(s.Weights)-1].Weight
	switch s.Recommended {
	case 0:
		return Finding{false, fmt.Sprintf("Even at a weight of %.3g the intervals hold the truth too seldom. Try smaller weights, longer training, or another loss.", s.Weights[0].Weight)}
	case last:
		return Finding{true, fmt.Sprintf("Up to the largest weight tried, %.3g, the intervals hold the truth as often as they claim; a larger one may do so too.", last)}
	}
	return Finding{true, fmt.Sprintf("%.3g is the largest weight at which the intervals hold the truth as often as they claim; the study has %.3g.", s.Recommended, s.Weight)}
}

// Page returns the report of a choice.
func (w *WeightChoice) Page() report.Page {
	s := w.Summary()
	f := w.figure()
	return report.Page{
		Title:    w.Study.Title(),
		Subtitle: fmt.Sprintf("The weight of the loss by coverage: %d fits at each of %d weights", s.Fits, len(s.Weights)),
		Footer:   "nudge " + Version(),
		Sections: []report.Section{
			{Title: "What to believe", Blocks: callouts(s.Believe)},
			{Title: "Coverage", Blocks: []report.Block{w.table(s), picture(f)}},
			{Title: "To reproduce it", Blocks: []report.Block{report.Settings{Caption: "The study as run", Values: []report.Setting{
				{Name: "Again", Value: fmt.Sprintf("calibrate study.yaml --choose-weight %d, with the study below beside its data", s.Fits)},
				{Name: "Seed", Value: fmt.Sprint(w.Study.Seed())}, {Name: "Version", Value: Version()},
			}, Code: string(w.Study.YAML())}}},
		},
	}
}

func (w *WeightChoice) table(s WeightSummary) report.Table {
	t := report.Table{
		Header: []string{"Weight", "In central half", "In 90 %"}, Align: "rrr",
		Footnote: "Means over the parameters. The standard error of a share is at most half of one by the root of the number of fits.",
	}
	for _, name := range w.Recoveries[0].Names {
		t.Header, t.Align = append(t.Header, name+", 90 %"), t.Align+"r"
	}
	for i, x := range s.Weights {
		half, most := x.coverage()
		line := []string{fmt.Sprintf("%.3g", x.Weight), fmt.Sprintf("%.0f %%", 100*half), fmt.Sprintf("%.0f %%", 100*most)}
		for _, name := range w.Recoveries[i].Names {
			line = append(line, fmt.Sprintf("%.0f %%", 100*x.Parameters[name].Coverage90))
		}
		t.Rows = append(t.Rows, line)
	}
	return t
}

// figure shows coverage against the logarithm of the weight.
func (w *WeightChoice) figure() NamedFigure {
	panels := []report.CurvePanel{
		{Name: "Central half", X: "log₁₀ weight", Y: "share of truths inside", Levels: []float64{0.5}},
		{Name: "Central 90 %", X: "log₁₀ weight", Y: "share of truths inside", Levels: []float64{0.9}},
	}
	for k, name := range w.Recoveries[0].Names {
		half, most := report.Curve{Name: name, Points: true}, report.Curve{Name: name, Points: true}
		for _, r := range w.Recoveries {
			x := r.judge(r.Of(k), central)
			half.X, half.Y = append(half.X, math.Log10(r.Weight)), append(half.Y, x.Coverage50)
			most.X, most.Y = append(most.X, math.Log10(r.Weight)), append(most.Y, x.Coverage90)
		}
		panels[0].Curves, panels[1].Curves = append(panels[0].Curves, half), append(panels[1].Curves, most)
	}
	return NamedFigure{"weights-coverage", "How often intervals hold the truth at each weight of the loss; they ought to do so as often as the dashed line says.", report.Curves{Panels: panels}}
}

// Documents returns the files of a choice: weights.html and the figure.
func (w *WeightChoice) Documents() []Document {
	return append([]Document{{"weights.html", func(to io.Writer) error { return w.Page().Write(to) }}},
		figureDocuments([]NamedFigure{w.figure()})...)
}
