package cli

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"gonum.org/v1/gonum/stat"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/sensitivity"
	"github.com/nudge-abm/nudge/study"
)

// subject is what a sensitivity analysis is about: a model with its settings,
// what is uncertain about it, and where it is looked at.
type subject struct {
	name        string // as given
	title       string
	setup       *abm.Setup // prepared
	seed        uint64
	theta       []float64 // the point
	space       sensitivity.Space
	posterior   [][]float64 // draws × calibrated, nil without a posterior
	calibrated  []string    // parameters of a study's prior
	start, step float64     // time of the first row and between rows
	timeName    string
	again       string // the command that repeats the analysis
}

// studiesByName are the studies that need no file.
func (p *Program) studiesByName() []string {
	if !p.Builtin {
		return nil
	}
	return study.Builtin()
}

// oneSubject accepts exactly one model, study or folder as argument, or none if
// there is only one model.
func (p *Program) oneSubject(cmd *cobra.Command, args []string) error {
	if len(args) == 1 || len(args) == 0 && p.only() != nil {
		return nil
	}
	return usagef("%s needs one model or study (%s), or the folder of a study or calibration",
		cmd.Name(), strings.Join(append(abm.Names(p.Models), p.studiesByName()...), ", "))
}

// completeSubject offers models, studies and files.
func (p *Program) completeSubject(cmd *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	offers, _ := p.completeModel(cmd, args, typed)
	if len(args) == 0 {
		offers = append(offers, p.studiesByName()...)
	}
	return offers, cobra.ShellCompDirectiveDefault
}

// subject returns what the argument names, as the flags change it.
func (f *sensitivityFlags) subject(cmd *cobra.Command, args []string) (*subject, error) {
	models, studies := abm.Names(f.program.Models), f.program.studiesByName()
	if len(args) == 0 || slices.Contains(models, args[0]) {
		return f.aModel(args)
	}
	name := args[0]
	if _, missing := os.Stat(name); missing == nil || slices.Contains(studies, name) || strings.ContainsAny(name, `/\.`) {
		return f.aStudy(cmd, name)
	}
	return nil, usage(abm.Unknown("model or study", name, append(models, studies...)))
}

// aModel returns a model with its parameters uniform around their values.
func (f *sensitivityFlags) aModel(args []string) (*subject, error) {
	setup, err := f.setup(args)
	if err != nil {
		return nil, err
	}
	name := setup.Model.Name
	s := &subject{name: name, title: name, setup: setup, seed: f.seed, theta: setup.Theta(), step: 1, timeName: "step"}
	if setup.Model.Setting("dt") >= 0 {
		s.step, s.timeName = setup.Float("dt"), "time"
	}
	parameters := f.parameters
	if len(parameters) == 0 {
		parameters = setup.Model.ParameterNames()
	}
	s.space = f.around(setup, parameters)
	return s, nil
}

// aStudy returns a study's model with the study's prior and, from the folder of a
// calibration, its posterior. The point is the posterior mean, or the prior
// median.
func (f *sensitivityFlags) aStudy(cmd *cobra.Command, name string) (*subject, error) {
	st, err := f.program.library().Load(name)
	if err != nil {
		return nil, usage(err)
	}
	if cmd.Flags().Changed("seed") {
		st.SetSeed(f.seed)
	}
	if err := st.Set(f.set...); err != nil {
		return nil, usagef("--set: %w", err)
	}
	c, err := st.Build(cmd.Context(), f.workers)
	if err != nil {
		return nil, usage(err)
	}
	if len(c.Groups) > 0 {
		return nil, usagef("%s has groups, but sensitivity looks at one run of the model: write a study of one of them", name)
	}
	s := &subject{name: name, title: st.Title(), setup: c.Setup, seed: st.Seed(), theta: c.Setup.Theta(),
		space: c.Space(), start: c.Start, step: c.Step, timeName: c.Data.Time}
	s.calibrated = s.space.Names()
	point, middle := make([]float64, len(s.calibrated)), make([]float64, s.space.Dim())
	for j := range middle {
		middle[j] = 0.5
	}
	s.space.Draw(point, middle)
	if study.HasPosterior(name) {
		if s.posterior, err = study.ReadPosterior(name, s.calibrated); err != nil {
			return nil, usage(err)
		}
		for k := range point {
			point[k] = stat.Mean(column(s.posterior, k), nil)
		}
	}
	for k, name := range s.calibrated {
		s.theta[c.Setup.Model.Parameter(name)] = point[k]
	}
	return s, f.only(s)
}

// only leaves in the space the factors that --parameters names.
func (f *sensitivityFlags) only(s *subject) error {
	for _, name := range f.parameters {
		if !slices.Contains(s.calibrated, name) && s.setup.Model.Parameter(name) >= 0 && len(f.vary) == 0 {
			return usagef("--parameters: the study has no prior for %s, which --vary %s=low:high would give; it has for %s",
				name, name, strings.Join(s.calibrated, ", "))
		}
	}
	if len(f.parameters) > 0 {
		s.space = slices.DeleteFunc(s.space, func(x sensitivity.Factor) bool {
			return !slices.ContainsFunc(x.Names, func(n string) bool { return slices.Contains(f.parameters, n) })
		})
	}
	return nil
}

// column returns column k of rows.
func column(rows [][]float64, k int) []float64 {
	x := make([]float64, len(rows))
	for i, row := range rows {
		x[i] = row[k]
	}
	return x
}

// times returns the time of every row.
func (s *subject) times() []float64 {
	times := make([]float64, s.setup.Steps())
	for t := range times {
		times[t] = s.start + float64(t)*s.step
	}
	return times
}

// where words what derivatives are taken at.
func (s *subject) where(at string) string {
	switch at {
	case "posterior":
		return fmt.Sprintf("averaged over %d posterior draws", len(s.posterior))
	case "prior":
		return "averaged over the prior"
	}
	if s.posterior != nil {
		return "at the posterior mean"
	}
	return "at the point given"
}

// again returns the command line that repeats a result: with the flags that
// decide it, and without those that say how it is made and shown.
func again(cmd *cobra.Command, args []string) string {
	words := append([]string{cmd.CommandPath()}, args...)
	cmd.Flags().Visit(func(f *pflag.Flag) {
		if slices.Contains([]string{"json", "quiet", "workers", "out"}, f.Name) {
			return
		}
		values := []string{f.Value.String()}
		if list, ok := f.Value.(pflag.SliceValue); ok {
			values = list.GetSlice()
		}
		for _, v := range values {
			words = append(words, "--"+f.Name+"="+quoted(v))
		}
	})
	return strings.Join(words, " ")
}

// quoted returns a word as a shell takes it.
func quoted(word string) string {
	if strings.ContainsAny(word, " '\"$&|;<>()*?[]~#") {
		return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
	}
	return word
}
