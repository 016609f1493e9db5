package figure

import (
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/gonum/floats/scalar"
)

// number writes v with three significant digits.
func number(v float64) string { return digits(v, 3) }

// percent writes a share with two significant digits.
func percent(share float64) string {
	if math.Abs(share) < 0.0005 {
		return "0 %"
	}
	return digits(100*share, 2) + " %"
}

// digits writes v with n significant digits, with an exponent only if it is very
// large or small.
func digits(v float64, n int) string {
	size := math.Abs(v)
	text := ""
	if v == 0 || size >= 1e-4 && size < 1e6 {
		places := 0
		if v != 0 {
			places = n - 1 - int(math.Floor(math.Log10(size)))
		}
		text = strconv.FormatFloat(scalar.Round(v, places), 'f', -1, 64)
	} else {
		text = strconv.FormatFloat(v, 'g', n, 64)
	}
	return strings.ReplaceAll(text, "-", "−")
}
