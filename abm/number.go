package abm

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// ParseNumber reads a number as people write it: 0.05, 1e-3, or a fraction of
// two whole numbers such as 1/24, rounded once. Digits are decimal, whatever
// they begin with. The error says what was written instead.
func ParseNumber(text string) (float64, error) {
	above, below, fraction := strings.Cut(text, "/")
	if !fraction {
		v, err := strconv.ParseFloat(text, 64)
		if err != nil || math.IsNaN(v) || strings.ContainsAny(text, "xX_") {
			return 0, fmt.Errorf("must be a number, not %q", text)
		}
		return v, nil
	}
	a, errA := strconv.ParseInt(above, 10, 64)
	b, errB := strconv.ParseInt(below, 10, 64)
	if errA != nil || errB != nil || b <= 0 || max(a, b) > 1<<53 || a < -1<<53 {
		return 0, fmt.Errorf("must be a number or a fraction of two whole numbers such as 1/24, not %q", text)
	}
	return float64(a) / float64(b), nil // both exact, so the quotient is rounded once
}
