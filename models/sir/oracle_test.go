package sir_test

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/models/sir"
	"github.com/nudge-abm/nudge/rng"
)

// dual is a number with its nine derivatives, as plain as can be.
type dual struct {
	v float64
	d [9]float64
}

func constant(v float64) dual { return dual{v: v} }

// combined returns the number of value v with derivatives a·x′ + b·y′.
func combined(v, a float64, x dual, b float64, y dual) dual {
	z := dual{v: v}
	for k := range z.d {
		z.d[k] = a*x.d[k] + b*y.d[k]
	}
	return z
}

func plus(x, y dual) dual                   { return combined(x.v+y.v, 1, x, 1, y) }
func minus(x, y dual) dual                  { return combined(x.v-y.v, 1, x, -1, y) }
func times(x, y dual) dual                  { return combined(x.v*y.v, y.v, x, x.v, y) }
func over(x, y dual) dual                   { return combined(x.v/y.v, 1/y.v, x, -x.v/(y.v*y.v), y) }
func applied(v, slope float64, x dual) dual { return combined(v, slope, x, 0, x) }

// oracle is the epidemic once more, as literally as the package comment puts
// it: a dense matrix of contacts, every agent every step, straight-through draws.
type oracle struct {
	theta              [9]dual
	seed               rng.Seed
	weight             [][]float64
	dt, width          float64
	fractional, losing bool
}

func (o *oracle) draw(purpose, agent, step int, p dual) dual {
	u := o.seed.Uniform(rng.Key{Purpose: uint32(purpose), Agent: agent, Step: step})
	if u < p.v {
		return applied(1, 1, p)
	}
	return applied(0, 1, p)
}

func phi(x float64) float64 { return 0.5 * math.Erfc(-x/math.Sqrt2) }
func density(x float64) float64 {
	return math.Exp(-x*x/2) / math.Sqrt(2*math.Pi)
}

// clipped is the share of the step from t that is after the time at.
func (o *oracle) clipped(t float64, at dual) dual {
	share := (t + o.dt - at.v) / o.dt
	if share <= 0 || share > 1 {
		return constant(min(max(share, 0), 1))
	}
	return applied(share, -1/o.dt, at)
}

func (o *oracle) gate(t float64, start, end dual) dual {
	if o.fractional {
		return minus(o.clipped(t, start), o.clipped(t, end))
	}
	a, b := (t-start.v)/o.width, (end.v-t)/o.width
	hard := 0.0
	if start.v <= t && t < end.v {
		hard = 1
	}
	return combined(hard, -density(a)*phi(b)/o.width, start, phi(a)*density(b)/o.width, end)
}

// run returns the totals of S and I in each row.
func (o *oracle) run(rows int) (totalS, totalI []dual) {
	n := len(o.weight)
	s, x := make([]dual, n), make([]dual, n)
	for i := range n {
		x[i] = o.draw(0, i, 0, o.theta[2])
		s[i] = minus(constant(1), x[i])
	}
	for step := 1; ; step++ {
		sumS, sumX := dual{}, dual{}
		for i := range n {
			sumS, sumX = plus(sumS, s[i]), plus(sumX, x[i])
		}
		totalS, totalI = append(totalS, sumS), append(totalI, sumX)
		if step == rows {
			return totalS, totalI
		}
		s, x = o.step(step, s, x)
	}
}

func (o *oracle) step(step int, s, x []dual) (newS, newX []dual) {
	t := float64(step-1) * o.dt
	distancing := o.gate(t, o.theta[6], o.theta[7])
	quarantine := o.gate(t, o.theta[3], o.theta[4])
	beta := times(o.theta[0], minus(constant(1), times(distancing, minus(constant(1), o.theta[8]))))
	away := make([]dual, len(s))
	for j := range s {
		away[j] = times(x[j], o.draw(1, j, step, times(o.theta[5], quarantine)))
	}
	recovers := applied(1-math.Exp(-o.theta[1].v*o.dt), o.dt*math.Exp(-o.theta[1].v*o.dt), o.theta[1])
	newS, newX = make([]dual, len(s)), make([]dual, len(s))
	for i := range s {
		h := applied(0, 0, beta)
		if force, any := o.force(i, x, away); any {
			h = times(beta, force)
		}
		p := applied(1-math.Exp(-h.v*o.dt), o.dt*math.Exp(-h.v*o.dt), h)
		caught := times(s[i], o.draw(2, i, step, p))
		cured := times(x[i], o.draw(3, i, step, recovers))
		newS[i] = minus(s[i], caught)
		newX[i] = minus(plus(x[i], caught), cured)
	}
	return newS, newX
}

