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

// gram fills row with κ of a point and each of several points.
func (l Lift) gram(row, x, points []float64) {
	d := len(x)
	for b := range row {
		y, sum := points[b*d:(b+1)*d], 0.0
		if l == Linear {
			for k, v := range x {
				sum += v * y[k]
			}
			row[b] = sum
			continue
		}
		for k, v := range x {
			sum += (v - y[k]) * (v - y[k])
		}
		row[b] = math.Exp(-0.5 * sum)
	}
}

// push adds to the adjoints of a point and of several points, given a row that
// gram has filled and its adjoint.
func (l Lift) push(rowBar, row, x, points, xbar, pointsBar []float64) {
	d := len(x)
	for b, bar := range rowBar {
		y, ybar := points[b*d:(b+1)*d], pointsBar[b*d:(b+1)*d]
		if l == Linear {
			for k, v := range x {
				xbar[k] += bar * y[k]
				ybar[k] += bar * v
			}
			continue
		}
		bar *= row[b]
		for k, v := range x {
			slope := bar * (y[k] - v)
			xbar[k] += slope
			ybar[k] -= slope
		}
	}
}
