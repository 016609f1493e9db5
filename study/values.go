package study

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/report"
)

// Probability is how probable a value of a discrete parameter is.
type Probability struct {
	Value     string  `json:"value"`
	Posterior float64 `json:"posterior"`
	Prior     float64 `json:"prior"`
}

// mostValues is the greatest number of values that a summary lists.
const mostValues = 10

// Probabilities returns the values of a discrete parameter that posterior draws
// hold, the most probable first, at most ten of them; nil for any other.
func (p Parameter) Probabilities(draws []float64) []Probability {
	if p.Law == nil {
		return nil
	}
	var all []Probability
	mass := p.Law.Probabilities()
	for i, n := range p.count(draws) {
		if n > 0 {
			all = append(all, Probability{p.Law.Label(p.Law.Values()[i]), n / float64(len(draws)), mass[i]})
		}
	}
	slices.SortStableFunc(all, func(a, b Probability) int { return cmp.Compare(b.Posterior, a.Posterior) })
	return all[:min(len(all), mostValues)]
}

// count returns how many draws have each value.
func (p Parameter) count(draws []float64) []float64 {
	values := p.Law.Values()
	n := make([]float64, len(values))
	for _, v := range draws {
		if i, ok := slices.BinarySearch(values, v); ok {
			n[i]++
		}
	}
	return n
}

// mode returns the value that most draws have.
func (p Parameter) mode(draws []float64) float64 {
	n := p.count(draws)
	return p.Law.Values()[slices.Index(n, slices.Max(n))]
}

// changed is the total variation distance between a discrete parameter's posterior
// draws and its prior.
func (p Parameter) changed(draws []float64) (distance float64) {
	mass := p.Law.Probabilities()
	for i, n := range p.count(draws) {
		distance += math.Abs(n/float64(len(draws))-mass[i]) / 2
	}
	return distance
}

// InWords returns probabilities in words: "3 (61 %), 2 (30 %)".
func InWords(all []Probability) string {
	var words []string
	for _, x := range all {
		if x.Posterior >= 0.005 {
			words = append(words, fmt.Sprintf("%s (%.0f %%)", x.Value, 100*x.Posterior))
		}
	}
	return strings.Join(words, ", ")
}

// Parse reads a value of the parameter: a number, or the word of a choice.
func (p Parameter) Parse(written string) (float64, error) {
	if p.Law != nil {
		if i := slices.Index(p.Law.Words(), written); i >= 0 {
			return float64(i), nil
		}
	}
	if p.Law == nil || p.Law.Words() == nil {
		return abm.ParseNumber(written)
	}
	return 0, fmt.Errorf("must be one of %s, not %q", strings.Join(p.Law.Words(), ", "), written)
}

// Values returns the probabilities of the values of each discrete parameter, nil if
// there is none.
func (r *Result) Values() map[string][]Probability {
	var all map[string][]Probability
	for k, p := range r.Calibration.Parameters {
		if x := p.Probabilities(r.Posterior.Column(k)); x != nil {
			if all == nil {
				all = map[string][]Probability{}
			}
			all[p.Name] = x
		}
	}
	return all
}

// valuesTable lists the values of discrete parameters.
func (r *Result) valuesTable() []report.Block {
	t := report.Table{Header: []string{"", "Value", "Posterior", "Prior"}, Align: "llrr"}
	for k, p := range r.Calibration.Parameters {
		for _, x := range p.Probabilities(r.Posterior.Column(k)) {
			t.Rows = append(t.Rows, []string{p.Name, x.Value, fmt.Sprintf("%.1f %%", 100*x.Posterior), fmt.Sprintf("%.1f %%", 100*x.Prior)})
		}
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return []report.Block{t}
}

// drawn returns what the figures show of a discrete parameter: whole numbers where
// they are, other values side by side under their names.
func (p Parameter) drawn(x report.Parameter) report.Parameter {
	values, mass := p.Law.Values(), p.Law.Probabilities()
	gap := slices.IndexFunc(values, func(v float64) bool { return v != values[0]+float64(slices.Index(values, v)) })
	if gap < 0 && p.Law.Words() == nil {
		for i, v := range values {
			x.Values = append(x.Values, report.Value{At: v, Prior: mass[i]})
		}
		return x
	}
	for i, v := range values {
		x.Values = append(x.Values, report.Value{At: float64(i), Label: p.Law.Label(v), Prior: mass[i]})
	}
	x.Posterior, x.Prior = p.places(x.Posterior), p.places(x.Prior)
	if x.Truth != nil {
		x.Truth = &p.places([]float64{*x.Truth})[0]
	}
	return x
}

// places returns the places of draws among the values.
func (p Parameter) places(draws []float64) []float64 {
	at := make([]float64, len(draws))
	for s, v := range draws {
		i, _ := slices.BinarySearch(p.Law.Values(), v)
		at[s] = float64(i)
	}
	return at
}
