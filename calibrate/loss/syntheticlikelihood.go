package loss

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"

	"github.com/nudge-abm/nudge/rng"
)

// SyntheticLikelihoodOptions are the settings of [NewSyntheticLikelihood].
type SyntheticLikelihoodOptions struct {
	// Summaries are taken of every column; the default is to take the observed
	// cells themselves, d of them.
	Summaries []Summary
	// Shrinkage s, from 0 to 1, shrinks the correlations to (1−s) of what they
	// are among the runs (Warton 2008). At 0, the default, there must be more
	// runs than summaries; at 1 the summaries are independent.
	Shrinkage float64
	// SD holds one standard deviation a column of independent errors of
	// observation, which are added to the runs' own scatter. Default none; then
	// runs may not agree in any cell. It goes with observed cells only.
	SD []float64
	// Unbiased takes the unbiased estimate of the normal density (Ghurye and
	// Olkin 1969) in place of the density at the estimated mean and covariance
	// (Price, Drovandi, Lee and Nott 2018). It is for Shrinkage 0 without SD,
	// and can be zero, which makes the loss infinite.
	Unbiased bool
}

// NewSyntheticLikelihood returns −log of the normal density of the data, or of
// summaries of them, with the mean μ and covariance Σ of the n runs (Wood 2010),
//
//	½·(d·log 2π + log det Σ + (y−μ)ᵀΣ⁻¹(y−μ)).
//
// It is a likelihood as far as luck makes the summaries normal, and estimated
// from few runs it is a noisy one; see [Ensemble] for how few. It returns an
// error if the settings or the data make no sense.
func NewSyntheticLikelihood(data Data, o SyntheticLikelihoodOptions) (Loss, error) {
	if err := data.check(); err != nil {
		return nil, err
	}
	if !(o.Shrinkage >= 0 && o.Shrinkage <= 1) {
		return nil, fmt.Errorf("shrinkage must lie between 0 and 1, is %v", o.Shrinkage)
	}
	if o.Unbiased && (o.Shrinkage > 0 || o.SD != nil) {
		return nil, fmt.Errorf("the unbiased synthetic likelihood takes the covariance as it is: leave out shrinkage and sd")
	}
	summaries, err := newSummariser(data, slices.Clone(o.Summaries))
	if err != nil {
		return nil, err
	}
	s := &synthetic{data: data, o: o, summaries: summaries, noise: make([]float64, summaries.size())}
	s.target = summaries.of(data.Values)
	if err := s.addNoise(o.SD); err != nil {
		return nil, err
	}
	return s, nil
}

type synthetic struct {
	data      Data
	o         SyntheticLikelihoodOptions
	summaries *summariser
	target    []float64 // summaries of the data
	noise     []float64 // variance of the errors of observation
}

// addNoise notes the errors of observation.
func (s *synthetic) addNoise(sd []float64) error {
	if sd == nil {
		return nil
	}
	if len(s.o.Summaries) > 0 {
		return fmt.Errorf("sd is the error of observed cells: leave it out where summaries are compared")
	}
	if err := s.data.checkPositive("sd", sd); err != nil {
		return err
	}
	for k, i := range s.data.observed() {
		v := sd[i%s.data.Columns]
		s.noise[k] = v * v
	}
	return nil
}

// Nuisance implements [Loss].
func (s *synthetic) Nuisance() []string { return nil }

func (s *synthetic) String() string {
	what := fmt.Sprintf("%d observed cells", len(s.target))
	if len(s.o.Summaries) > 0 {
		what = fmt.Sprintf("summaries %v", s.o.Summaries)
	}
	if s.o.Unbiased {
		return fmt.Sprintf("Gaussian synthetic likelihood (%s, unbiased)", what)
	}
	return fmt.Sprintf("Gaussian synthetic likelihood (%s, shrinkage %v, sd %.4g)", what, s.o.Shrinkage, s.o.SD)
}

// LeastRuns implements [Ensemble]: more than there are summaries, by three more
// if unbiased, or two where shrinkage or errors make the covariance regular.
func (s *synthetic) LeastRuns() int {
	switch {
	case s.o.Unbiased:
		return len(s.target) + 4
	case s.o.Shrinkage > 0 || s.o.SD != nil:
		return 2
	}
	return len(s.target) + 1
}

