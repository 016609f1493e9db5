package main

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"

	"github.com/jedib0t/go-pretty/v6/table"

	"github.com/nudge-abm/nudge/sensitivity"
)

// globalResult is what a global method found, in JSON.
type globalResult struct {
	Subject     string                `json:"subject"`
	Model       string                `json:"model"`
	Seed        uint64                `json:"seed"`
	Method      string                `json:"method"`
	Estimator   string                `json:"estimator,omitempty"`
	Points      int                   `json:"points"`
	Replicates  int                   `json:"replicates"`
	Factors     []factorObject        `json:"factors"`
	Observables []string              `json:"observables"`
	Time        []float64             `json:"time"`
	Mean        [][]float64           `json:"mean,omitempty"`     // step × observable
	Variance    [][]sensitivity.Index `json:"variance,omitempty"` // of the mean over luck
	Luck        [][]sensitivity.Index `json:"luck,omitempty"`     // share of luck in the variance of a run
	Measures    []measure             `json:"measures,omitempty"`
	Subspaces   []subspaceObject      `json:"subspaces,omitempty"`
	Deserving   []string              `json:"deserving,omitempty"` // factors worth a study of Sobol' indices
	Left        int                   `json:"nonfinite"`           // points left out
	Warnings    []string              `json:"warnings,omitempty"`
	Cost        sensitivity.Cost      `json:"cost"`
	subject     *subject
	model       *sensitivity.Model
}

// measure is one kind of index.
type measure struct {
	Name    string                  `json:"name"`
	Doc     string                  `json:"doc"`
	Factors []string                `json:"factors"`
	Values  [][][]sensitivity.Index `json:"values"` // factor × step × observable
}

// subspaceObject is what one observable follows over the whole run.
type subspaceObject struct {
	Observable  string              `json:"observable"`
	Coordinates []string            `json:"coordinates"`
	Eigenvalues []sensitivity.Index `json:"eigenvalues"`
	Directions  [][]float64         `json:"directions"`
	Activity    []float64           `json:"activity"`
	Dim         int                 `json:"active_directions"`
}

func newGlobalResult(s *subject, f *sensitivityFlags, m *sensitivity.Model) *globalResult {
	r := &globalResult{Subject: s.name, Model: s.setup.Model.Name, Seed: s.seed, Method: f.global, Replicates: f.replicates,
		Factors: factorObjects(s.space), Observables: m.Observables(), Time: s.times(), subject: s, model: m}
	if f.global == "dgsm" || f.global == "active-subspace" {
		r.Estimator = f.estimator
	}
	return r
}

// byStep cuts a list over outputs into steps.
func (r *globalResult) byStep(list []sensitivity.Index) [][]sensitivity.Index {
	var rows [][]sensitivity.Index
	for ; len(list) > 0; list = list[len(r.Observables):] {
		rows = append(rows, list[:len(r.Observables)])
	}
	return rows
}

// add adds a measure of all factors.
func (r *globalResult) add(name, doc string, factors []string, lists [][]sensitivity.Index) {
	m := measure{Name: name, Doc: doc, Factors: factors}
	for _, list := range lists {
		m.Values = append(m.Values, r.byStep(list))
	}
	r.Measures = append(r.Measures, m)
}

func (r *globalResult) sobol(found *sensitivity.SobolIndices, err error) error {
	if err != nil {
		return err
	}
	r.Points, r.Left, r.Warnings, r.Cost = found.Points, found.Left, found.Warnings, found.Cost
	r.Mean, r.Variance, r.Luck = nested(found.Mean, len(r.Observables)), r.byStep(found.Variance), r.byStep(found.Luck)
	r.add("total", "share of the variance of the mean outcome that goes with the factor, alone and with others", found.Factors, found.Total)
	r.add("first", "share of the variance of the mean outcome that the factor explains alone", found.Factors, found.First)
	if found.Second == nil {
		return nil
	}
	var names []string
	var lists [][]sensitivity.Index
	for i, a := range found.Factors {
		for j := i + 1; j < len(found.Factors); j++ {
			names, lists = append(names, a+" × "+found.Factors[j]), append(lists, found.Second[i][j])
		}
	}
	r.add("second", "share that two factors explain only together", names, lists)
	return nil
}

func (r *globalResult) morris(found *sensitivity.ElementaryEffects, err error) error {
	if err != nil {
		return err
	}
	r.Points, r.Left, r.Warnings, r.Cost = found.Trajectories, found.Left, found.Warnings, found.Cost
	r.add("mu_star", "mean size of the effect of moving the factor, per whole range; luck adds to it", found.Factors, found.Absolute)
	r.add("mu", "mean effect with its sign", found.Factors, found.Mean)
	r.add("sigma", "how far the effect differs over the space: bends and interactions", found.Factors, found.Spread)
	r.add("luck", "standard deviation that luck gives a measured effect", found.Factors, found.Luck)
	return nil
}

// worthwhile is the share of variance from which on a factor deserves a study of
// Sobol' indices.
const worthwhile = 0.05

func (r *globalResult) dgsm(found *sensitivity.Derivatives, err error) error {
	if err != nil {
		return err
	}
	r.Points, r.Left, r.Warnings, r.Cost = found.Points, found.Left, found.Warnings, found.Cost
	r.Mean, r.Variance = nested(found.Mean, len(r.Observables)), r.byStep(found.Variance)
	r.Deserving = found.Deserving(worthwhile)
	r.add("bound", "upper bound on the total Sobol' index", found.Factors, found.Bound)
	r.add("slope", "root mean square slope, per prior standard deviation", found.Factors, found.Slope)
	return nil
}

func (r *globalResult) subspace(found *sensitivity.Subspaces, err error) error {
	if err != nil {
		return err
	}
	r.Points, r.Left, r.Cost = found.Points, found.Left, found.Cost
	for c, part := range found.Parts {
		r.Subspaces = append(r.Subspaces, subspaceObject{r.Observables[c], found.Coordinates,
			part.Eigenvalues, part.Directions, part.Activity, part.Dim})
	}
	return nil
}

// result returns what was found in all its forms.
func (r *globalResult) result() result {
	documents := []document{r.csv(), jsonDocument("sensitivity", r), pageDocument(r.page())}
	return result{object: r, text: r.print, documents: append(documents, r.figures()...)}
}

// csv has a line for each step, observable, factor and measure; of a subspace,
// for each observable, direction and coordinate.
func (r *globalResult) csv() document {
	if r.Subspaces != nil {
		return r.directionsCSV()
	}
	header := []string{"step", "time", "observable", "factor", "measure", "value", "low", "high"}
	return csvDocument("sensitivity", header, func(yield func([]string)) {
		for _, m := range r.Measures {
			for i, factor := range m.Factors {
				for t, at := range r.Time {
					for c, observable := range r.Observables {
						x := m.Values[i][t][c]
						yield([]string{strconv.Itoa(t), exact(at), observable, factor, m.Name, exact(x.Value), exact(x.Low), exact(x.High)})
					}
				}
			}
		}
	})
}

func (r *globalResult) directionsCSV() document {
	header := []string{"observable", "direction", "eigenvalue", "low", "high", "coordinate", "entry"}
	return csvDocument("sensitivity", header, func(yield func([]string)) {
		for _, s := range r.Subspaces {
			for j, direction := range s.Directions {
				x := s.Eigenvalues[j]
				for k, entry := range direction {
					yield([]string{s.Observable, strconv.Itoa(j + 1), exact(x.Value), exact(x.Low), exact(x.High), s.Coordinates[k], exact(entry)})
				}
			}
		}
	})
}

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
