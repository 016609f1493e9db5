package cli

import (
	"github.com/spf13/cobra"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/study"
)

// registerGradient adds the flag that chooses the variational gradient.
func (f *calibrateFlags) registerGradient(cmd *cobra.Command) {
	registerWord(cmd, &f.gradient, "gradient", "estimator of the variational gradient", calibrate.Gradients())
}

// setGradient changes the study as the flag says.
func (f *calibrateFlags) setGradient(s *study.Study) error {
	if f.gradient == "" {
		return nil
	}
	return usage(s.SetGradient(f.gradient))
}
