package cli

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"

	"github.com/jedib0t/go-pretty/v6/table"

	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/sensitivity"
)

// localResult is a local sensitivity in JSON. Lists over steps, observables and
// parameters are nested in this order.
type localResult struct {
	Subject     string            `json:"subject"`
	Model       string            `json:"model"`
	Seed        uint64            `json:"seed"`
	Estimator   string            `json:"estimator"`
	At          string            `json:"at"`
	Runs        int               `json:"runs"`
	NonFinite   int               `json:"nonfinite"`
	Parameters  []string          `json:"parameters"`
	Theta       []float64         `json:"theta"`
	SD          []float64         `json:"sd,omitempty"` // of the prior
	Observables []string          `json:"observables"`
	Time        []float64         `json:"time"`
	Mean        [][]float64       `json:"mean"`
	MeanSE      [][]float64       `json:"mean_se"`
	Derivative  jacobians         `json:"derivative"`
	Elasticity  jacobians         `json:"elasticity"`
	Effect      *jacobians        `json:"effect,omitempty"` // of one prior standard deviation
	Influence   []influenceObject `json:"influence"`
	Cost        sensitivity.Cost  `json:"cost"`
	subject     *subject
	local       *sensitivity.Local
}

// jacobians are T × C × P means over runs with their standard errors.
type jacobians struct {
	Mean [][][]float64 `json:"mean"`
	SE   [][][]float64 `json:"se"`
}

// influenceObject ranks one parameter for one observable.
type influenceObject struct {
	Observable string            `json:"observable"`
	Parameter  string            `json:"parameter"`
	Importance sensitivity.Index `json:"importance"`
	Rank       sensitivity.Index `json:"rank"`
	PeakTime   float64           `json:"peak_time"`
	HalfLife   sensitivity.Index `json:"half_life"` // in units of time
	Clear      bool              `json:"clear"`     // whether the peak is beyond noise
}

func newLocalResult(s *subject, f *sensitivityFlags, at string, p *gradient.Problem, l *sensitivity.Local) *localResult {
	r := &localResult{Subject: s.name, Model: s.setup.Model.Name, Seed: s.seed, Estimator: f.estimator, At: at,
		Runs: l.Runs, NonFinite: l.Left, Parameters: l.Parameters, SD: deviations(s, p), Observables: l.Observables,
		Time: s.times(), Cost: l.Cost, subject: s, local: l}
	for _, i := range p.Active {
		r.Theta = append(r.Theta, s.theta[i])
	}
	r.Mean, r.MeanSE = nested(l.Mean, len(l.Observables)), nested(l.MeanSE, len(l.Observables))
	r.Derivative, r.Elasticity = r.nest(l.Derivative), r.nest(l.Elasticity)
	if l.Effect.Mean != nil {
		effect := r.nest(l.Effect)
		r.Effect = &effect
	}
	for c, list := range l.Influence {
		for k, x := range list {
			half := x.HalfLife
			half.Value, half.Low, half.High = half.Value*s.step, half.Low*s.step, half.High*s.step
			r.Influence = append(r.Influence, influenceObject{l.Observables[c], l.Parameters[k],
				x.Importance, x.Rank, r.Time[x.Peak], half, x.Clear})
		}
	}
	return r
}

// nest cuts lists into steps, observables and parameters.
func (r *localResult) nest(e sensitivity.Estimates) jacobians {
	cut := func(x []float64) [][][]float64 {
		var rows [][][]float64
		for _, row := range nested(x, len(r.Observables)*len(r.Parameters)) {
			rows = append(rows, nested(row, len(r.Parameters)))
		}
		return rows
	}
	return jacobians{cut(e.Mean), cut(e.SE)}
}

// result returns the sensitivity in all its forms.
func (r *localResult) result() result {
	documents := []document{r.csv(), jsonDocument("sensitivity", r), pageDocument(r.page())}
	return result{object: r, text: r.print, documents: append(documents, r.figures()...)}
}

