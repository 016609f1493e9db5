package rng

import (
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"testing"
)

// count is a row of testdata/counts.csv: tail is P(X ≤ k) if k lies below the
// mean of the law, P(X > k) otherwise.
type count struct {
	trials    int // 0 for the Poisson law
	parameter float64
	k         int
	tail      float64
}

func (c count) upper() bool {
	mean := c.parameter
	if c.trials > 0 {
		mean *= float64(c.trials)
	}
	return float64(c.k) >= mean
}

// quantile inverts at tail·(1+shift).
func (c count) quantile(shift float64) int {
	u := c.tail * (1 + shift)
	v := 1 - u
	if c.upper() {
		u, v = v, u
	}
	switch {
	case c.trials == 0:
		return poisson(u, v, c.parameter)
	case c.parameter > 0.5:
		return BinomialQuantile(u, c.trials, c.parameter)
	}
	return binomial(u, v, c.trials, c.parameter)
}

func counts(t *testing.T) []count {
	t.Helper()
	file, err := os.Open("testdata/counts.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var all []count
	for _, row := range rows[1:] {
		trials, _ := strconv.Atoi(row[0])
		parameter, _ := strconv.ParseFloat(row[1], 64)
		k, _ := strconv.Atoi(row[2])
		tail, err := strconv.ParseFloat(row[3], 64)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, count{trials, parameter, k, tail})
	}
	return all
}

// Just below a jump of the cumulative distribution and just above it.
func TestCountQuantilesAtJumps(t *testing.T) {
	const shift = 2e-9
	for _, c := range counts(t) {
		if c.parameter > 0.5 && c.trials > 0 && c.upper() && c.tail < 1e-6 {
			continue // 1−tail is too coarse for the reflected law
		}
		before, after := c.k, c.k+1
		if c.upper() {
			before, after = after, before
		}
		if got := c.quantile(-shift); got != before {
			t.Errorf("%+v: %d just below the jump, want %d", c, got, before)
		}
		if got := c.quantile(shift); got != after {
			t.Errorf("%+v: %d just above the jump, want %d", c, got, after)
		}
	}
}

func TestCountPlaces(t *testing.T) {
	tested := 0
	for _, c := range counts(t) {
		var p place
		switch {
		case c.trials == 0 && c.parameter > 50:
			p = poissonPlace(c.k, c.parameter)
		case c.parameter <= 0.5 && float64(c.trials)*c.parameter > 50:
			p = binomialPlace(c.k, float64(c.trials), c.parameter)
		default:
			continue
		}
		got := p.below
		if c.upper() {
			got = p.above
		}
		if tolerance := 1e-10 * (1 + 1e-14/c.tail); !(math.Abs(got/c.tail-1) < tolerance) {
			t.Errorf("%+v: tail %g", c, got)
		}
		tested++
	}
	if tested < 100 {
		t.Errorf("only %d places tested", tested)
	}
}

// Summing from zero and stepping from the normal approximation share no
// arithmetic but the recursion.
func TestClimbAndWalkAgree(t *testing.T) {
	s := Seed{Master: 3}.Stream(Key{})
	for range 2000 {
		u, lambda := s.Uniform(), 20+200*s.Uniform()
		law := panjer{b: lambda, last: math.MaxInt}
		climbed := law.climb(math.Exp(-lambda), u, 1-u)
		from := normalGuess(u, 1-u, lambda, math.Sqrt(lambda), 1)
		for _, start := range []int{from, max(0, climbed-5), climbed + 5} {
			if walked := law.walk(poissonPlace(start, lambda), u, 1-u); walked != climbed {
				t.Errorf("u %v, lambda %v: climbed to %d, walked to %d", u, lambda, climbed, walked)
			}
		}
		if d := from - climbed; d < -2 || d > 2 {
			t.Errorf("u %v, lambda %v: normal guess %d of %d", u, lambda, from, climbed)
		}
	}
}
