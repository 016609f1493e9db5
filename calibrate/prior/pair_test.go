package prior

import (
	"math"
	"strings"
	"testing"
)

func newPair(t testing.TB, start, end string, lo, hi float64) *Pair {
	t.Helper()
	p, err := NewPair(start, end, lo, hi)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestPair(t *testing.T) {
	p := newPair(t, "start", "end", -3, 60)
	checkBlock(t, p, []int{0, 1}, func([]float64) float64 { return math.Log(2. / (63 * 63)) })
}

// Draws are uniform over the triangle: one quarter of them lies in the square
// of early starts and late ends, twice its share of the triangle's area.
func TestPairDraw(t *testing.T) {
	p := newPair(t, "start", "end", 0, 1)
	theta, inside, n := make([]float64, 2), 0, 200
	for i := range n {
		for j := range n {
			p.Draw(theta, []float64{(float64(i) + 0.5) / float64(n), (float64(j) + 0.5) / float64(n)})
			if !(theta[0] < theta[1]) {
				t.Fatalf("pair %v is not ordered", theta)
			}
			if theta[0] < 0.5 && theta[1] > 0.5 {
				inside++
			}
		}
	}
	if share := float64(inside) / float64(n*n); math.Abs(share-0.5) > 0.01 {
		t.Errorf("share of draws around the middle %v, want 0.5", share)
	}
}

func TestPairRefuses(t *testing.T) {
	for want, make := range map[string]func() (*Pair, error){
		"start and end: lo must be less than hi": func() (*Pair, error) { return NewPair("start", "end", 2, 2) },
		"two different names":                    func() (*Pair, error) { return NewPair("t", "t", 0, 1) },
	} {
		if _, err := make(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want one about %q", err, want)
		}
	}
}
