package sensitivity

import (
	"errors"
	"fmt"
)

// slopes are gradients of a smooth function by standard normal coordinates, at
// points of a design, each with several independent lucks.
type slopes struct {
	function Smooth
	o        Options
	level    []float64
	workers  []*slopeWorker
}

// newSlopes returns the gradients of a function whose factors are all smooth.
func newSlopes(f Smooth, o Options) (*slopes, error) {
	for _, x := range f.Space() {
		if !x.Smooth {
			return nil, fmt.Errorf("%s takes whole numbers or words, so there is no derivative by it; hold it fixed, or use morris or sobol", x.Name)
		}
	}
	level, err := middle(f)
	if err != nil {
		return nil, err
	}
	return &slopes{function: f, o: o, level: level}, nil
}

func (s *slopes) close() {
	for _, w := range s.workers {
		w.worker.Close()
	}
}

// runs returns the plain runs' worth of work done.
func (s *slopes) runs() float64 {
	sum := 1.0 // for the level
	for _, w := range s.workers {
		sum += w.runs
	}
	return sum
}

// slopeWorker makes the gradients of one worker.
type slopeWorker struct {
	*slopes
	worker       SlopeWorker
	design       *design
	z, x, dx, dy []float64
	y            [][]float64 // replicate × outputs, less the level
	dz           [][]float64 // replicate × outputs × coordinates
	runs         float64
}

func (s *slopes) newWorker() (*slopeWorker, error) {
	worker, err := s.function.SlopeWorker()
	if err != nil {
		return nil, err
	}
	dim, names, outputs := s.function.Space().Dim(), len(s.function.Space().Names()), s.function.Outputs()
	w := &slopeWorker{slopes: s, worker: worker, design: newDesign(dim, s.o),
		z: make([]float64, dim), x: make([]float64, names), dx: make([]float64, names*dim), dy: make([]float64, outputs*names)}
	for range s.o.Replicates {
		w.y, w.dz = append(w.y, make([]float64, outputs)), append(w.dz, make([]float64, outputs*dim))
	}
	s.workers = append(s.workers, w)
	return w, nil
}

// at fills y and dz at point i.
func (w *slopeWorker) at(i int) error {
	space, n := w.function.Space(), w.o.Replicates
	normal(w.z, w.design.at(i))
	space.Slope(w.x, w.dx, w.z)
	for r := range n {
		runs, err := w.worker.Slopes(w.y[r], w.dy, w.x, uint64(i*n+r))
		if err != nil {
			return err
		}
		w.runs += runs
		for k := range w.y[r] {
			w.y[r][k] -= w.level[k]
			w.chain(w.dz[r][k*len(w.z):][:len(w.z)], w.dy[k*len(w.x):][:len(w.x)])
		}
	}
	return nil
}

// chain turns derivatives by the values of a point into those by its normal
// coordinates.
func (w *slopeWorker) chain(dz, dx []float64) {
	clear(dz)
	for k, d := range dx {
		for j := range dz {
			dz[j] += d * w.dx[k*len(dz)+j]
		}
	}
}

// product returns the mean product of two statistics over pairs of different
// lucks, which has the expectation of the product of their means; with one
// replicate, for functions without luck, the product itself.
func product(n int, a, b func(replicate int) float64) float64 {
	if n == 1 {
		return a(0) * b(0)
	}
	sumA, sumB, same := 0.0, 0.0, 0.0
	for r := range n {
		x, y := a(r), b(r)
		sumA, sumB, same = sumA+x, sumB+y, same+x*y
	}
	return (sumA*sumB - same) / float64(n*(n-1))
}

// errNotFinite is returned if every point was left out.
var errNotFinite = errors.New("no point gave finite derivatives; try another estimator")
