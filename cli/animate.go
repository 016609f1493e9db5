package cli

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/report"
)

// longestFilm is the most numbers that an animation may hold: more would be slow to
// open.
const longestFilm = 30_000_000

// film writes the animation that --animate asks for.
func (f *runFlags) film(cmd *cobra.Command, setup *abm.Setup) error {
	if f.animate == "" {
		return nil
	}
	to, err := newDestination(f.animate, ".html")
	if err != nil {
		return err
	}
	if to.folder {
		return usagef("--animate %s: name a file that ends in .html", f.animate)
	}
	film, err := filmOf(setup, f.seed)
	if err != nil {
		return usagef("--animate: %w", err)
	}
	paths, err := to.write([]document{page("film.html", f.filmPage(setup, film))})
	if err == nil {
		f.note(cmd, "wrote %s", paths[0])
	}
	return err
}

// filmOf makes the first run, with straight-through derivatives by all parameters.
func filmOf(setup *abm.Setup, seed uint64) (*report.Film, error) {
	p, err := gradient.NewProblem(setup, seed)
	if err != nil {
		return nil, err
	}
	film := &report.Film{Parameters: setup.Model.ParameterNames()}
	tooLong := 0
	err = gradient.Film(p, 0, func(row int, picture *abm.Picture) {
		size := setup.Steps() * (picture.Rows*picture.Columns + picture.At.Len()) * (1 + len(film.Parameters))
		if size > longestFilm {
			tooLong = size
			return
		}
		at, _ := timeOf(setup, row)
		film.Time = append(film.Time, at)
		film.Rows, film.Columns = picture.Rows, picture.Columns
		addFrame(&film.Cells, picture.Cells, len(film.Parameters))
		addFrame(&film.Agents, picture.Agents, len(film.Parameters))
		film.At = append(film.At, whole(picture.At.Values()))
	})
	if tooLong > 0 {
		return nil, fmt.Errorf("%d numbers are too many for a page that opens, at most %d are written; take fewer steps, cells or agents", tooLong, longestFilm)
	}
	return film, err
}

// addFrame appends a layer's numbers and their derivatives.
func addFrame(reel *report.Reel, l abm.Layer, parameters int) {
	if reel.Values == nil {
		reel.Name, reel.Unit, reel.Slopes = l.Name, l.Unit, make([][][]float64, parameters)
	}
	n := l.Of.Len()
	reel.Values = append(reel.Values, slices.Clone(l.Of.Values()))
	slopes := make([][]float64, parameters)
	for k := range slopes {
		slopes[k] = make([]float64, n)
	}
	row := make([]float64, parameters)
	for i := range n {
		l.Of.Tangents(row, i)
		for k, d := range row {
			slopes[k][i] = d
		}
	}
	for k, s := range slopes {
		reel.Slopes[k] = append(reel.Slopes[k], s)
	}
}

func whole(x []float64) []int {
	n := make([]int, len(x))
	for i, v := range x {
		n[i] = int(v)
	}
	return n
}

// filmPage is the page of an animation.
func (f *runFlags) filmPage(setup *abm.Setup, film *report.Film) report.Page {
	film.Caption = fmt.Sprintf("One run of %s with seed %d. Derivatives are straight-through ones of this single run: "+
		"by how much the quantity would change with the parameter, at fixed luck and as far as the surrogates see. "+
		"Colours are limited to what 98 %% of those that are not zero stay below.", setup.Model.Name, f.seed)
	return report.Page{
		Title:    setup.Model.Name,
		Subtitle: setup.Model.Doc,
		Sections: []report.Section{
			{Blocks: []report.Block{*film}},
			{Title: "To reproduce it", Blocks: []report.Block{f.settings(setup)}},
		},
	}
}

// settings lists the values the run was made with.
func (f *runFlags) settings(setup *abm.Setup) report.Settings {
	s := report.Settings{Caption: "Parameters and settings", Code: fmt.Sprintf("%s --seed %d --animate %s", f.program.command("run", setup.Model), f.seed, f.animate)}
	for _, assignment := range f.set {
		s.Code += " --set " + assignment
	}
	theta := setup.Theta()
	for i, p := range setup.Model.Parameters {
		s.Values = append(s.Values, report.Setting{Name: p.Name, Value: brief(theta[i])})
	}
	for _, x := range setup.Model.Settings {
		s.Values = append(s.Values, report.Setting{Name: x.Name, Value: setup.Text(x.Name)})
	}
	return s
}