// force is Σ_j w_ij I_j (1−c_j) / n_i; any is false for an agent without
// contacts.
func (o *oracle) force(i int, x, away []dual) (force dual, any bool) {
	felt, present, degree := dual{}, dual{}, 0.0
	for j, w := range o.weight[i] {
		felt = plus(felt, times(constant(w), minus(x[j], away[j])))
		present = plus(present, times(constant(w), minus(constant(1), away[j])))
		degree += w
	}
	if degree == 0 {
		return dual{}, false
	}
	least := min(1, degree)
	switch {
	case o.losing:
		present = constant(degree)
	case present.v < least:
		present = constant(least)
	case present.v == least: // a tie: half of each
		present = applied(least, 0.5, present)
	}
	return over(felt, present), true
}

// oracleCases are networks as edge lists from,to,weight on eight agents, one of
// them without contacts.
var oracleCases = map[string]string{
	"sparse":   "from,to\n0,1\n1,2\n2,3\n3,4\n4,5\n5,0\n0,3\n1,6\n",
	"weighted": "from,to,weight\n0,1,2\n1,2,0.5\n2,3,1.5\n3,4,1\n5,6,0.4\n0,3,0.7\n",
}

// The straight-through Jacobian of all nine parameters, and the series, are
// those of the model written down naively, on every kind of network and for
// every way policies act.
func TestStraightThroughAgainstOracle(t *testing.T) {
	for name, csv := range oracleCases {
		path := edgeFile(t, csv)
		for _, gate := range []string{"hard", "fractional"} {
			for _, contacts := range []string{"replaced", "lost"} {
				t.Run(fmt.Sprint(name, gate, contacts), func(t *testing.T) {
					compareWithOracle(t, matrix(8, csv), "network="+path, "agents=8", "gate="+gate, "quarantined_contacts="+contacts)
				})
			}
		}
	}
	everybody := make([][]float64, 8)
	for i := range everybody {
		everybody[i] = []float64{1, 1, 1, 1, 1, 1, 1, 1}
		everybody[i][i] = 0
	}
	t.Run("complete", func(t *testing.T) {
		compareWithOracle(t, everybody, "network=complete", "agents=8")
	})
}

func compareWithOracle(t *testing.T, weight [][]float64, assignments ...string) {
	s := setup(t, append([]string{
		"steps=13", "dt=0.5", "transmission=1.1", "recovery=0.3", "initial=0.3",
		"quarantine_start=1.2", "quarantine_end=3.6", "quarantine_compliance=0.6",
		"distancing_start=2.1", "distancing_end=4.7", "distancing_factor=0.4", "gate_width=0.7",
	}, assignments...)...)
	p, err := gradient.NewProblem(s, 11)
	if err != nil {
		t.Fatal(err)
	}
	sampler, err := gradient.StraightThrough{}.Sampler(p)
	if err != nil {
		t.Fatal(err)
	}
	defer sampler.Close()
	o := &oracle{weight: weight, dt: 0.5, width: 0.7,
		fractional: s.Text("gate") == "fractional", losing: s.Text("quarantined_contacts") == "lost"}
	for k, v := range s.Theta() {
		o.theta[k].v, o.theta[k].d[k] = v, 1
	}
	for run := range uint64(40) {
		var got gradient.Sample
		if err := sampler.Sample(run, &got); err != nil {
			t.Fatal(err)
		}
		o.seed = rng.Seed{Master: 11, Run: run}
		totalS, totalI := o.run(13)
		for row := range totalS {
			compareRow(t, &got, row, 2, totalS[row])
			compareRow(t, &got, row, 3, totalI[row])
		}
		if t.Failed() {
			t.Fatalf("run %d", run)
		}
	}
}

func compareRow(t *testing.T, got *gradient.Sample, row, observable int, want dual) {
	t.Helper()
	at := row*len(sir.Model.Observables) + observable
	if d := got.Series[at]*8 - want.v; math.Abs(d) > 1e-9 {
		t.Errorf("row %d, %s: %g, want %g", row, sir.Model.Observables[observable].Name, got.Series[at]*8, want.v)
	}
	for k := range want.d {
		g := got.Jacobian[at*9+k] * 8
		if math.Abs(g-want.d[k]) > 1e-9*(1+math.Abs(want.d[k])) {
			t.Errorf("row %d, d %s / d %s: %g, want %g", row, sir.Model.Observables[observable].Name,
				sir.Model.Parameters[k].Name, g, want.d[k])
		}
	}
}

// edgeFile writes an edge list and returns its path.
func edgeFile(tb testing.TB, csv string) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "edges.csv")
	if err := os.WriteFile(path, []byte(csv), 0o600); err != nil {
		tb.Fatal(err)
	}
	return path
}

// matrix returns the weights of an edge list as a matrix.
func matrix(n int, csv string) [][]float64 {
	m := make([][]float64, n)
	for i := range m {
		m[i] = make([]float64, n)
	}
	for _, line := range strings.Fields(csv)[1:] {
		i, j, w := 0, 0, 1.0
		fmt.Sscanf(line, "%d,%d,%g", &i, &j, &w)
		m[i][j], m[j][i] = w, w
	}
	return m
}
