package policy

import (
	"context"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// Around is how the objective changes near a policy.
type Around struct {
	Gradient  []float64   `json:"gradient"` // per unit of each parameter
	SE        []float64   `json:"se"`
	Curvature [][]float64 `json:"curvature"` // second derivatives, per range of each parameter
	// Directions of the curvature, from the stiffest to the sloppiest: shares of
	// each parameter's range, with the second derivative along them.
	Directions []Direction `json:"directions"`
	// Tolerance is by how much each parameter alone may move before the
	// objective rises by one per cent, by the curvature; infinite where it
	// does not rise.
	Tolerance []float64 `json:"tolerance"`
	Profiles  []Profile `json:"profiles"`
	Runs      int       `json:"runs"` // simulations made
}

// Direction is an eigenvector of the curvature.
type Direction struct {
	Curvature float64   `json:"curvature"`
	Shares    []float64 `json:"shares"`
}

// Profile is the objective along one parameter, the others held.
type Profile struct {
	Parameter string    `json:"parameter"`
	Value     []float64 `json:"value"`
	Change    []float64 `json:"change"` // of the objective from the policy's, on the same runs
	SE        []float64 `json:"se"`
}

// reach is how far from the policy gradients are compared, as a share of each
// parameter's range.
const reach = 0.05

// Look measures the objective around a policy: gradients there and on both sides
// by the problem's estimator, and plain runs at evenly spaced values of each
// parameter. All take the same runs. tell may be nil.
func (p *Problem) Look(ctx context.Context, theta []float64, runs, points int, tell func(done, total int)) (*Around, error) {
	all, err := p.evaluators()
	if err != nil {
		return nil, err
	}
	defer closeAll(all)
	a := new(Around)
	if err := p.bend(ctx, all, a, theta, runs); err != nil {
		return nil, err
	}
	return a, p.profile(ctx, all, a, theta, runs, points, tell)
}

// bend fills gradient and curvature.
func (p *Problem) bend(ctx context.Context, all []*evaluator, a *Around, theta []float64, runs int) error {
	n := len(theta)
	policies, apart := [][]float64{theta}, make([]float64, n)
	for k := range n {
		low, high := p.beside(theta, k, -reach), p.beside(theta, k, reach)
		policies, apart[k] = append(policies, low, high), high[k]-low[k]
	}
	samples := make([][][]float64, len(policies)) // policy, parameter, run
	for i := range samples {
		samples[i] = make([][]float64, n)
	}
	loss := 0.0
	err := each(ctx, all, policies, nearby, runs, (*evaluator).differentiate, func(i, _ int, x slope) {
		for k, g := range x.gradient {
			samples[i][k] = append(samples[i][k], g)
		}
		if i == 0 {
			loss += x.loss / float64(runs)
		}
		a.Runs += int(math.Ceil(x.runs))
	})
	if err != nil {
		return err
	}
	mean := func(i, k int) float64 { m, _ := meanError(samples[i][k]); return m }
	for k := range n {
		m, se := meanError(samples[0][k])
		a.Gradient, a.SE = append(a.Gradient, m), append(a.SE, se)
	}
	h := mat.NewSymDense(n, nil)
	for j := range n {
		for k := range j + 1 {
			across := func(j, k int) float64 { return (mean(2+2*j, k) - mean(1+2*j, k)) / apart[j] }
			h.SetSym(j, k, (across(j, k)+across(k, j))/2*p.width(j)*p.width(k))
		}
	}
	a.describe(p, h, loss)
	return nil
}

// describe fills what follows from the curvature.
func (a *Around) describe(p *Problem, h *mat.SymDense, loss float64) {
	n := h.SymmetricDim()
	var eigen mat.EigenSym
	if norm := mat.Norm(h, 1); norm-norm != 0 || !eigen.Factorize(h, true) {
		return // some gradient was not finite
	}
	var vectors mat.Dense
	eigen.VectorsTo(&vectors)
	for k := range n {
		a.Curvature = append(a.Curvature, mat.Row(nil, k, h))
		a.Tolerance = append(a.Tolerance, math.Inf(1))
		if c := h.At(k, k); c > 0 {
			a.Tolerance[k] = p.width(k) * math.Sqrt(2*0.01*math.Abs(loss)/c)
		}
	}
	for k := range slices.Backward(eigen.Values(nil)) {
		a.Directions = append(a.Directions, Direction{eigen.Values(nil)[k], mat.Col(nil, k, &vectors)})
	}
}

// profile fills the profiles.
func (p *Problem) profile(ctx context.Context, all []*evaluator, a *Around, theta []float64, runs, points int, tell func(done, total int)) error {
	policies := [][]float64{theta}
	for _, name := range p.Choices.Names() {
		policies = append(policies, p.lattice(Grid{Names: []string{name}, Points: points}, theta)...)
	}
	found, err := p.assess(ctx, all, policies, nearby, runs, tell)
	if err != nil {
		return err
	}
	a.Runs += len(policies) * runs
	i := 1
	for k, name := range p.Choices.Names() {
		x := Profile{Parameter: name}
		for range p.Policies(Grid{Names: []string{name}, Points: points}, theta) {
			change, se := Difference(found[i], found[0])
			x.Value, x.Change, x.SE = append(x.Value, found[i].Theta[k]), append(x.Change, change), append(x.SE, se)
			i++
		}
		a.Profiles = append(a.Profiles, x)
	}
	return nil
}

func (p *Problem) width(k int) float64 { low, high := p.Range(k); return high - low }

// beside returns the policy with parameter k moved by a share of its range, or as
// far as bounds and order let it.
func (p *Problem) beside(theta []float64, k int, share float64) []float64 {
	low, high := p.Range(k)
	for ; ; share /= 2 {
		other := slices.Clone(theta)
		other[k] = math.Min(math.Max(theta[k]+share*(high-low), low), high)
		if p.allowed(other) {
			return other
		}
	}
}
