package cli

import (
	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/report"
)

// mostBoxes is the number of boxes in a panel.
const mostBoxes = 20

// scatter keeps single samples at a few steps for box plots.
type scatter struct {
	p     *gradient.Problem
	rows  []int
	draws map[string][]float64 // by estimator: samples × rows × observables × parameters
}

func newScatter(p *gradient.Problem) *scatter {
	s := &scatter{p: p, draws: map[string][]float64{}}
	every := (p.Setup.Steps() + mostBoxes - 1) / mostBoxes
	for t := (p.Setup.Steps() - 1) % every; t < p.Setup.Steps(); t += every { // the last among them
		s.rows = append(s.rows, t)
	}
	return s
}

// add keeps a sample.
func (s *scatter) add(e gradient.Estimator, _ int, x *gradient.Sample) {
	_, observables, active := s.p.Shape()
	kept := s.draws[e.Name()]
	for _, t := range s.rows {
		kept = append(kept, x.Jacobian[t*observables*active:(t+1)*observables*active]...)
	}
	s.draws[e.Name()] = kept
}

// boxes returns the samples of the derivative of observable o by active parameter
// k, and whether any is not zero.
func (s *scatter) boxes(estimator string, o, k int) (boxes []report.Box, moves bool) {
	_, observables, active := s.p.Shape()
	kept := s.draws[estimator]
	stride := len(s.rows) * observables * active
	for j, t := range s.rows {
		box := report.Box{Step: float64(t)}
		for at := (j*observables+o)*active + k; at < len(kept); at += stride {
			box.Draws = append(box.Draws, kept[at])
			moves = moves || kept[at] != 0
		}
		boxes = append(boxes, box)
	}
	return boxes, moves
}
