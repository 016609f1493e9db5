package policy

// Cost is a part of the objective that the parameters decide: Weight times a
// product of sums of parameters, such as the days of a policy times its strength.
type Cost struct {
	Name    string
	Weight  float64
	Product []Linear
}

// value returns the cost at all the model's parameters.
func (c Cost) value(theta []float64) float64 {
	v := c.Weight
	for _, l := range c.Product {
		v *= l.at(theta)
	}
	return v
}

// push adds the derivatives of the cost in all the model's parameters to slopes.
func (c Cost) push(slopes, theta []float64) {
	for i, l := range c.Product {
		rest := c.Weight
		for j, other := range c.Product {
			if j != i {
				rest *= other.at(theta)
			}
		}
		for _, t := range l.Terms {
			slopes[t.Parameter] += rest * t.Factor
		}
	}
}
