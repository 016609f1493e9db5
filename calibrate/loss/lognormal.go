package loss

import (
	"fmt"
	"math"
)

// LogNormalOptions are the settings of [NewLogNormal].
type LogNormalOptions struct {
	// SD fixes the standard deviation of the logarithm, the same in all
	// columns: 0.1 is an error of about a tenth. Zero, the default, makes it a
	// nuisance parameter.
	SD float64
	// Parameter names the nuisance parameter; default "log_sd".
	Parameter string
	// Floor is added to every simulated value before its logarithm is taken, in
	// the unit of the data; default none. It keeps one unlucky zero from making
	// the data impossible.
	Floor float64
	// Combine deals with replicates; default Each.
	Combine Combine
}

// NewLogNormal returns −log likelihood of positive data with errors in
// proportion to their size: the logarithm of the data is normal around that of
// the simulated value plus the floor, which so is the median; the mean is
// e^(sd²/2) times as large. It is NaN if the standard deviation is not positive
// or a simulated value is negative, +Inf if one is zero and there is no floor. It
// returns an error naming row and column of an observed value that is not
// positive.
func NewLogNormal(data Data, o LogNormalOptions) (Loss, error) {
	if err := data.check(); err != nil {
		return nil, err
	}
	sd, err := newNuisance("log_sd", o.SD, o.Parameter)
	if err != nil {
		return nil, err
	}
	if !(o.Floor >= 0) || math.IsInf(o.Floor, 1) {
		return nil, fmt.Errorf("floor must be zero or a positive number, is %v", o.Floor)
	}
	l := &logNormal{logs: make([]float64, len(data.Values)), floor: o.Floor}
	for i, y := range data.Values {
		if y <= 0 {
			return nil, fmt.Errorf("%s: a log-normal value must be positive, is %v", data.where(i), y)
		}
		l.logs[i] = math.Log(y)
	}
	label := fmt.Sprintf("log-normal likelihood (sd of the logarithm %v, floor %v)", sd, o.Floor)
	return newPointwise(data, l, sd, o.Combine, label)
}

// logNormal is the [cell] of errors in proportion.
type logNormal struct {
	logs  []float64 // of the data
	floor float64
}

func (l *logNormal) at(i int, x, sd float64) (value, dx, dsd float64) {
	m := x + l.floor
	value, dlog, dsd := normalAt(math.Log(m), l.logs[i], sd)
	return value + l.logs[i], dlog / m, dsd
}
