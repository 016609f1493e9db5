package sugarscape

import (
	"fmt"
	"math"

	"github.com/nudge-abm/nudge/abm"
)

// prepare builds the landscape and checks the values against each other.
func prepare(s *abm.Setup) (any, error) {
	if err := checkSimplex(s); err != nil {
		return nil, err
	}
	for _, name := range []string{"metabolism", "wealth", "lifespan"} {
		if least, most := s.Float(name+"_least"), s.Float(name+"_most"); least > most {
			return nil, fmt.Errorf("%s_least must not be above %s_most, but %g > %g", name, name, least, most)
		}
	}
	if s.Text("replacement") == "newborn" && s.Text("rules") == "published-code" {
		return nil, fmt.Errorf("rules=published-code knows no replacement=newborn")
	}
	l, err := newLandscape(s)
	if err != nil {
		return nil, err
	}
	near, far := s.Int("radius_near"), s.Int("radius_far")
	if near >= far {
		return nil, fmt.Errorf("radius_near must be below radius_far, but %d ≥ %d", near, far)
	}
	if short := min(l.rows, l.columns); 2*far+1 > short {
		return nil, fmt.Errorf("radius_far is %d, but on a landscape of %d × %d cells an agent sees at most %d cells far before it sees itself",
			far, l.rows, l.columns, (short-1)/2)
	}
	if n := s.Int("agents"); n > l.cells() {
		return nil, fmt.Errorf("agents is %d, but the landscape has only %d cells and no two agents share one", n, l.cells())
	}
	l.sight = newSight(s.Text("sight"), far, l.columns, s.Text("rules") == "published-code")
	return l, nil
}

// checkSimplex returns an error unless the probabilities of the visions sum to 1.
func checkSimplex(s *abm.Setup) error {
	theta := s.Theta()
	near, far := theta[s.Model.Parameter("vision_near")], theta[s.Model.Parameter("vision_far")]
	if sum := near + far; math.Abs(sum-1) > 1e-9 {
		return fmt.Errorf("vision_near and vision_far must sum to 1, but %g + %g = %.6g", near, far, sum)
	}
	return nil
}

func newLandscape(s *abm.Setup) (*landscape, error) {
	if path := s.Text("landscape"); path != "two-peaks" {
		return readLandscape(path)
	}
	return twoPeaks(s.Int("size")), nil
}
