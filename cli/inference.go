package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/nudge-abm/nudge/study"
)

// registerMethod adds the flag that chooses how the posterior is found.
func (f *calibrateFlags) registerMethod(cmd *cobra.Command) {
	var names []string
	for _, m := range study.Methods() {
		names = append(names, string(m))
	}
	cmd.Flags().StringVar(&f.method, "method", "", fmt.Sprintf("how the posterior is found, one of %v; the study's unless given", names))
	cmd.RegisterFlagCompletionFunc("method", cobra.FixedCompletions(names, cobra.ShellCompDirectiveNoFileComp))
}

// setMethod changes the study as the flag says.
func (f *calibrateFlags) setMethod(s *study.Study) error {
	if f.method == "" {
		return nil
	}
	return usage(s.SetMethod(f.method))
}

// suits refuses flags that only a variational fit knows.
func (f *calibrateFlags) suits(m study.Method) error {
	switch {
	case m == study.Variational:
		return nil
	case f.resume:
		return usagef("--resume: only the method variational can go on; %s begins anew, so leave --resume out", m)
	case f.sbc > 0:
		return usagef("--sbc makes variational fits, not %s", m)
	case f.gradient != "":
		return usagef("--gradient is of the method variational, not %s", m)
	}
	return nil
}

// interrupt says what an interrupted calibration can be followed by.
func (f *calibrateFlags) interrupt(name string, m study.Method) error {
	if m != study.Variational {
		return &interrupted{fmt.Sprintf("interrupted; nothing was written, and %s begins anew the next time", m)}
	}
	return &interrupted{fmt.Sprintf("interrupted; go on with: %s calibrate %s --out %s --resume", f.program.Name, name, f.out)}
}
