package sensitivity

import (
	"context"
	"errors"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// SubspaceOptions are the options of [SubspaceOf].
type SubspaceOptions struct {
	Options
	Parts [][]int // sets of outputs looked at together; nil means each by itself
}

// Subspace is what a set of outputs follows: directions in the space of prior
// standard deviations, the stiff ones first and the sloppy ones last.
type Subspace struct {
	Eigenvalues []Index     // mean square slopes along the directions, decreasing
	Directions  [][]float64 // unit vectors over the coordinates; the largest entry is positive
	Activity    []float64   // of each coordinate: Σ eigenvalue · entry², its mean square slope
	Dim         int         // directions before the largest gap of the eigenvalues
}

// Subspaces are the active subspaces of sets of outputs.
type Subspaces struct {
	Coordinates []string
	Points      int
	Parts       []Subspace
	Left        int // points left out because something was not finite
	Cost        Cost
}

// SubspaceOf finds the directions that move the mean outcome, from the matrix
// C = E[Σ ∇y ∇yᵀ] over the space, summed over the outputs of a part (Constantine,
// 2015). Coordinates are those in which the prior is standard normal, so that
// parameters compare. Products are taken of independent runs, so luck does not
// add to them; noise can make small eigenvalues negative.
func SubspaceOf(ctx context.Context, f Smooth, o SubspaceOptions) (*Subspaces, error) {
	setDefault(&o.Points, 128)
	var err error
	if o.Options, err = o.complete(f); err != nil {
		return nil, err
	}
	s, err := newSlopes(f, o.Options)
	if err != nil {
		return nil, err
	}
	defer s.close()
	if o.Parts == nil {
		for k := range f.Outputs() {
			o.Parts = append(o.Parts, []int{k})
		}
	}
	dim := f.Space().Dim()
	b, err := gather(ctx, o.Points, 1+len(o.Parts)*dim*dim, o.Options, func(int) (row, error) {
		w, err := s.newWorker()
		return func(i int, statistics []float64) error {
			statistics[0] = 1
			if err := w.at(i); err != nil {
				return err
			}
			for p, outputs := range o.Parts {
				w.outer(statistics[1+p*dim*dim:], outputs)
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
	return s.subspaces(b, o)
}

// outer adds the products of the slopes of outputs, dim × dim.
func (w *slopeWorker) outer(c []float64, outputs []int) {
	dim := len(w.z)
	for _, k := range outputs {
		for i := range dim {
			for j := range i + 1 {
				v := product(w.o.Replicates,
					func(r int) float64 { return w.dz[r][k*dim+i] },
					func(r int) float64 { return w.dz[r][k*dim+j] })
				c[i*dim+j] += v
				if i != j {
					c[j*dim+i] += v
				}
			}
		}
	}
}

// subspaces returns the directions of every part.
func (s *slopes) subspaces(b *blocks, o SubspaceOptions) (*Subspaces, error) {
	dim := s.function.Space().Dim()
	failed := false
	values := b.estimate(o.Options, func(sums []float64) []float64 {
		var all []float64
		for p := range o.Parts {
			v, _, ok := eigen(sums[1+p*dim*dim:], sums[0], dim)
			failed = failed || !ok
			all = append(all, v...)
		}
		return all
	})
	if failed {
		return nil, errors.New("the eigenvalues of the mean product of gradients could not be found")
	}
	r := &Subspaces{Coordinates: s.function.Space().Coordinates(), Points: o.Points, Left: b.left}
	total := b.total()
	for p := range o.Parts {
		v, directions, _ := eigen(total[1+p*dim*dim:], total[0], dim)
		part := Subspace{Eigenvalues: values[p*dim : (p+1)*dim], Directions: directions, Dim: gap(v)}
		for i := range dim {
			part.Activity = append(part.Activity, total[1+p*dim*dim+i*dim+i]/total[0])
		}
		r.Parts = append(r.Parts, part)
	}
	points, replicates := float64(o.Points), float64(o.Replicates)
	r.Cost = Cost{
		Runs: s.runs(), Alternative: "the same gradients by central differences",
		AlternativeRuns: points * replicates * 2 * float64(len(s.function.Space().Names())),
	}
	return r, nil
}

// eigen returns eigenvalues, decreasing, and eigenvectors of a sum of n
// symmetric matrices over n.
func eigen(sum []float64, n float64, dim int) (values []float64, vectors [][]float64, ok bool) {
	c := mat.NewSymDense(dim, slices.Clone(sum[:dim*dim]))
	c.ScaleSym(1/n, c)
	var e mat.EigenSym
	if !e.Factorize(c, true) {
		return make([]float64, dim), nil, false
	}
	values = e.Values(nil)
	slices.Reverse(values)
	var m mat.Dense
	e.VectorsTo(&m)
	for j := range dim {
		v := mat.Col(nil, dim-1-j, &m)
		if floats.Max(v) < -floats.Min(v) {
			floats.Scale(-1, v)
		}
		vectors = append(vectors, v)
	}
	return values, vectors, true
}

// gap returns the number of eigenvalues before the largest ratio of one to the
// next; those below a thousandth of the first count as that.
func gap(values []float64) int {
	dim, largest := len(values), 0.0
	floor := values[0] / 1000
	for j := 1; j < len(values); j++ {
		if ratio := math.Max(values[j-1], floor) / math.Max(values[j], floor); ratio > largest {
			dim, largest = j, ratio
		}
	}
	return dim
}
