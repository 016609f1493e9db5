package prior

import (
	"math"
	"testing"
)

func TestUpper(t *testing.T) {
	checkBijector(t, Upper{-2.5}, math.Inf(-1), -2.5)
}
