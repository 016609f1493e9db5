package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/sensitivity"
)

// sensitivityFlags are the flags of the verb sensitivity.
type sensitivityFlags struct {
	job
	method
	selection
	variation
	at         string
	global     string
	points     int
	replicates int
	pairs      bool
}

// globals are the global methods.
var globals = []string{"sobol", "morris", "dgsm", "active-subspace"}

// places are what derivatives are taken at.
var places = []string{"point", "prior", "posterior"}

// newSensitivity returns the verb that says what moves the outcome.
func newSensitivity(p *Program) *cobra.Command {
	f := sensitivityFlags{job: job{program: p}}
	cmd := &cobra.Command{
		Use:   "sensitivity MODEL|STUDY|FOLDER",
		Short: "Say which parameters move the outcome, when, and for how long",
		Long: "Say what moves the outcome of a model. Without --global: the derivative of the mean\n" +
			"of each observable at each step with respect to each parameter, with standard\n" +
			"errors, elasticities, the effect of one prior standard deviation, half-lives and a\n" +
			"ranking; at the model's parameters, at a study's prior, or at the posterior in the\n" +
			"folder of a calibration. With --global: over the whole prior,\n\n" +
			"  sobol            shares of variance by plain runs: first-order and total indices\n" +
			"  morris           a few steps along each parameter: which matter at all\n" +
			"  dgsm             from gradients: upper bounds on the total indices\n" +
			"  active-subspace  from gradients: which combinations matter, which do not\n\n" +
			"The prior is that of the study; parameters of a model vary by --range around their\n" +
			"values. --vary changes either, and varies settings for sobol and morris.",
		Example: p.examples("sensitivity", "--runs 200 --out out/sens", "  nudge sensitivity sir --runs 200 --out out/sens\n"+
			"  nudge sensitivity sir --global sobol --points 256 --vary network=complete,erdos-renyi\n"+
			"  nudge sensitivity boarding-school --global dgsm\n"+
			"  nudge sensitivity out/flu --json"),
		Args:              p.oneSubject,
		ValidArgsFunction: p.completeSubject,
		RunE:              func(cmd *cobra.Command, args []string) error { return analyse(cmd, &f, args) },
	}
	f.job.register(cmd, "runs", 100, "independent runs to average derivatives over")
	f.job.registerOut(cmd, "`file` (.csv, .json, .html) or folder to write to")
	flags := cmd.Flags()
	flags.StringVar(&f.at, "at", "", "take derivatives at the point, or averaged over the prior or posterior; default the most that is known")
	flags.StringVar(&f.global, "global", "", "a global `method`: sobol, morris, dgsm or active-subspace")
	flags.IntVar(&f.points, "points", 0, "points of the design (trajectories of morris); default 1024 for sobol, 50 for morris, else 128")
	flags.IntVar(&f.replicates, "replicates", 2, "runs a point with independent luck")
	flags.BoolVar(&f.pairs, "second-order", false, "with sobol: indices of pairs too")
	f.method.register(cmd)
	flags.Lookup("estimator").DefValue = "flip where the model has a discrete form, else straight-through"
	f.selection.register(cmd, p)
	f.variation.register(cmd)
	cmd.RegisterFlagCompletionFunc("at", cobra.FixedCompletions(places, cobra.ShellCompDirectiveNoFileComp))
	cmd.RegisterFlagCompletionFunc("global", cobra.FixedCompletions(globals, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func analyse(cmd *cobra.Command, f *sensitivityFlags, args []string) error {
	if err := f.check(cmd); err != nil {
		return err
	}
	s, err := f.subject(cmd, args)
	if err != nil {
		return err
	}
	s.again = again(cmd, args)
	if s.space, err = f.apply(s.setup, s.space); err != nil {
		return err
	}
	if err := inOrder(s.setup, s.theta, s.space); err != nil {
		return err
	}
	if !cmd.Flags().Changed("estimator") {
		f.estimator = preferred(s.setup.Model)
	}
	p, err := f.problemOf(s)
	if err != nil {
		return err
	}
	to, err := newDestination(f.out, ".csv", ".json", ".html")
	if err != nil {
		return err
	}
	var found result
	if f.global == "" {
		found, err = f.locally(cmd, s, p)
	} else {
		found, err = f.globally(cmd, s, p)
	}
	if err != nil {
		return err
	}
	return f.show(cmd, to, found)
}

// preferred is the estimator for who does not choose: without bias where it is
// cheap.
func preferred(m *abm.Model) string {
	if m.Local != nil {
		return "flip"
	}
	return "straight-through"
}

// check returns what is wrong with the flags by themselves.
func (f *sensitivityFlags) check(cmd *cobra.Command) error {
	switch changed := cmd.Flags().Changed; {
	case f.workers < 1:
		return usagef("--workers must be at least 1, is %d", f.workers)
	case f.runs < 2:
		return usagef("--runs must be at least 2, is %d", f.runs)
	case f.global != "" && !slices.Contains(globals, f.global):
		return usage(abm.Unknown("global method", f.global, globals))
	case f.at != "" && !slices.Contains(places, f.at):
		return usage(abm.Unknown("place for --at", f.at, places))
	case f.global != "" && f.at != "":
		return usagef("--at is for derivatives; --global methods explore the prior")
	case f.global != "" && changed("runs"):
		return usagef("--runs is for derivatives; with --global give --points and --replicates")
	case f.global == "" && (changed("points") || changed("replicates")):
		return usagef("--points and --replicates are for --global; without it give --runs")
	case f.global == "" && len(f.groups) > 0:
		return usagef("--group is for --global")
	case changed("points") && f.points < 2:
		return usagef("--points must be at least 2, is %d", f.points)
	case f.replicates < 2:
		return usagef("--replicates must be at least 2, so that luck can be told from parameters, is %d", f.replicates)
	case f.pairs && f.global != "sobol":
		return usagef("--second-order is for --global sobol")
	}
	return f.variation.check()
}

// problemOf returns what is differentiated: a model by all parameters or those
// named, a study's by those that have a prior.
func (f *sensitivityFlags) problemOf(s *subject) (*gradient.Problem, error) {
	parameters := f.selection
	if len(f.parameters) == 0 && s.calibrated != nil {
		for _, name := range s.space.Names() {
			if s.setup.Model.Parameter(name) >= 0 {
				parameters.parameters = append(parameters.parameters, name)
			}
		}
	}
	p, err := parameters.problem(s.setup, s.seed)
	if err != nil {
		return nil, err
	}
	p.Theta = slices.Clone(s.theta)
	return p, nil
}

// locally takes derivatives.
func (f *sensitivityFlags) locally(cmd *cobra.Command, s *subject, p *gradient.Problem) (result, error) {
	for _, factor := range s.space {
		if !factor.Smooth {
			return result{}, usagef("--vary %s: a setting has no derivative; give --global sobol or morris", factor.Name)
		}
	}
	e, err := f.make()
	if err != nil {
		return result{}, err
	}
	at, draws, err := f.draws(s)
	if err != nil {
		return result{}, err
	}
	bar := f.progress(cmd)
	defer bar.close()
	if e, err = gradient.Ready(cmd.Context(), p, e, f.workers, bar.stageOf("tuning "+e.Name())); err != nil {
		return result{}, err
	}
	l, err := sensitivity.LocalOf(cmd.Context(), p, e, sensitivity.LocalOptions{
		Runs: f.runs, At: draws, SD: deviations(s, p), Workers: f.workers, Told: bar.stageOf(e.Name()),
	})
	if err != nil {
		return result{}, err
	}
	return newLocalResult(s, f, at, p, l).result(), nil
}

// globally explores the prior.
func (f *sensitivityFlags) globally(cmd *cobra.Command, s *subject, p *gradient.Problem) (result, error) {
	var e gradient.Estimator
	var err error
	if f.global == "dgsm" || f.global == "active-subspace" {
		if e, err = f.make(); err != nil {
			return result{}, err
		}
	}
	if err := f.standing(s, e != nil); err != nil {
		return result{}, err
	}
	if s.space, err = f.group(s.space); err != nil {
		return result{}, err
	}
	m, err := sensitivity.NewModel(p, s.space, e)
	if err != nil {
		return result{}, usage(err)
	}
	bar := f.progress(cmd)
	defer bar.close()
	o := sensitivity.Options{Points: f.points, Replicates: f.replicates, Seed: s.seed, Workers: f.workers, Told: bar.stageOf(f.global)}
	found := newGlobalResult(s, f, m)
	switch f.global {
	case "sobol":
		err = found.sobol(sensitivity.Sobol(cmd.Context(), m, sensitivity.SobolOptions{Options: o, SecondOrder: f.pairs}))
	case "morris":
		err = found.morris(sensitivity.Morris(cmd.Context(), m, sensitivity.MorrisOptions{Options: o}))
	case "dgsm":
		err = found.dgsm(sensitivity.DerivativesOf(cmd.Context(), m, o))
	case "active-subspace":
		err = found.subspace(sensitivity.SubspaceOf(cmd.Context(), m, sensitivity.SubspaceOptions{Options: o, Parts: m.Parts()}))
	}
	if err != nil {
		return result{}, err
	}
	return found.result(), nil
}

// standing returns an error if a parameter that was asked for cannot vary, or if a
// factor has no derivative where one is needed.
func (f *sensitivityFlags) standing(s *subject, smooth bool) error {
	for _, x := range s.space {
		if smooth && !x.Smooth {
			return usagef("--vary %s: a setting has no derivative; give --global sobol or morris", x.Name)
		}
	}
	names := s.space.Names()
	var still []string
	for _, name := range f.parameters {
		if !slices.Contains(names, name) {
			still = append(still, name)
		}
	}
	if len(still) > 0 {
		return usagef("%s is zero, so that --range says nothing; give --vary %s=low:high", strings.Join(still, ", "), still[0])
	}
	if err := s.space.Check(); err != nil {
		return usage(errors.Join(err, fmt.Errorf("give --vary name=low:high")))
	}
	return nil
}
