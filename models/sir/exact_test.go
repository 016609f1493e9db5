package sir_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/models/sir"
	"github.com/nudge-abm/nudge/rng"
)

// law is the epidemic on a handful of agents, whose expectations are found by
// summing over all that can happen. Policies act by the share of the unit step
// that they cover, and contacts with quarantined neighbours are lost.
type law struct {
	neighbours             [][]int
	beta, gamma, i0        float64
	quarantine, distancing [2]float64
	compliance, factor     float64
	isolates, beats, cures float64 // of the step: P(quarantine), β_t, P(recovery)
}

// chances maps states, one letter S, I or R an agent, to probabilities.
type chances map[string]float64

// everInfected returns E[agents infected by row t] for t = 0 … steps.
func (l *law) everInfected(steps int) []float64 {
	now := chances{"": 1}
	for range l.neighbours {
		now = now.extended(func(string) map[byte]float64 { return map[byte]float64{'S': 1 - l.i0, 'I': l.i0} })
	}
	means := []float64{now.mean()}
	for t := range steps {
		l.isolates = l.compliance * covered(float64(t), l.quarantine)
		l.beats = l.beta * (1 - covered(float64(t), l.distancing)*(1-l.factor))
		l.cures = 1 - math.Exp(-l.gamma)
		next := chances{}
		for state, p := range now {
			for after, q := range l.step(state) {
				next[after] += p * q
			}
		}
		now = next
		means = append(means, now.mean())
	}
	return means
}

// covered is the share of the step from t to t+1 that lies within the policy.
func covered(t float64, policy [2]float64) float64 {
	return max(0, min(t+1, policy[1])-max(t, policy[0]))
}

// extended appends to each state what the next agent may be.
func (c chances) extended(next func(state string) map[byte]float64) chances {
	more := chances{}
	for state, p := range c {
		for letter, q := range next(state) {
			more[state+string(letter)] += p * q
		}
	}
	return more
}

func (c chances) mean() float64 {
	mean := 0.0
	for state, p := range c {
		for _, letter := range state {
			if letter != 'S' {
				mean += p
			}
		}
	}
	return mean
}

// step returns what a state may become: first the infected agents in quarantine
// turn to Q, then every agent moves on.
func (l *law) step(state string) chances {
	isolated := chances{"": 1}
	for range state {
		isolated = isolated.extended(func(so string) map[byte]float64 {
			letter := state[len(so)]
			if letter == 'I' {
				return map[byte]float64{'Q': l.isolates, 'I': 1 - l.isolates}
			}
			return map[byte]float64{letter: 1}
		})
	}
	all := chances{}
	for shown, p := range isolated {
		after := chances{"": 1}
		for range state {
			after = after.extended(func(so string) map[byte]float64 { return l.next(shown, len(so)) })
		}
		for s, q := range after {
			all[s] += p * q
		}
	}
	return all
}

// next returns what agent i may become.
func (l *law) next(shown string, i int) map[byte]float64 {
	switch shown[i] {
	case 'S':
		felt := 0.0
		for _, j := range l.neighbours[i] {
			if shown[j] == 'I' {
				felt++
			}
		}
		p := 1 - math.Exp(-l.beats*felt/float64(len(l.neighbours[i])))
		return map[byte]float64{'S': 1 - p, 'I': p}
	case 'R':
		return map[byte]float64{'R': 1}
	}
	return map[byte]float64{'I': 1 - l.cures, 'R': l.cures}
}

// small are networks on up to four agents, as edge lists.
var small = map[string]string{
	"pair": "from,to\n0,1\n",
	"path": "from,to\n0,1\n1,2\n2,3\n",
	"paw":  "from,to\n0,1\n0,2\n1,2\n2,3\n",
}

func lawOn(network string) *law {
	l := &law{beta: 0.8, gamma: 0.3, i0: 0.25, factor: 1}
	for i, row := range matrix(4, small[network]) {
		l.neighbours = append(l.neighbours, nil)
		for j, w := range row {
			if w > 0 {
				l.neighbours[i] = append(l.neighbours[i], j)
			}
		}
	}
	if network == "pair" {
		l.neighbours = l.neighbours[:2]
	}
	return l
}

// policied is lawOn with both policies.
func policied(network string) *law {
	l := lawOn(network)
	l.quarantine, l.distancing, l.compliance, l.factor = [2]float64{1.5, 4.25}, [2]float64{2.5, 5.5}, 0.6, 0.4
	return l
}

// The enumeration itself gives the known expectations.
func TestEnumeration(t *testing.T) {
	for _, test := range []struct {
		name string
		l    *law
		t    int
		want float64
	}{
		{"pair", lawOn("pair"), 3, .798121096382},
		{"pair", lawOn("pair"), 10, .809532662251},
		{"path", lawOn("path"), 3, 1.856388549891},
		{"path", lawOn("path"), 5, 2.009180544214},
		{"path", lawOn("path"), 10, 2.083885321773},
		{"paw", lawOn("paw"), 5, 2.112736155818},
		{"path with policies", policied("path"), 6, 1.773761576686},
		{"path with policies", policied("path"), 3, 1.674894673653},
		{"paw with policies", policied("paw"), 6, 1.853281011322},
	} {
		if got := test.l.everInfected(test.t)[test.t]; math.Abs(got-test.want) > 1e-11 {
			t.Errorf("%s at %d: %.12f, want %.12f", test.name, test.t, got, test.want)
		}
	}
}

var (
	withoutPolicies = []string{"quarantine_compliance=0", "distancing_factor=1"}
	withPolicies    = []string{"gate=fractional", "quarantined_contacts=lost", "quarantine_start=1.5", "quarantine_end=4.25",
		"quarantine_compliance=0.6", "distancing_start=2.5", "distancing_end=5.5", "distancing_factor=0.4"}
)

// The simulated mean of the agents ever infected is the exact one at every row.
func TestExactExpectations(t *testing.T) {
	for _, network := range []string{"pair", "path", "paw"} {
		t.Run(network, func(t *testing.T) { compareMean(t, network, lawOn(network), withoutPolicies) })
		t.Run(network+" with policies", func(t *testing.T) { compareMean(t, network, policied(network), withPolicies) })
	}
}

func compareMean(t *testing.T, network string, l *law, policies []string) {
	const rows, runs = 11, 40000
	s := setup(t, append([]string{
		"transmission=0.8", "recovery=0.3", "initial=0.25", "units=counts", "network=" + edgeFile(t, small[network]),
		fmt.Sprintf("agents=%d", len(l.neighbours)), fmt.Sprintf("steps=%d", rows)}, policies...)...)
	sums, squares := make([]float64, rows), make([]float64, rows)
	w := abm.NewWorld(s, nil, nil)
	var series []float64
	for run := range uint64(runs) {
		if err := w.Run(s.Theta(), rng.Seed{Master: 17, Run: run}); err != nil {
			t.Fatal(err)
		}
		series = w.Series(series)
		ever := 0.0
		for row := range rows {
			ever += series[row*len(sir.Model.Observables)]
			sums[row] += ever
			squares[row] += ever * ever
		}
	}
	for row, want := range l.everInfected(rows - 1) {
		mean := sums[row] / runs
		se := math.Sqrt((squares[row]/runs - mean*mean) / runs)
		if z := (mean - want) / se; math.Abs(z) > 4 {
			t.Errorf("row %d: mean %.4f ± %.4f, exactly %.4f", row, mean, se, want)
		}
	}
}
