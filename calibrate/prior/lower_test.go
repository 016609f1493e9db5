package prior

import (
	"math"
	"testing"
)

func TestLower(t *testing.T) {
	checkBijector(t, Lower{-2.5}, -2.5, math.Inf(1))
}
