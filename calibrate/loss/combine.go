package loss

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// Combine says how a pointwise loss ℓ deals with n runs of the same
// parameters.
type Combine int

const (
	// Each is the mean of the runs' losses, (1/n)Σℓ(x_i). As an expectation
	// over the simulator's luck it asks every single run to match the data.
	Each Combine = iota
	// OfMean is the loss of the mean run, ℓ((1/n)Σx_i): the data are compared
	// with an estimate of the model's expectation.
	OfMean
	// Marginal is −log (1/n)Σexp(−ℓ(x_i)): for a likelihood, the Monte-Carlo
	// estimate of the data's probability with the simulator's luck integrated
	// out. Its expectation bounds the exact value from above and tightens as n
	// grows (Burda, Grosse and Salakhutdinov 2016).
	Marginal
)

var combineNames = []string{"each", "mean", "marginal"}

func (c Combine) String() string { return combineNames[c] }

// MarshalText writes "each", "mean" or "marginal".
func (c Combine) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads "each", "mean" or "marginal" and returns an error that
// lists them for anything else.
func (c *Combine) UnmarshalText(text []byte) error {
	i, err := oneOf("combine", string(text), combineNames)
	*c = Combine(i)
	return err
}

// weigh returns the combined value of the runs' losses and overwrites them with
// its derivatives, the weights of the runs.
func (c Combine) weigh(losses []float64) (value float64) {
	n := float64(len(losses))
	least := slices.Min(losses)
	if c != Marginal || math.IsInf(least, 0) || math.IsNaN(least) {
		for i, l := range losses {
			value += l / n
			losses[i] = 1 / n
		}
		return value
	}
	sum := 0.0
	for i, l := range losses {
		losses[i] = math.Exp(least - l)
		sum += losses[i]
	}
	for i := range losses {
		losses[i] /= sum
	}
	return least - math.Log(sum/n)
}

// oneOf returns the index of a name among those allowed.
func oneOf(what, name string, allowed []string) (int, error) {
	if i := slices.Index(allowed, name); i >= 0 {
		return i, nil
	}
	return 0, fmt.Errorf("%s must be one of %s, is %q", what, strings.Join(allowed, ", "), name)
}
