package loss

import "math"

// Lift says in which space the points of a path are compared.
type Lift int

const (
	// Gaussian takes κ(x, y) = exp(−½‖x−y‖²), in which no segment is longer than
	// √2, so that runs far from the data can be compared as well.
	Gaussian Lift = iota
	// Linear takes the points as they are: κ(x, y) = ⟨x, y⟩. Of paths far from
	// the data the kernel can leave the range of numbers.
	Linear
)

var liftNames = []string{"gaussian", "linear"}

func (l Lift) String() string { return liftNames[l] }

// MarshalText writes "gaussian" or "linear".
func (l Lift) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// UnmarshalText reads "gaussian" or "linear" and returns an error that lists
// them for anything else.
func (l *Lift) UnmarshalText(text []byte) error {
	i, err := oneOf("lift", string(text), liftNames)
	*l = Lift(i)
	return err
}

// kernel returns κ of two points.
func (l Lift) kernel(x, y []float64) float64 {
	sum := 0.0
	if l == Linear {
		for d := range x {
			sum += x[d] * y[d]
		}
		return sum
	}
	for d := range x {
		sum += (x[d] - y[d]) * (x[d] - y[d])
	}
	return math.Exp(-0.5 * sum)
}

// push adds bar times the gradient of κ, whose value is given, to the adjoints
// of the points; either may be nil.
func (l Lift) push(bar, value float64, x, y, xbar, ybar []float64) {
	for d := range x {
		towards, back := y[d], x[d]
		if l == Gaussian {
			towards, back = value*(y[d]-x[d]), value*(x[d]-y[d])
		}
		if xbar != nil {
			xbar[d] += bar * towards
		}
		if ybar != nil {
			ybar[d] += bar * back
		}
	}
}