// csv has a line for each step, observable and parameter.
func (r *localResult) csv() document {
	header := []string{"step", r.subject.timeName, "observable", "parameter", "mean", "derivative", "se", "elasticity", "elasticity_se"}
	if header[1] == header[0] {
		header[1] = "time"
	}
	if r.Effect != nil {
		header = append(header, "effect", "effect_se")
	}
	return csvDocument("sensitivity", header, func(yield func([]string)) {
		for t, at := range r.Time {
			for c, observable := range r.Observables {
				for k, parameter := range r.Parameters {
					record := []string{strconv.Itoa(t), exact(at), observable, parameter, exact(r.Mean[t][c])}
					for _, e := range []*jacobians{&r.Derivative, &r.Elasticity, r.Effect} {
						if e != nil {
							record = append(record, exact(e.Mean[t][c][k]), exact(e.SE[t][c][k]))
						}
					}
					yield(record)
				}
			}
		}
	})
}

// title says what was averaged where.
func (r *localResult) title() string {
	return fmt.Sprintf("Sensitivity of %s %s, by %s, %d runs, seed %d", r.subject.title, r.subject.where(r.At), r.Estimator, r.Runs, r.Seed)
}

// ranking returns the influences on an observable, the first in rank first.
func (r *localResult) ranking(c int) []influenceObject {
	list := slices.Clone(r.Influence[c*len(r.Parameters):][:len(r.Parameters)])
	slices.SortStableFunc(list, func(a, b influenceObject) int { return cmp.Compare(a.Rank.Value, b.Rank.Value) })
	return list
}

// rankingHeader heads the tables of ranks.
func (r *localResult) rankingHeader() []string {
	size := "effect of one prior sd"
	if r.Effect == nil {
		size = "effect of doubling"
	}
	return []string{"rank (90 %)", "parameter", size + " (90 %)", "derivative at peak", "elasticity at peak", "peak at", "half-life (90 %)"}
}

// rankingRow words one influence.
func (r *localResult) rankingRow(c int, x influenceObject) []string {
	k, t := slices.Index(r.Parameters, x.Parameter), slices.Index(r.Time, x.PeakTime)
	row := []string{ranks(x.Rank), x.Parameter, between(x.Importance),
		measured(r.Derivative.Mean[t][c][k], r.Derivative.SE[t][c][k]),
		measured(r.Elasticity.Mean[t][c][k], r.Elasticity.SE[t][c][k]), brief(x.PeakTime), between(x.HalfLife)}
	if !x.Clear {
		row[5], row[6] = "not beyond noise", ""
	}
	return row
}

// print shows the ranking for every observable and what it took.
func (r *localResult) print(w io.Writer) {
	fmt.Fprintf(w, "%s\n\n", r.title())
	for c, observable := range r.Observables {
		var header table.Row
		for _, h := range r.rankingHeader() {
			header = append(header, h)
		}
		t := newTable(header, 3, 4, 5, 6, 7)
		for _, x := range r.ranking(c) {
			var row table.Row
			for _, cell := range r.rankingRow(c, x) {
				row = append(row, cell)
			}
			t.AppendRow(row)
		}
		printTable(w, observable, t)
	}
	fmt.Fprintln(w, costLine(r.Cost))
	if r.NonFinite > 0 {
		fmt.Fprintf(w, "%d runs were left out since some derivative was not finite.\n", r.NonFinite)
	}
}

// costLine says what a result took and what another way would have.
func costLine(c sensitivity.Cost) string {
	return fmt.Sprintf("This took %s plain runs' worth of simulation; %s: %s.", counted(c.Runs), c.Alternative, counted(c.AlternativeRuns))
}

// ranks words a rank with its interval.
func ranks(x sensitivity.Index) string {
	if x.Low == x.High {
		return brief(x.Value)
	}
	return fmt.Sprintf("%g (%g–%g)", x.Value, x.Low, x.High)
}

// between words a value with its interval.
func between(x sensitivity.Index) string {
	switch {
	case math.IsNaN(x.Value):
		return "–"
	case math.IsInf(x.Value, 0) && x.Low == x.Value:
		return "longer than the run"
	case math.IsNaN(x.Low) || x.Low == x.High:
		return short(x.Value)
	}
	return fmt.Sprintf("%s (%s–%s)", short(x.Value), short(x.Low), short(x.High))
}

// short writes v with three significant digits.
func short(v float64) string {
	if math.IsInf(v, 0) {
		return "∞"
	}
	return strconv.FormatFloat(v, 'g', 3, 64)
}
