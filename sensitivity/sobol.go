package sensitivity

import (
	"context"
	"math"
	"slices"
)

// SobolOptions are the options of [Sobol]. A row of the design has P+2 points,
// twice P+1 with second-order indices, so N points cost N·(P+2) runs a replicate.
type SobolOptions struct {
	Options
	SecondOrder bool
}

// SobolIndices are the shares of the variance of the mean outcome that factors
// explain, one list a factor with one entry an output. First: alone; Total: alone
// and with others; Second[i][j] for i < j: the two together beyond what each does
// alone.
type SobolIndices struct {
	Factors  []string
	Points   int
	Mean     []float64 // of each output
	Variance []Index   // of the mean over luck, due to the factors
	Luck     []Index   // share of luck in the variance of a single run
	First    [][]Index
	Total    [][]Index
	Second   [][][]Index // nil unless asked for
	Left     int         // rows left out because some output was not finite
	Warnings []string
	Cost     Cost
}

// Sobol estimates Sobol' indices by Saltelli's design on scrambled Sobol'
// sequences: points A and B, and for each factor A with that factor's values of B.
// First-order indices are estimated as in Saltelli et al. (2010), equation b of
// table 2, from centred outputs, total indices as in Jansen (1999), second-order
// indices from B with the factor's values of A as in Saltelli (2002).
//
// Indices are those of the mean over luck: the variance that luck adds to means
// of replicates and to squared differences is estimated at each point and
// subtracted. So noise may make an index negative; the interval says how far that
// is noise. An output that the factors do not move has indices NaN.
func Sobol(ctx context.Context, f Function, o SobolOptions) (*SobolIndices, error) {
	var err error
	if o.Options, err = o.complete(f); err != nil {
		return nil, err
	}
	level, err := middle(f)
	if err != nil {
		return nil, err
	}
	s := &sobol{Function: f, o: o, level: level, factors: len(f.Space())}
	defer s.close()
	sums, err := gather(ctx, o.Points, 1+f.Outputs()*s.statistics(), o.Options, s.start)
	if err != nil {
		return nil, err
	}
	return s.result(sums), nil
}

// sobol is a design under way.
type sobol struct {
	Function
	o       SobolOptions
	level   []float64
	factors int
	workers []Worker
}

func (s *sobol) close() {
	for _, w := range s.workers {
		w.Close()
	}
}

// statistics returns the number of sums an output takes: those of its level, for
// each factor those of its indices, and those of pairs.
func (s *sobol) statistics() int {
	n := levelSums + factorSums*s.factors
	if s.o.SecondOrder {
		n += s.factors + s.factors*(s.factors-1)/2
	}
	return n
}

// The sums of an output.
const (
	sumA = iota
	sumB
	sumAA
	sumBB
	sumAB
	sumLuck // sample variances of single runs, averaged over all points
	levelSums
)

// The sums of an output and a factor; C is A with the factor's values of B.
const (
	sumBD    = iota // B·(C − A)
	sumD            // C − A
	sumDD           // (C − A)²
	sumDLuck        // sample variances at A and C
	sumC            // C
	factorSums
)

// start returns the rows of one worker.
func (s *sobol) start(int) (row, error) {
	points := s.factors + 2
	if s.o.SecondOrder {
		points += s.factors
	}
	runs, err := newReplicates(s, s.o.Replicates, points)
	if err != nil {
		return nil, err
	}
	s.workers = append(s.workers, runs.worker)
	w := &sobolWorker{sobol: s, runs: runs, design: newDesign(2*s.Space().Dim(), s.o.Options)}
	w.x = make([]float64, len(s.Space().Names()))
	for range points {
		w.mean = append(w.mean, make([]float64, s.Outputs()))
		w.variance = append(w.variance, make([]float64, s.Outputs()))
	}
	return w.row, nil
}

// sobolWorker makes rows of the design.
type sobolWorker struct {
	*sobol
	runs           *replicates
	design         *design
	x              []float64
	mean, variance [][]float64 // point × outputs: A, B, the Cs, then B with values of A
}

