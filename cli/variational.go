package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/study"
)

// registerGradient adds the flag that chooses the variational gradient.
func (f *calibrateFlags) registerGradient(cmd *cobra.Command) {
	var names []string
	for _, g := range calibrate.Gradients() {
		names = append(names, string(g))
	}
	cmd.Flags().StringVar(&f.gradient, "gradient", "", fmt.Sprintf("estimator of the variational gradient, one of %v; the study's unless given", names))
	cmd.RegisterFlagCompletionFunc("gradient", cobra.FixedCompletions(names, cobra.ShellCompDirectiveNoFileComp))
}

// setGradient changes the study as the flag says.
func (f *calibrateFlags) setGradient(s *study.Study) error {
	if f.gradient == "" {
		return nil
	}
	return usage(s.SetGradient(f.gradient))
}
