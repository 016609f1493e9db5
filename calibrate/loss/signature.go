package loss

import (
	"fmt"
	"math"
)

// SignatureOptions are the settings of [NewSignature].
type SignatureOptions struct {
	// Scale holds one number a column by which it is divided, after the mean of
	// the data column was taken off. Default: the standard deviation of the
	// data column.
	Scale []float64
	// Lift is the space in which the points of the paths are compared; default
	// Gaussian.
	Lift Lift
	// Timeless leaves out the time as a further coordinate: then only the order
	// of what happens counts, not how fast.
	Timeless bool
	// Cuts is the number of parts into which the numerical scheme cuts every
	// segment of a path, at most 64; the cost rises with its square. Default: so
	// many that no part of the data's path is longer than 1.
	Cuts int
	// Raw takes the kernel as it is, which grows exponentially with the length
	// of the paths, instead of k(x, y)/√(k(x, x)·k(y, y)).
	Raw bool
}

// NewSignature returns the squared maximum mean discrepancy between the runs and
// the observed trajectory with the signature kernel, up to the data's own term
// the signature-kernel score (Issa, Horvath, Lemercier and Salvi 2023),
//
//	mean_{i≠j} k(x_i, x_j) − (2/n)·Σ_i k(x_i, y) + k(y, y),
//
// where k(x, y) = K(1, 1) and ∂²K/∂s∂t = ⟨ẋ(s), ẏ(t)⟩·K, K = 1 at s = 0 and at
// t = 0, is the inner product of the paths' signatures (Salvi, Cass, Foster,
// Lyons and Yang 2021). It sees the order of events and how the columns move
// together. For one run the first term is k(x, x) and spread costs nothing.
//
// A path begins at the data's mean, so that levels count, and goes straight from
// one observed row to the next. It costs O(T²·C) a pair of paths; the adjoint is
// that of the numerical scheme. It returns an error unless every scale is
// positive.
func NewSignature(data Data, o SignatureOptions) (Loss, error) {
	scales, err := data.scales(o.Scale)
	if err != nil {
		return nil, err
	}
	if o.Lift < Gaussian || o.Lift > Linear {
		return nil, fmt.Errorf("lift must be one of %v, is %d", liftNames, o.Lift)
	}
	if o.Cuts < 0 || o.Cuts > mostCuts {
		return nil, fmt.Errorf("cuts must be a whole number from 1 to %d, is %d", mostCuts, o.Cuts)
	}
	o.Scale = scales
	s := &signature{data: data, o: o, paths: newPaths(data, scales, !o.Timeless)}
	s.target = s.paths.of(data.Values)
	if o.Cuts == 0 {
		s.o.Cuts = 1
		longest := s.kernel().longest(s.target)
		s.o.Cuts = int(min(max(1, math.Ceil(longest)), mostCuts))
	}
	if s.self = s.kernel().of(s.target, s.target); !(s.self > 0) || math.IsInf(s.self, 1) {
		return nil, fmt.Errorf("the signature kernel of the data with themselves is %v: choose a larger scale, more cuts or the Gaussian lift", s.self)
	}
	return s, nil
}

// mostCuts is the greatest number of parts of a segment.
const mostCuts = 64

type signature struct {
	data   Data
	o      SignatureOptions
	paths  *paths
	target []float64 // path of the data
	self   float64   // k(y, y)
}

func (s *signature) kernel() *signatureKernel {
	return newSignatureKernel(s.paths, s.o.Lift, s.o.Cuts)
}

// Nuisance implements [Loss].
func (s *signature) Nuisance() []string { return nil }

func (s *signature) String() string {
	form, time := "normalised", "time"
	if s.o.Raw {
		form = "raw"
	}
	if s.o.Timeless {
		time = "no time"
	}
	return fmt.Sprintf("signature kernel (%s, %v, %s, cuts %d, scale %.4g)", form, s.o.Lift, time, s.o.Cuts, s.o.Scale)
}

// Value implements [Loss].
func (s *signature) Value(runs, adjoint [][]float64, nuisance, nuisanceAdjoint []float64) float64 {
	checkShapes(len(s.data.Values), 0, runs, adjoint, nuisance, nuisanceAdjoint)
	n := len(runs)
	e := s.evaluate(runs, adjoint != nil)
	for j := range n {
		e.add(-2/float64(n), j, n)
		for i := range j {
			e.add(2*pairWeight(n, false), i, j)
		}
	}
	if n == 1 {
		e.add(1, 0, 0)
	}
	e.add(1, n, n)
	e.pushNorms()
	for i, a := range adjoint {
		clear(a)
		s.paths.push(a, e.bar[i])
	}
	return e.value
}

// evaluation is a loss in the making: paths of the runs, then that of the data,
// with their k(x, x) and the adjoints of both. There are none of the paths if none
// are wanted; that of the data's leads nowhere.
type evaluation struct {
	*signatureKernel
	raw           bool
	path, bar     [][]float64
	norm, normBar []float64
	value         float64
}

func (s *signature) evaluate(runs [][]float64, withAdjoint bool) *evaluation {
	n := len(runs)
	e := &evaluation{signatureKernel: s.kernel(), raw: s.o.Raw, normBar: make([]float64, n+1)}
	for i, run := range runs {
		path := s.paths.of(run)
		e.path = append(e.path, path)
		e.norm = append(e.norm, 1)
		if !e.raw {
			e.norm[i] = e.of(path, path)
		}
	}
	if withAdjoint {
		e.bar = matrix(n+1, len(s.target))
	}
	e.path = append(e.path, s.target)
	e.norm = append(e.norm, 1)
	if !e.raw {
		e.norm[n] = s.self
	}
	return e
}

// add adds the weighted kernel of two paths and its gradient. Where it is
// normalised, that of a path with itself is 1.
func (e *evaluation) add(weight float64, i, j int) {
	if i == j && !e.raw {
		e.value += weight
		return
	}
	scale := weight / math.Sqrt(e.norm[i]*e.norm[j])
	k := scale * e.of(e.path[i], e.path[j])
	e.value += k
	if e.bar != nil {
		e.push(scale, e.path[i], e.path[j], e.bar[i], e.bar[j])
	}
	e.normBar[i] -= 0.5 * k / e.norm[i]
	e.normBar[j] -= 0.5 * k / e.norm[j]
}

// pushNorms follows the adjoints of the k(x, x) of the runs.
func (e *evaluation) pushNorms() {
	if e.bar == nil || e.raw {
		return
	}
	for i, x := range e.path[:len(e.path)-1] {
		e.of(x, x)
		e.push(e.normBar[i], x, x, e.bar[i], e.bar[i])
	}
}

// matrix returns rows of zeros.
func matrix(rows, columns int) [][]float64 {
	m := make([][]float64, rows)
	for i := range m {
		m[i] = make([]float64, columns)
	}
	return m
}
