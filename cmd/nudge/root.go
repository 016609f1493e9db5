package main

import (
	"runtime/debug"

	"github.com/spf13/cobra"
)

// newRoot returns the command that holds the verbs.
func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "nudge",
		Short: "Gradients for agent-based models",
		Long: "nudge runs agent-based models, says how what they do on average depends on\n" +
			"their parameters, and fits them to data.",
		Example: "  nudge calibrate boarding-school\n" +
			"  nudge models sir\n" +
			"  nudge run sir --set agents=5000 --runs 20 --out sir.png\n" +
			"  nudge grad sir --seed 3 --json\n" +
			"  nudge check sir --set network=complete --samples 200",
		Version:            version(),
		SilenceErrors:      true,
		SilenceUsage:       true,
		DisableSuggestions: true, // see explain
	}
	root.SetFlagErrorFunc(flagError)
	root.AddCommand(newModels(), newRun(), newGrad(), newCheck(), newFigure(), newCalibrate(), newSensitivity(), newInit())
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
