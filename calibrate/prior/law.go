package prior

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/gonum/floats"
)

// Law is a probability distribution on finitely many numbers. As a [Density] its
// log-density is the logarithm of a value's probability, −Inf elsewhere, with
// derivative 0.
type Law struct {
	values []float64 // ascending
	mass   []float64 // positive, they sum to one
	below  []float64 // P(X ≤ values[i])
	words  []string  // what the values 0, 1, … stand for; nil if they are numbers
	text   string
}

// NewInteger returns the law on the whole numbers low … high with the given
// probabilities (nil: uniform). It returns an error unless low < high and the
// probabilities are one a number, positive, and sum to 1 within 1e-6.
func NewInteger(low, high int, probabilities []float64) (*Law, error) {
	if low >= high {
		return nil, fmt.Errorf("low must be less than high, they are %d and %d", low, high)
	}
	if high-low >= maxValues {
		return nil, fmt.Errorf("there are more than %d whole numbers from %d to %d", maxValues, low, high)
	}
	values := make([]float64, high-low+1)
	for i := range values {
		values[i] = float64(low + i)
	}
	return newLaw(values, probabilities, fmt.Sprintf("Integer(low=%d, high=%d", low, high))
}

// NewChoice returns the law on different numbers with the given probabilities
// (nil: uniform); their order does not matter. Errors are as those of
// [NewInteger].
func NewChoice(values, probabilities []float64) (*Law, error) {
	sorted, mass := slices.Clone(values), slices.Clone(probabilities)
	if len(mass) == len(sorted) {
		order := make([]int, len(sorted))
		floats.Argsort(sorted, order)
		for i, k := range order {
			mass[i] = probabilities[k]
		}
	} else {
		slices.Sort(sorted)
	}
	return newLaw(sorted, mass, fmt.Sprintf("Choice(%v", sorted))
}

// NewWords returns the law on words, which stand for the numbers 0, 1, … in the
// order given. Errors are as those of [NewInteger].
func NewWords(words []string, probabilities []float64) (*Law, error) {
	values := make([]float64, len(words))
	for i, w := range words {
		values[i] = float64(i)
		if slices.Contains(words[:i], w) {
			return nil, fmt.Errorf("the value %s is given twice", w)
		}
	}
	l, err := newLaw(values, probabilities, fmt.Sprintf("Choice(%s", strings.Join(words, ", ")))
	if err != nil {
		return nil, err
	}
	l.words = slices.Clone(words)
	return l, nil
}

// maxValues keeps the cells of a law well apart in double precision.
const maxValues = 10000

func newLaw(values, probabilities []float64, text string) (*Law, error) {
	if len(values) < 2 {
		return nil, fmt.Errorf("at least two values are needed to choose from")
	}
	for i, v := range values {
		if err := finite("a value", v); err != nil {
			return nil, err
		}
		if i > 0 && v == values[i-1] {
			return nil, fmt.Errorf("the value %v is given twice", v)
		}
	}
	l := &Law{values: values, text: text + ")"}
	if probabilities != nil {
		if err := checkProbabilities(probabilities, len(values)); err != nil {
			return nil, err
		}
		l.text = fmt.Sprintf("%s; probabilities %v)", text, probabilities)
	}
	total := 0.0
	for i := range values {
		p := 1 / float64(len(values))
		if probabilities != nil {
			p = probabilities[i]
		}
		total += p
		l.mass, l.below = append(l.mass, p), append(l.below, total)
	}
	for i := range l.mass {
		l.mass[i] /= total
		l.below[i] /= total
	}
	return l, nil
}

func checkProbabilities(p []float64, values int) error {
	if len(p) != values {
		return fmt.Errorf("there are %d values but %d probabilities", values, len(p))
	}
	sum := 0.0
	for _, v := range p {
		if err := positive("a probability", v); err != nil {
			return err
		}
		sum += v
	}
	if math.Abs(sum-1) > 1e-6 {
		return fmt.Errorf("the probabilities must sum to 1, they sum to %g", sum)
	}
	return nil
}

// Values returns the values in ascending order.
func (l *Law) Values() []float64 { return slices.Clone(l.values) }

// Probabilities returns the probability of each value.
func (l *Law) Probabilities() []float64 { return slices.Clone(l.mass) }

// Words returns what the values 0, 1, … stand for, nil if they are numbers.
func (l *Law) Words() []string { return slices.Clone(l.words) }

// Label returns a value in words: the word it stands for, or the number.
func (l *Law) Label(value float64) string {
	if i := l.index(value); i >= 0 && l.words != nil {
		return l.words[i]
	}
	return fmt.Sprint(value)
}

// index returns the place of a value, or -1.
func (l *Law) index(value float64) int {
	if i, ok := slices.BinarySearch(l.values, value); ok {
		return i
	}
	return -1
}

// LogDensity implements [Density].
func (l *Law) LogDensity(x float64) (logp, dlogp float64) {
	if i := l.index(x); i >= 0 {
		return math.Log(l.mass[i]), 0
	}
	return outside()
}

// CDF implements [Density].
func (l *Law) CDF(x float64) float64 {
	i, ok := slices.BinarySearch(l.values, x)
	if ok {
		i++
	}
	if i == 0 {
		return 0
	}
	return l.below[i-1]
}

// Quantile implements [Density].
func (l *Law) Quantile(u float64) float64 {
	wantProbability(u)
	i, _ := slices.BinarySearch(l.below, u)
	return l.values[min(i, len(l.values)-1)]
}

// Mean implements [Density].
func (l *Law) Mean() (mean float64) {
	for i, v := range l.values {
		mean += l.mass[i] * v
	}
	return mean
}

// SD implements [Density].
func (l *Law) SD() float64 {
	mean, variance := l.Mean(), 0.0
	for i, v := range l.values {
		variance += l.mass[i] * (v - mean) * (v - mean)
	}
	return math.Sqrt(variance)
}

// Support implements [Density].
func (l *Law) Support() (lo, hi float64) { return l.values[0], l.values[len(l.values)-1] }

func (l *Law) String() string { return l.text }

// cell returns the interval of uniform numbers that give value i.
func (l *Law) cell(i int) (from, to float64) {
	if i > 0 {
		from = l.below[i-1]
	}
	return from, l.below[i]
}
