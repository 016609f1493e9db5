package cli

import (
	"fmt"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/nudge-abm/nudge/abm"
)

// display are the flags of every verb: how results are shown.
type display struct {
	json  bool
	quiet bool
}

func (d *display) register(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&d.json, "json", false, "print one JSON object and nothing else")
	cmd.Flags().BoolVar(&d.quiet, "quiet", false, "no progress and no notes")
}

// job are the flags of every verb that simulates.
type job struct {
	display
	program *Program
	set     []string
	seed    uint64
	runs    int
	count   string // the flag that gives runs
	workers int
	out     string
}

// register adds the flags; count is what the verb calls the number of runs, runs
// or samples. The other name is accepted too.
func (j *job) register(cmd *cobra.Command, count string, runs int, what string) {
	j.display.register(cmd)
	j.count = count
	f := cmd.Flags()
	f.StringArrayVar(&j.set, "set", nil, "`name=value` of a parameter or setting; may be repeated")
	f.Uint64Var(&j.seed, "seed", 1, "seed of all randomness")
	f.IntVar(&j.workers, "workers", runtime.GOMAXPROCS(0), "runs made at the same time; the result does not depend on it")
	other := map[string]string{"runs": "samples", "samples": "runs"}[count]
	for _, name := range []string{count, other} {
		f.IntVar(&j.runs, name, runs, "number of "+what)
	}
	f.MarkHidden(other)
	cmd.RegisterFlagCompletionFunc("set", j.program.completeSet)
}

// registerOut adds --out.
func (j *job) registerOut(cmd *cobra.Command, what string) {
	cmd.Flags().StringVar(&j.out, "out", "", what)
}

// setup returns the model that the arguments name as the flags set it, prepared,
// and checks the other flags on the way.
func (j *job) setup(args []string) (*abm.Setup, error) {
	switch {
	case j.workers < 1:
		return nil, usagef("--workers must be at least 1, is %d", j.workers)
	case j.runs < 1:
		return nil, usagef("--%s must be at least 1, is %d", j.count, j.runs)
	}
	m, err := j.program.model(args)
	if err != nil {
		return nil, err
	}
	s := abm.NewSetup(m)
	for _, assignment := range j.set {
		if err := s.Assign(assignment); err != nil {
			return nil, usagef("--set: %w", err)
		}
	}
	return s, usage(s.Prepare())
}

// assignments reads name=value pairs.
func assignments(flag string, given []string) (map[string]string, error) {
	values := map[string]string{}
	for _, g := range given {
		name, value, ok := strings.Cut(g, "=")
		if !ok {
			return nil, usagef("%s: %q is not of the form name=value", flag, g)
		}
		values[strings.TrimSpace(name)] = strings.TrimSpace(value)
	}
	return values, nil
}

// distinct returns an error if a flag's list names something twice.
func distinct(flag string, names []string) error {
	for i, name := range names {
		if slices.Contains(names[:i], name) {
			return usage(fmt.Errorf("%s names %s twice", flag, name))
		}
	}
	return nil
}
