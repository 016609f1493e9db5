package loss

import "slices"

// Likelihood is implemented by losses that may be −log of the probability of the
// data given the parameters.
type Likelihood interface {
	// IsLikelihood reports whether the loss is one, so that with weight 1 the
	// posterior is the Bayesian one.
	IsLikelihood() bool
}

// IsLikelihood reports whether a loss says that it is a likelihood.
func IsLikelihood(l Loss) bool {
	x, ok := l.(Likelihood)
	return ok && x.IsLikelihood()
}

// IsLikelihood implements [Likelihood]: of cells that can be drawn.
func (p *pointwise) IsLikelihood() bool {
	_, ok := p.cell.(noisy)
	return ok
}

// IsLikelihood implements [Likelihood].
func (s *synthetic) IsLikelihood() bool { return true }

// IsLikelihood implements [Likelihood]: all terms are likelihoods of weight 1,
// and none sees a column again.
func (s *sum) IsLikelihood() bool {
	var seen []int
	for _, term := range s.terms {
		if term.Weight != 1 || !IsLikelihood(term.Loss) {
			return false
		}
		columns := term.Columns
		if j, ok := term.Loss.(*joint); ok {
			columns = j.columns()
		}
		for _, c := range columns {
			if slices.Contains(seen, c) {
				return false
			}
			seen = append(seen, c)
		}
	}
	return true
}

// columns returns those of all terms.
func (s *sum) columns() (all []int) {
	for _, term := range s.terms {
		all = append(all, term.Columns...)
	}
	return all
}
