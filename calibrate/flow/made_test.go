package flow

import (
	"fmt"
	"strings"
	"testing"
)

// mask is l's mask in the parameter vector's order of units.
func mask(l *maskedLinear) []float64 {
	m := make([]float64, l.in()*l.out())
	for d := range len(l.rows) - 1 {
		for r := l.rows[d]; r < l.rows[d+1]; r++ {
			for _, unit := range l.colUnit[:l.cols[d+1]] {
				m[l.rowUnit[r]*l.in()+unit] = 1
			}
		}
	}
	return m
}

func TestMasksGolden(t *testing.T) {
	for _, size := range []struct{ dim, hidden int }{{1, 4}, {2, 5}, {3, 8}, {5, 7}} {
		name := fmt.Sprintf("maf_D%d_H%d", size.dim, size.hidden)
		var g struct{ Masks namedParams }
		goldenCase(t, name, &g)
		net := newMADE(size.dim, size.hidden, 2, 2)
		maps := []*maskedLinear{net.initial, net.inner, net.inner, net.inner, net.inner, net.output}
		for _, m := range g.Masks {
			if strings.HasSuffix(m.Name, "mask") {
				assertClose(t, name+" "+m.Name, mask(maps[0]), m.Data, 0, 0)
				maps = maps[1:]
			}
		}
		if len(maps) > 0 {
			t.Errorf("%s: %d masks not compared", name, len(maps))
		}
	}
}