func (w *sobolWorker) row(i int, statistics []float64) error {
	u := w.design.at(i)
	a, b := u[:len(u)/2], u[len(u)/2:]
	if err := w.point(i, 0, a); err != nil {
		return err
	}
	if err := w.point(i, 1, b); err != nil {
		return err
	}
	at := 0
	for k, f := range w.Space() {
		if err := w.point(i, 2+k, replaced(a, b, at, f.Dim)); err != nil {
			return err
		}
		if w.o.SecondOrder {
			if err := w.point(i, 2+w.factors+k, replaced(b, a, at, f.Dim)); err != nil {
				return err
			}
		}
		at += f.Dim
	}
	statistics[0] = 1
	for k := range w.level {
		w.sum(statistics[1+k*w.statistics():][:w.statistics()], k)
	}
	return nil
}

// point runs one point of a row.
func (w *sobolWorker) point(row, point int, u []float64) error {
	w.Space().Draw(w.x, u)
	return w.runs.run(w.mean[point], w.variance[point], w.x, w.level, row, point)
}

// replaced returns u with n numbers from at on taken from v.
func replaced(u, v []float64, at, n int) []float64 {
	w := slices.Clone(u)
	copy(w[at:at+n], v[at:at+n])
	return w
}

// sum writes the sums of output k.
func (w *sobolWorker) sum(s []float64, k int) {
	a, b := w.mean[0][k], w.mean[1][k]
	s[sumA], s[sumB], s[sumAA], s[sumBB], s[sumAB] = a, b, a*a, b*b, a*b
	for _, v := range w.variance {
		s[sumLuck] += v[k] / float64(len(w.variance))
	}
	for i := range w.factors {
		c, f := w.mean[2+i][k], s[levelSums+i*factorSums:]
		f[sumBD], f[sumD], f[sumDD], f[sumC] = b*(c-a), c-a, (c-a)*(c-a), c
		f[sumDLuck] = w.variance[0][k] + w.variance[2+i][k]
	}
	if !w.o.SecondOrder {
		return
	}
	s = s[levelSums+w.factors*factorSums:]
	swapped := w.mean[2+w.factors:]
	for i := range w.factors {
		s[i] = swapped[i][k]
	}
	s = s[w.factors:]
	for i := range w.factors {
		for j := range i {
			s[pair(j, i)] = swapped[j][k] * w.mean[2+i][k]
		}
	}
}

// pair returns the place of the pair i < j in a list of all pairs.
func pair(i, j int) int { return j*(j-1)/2 + i }

// estimates are the places of an output's estimates in a list.
const (
	atVariance = iota
	atLuck
	atMean
	atFirst // then the total indices, then the second-order ones
)

// estimate returns the estimates of an output from its sums over n points.
func (s *sobol) estimate(dst, sums []float64, n float64) {
	r := float64(s.o.Replicates)
	mean := (sums[sumA] + sums[sumB]) / (2 * n)
	luck := sums[sumLuck] / n
	raw := (sums[sumAA]+sums[sumBB])/(2*n) - mean*mean
	variance := raw - luck/r
	dst[atVariance], dst[atLuck], dst[atMean] = variance, luck/(luck+max(0, variance)), mean
	if !(variance > negligible*raw) {
		variance = math.NaN()
	}
	first, total := dst[atFirst:], dst[atFirst+s.factors:]
	for i := range s.factors {
		f := sums[levelSums+i*factorSums:]
		first[i] = (f[sumBD] - mean*f[sumD]) / n / variance
		total[i] = (f[sumDD] - f[sumDLuck]/r) / (2 * n) / variance
	}
	if s.o.SecondOrder {
		s.secondOrder(total[s.factors:], first, sums, n, mean, variance)
	}
}

// negligible is the share of its raw variance that an output must keep once the
// variance of luck is taken out, to be said to vary.
const negligible = 1e-9

// secondOrder writes the indices of all pairs.
func (s *sobol) secondOrder(dst, first, sums []float64, n, mean, variance float64) {
	swapped := sums[levelSums+s.factors*factorSums:]
	products := swapped[s.factors:]
	centred := func(product, x, y float64) float64 { return product/n - mean*(x+y)/n + mean*mean }
	chance := centred(sums[sumAB], sums[sumA], sums[sumB])
	for j := range s.factors {
		c := sums[levelSums+j*factorSums+sumC]
		for i := range j {
			closed := (centred(products[pair(i, j)], swapped[i], c) - chance) / variance
			dst[pair(i, j)] = closed - first[i] - first[j]
		}
	}
}

// estimates returns the number of estimates an output has.
func (s *sobol) estimates() int {
	n := atFirst + 2*s.factors
	if s.o.SecondOrder {
		n += s.factors * (s.factors - 1) / 2
	}
	return n
}
