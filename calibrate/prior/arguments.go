package prior

import (
	"fmt"
	"math"
)

// finite reports an argument that is NaN or infinite.
func finite(name string, v float64) error {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return fmt.Errorf("%s must be a finite number, is %v", name, v)
	}
	return nil
}

// positive reports an argument that is not a finite number above zero.
func positive(name string, v float64) error {
	if !(v > 0) {
		return fmt.Errorf("%s must be positive, is %v", name, v)
	}
	return finite(name, v)
}

// ascending reports bounds that are NaN or in the wrong order.
func ascending(lo, hi float64) error {
	if math.IsNaN(lo) || math.IsNaN(hi) {
		return fmt.Errorf("lo and hi must be numbers, are %v and %v", lo, hi)
	}
	if !(lo < hi) {
		return fmt.Errorf("lo must be less than hi, they are %v and %v", lo, hi)
	}
	return nil
}

// first returns the first error that is not nil.
func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// wantLen panics if a vector handed to a function has the wrong length.
func wantLen(what string, got, want int) {
	if got != want {
		panic(fmt.Sprintf("prior: %s has length %d, want %d", what, got, want))
	}
}

// wantProbability panics if u lies outside [0, 1].
func wantProbability(u float64) {
	if !(u >= 0 && u <= 1) {
		panic(fmt.Sprintf("prior: a probability must lie in [0, 1], is %v", u))
	}
}

// wantIndex panics unless 0 ≤ i < n.
func wantIndex(i, n int) {
	if i < 0 || i >= n {
		panic(fmt.Sprintf("prior: index %d is out of range, there are %d parameters", i, n))
	}
}
