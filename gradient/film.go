package gradient

import "github.com/nudge-abm/nudge/abm"

// Film makes one run with straight-through derivatives and calls look with the
// picture of every row, whose numbers carry them; see [abm.World.Film].
func Film(p *Problem, run uint64, look func(row int, picture *abm.Picture)) error {
	w := p.world(straightThroughRule{})
	defer w.Close()
	return w.Film(p.Theta, p.Luck(run), look)
}
