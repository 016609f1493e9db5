package sensitivity

import (
	"fmt"
	"slices"
	"strings"
)

// Factor is an independent part of what is uncertain: a parameter or a setting
// with its distribution, several that hang together, or a group. Its values are
// made of uniform numbers; a choice is the index of its word.
type Factor struct {
	Name   string
	Names  []string   // parameters and settings it gives values to
	Words  [][]string // one list a name: the words to choose from, nil for numbers
	Smooth bool       // outputs may be differentiated by its values
	Dim    int        // uniform numbers it takes
	Text   string     // the distribution as it is written in a report

	// Draw writes the values of Names that belong to the uniform numbers u in
	// (0, 1).
	Draw func(x, u []float64)
}

// Distributed returns a real parameter with the given quantile function.
func Distributed(name, text string, quantile func(u float64) float64) Factor {
	return Factor{
		Name: name, Names: []string{name}, Words: [][]string{nil}, Smooth: true, Dim: 1, Text: text,
		Draw: func(x, u []float64) { x[0] = quantile(u[0]) },
	}
}

// Uniform returns a real parameter that is uniform between lo and hi.
func Uniform(name string, lo, hi float64) Factor {
	return Distributed(name, fmt.Sprintf("between %g and %g", lo, hi), func(u float64) float64 { return lo + u*(hi-lo) })
}

// Integer returns a whole number between lo and hi, both included, each equally
// likely.
func Integer(name string, lo, hi int) Factor {
	f := Distributed(name, fmt.Sprintf("whole, between %d and %d", lo, hi), func(u float64) float64 {
		return float64(lo + level(u, hi-lo+1))
	})
	f.Smooth = false
	return f
}

// Choice returns a choice between words, each equally likely.
func Choice(name string, words ...string) Factor {
	f := Distributed(name, "one of "+strings.Join(words, ", "), func(u float64) float64 {
		return float64(level(u, len(words)))
	})
	f.Smooth, f.Words = false, [][]string{words}
	return f
}

// level returns which of n equal parts of the unit interval u lies in.
func level(u float64, n int) int { return min(int(u*float64(n)), n-1) }

// Joint returns parameters that hang together, such as two times in order; draw
// makes them of dim uniform numbers. Its name is theirs with commas.
func Joint(names []string, text string, dim int, draw func(x, u []float64)) Factor {
	return Factor{
		Name: strings.Join(names, ", "), Names: names, Words: make([][]string, len(names)),
		Smooth: true, Dim: dim, Text: text, Draw: draw,
	}
}

// Group returns the factors as one, whose indices are those of all together.
func Group(name string, members ...Factor) Factor {
	g := Factor{Name: name, Smooth: true}
	var texts []string
	for _, f := range members {
		g.Names, g.Words = append(g.Names, f.Names...), append(g.Words, f.Words...)
		g.Smooth = g.Smooth && f.Smooth
		g.Dim += f.Dim
		texts = append(texts, f.Name+" "+f.Text)
	}
	g.Text = strings.Join(texts, "; ")
	g.Draw = Space(slices.Clone(members)).Draw
	return g
}
