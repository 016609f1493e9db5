package cli

import (
	"runtime/debug"

	"github.com/spf13/cobra"
)

// newRoot returns the command that holds the verbs.
func newRoot(p *Program) *cobra.Command {
	root := &cobra.Command{
		Use:   p.Name,
		Short: "Gradients for agent-based models",
		Long: p.Name + " runs agent-based models, says how what they do on average depends on\n" +
			"their parameters, fits them to data and finds the best policy.",
		Example: p.examples("grad", "--seed 3 --json", "  nudge calibrate boarding-school\n"+
			"  nudge models sir\n"+
			"  nudge run sir --set agents=5000 --runs 20 --out sir.png\n"+
			"  nudge grad sir --seed 3 --json\n"+
			"  nudge check sir --set network=complete --samples 200"),
		Version:            version(),
		SilenceErrors:      true,
		SilenceUsage:       true,
		DisableSuggestions: true, // see explain
	}
	root.SetFlagErrorFunc(flagError)
	root.AddCommand(newModels(p), newRun(p), newGrad(p), newCheck(p), newSensitivity(p), newCalibrate(p), newPosterior(p), newOptimize(p))
	if p.Builtin {
		root.AddCommand(newFigure(), newInit(p))
	}
	return root
}

// version returns the version the program was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "unknown"
	}
	return info.Main.Version
}
