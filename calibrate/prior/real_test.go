package prior

import (
	"math"
	"testing"
)

func TestReal(t *testing.T) {
	checkBijector(t, Real{}, math.Inf(-1), math.Inf(1))
}
