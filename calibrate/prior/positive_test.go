package prior

import (
	"math"
	"testing"
)

func TestPositive(t *testing.T) {
	checkBijector(t, Positive{}, 0, math.Inf(1))
	checkGolden(t, Positive{}, "bij_exp")
}
