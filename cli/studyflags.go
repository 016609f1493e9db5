package cli

import (
	"os"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"github.com/nudge-abm/nudge/gradient"
)

// studyFlags are the flags of the verbs that carry out a study.
type studyFlags struct {
	display
	program   *Program
	set       []string
	seed      uint64
	workers   int
	out       string
	quick     bool
	resume    bool
	estimator string
	options   []string
}

// register adds the flags; the words say what a quick run is, and where results go
// by default.
func (f *studyFlags) register(cmd *cobra.Command, quick, place string) {
	f.display.register(cmd)
	flags := cmd.Flags()
	flags.StringArrayVar(&f.set, "set", nil, "`name=value` of a fixed parameter or setting; may be repeated")
	flags.Uint64Var(&f.seed, "seed", 1, "seed of all randomness; the study's unless given")
	flags.IntVar(&f.workers, "workers", runtime.GOMAXPROCS(0), "runs made at the same time; the result does not depend on it")
	flags.StringVar(&f.out, "out", "", "`folder` to write to (default out/ and "+place+")")
	flags.BoolVar(&f.quick, "quick", false, quick+", as the study says")
	flags.BoolVar(&f.resume, "resume", false, "go on from the checkpoint in the folder")
	flags.StringVar(&f.estimator, "estimator", "", "gradient estimator of the model; the study's unless given")
	flags.StringArrayVar(&f.options, "option", nil, "`name=value` of the estimator; may be repeated")
	cmd.RegisterFlagCompletionFunc("estimator", cobra.FixedCompletions(gradient.Names(), cobra.ShellCompDirectiveNoFileComp))
}

// check refuses what is wrong whatever is in the study.
func (f *studyFlags) check(name string) error {
	if f.workers < 1 {
		return usagef("--workers must be at least 1, is %d", f.workers)
	}
	if _, err := os.Stat(name); err != nil && !f.program.Builtin {
		return usagef("there is no study file or folder %s", name)
	}
	return nil
}

// changeable is a study, of data or of a policy, that flags change.
type changeable interface {
	SetSeed(seed uint64)
	Quick() error
	Set(assignments ...string) error
	SetEstimator(name string, options map[string]string) error
}

// begin makes the study the one of its seed, and a quick one if asked.
func (f *studyFlags) begin(cmd *cobra.Command, s changeable) error {
	if cmd.Flags().Changed("seed") {
		s.SetSeed(f.seed)
	}
	if !f.quick {
		return nil
	}
	return usage(s.Quick())
}

// change applies --set, --estimator and --option.
func (f *studyFlags) change(s changeable) error {
	if err := s.Set(f.set...); err != nil {
		return usagef("--set: %w", err)
	}
	if f.estimator == "" && len(f.options) == 0 {
		return nil
	}
	options, err := assignments("--option", f.options)
	if err != nil {
		return err
	}
	return usage(s.SetEstimator(f.estimator, options))
}

// studies says how a study may be named, of which some are built in.
func (p *Program) studies(builtin []string) string {
	if p.Builtin {
		return "a study file, a folder with study.yaml, or a built-in study (" + strings.Join(builtin, ", ") + ")"
	}
	return "a study file or a folder with study.yaml"
}

// oneStudy accepts exactly one study as argument.
func (p *Program) oneStudy(builtin []string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == 1 {
			return nil
		}
		return usagef("%s needs one study: %s", cmd.Name(), p.studies(builtin))
	}
}

// completeStudy offers the built-in studies, and files.
func (p *Program) completeStudy(builtin []string) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		switch {
		case len(args) > 0:
			return nil, cobra.ShellCompDirectiveNoFileComp
		case !p.Builtin:
			return nil, cobra.ShellCompDirectiveDefault
		}
		return builtin, cobra.ShellCompDirectiveDefault
	}
}
