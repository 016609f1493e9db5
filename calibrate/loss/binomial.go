package loss

import (
	"fmt"
	"math"
)

// BinomialOptions are the settings of [NewBinomial].
type BinomialOptions struct {
	// Trials holds the known number of trials N behind every observation: one
	// number a column, or one a cell of the data, row by row, where only those
	// of observed cells matter. It is required.
	Trials []float64
	// Floor is added to the simulated numbers of successes and of failures, so
	// that one unlucky run of none, or of nothing else, does not make the data
	// impossible. Default [DefaultFloor]; [NoFloor] (any negative number) adds
	// nothing.
	Floor float64
	// Combine deals with replicates; default Each.
	Combine Combine
}

// NewBinomial returns −log likelihood of numbers of successes among N trials,
// such as positive tests. The simulated value x is the expected number of
// successes, so each trial succeeds with probability (x + f)/(N + 2f), f being
// the floor; a model that gives a share has it multiplied by N first. A value
// outside 0…N gives a loss that is not finite or, within the floor, lies in it.
// It returns an error naming row and column of an observed value that is not a
// whole number from 0 to N.
func NewBinomial(data Data, o BinomialOptions) (Loss, error) {
	c, err := newCounts(data, o.Floor)
	if err != nil {
		return nil, err
	}
	b := &binomial{counts: c}
	if b.trials, err = data.trials(o.Trials); err != nil {
		return nil, err
	}
	for _, i := range data.observed() {
		n, y := b.trials[i], data.Values[i]
		if y > n {
			return nil, fmt.Errorf("%s: %v successes are more than the trials, which are %v", data.where(i), y, n)
		}
		all, _ := math.Lgamma(n + 1)
		failures, _ := math.Lgamma(n - y + 1)
		b.logFactorial[i] += failures - all
	}
	label := fmt.Sprintf("binomial likelihood (trials %s, floor %v)", describeTrials(b.trials, data.Columns), c.floor)
	return newPointwise(data, b, nuisance{}, o.Combine, label)
}

// trials returns the number of trials of every cell, given one a column or one
// a cell.
func (d Data) trials(given []float64) ([]float64, error) {
	if len(given) != d.Columns && len(given) != len(d.Values) {
		return nil, fmt.Errorf("one number of trials a column or a cell is needed: columns %d, cells %d, given %d",
			d.Columns, len(d.Values), len(given))
	}
	trials := make([]float64, len(d.Values))
	for i := range trials {
		trials[i] = given[i%len(given)]
	}
	for _, i := range d.observed() {
		if n := trials[i]; !(n >= 1 && n <= mostTrials) || n != math.Trunc(n) {
			return nil, fmt.Errorf("%s: the number of trials must be a whole number, one or more, is %v", d.where(i), n)
		}
	}
	return trials, nil
}

// mostTrials is as many as the binomial law can be drawn from.
const mostTrials = 1e15

// describeTrials shows numbers of trials that are the same in all rows, and
// counts others.
func describeTrials(trials []float64, columns int) string {
	for i, n := range trials[columns:] {
		if n != trials[i] {
			return fmt.Sprintf("of %d cells", len(trials))
		}
	}
	return fmt.Sprint(trials[:columns])
}

// binomial is the [cell] of successes among known numbers of trials. The
// binomial coefficients stand in logFactorial.
type binomial struct {
	counts
	trials []float64
}

func (b *binomial) at(i int, x, _ float64) (value, dx, dnuisance float64) {
	y, n := b.observed[i], b.trials[i]
	successes, failures := x+b.floor, n-x+b.floor
	value = b.logFactorial[i] - ylog(y, successes) - ylog(n-y, failures) + n*math.Log(successes+failures)
	if y > 0 {
		dx -= y / successes
	}
	if n > y {
		dx += (n - y) / failures
	}
	return value, dx, 0
}
