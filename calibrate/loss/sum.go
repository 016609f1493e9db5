package loss

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// Term is one part of a weighted sum of losses.
type Term struct {
	// Loss was built for data.Select(Columns...).
	Loss Loss
	// Weight multiplies it; it must be positive.
	Weight float64
	// Columns are the columns of the whole data it sees; nil is all.
	Columns []int
}

// NewSum returns the weighted sum of losses over columns of the data. Terms
// that name the same nuisance parameter share it. Likelihoods of the same weight
// that combine replicates as [Marginal] are averaged over the runs' luck
// together, −log (1/n)Σ_i exp(−Σ_k ℓ_k(x_i)), since a run has the same luck in
// all its columns. It returns an error if there is no term, a weight is not
// positive or a column does not exist.
func NewSum(data Data, terms ...Term) (Loss, error) {
	if err := data.check(); err != nil {
		return nil, err
	}
	if len(terms) == 0 {
		return nil, fmt.Errorf("a sum of losses needs at least one term")
	}
	terms, err := jointly(data, terms)
	if err != nil {
		return nil, err
	}
	s := &sum{data: data}
	for _, term := range terms {
		if err := s.add(term); err != nil {
			return nil, err
		}
	}
	return s, nil
}

type sum struct {
	data     Data
	terms    []Term
	shared   [][]int // indices of each term's nuisance parameters in nuisance
	nuisance []string
}

// add appends a checked copy of a term.
func (s *sum) add(term Term) error {
	if !(term.Weight > 0) || math.IsInf(term.Weight, 1) {
		return fmt.Errorf("the weight of %v must be positive and finite, is %v", term.Loss, term.Weight)
	}
	term.Columns = slices.Clone(term.Columns)
	if term.Columns == nil {
		for c := range s.data.Columns {
			term.Columns = append(term.Columns, c)
		}
	}
	for _, c := range term.Columns {
		if c < 0 || c >= s.data.Columns {
			return fmt.Errorf("%v refers to column %d of data with %d", term.Loss, c, s.data.Columns)
		}
	}
	var shared []int
	for _, name := range term.Loss.Nuisance() {
		at := slices.Index(s.nuisance, name)
		if at < 0 {
			at = len(s.nuisance)
			s.nuisance = append(s.nuisance, name)
		}
		shared = append(shared, at)
	}
	s.terms, s.shared = append(s.terms, term), append(s.shared, shared)
	return nil
}

// LeastRuns implements [Ensemble]: as many as the neediest term.
func (s *sum) LeastRuns() int {
	least := 1
	for _, term := range s.terms {
		least = max(least, LeastRuns(term.Loss))
	}
	return least
}

// Nuisance implements [Loss].
func (s *sum) Nuisance() []string { return slices.Clone(s.nuisance) }

func (s *sum) String() string {
	parts := make([]string, len(s.terms))
	for i, term := range s.terms {
		names := make([]string, len(term.Columns))
		for k, c := range term.Columns {
			names[k] = s.data.name(c)
		}
		parts[i] = fmt.Sprintf("%v × %v of %s", term.Weight, term.Loss, strings.Join(names, ", "))
	}
	return strings.Join(parts, " + ")
}

// Value implements [Loss].
func (s *sum) Value(runs, adjoint [][]float64, nuisance, nuisanceAdjoint []float64) (value float64) {
	checkShapes(len(s.data.Values), len(s.nuisance), runs, adjoint, nuisance, nuisanceAdjoint)
	for _, a := range adjoint {
		clear(a)
	}
	clear(nuisanceAdjoint)
	for k := range s.terms {
		value += s.term(k, runs, adjoint, nuisance, nuisanceAdjoint)
	}
	return value
}

// term returns the weighted value of one term and adds its weighted adjoints.
func (s *sum) term(k int, runs, adjoint [][]float64, nuisance, nuisanceAdjoint []float64) float64 {
	t, shared := s.terms[k], s.shared[k]
	part, partAdjoint := s.part(runs, t.Columns), s.part(adjoint, t.Columns)
	own, ownAdjoint := make([]float64, len(shared)), make([]float64, len(shared))
	for i, at := range shared {
		own[i] = nuisance[at]
	}
	value := t.Weight * t.Loss.Value(part, partAdjoint, own, ownAdjoint)
	for i, a := range adjoint {
		scatter(a, t.Weight, partAdjoint[i], s.data.Columns, t.Columns)
	}
	if nuisanceAdjoint != nil {
		for i, at := range shared {
			nuisanceAdjoint[at] += t.Weight * ownAdjoint[i]
		}
	}
	return value
}

// part returns some columns of every matrix, nil of nil.
func (s *sum) part(matrices [][]float64, columns []int) [][]float64 {
	if matrices == nil {
		return nil
	}
	parts := make([][]float64, len(matrices))
	for i, m := range matrices {
		parts[i] = gather(m, s.data.Columns, columns)
	}
	return parts
}
