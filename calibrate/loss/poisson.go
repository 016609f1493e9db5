package loss

import "fmt"

// PoissonOptions are the settings of [NewPoisson].
type PoissonOptions struct {
	// Floor is added to every simulated count before it serves as expectation,
	// like a background of reports that the model does not explain. It keeps
	// one unlucky zero from making the data impossible. Default
	// [DefaultFloor]; [NoFloor] (any negative number) adds nothing.
	Floor float64
	// Combine deals with replicates; default Each.
	Combine Combine
}

// NewPoisson returns −log likelihood of counts that are Poisson with the
// simulated value plus the floor as expectation. It returns an error naming
// row and column of an observed value that is negative or not whole.
func NewPoisson(data Data, o PoissonOptions) (Loss, error) {
	c, err := newCounts(data, o.Floor)
	if err != nil {
		return nil, err
	}
	label := fmt.Sprintf("Poisson likelihood (floor %v)", c.floor)
	return newPointwise(data, &poisson{c}, nuisance{}, o.Combine, label)
}

// poisson is the [cell] of Poisson counts.
type poisson struct{ counts }

func (p *poisson) at(i int, x, _ float64) (value, dx, dnuisance float64) {
	y, m := p.observed[i], x+p.floor
	value = m - ylog(y, m) + p.logFactorial[i]
	if y == 0 {
		return value, 1, 0
	}
	return value, 1 - y/m, 0
}
