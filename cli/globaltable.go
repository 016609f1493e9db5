package cli

import (
	"fmt"
	"io"
	"math"
	"slices"

	"github.com/jedib0t/go-pretty/v6/table"
)

// methodNames words the methods.
var methodNames = map[string]string{
	"sobol": "Sobol' indices", "morris": "Elementary effects (Morris)",
	"dgsm": "Derivative-based global measures", "active-subspace": "Active subspaces",
}

// title says what was explored how.
func (r *globalResult) title() string {
	how := "points"
	if r.Method == "morris" {
		how = "trajectories"
	}
	return fmt.Sprintf("%s of %s, %d %s × %d replicates, seed %d", methodNames[r.Method], r.subject.title, r.Points, how, r.Replicates, r.Seed)
}

// peak returns the step at which the first measure of an observable is largest,
// where there is a variance that one.
func (r *globalResult) peak(c int) int {
	size := func(t int) float64 {
		if r.Variance != nil {
			return r.Variance[t][c].Value
		}
		sum := 0.0
		for i := range r.Measures[0].Factors {
			sum += math.Abs(r.Measures[0].Values[i][t][c].Value)
		}
		return sum
	}
	at := 0
	for t := range r.Time {
		if size(t) > size(at) {
			at = t
		}
	}
	return at
}

// block is a table in words: of one observable.
type block struct {
	title  string
	header []string
	rows   [][]string
}

// blocks returns a table for each observable.
func (r *globalResult) blocks() []block {
	if r.Subspaces != nil {
		return r.directions()
	}
	var all []block
	for c, observable := range r.Observables {
		at := r.peak(c)
		b := block{title: fmt.Sprintf("%s at %s %s, where it varies most", observable, r.subject.timeName, brief(r.Time[at])), header: []string{"factor"}}
		if r.Luck != nil {
			b.title += fmt.Sprintf("; share of luck in the variance of a run: %s", between(r.Luck[at][c]))
		}
		for _, m := range r.Measures {
			if m.Name != "second" {
				b.header = append(b.header, m.Name+" (95 %)")
			}
		}
		if r.Variance != nil {
			b.header = append(b.header, r.Measures[0].Name+" over the run")
		}
		for _, i := range r.order(at, c) {
			row := []string{r.Factors[i].Name}
			for _, m := range r.Measures {
				if m.Name != "second" {
					row = append(row, between(m.Values[i][at][c]))
				}
			}
			if r.Variance != nil {
				row = append(row, short(r.overall(i, c)))
			}
			b.rows = append(b.rows, row)
		}
		all = append(all, b)
	}
	return all
}

// order returns the factors, the one with the largest first measure first.
func (r *globalResult) order(t, c int) []int {
	order := make([]int, len(r.Factors))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		x, y := r.Measures[0].Values[a][t][c].Value, r.Measures[0].Values[b][t][c].Value
		switch {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	return order
}

// overall is the first measure of a factor averaged over the run in proportion to
// the variance of each step.
func (r *globalResult) overall(i, c int) float64 {
	sum, weight := 0.0, 0.0
	for t := range r.Time {
		if v := r.Measures[0].Values[i][t][c].Value; v-v == 0 {
			sum, weight = sum+v*r.Variance[t][c].Value, weight+r.Variance[t][c].Value
		}
	}
	return sum / weight
}

// directions returns a table of stiff and sloppy directions for each observable.
func (r *globalResult) directions() []block {
	var all []block
	for _, s := range r.Subspaces {
		b := block{title: fmt.Sprintf("%s over the run: %d of %d directions matter", s.Observable, s.Dim, len(s.Coordinates)),
			header: []string{"coordinate", "activity"}}
		for j, x := range s.Eigenvalues {
			b.header = append(b.header, fmt.Sprintf("%d: %s", j+1, between(x)))
			if j == 2 {
				break
			}
		}
		for k, name := range s.Coordinates {
			row := []string{name, short(s.Activity[k])}
			for j := range b.header[2:] {
				row = append(row, fmt.Sprintf("%.2f", s.Directions[j][k]))
			}
			b.rows = append(b.rows, row)
		}
		all = append(all, b)
	}
	return all
}

// print shows a table for each observable, what it took and what to mind.
func (r *globalResult) print(w io.Writer) {
	fmt.Fprintf(w, "%s\n\n", r.title())
	for _, b := range r.blocks() {
		header, right := table.Row{}, []int{}
		for k, h := range b.header {
			header, right = append(header, h), append(right, k+2)
		}
		t := newTable(header, right...)
		for _, cells := range b.rows {
			row := table.Row{}
			for _, cell := range cells {
				row = append(row, cell)
			}
			t.AppendRow(row)
		}
		printTable(w, b.title, t)
	}
	for _, m := range r.Measures {
		fmt.Fprintf(w, "%s: %s.\n", m.Name, m.Doc)
	}
	if r.Deserving != nil {
		fmt.Fprintln(w, r.advice())
	}
	fmt.Fprintln(w, costLine(r.Cost))
	for _, warning := range r.Warnings {
		fmt.Fprintf(w, " ! %s\n", warning)
	}
}

// advice names the factors that deserve a study of Sobol' indices.
func (r *globalResult) advice() string {
	if len(r.Deserving) == len(r.Factors) {
		return fmt.Sprintf("No factor can be ruled out to explain %g %% of the variance somewhere.", 100*worthwhile)
	}
	list := ""
	for k, name := range r.Deserving {
		if k > 0 {
			list += ", "
		}
		list += name
	}
	return fmt.Sprintf("May explain more than %g %% of the variance somewhere, so worth a study of Sobol' indices: %s. The others may be held fixed.", 100*worthwhile, list)
}
