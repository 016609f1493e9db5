package policy

import "testing"

func TestSearch(t *testing.T) {
	p := inTown(t)
	g := Grid{Points: 11, Runs: 2}
	at := []float64{0.5, 1, 9}
	if n := p.Policies(g, at); n != 11*55 {
		t.Errorf("%d policies, want eleven efforts and 55 ordered pairs", n)
	}
	s, err := p.Search(t.Context(), g, at, 50, nil)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "best of the grid", s.Theta, []float64{0.5, 2, 6}, 0.11)
	if s.Simulations != 11*55*2+16*50 {
		t.Errorf("%d simulations", s.Simulations)
	}
	g.Names = []string{"end"}
	if s, err = p.Search(t.Context(), g, at, 50, nil); err != nil || s.Theta[0] != 0.5 || s.Theta[1] != 1 || s.Theta[2] != 6 {
		t.Errorf("along end: %v, %v", s, err)
	}
}
