package loss

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"
)

// Form is the unit in which squared errors are measured.
type Form int

const (
	Plain    Form = iota // x − y
	Log1p                // log(1+x) − log(1+y)
	Relative             // (x − y)/|y|
)

var formNames = []string{"plain", "log1p", "relative"}

func (f Form) String() string { return formNames[f] }

// MarshalText writes "plain", "log1p" or "relative".
func (f Form) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// UnmarshalText reads "plain", "log1p" or "relative" and returns an error that
// lists them for anything else.
func (f *Form) UnmarshalText(text []byte) error {
	i, err := oneOf("form", string(text), formNames)
	*f = Form(i)
	return err
}

// SquaredErrorOptions are the settings of [NewSquaredError].
type SquaredErrorOptions struct {
	// Form is the unit of the error; default Plain.
	Form Form
	// Scale holds one number a column, in the unit of the form: the error that
	// costs half a nat. Default: the standard deviation of the data column, of
	// its log1p, or (relative) of the column divided by its mean magnitude.
	Scale []float64
	// Combine deals with replicates; default Each.
	Combine Combine
}

// NewSquaredError returns Σ (x−y)²/(2s²) over the observed cells: the negative
// log-likelihood of normal errors with standard deviation s, less its constant.
// It returns an error if the data cannot be expressed in the form or a scale is
// not positive.
func NewSquaredError(data Data, o SquaredErrorOptions) (Loss, error) {
	if err := data.check(); err != nil {
		return nil, err
	}
	if o.Form < Plain || o.Form > Relative {
		return nil, fmt.Errorf("form must be plain, log1p or relative, is %d", o.Form)
	}
	target, unit, err := o.Form.express(data)
	if err != nil {
		return nil, err
	}
	scales, err := o.Form.inUnits(target).scales(o.Scale)
	if err != nil {
		return nil, err
	}
	c := &squaredError{target: target.Values, precision: make([]float64, len(unit)), log1p: o.Form == Log1p}
	for i := range unit {
		s := scales[i%data.Columns] * unit[i]
		c.precision[i] = 1 / (s * s)
	}
	label := fmt.Sprintf("squared error (%v, scale %.4g)", o.Form, scales)
	return newPointwise(data, c, nuisance{}, o.Combine, label)
}

// express returns the data on the form's scale and the unit of every cell, or
// an error naming a cell that the form cannot express.
func (f Form) express(data Data) (target Data, unit []float64, err error) {
	target = data
	target.Values = append([]float64(nil), data.Values...)
	unit = make([]float64, len(data.Values))
	for i, y := range data.Values {
		unit[i] = 1
		switch {
		case f == Log1p && y <= -1:
			return target, nil, fmt.Errorf("%s is %v: log1p needs values above -1", data.where(i), y)
		case f == Log1p:
			target.Values[i] = math.Log1p(y)
		case f == Relative && y == 0:
			return target, nil, fmt.Errorf("%s is zero: a relative error is undefined there", data.where(i))
		case f == Relative:
			unit[i] = math.Abs(y)
		}
	}
	return target, unit, nil
}

// inUnits returns the data whose standard deviations are the default scales.
func (f Form) inUnits(target Data) Data {
	if f != Relative {
		return target
	}
	relative := target
	relative.Values = append([]float64(nil), target.Values...)
	for c := range target.Columns {
		column := target.column(c)
		magnitude := floats.Norm(column, 1) / float64(len(column))
		for i := c; i < len(relative.Values); i += target.Columns {
			relative.Values[i] /= magnitude
		}
	}
	return relative
}

// squaredError is the [cell] of squared errors.
type squaredError struct {
	target, precision []float64
	log1p             bool
}

func (s *squaredError) at(i int, x, _ float64) (value, dx, dnuisance float64) {
	slope := 1.0
	if s.log1p {
		slope = 1 / (1 + x)
		x = math.Log1p(x)
	}
	r := x - s.target[i]
	return 0.5 * s.precision[i] * r * r, s.precision[i] * r * slope, 0
}
