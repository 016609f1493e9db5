package loss

import (
	"fmt"
	"math"
)

// NormalOptions are the settings of [NewNormal].
type NormalOptions struct {
	// SD fixes the standard deviation of the errors, the same in all columns.
	// Zero, the default, makes it a nuisance parameter.
	SD float64
	// Parameter names the nuisance parameter; default "sd".
	Parameter string
	// Combine deals with replicates; default Each.
	Combine Combine
}

// NewNormal returns −log likelihood of data that are normal around the
// simulated values. It is NaN if the standard deviation is not positive. It
// returns an error if the data or the settings make no sense.
func NewNormal(data Data, o NormalOptions) (Loss, error) {
	if err := data.check(); err != nil {
		return nil, err
	}
	sd, err := newNuisance("sd", o.SD, o.Parameter)
	if err != nil {
		return nil, err
	}
	label := fmt.Sprintf("normal likelihood (sd %v)", sd)
	return newPointwise(data, &normal{data.Values}, sd, o.Combine, label)
}

// normal is the [cell] of normal errors.
type normal struct{ observed []float64 }

func (n *normal) at(i int, x, sd float64) (value, dx, dsd float64) {
	return normalAt(x, n.observed[i], sd)
}

// normalAt returns −log of the normal density of y around x, with its
// derivatives in x and sd.
func normalAt(x, y, sd float64) (value, dx, dsd float64) {
	if !(sd > 0) {
		return math.NaN(), math.NaN(), math.NaN()
	}
	t := (x - y) / sd
	return 0.5*t*t + math.Log(sd) + 0.5*math.Log(2*math.Pi), t / sd, (1 - t*t) / sd
}
