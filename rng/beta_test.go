package rng

import (
	"fmt"
	"math"
	"testing"

	"gonum.org/v1/gonum/mathext"
)

// betaCDF is the probability below x = 1−y, from the nearer end.
func betaCDF(x, y, a, b float64) float64 {
	if x < y {
		return mathext.RegIncBeta(a, b, x)
	}
	return 1 - mathext.RegIncBeta(b, a, y)
}

func TestBeta(t *testing.T) {
	for _, a := range shapes {
		for _, b := range shapes {
			name := fmt.Sprintf("beta(%g, %g)", a, b)
			mean, sd := a/(a+b), math.Sqrt(a*b/(a+b+1))/(a+b)
			x := drawn(5000, func(s *Stream) float64 { return s.Beta(a, b) })
			checkMean(t, name, x, mean, sd)
			p := drawn(5000, func(s *Stream) float64 {
				x, y := s.BetaPair(a, b)
				return betaCDF(x, y, a, b)
			})
			checkUniform(t, name, p)
		}
	}
}

func TestBetaPairKeepsBothEnds(t *testing.T) {
	closest := 1.0
	for i := range 2000 {
		s := Seed{}.Stream(Key{Step: i})
		same := s
		x, y := s.BetaPair(0.05, 0.05)
		if math.Abs(x+y-1) > 3e-16 {
			t.Fatalf("x %v and 1−x %v do not sum to one", x, y)
		}
		logit := same.BetaLogit(0.05, 0.05)
		if d := math.Log(x/y) - logit; math.Abs(d) > 1e-13*(1+math.Abs(logit)) && math.Abs(logit) < 700 {
			t.Errorf("x %v, 1−x %v have log-odds %v", x, y, logit)
		}
		closest = min(closest, y)
	}
	if closest > 1e-30 {
		t.Errorf("the draw closest to one is %g away; closer ones are likely", closest)
	}
}

func BenchmarkBeta(b *testing.B) {
	var s Stream
	for b.Loop() {
		sink = s.Beta(2, 5)
	}
}