// Value implements [Loss].
func (s *synthetic) Value(runs, adjoint [][]float64, nuisance, nuisanceAdjoint []float64) float64 {
	checkShapes(len(s.data.Values), 0, runs, adjoint, nuisance, nuisanceAdjoint)
	if len(runs) < s.LeastRuns() {
		panic(fmt.Sprintf("loss: the synthetic likelihood needs at least %d runs, has %d", s.LeastRuns(), len(runs)))
	}
	for _, a := range adjoint {
		clear(a)
	}
	mean, deviations := s.moments(runs)
	sigma := newPrecision(deviations, s.o.Shrinkage, s.noise)
	if sigma == nil {
		return math.Inf(1)
	}
	residual := floats.SubTo(mean, s.target, mean)
	v := sigma.times(residual)
	value, a, b := s.density(sigma.logDet, floats.Dot(residual, v), len(runs))
	if adjoint != nil {
		s.push(runs, adjoint, deviations, sigma, v, a, b)
	}
	return value
}

// moments returns the mean of the runs' summaries and the deviations from it.
func (s *synthetic) moments(runs [][]float64) (mean []float64, deviations [][]float64) {
	mean = make([]float64, len(s.target))
	for _, run := range runs {
		x := s.summaries.of(run)
		floats.AddScaled(mean, 1/float64(len(runs)), x)
		deviations = append(deviations, x)
	}
	for _, x := range deviations {
		floats.Sub(x, mean)
	}
	return mean, deviations
}

// density returns the loss and its derivatives by log det Σ and by the squared
// distance q of the data from the mean.
func (s *synthetic) density(logDet, q float64, runs int) (value, byLogDet, byQ float64) {
	n, d := float64(runs), float64(len(s.target))
	value = 0.5 * (d*math.Log(2*math.Pi) + logDet)
	if !s.o.Unbiased {
		return value + 0.5*q, 0.5, 0.5
	}
	inside := 1 - q*n/((n-1)*(n-1))
	if !(inside > 0) {
		return math.Inf(1), 0, 0
	}
	power := 0.5 * (n - d - 3)
	value += logWishart(d, n-1) - logWishart(d, n-2) + 0.5*d*math.Log((n-1)/n*(n-1)) - power*math.Log(inside)
	return value, 0.5, power * n / ((n - 1) * (n - 1) * inside)
}

// logWishart returns the logarithm of the constant of a Wishart density of
// dimension d with nu degrees of freedom, as Ghurye and Olkin write it, less
// what cancels in ratios.
func logWishart(d, nu float64) float64 {
	sum := -0.5 * d * nu * math.Ln2
	for i := range int(d) {
		l, _ := math.Lgamma(0.5 * (nu - float64(i)))
		sum -= l
	}
	return sum
}

// push adds the adjoints of the runs: with G = a·Σ⁻¹ − b·vvᵀ, v = Σ⁻¹(y−μ), and
// W the weights 1 on the diagonal and 1−s off it, run i has the adjoint
// 2/(n−1)·(W∘G)(x_i−μ) − 2b/n·v.
func (s *synthetic) push(runs, adjoint, deviations [][]float64, sigma *precision, v []float64, a, b float64) {
	n, keep := float64(len(runs)), 1-s.o.Shrinkage
	diagonal := sigma.diagonal()
	for i, u := range deviations {
		g := sigma.times(u)
		along := floats.Dot(v, u)
		for j := range g {
			off := a*g[j] - b*v[j]*along
			on := (a*diagonal[j] - b*v[j]*v[j]) * u[j]
			g[j] = 2/(n-1)*(keep*off+(1-keep)*on) - 2*b/n*v[j]
		}
		s.summaries.push(adjoint[i], runs[i], g)
	}
}

// Observe implements [Observer]: it adds the errors of observation, if any.
func (s *synthetic) Observe(run, _ []float64, luck *rng.Stream) {
	if s.o.SD == nil {
		return
	}
	for i := range run {
		run[i] += s.o.SD[i%s.data.Columns] * luck.Normal()
	}
}

// ObservesMean implements [Observer].
func (s *synthetic) ObservesMean() bool { return false }
