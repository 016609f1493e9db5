package sensitivity

import (
	"context"
	"fmt"
	"math"
)

// Derivatives are derivative-based global measures, one list a factor with one
// entry an output.
type Derivatives struct {
	Factors  []string
	Points   int
	Mean     []float64 // of each output
	Variance []Index   // of the mean over luck, due to the factors
	Slope    [][]Index // root mean square slope, in the output's units per prior standard deviation
	Bound    [][]Index // upper bound on the total Sobol' index
	Left     int       // points left out because something was not finite
	Warnings []string
	Cost     Cost
}

// DerivativesOf measures, for each factor, the mean square ν of the derivative of
// the mean outcome over the space (Sobol' and Kucherenko, 2009). Factors are
// taken in coordinates in which their prior is standard normal; there the
// Poincaré inequality with constant one bounds the total Sobol' index by ν over
// the variance (Lamboni, Iooss, Popelin and Gamboa, 2013), whatever the prior. A
// factor of several coordinates has the sum of theirs, which bounds the index of
// all. Squares are products of independent runs, so luck does not add to them.
//
// The bound is as good as the estimator: one that is blind to a jump gives a
// bound that is too low.
func DerivativesOf(ctx context.Context, f Smooth, o Options) (*Derivatives, error) {
	setDefault(&o.Points, 128)
	o, err := o.complete(f)
	if err != nil {
		return nil, err
	}
	s, err := newSlopes(f, o)
	if err != nil {
		return nil, err
	}
	defer s.close()
	factors := len(f.Space())
	width := slopeSums + factors
	b, err := gather(ctx, o.Points, 1+f.Outputs()*width, o, func(int) (row, error) {
		w, err := s.newWorker()
		return func(i int, statistics []float64) error {
			statistics[0] = 1
			if err := w.at(i); err != nil {
				return err
			}
			for k := range s.level {
				w.squares(statistics[1+k*width:][:width], k)
			}
			return nil
		}, err
	})
	if err != nil {
		return nil, err
	}
	if b.left == o.Points {
		return nil, errNotFinite
	}
	return s.derivatives(b), nil
}

// The sums of an output; one a factor follows, of the square of its slope.
const (
	sumY  = iota
	sumYY // as the square of the mean over luck
	slopeSums
)

// squares writes the sums of output k.
func (w *slopeWorker) squares(s []float64, k int) {
	n := w.o.Replicates
	y := func(r int) float64 { return w.y[r][k] }
	s[sumY], s[sumYY] = mean(n, y), product(n, y, y)
	at := k * len(w.z)
	for i, f := range w.function.Space() {
		for range f.Dim {
			slope := func(r int) float64 { return w.dz[r][at] }
			s[slopeSums+i] += product(n, slope, slope)
			at++
		}
	}
}

func mean(n int, a func(int) float64) float64 {
	sum := 0.0
	for r := range n {
		sum += a(r)
	}
	return sum / float64(n)
}

// derivatives returns the measures with their intervals.
func (s *slopes) derivatives(b *blocks) *Derivatives {
	space, outputs := s.function.Space(), len(s.level)
	factors := len(space)
	width := slopeSums + factors
	each := 2 + 2*factors // mean, variance, then slope and bound of each factor
	all := b.estimate(s.o, func(sums []float64) []float64 {
		n, dst := sums[0], make([]float64, outputs*each)
		for k := range outputs {
			x, d := sums[1+k*width:], dst[k*each:]
			mean := x[sumY] / n
			variance := x[sumYY]/n - mean*mean
			d[0], d[1] = mean, variance
			if !(variance > negligible*x[sumYY]/n) {
				variance = math.NaN()
			}
			for i := range factors {
				square := max(0, x[slopeSums+i]/n)
				d[2+i], d[2+factors+i] = math.Sqrt(square), square/variance
			}
		}
		return dst
	})
	r := &Derivatives{Factors: space.Factors(), Points: s.o.Points, Left: b.left}
	column := func(at int) []Index {
		list := make([]Index, outputs)
		for k := range list {
			list[k] = all[k*each+at]
		}
		return list
	}
	r.Variance = column(1)
	for k := range outputs {
		r.Mean = append(r.Mean, all[k*each].Value+s.level[k])
	}
	for i := range factors {
		r.Slope, r.Bound = append(r.Slope, column(2+i)), append(r.Bound, column(2+factors+i))
	}
	s.judge(r)
	points, replicates := float64(s.o.Points), float64(s.o.Replicates)
	r.Cost = Cost{
		Runs: s.runs(), Alternative: "total Sobol' indices at as many points",
		AlternativeRuns: points * replicates * float64(factors+2),
	}
	return r
}

// judge adds the warnings and takes out bounds of outputs that do not vary.
func (s *slopes) judge(r *Derivatives) {
	var constant []string
	for k := range s.level {
		if v := r.Variance[k]; math.IsNaN(r.Bound[0][k].Value) || v.Low <= 0 {
			constant = append(constant, s.function.Output(k))
			for i := range r.Factors {
				r.Bound[i][k] = nothing
			}
		}
	}
	if len(constant) > 0 {
		r.Warnings = append(r.Warnings, fmt.Sprintf("The factors do not move %s beyond luck at these points; there are no bounds.", some(constant)))
	}
	if r.Left > 0 {
		r.Warnings = append(r.Warnings, fmt.Sprintf("%d of %d points were left out since a derivative was not finite.", r.Left, r.Points))
	}
}

// Deserving returns the factors that may explain more than the given share of
// the variance of some output, alone and with others: those whose bound is not
// below it, with its interval. The others may be left out of a study of Sobol'
// indices, or held fixed.
func (r *Derivatives) Deserving(share float64) []string {
	var names []string
	for i, name := range r.Factors {
		for _, b := range r.Bound[i] {
			if b.High > share {
				names = append(names, name)
				break
			}
		}
	}
	return names
}
