package gradient

import "github.com/nudge-abm/nudge/abm"

// forecaster predicts by how much a loss would change if single draws of a run
// came out otherwise.
type forecaster interface {
	// run makes the run with the luck of run.
	run(run uint64) (series []float64, err error)
	// sweep makes the forecasts for that run, for a loss with the adjoint dL/d(series).
	sweep(adjoint []float64) error
	// slope returns the change of the loss per unit by which the outcome of a draw
	// changes; index is the alternative of a categorical draw, else 0.
	slope(at abm.Site, index int) float64
	// Close frees what the forecaster holds.
	Close()
}

// echoes forecasts by the adjoints that straight-through gives to the draws.
type echoes struct {
	p       *Problem
	r       *abm.Reverse
	slopes  [][]float64 // by kind of draw, agent and row, of the draws with no index
	others  map[choice]float64
	ignored []float64
}

// choice is an alternative of a draw that has several, or of a draw with an index.
type choice struct {
	at    abm.Site
	index int
}

func newEchoes(p *Problem) *echoes {
	s := &echoes{p: p, r: abm.NewReverse(p.Setup, p.Active, straightThroughRule{}), others: map[choice]float64{}}
	s.r.Want(p.Observables, p.Rows)
	s.r.Draws(s.note)
	return s
}

// run makes the run on the tape.
func (s *echoes) run(run uint64) ([]float64, error) {
	err := s.r.Run(s.p.Theta, s.p.Luck(run))
	return s.r.Series(nil), err
}

// sweep lets the adjoint of the loss flow back to the draws.
func (s *echoes) sweep(adjoint []float64) (err error) {
	for _, x := range s.slopes {
		clear(x)
	}
	clear(s.others)
	s.ignored, err = s.r.Gradient(s.ignored, adjoint)
	return err
}

func (s *echoes) note(at abm.Site, index int, adjoint float64) {
	if at.Purpose.Index() > 0 || index > 0 {
		s.others[choice{at, index}] = adjoint
		return
	}
	kind, place := at.Purpose.Kind(), s.place(at)
	for kind >= len(s.slopes) {
		s.slopes = append(s.slopes, nil)
	}
	if missing := place + 1 - len(s.slopes[kind]); missing > 0 {
		s.slopes[kind] = append(s.slopes[kind], make([]float64, missing)...)
	}
	s.slopes[kind][place] = adjoint
}

// place is where the slope of a draw is kept: agents, of which −1 is the world, by
// rows.
func (s *echoes) place(at abm.Site) int { return (at.Agent+1)*s.p.Setup.Steps() + at.Step }

// slope is 0 for draws that the loss does not depend on.
func (s *echoes) slope(at abm.Site, index int) float64 {
	if at.Purpose.Index() > 0 || index > 0 {
		return s.others[choice{at, index}]
	}
	kind, place := at.Purpose.Kind(), s.place(at)
	if kind >= len(s.slopes) || place >= len(s.slopes[kind]) {
		return 0
	}
	return s.slopes[kind][place]
}

// Close frees the tape.
func (s *echoes) Close() { s.r.Close() }
