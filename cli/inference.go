package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/nudge-abm/nudge/study"
)

// registerMethod adds the flag that chooses how the posterior is found.
func (f *calibrateFlags) registerMethod(cmd *cobra.Command) {
	registerWord(cmd, &f.method, "method", "how the posterior is found", study.Methods())
}

// registerWord adds a flag whose value is one of some words, the study's unless it
// is given.
func registerWord[W ~string](cmd *cobra.Command, into *string, flag, about string, words []W) {
	names := make([]string, len(words))
	for i, w := range words {
		names[i] = string(w)
	}
	cmd.Flags().StringVar(into, flag, "", fmt.Sprintf("%s, one of %v; the study's unless given", about, names))
	cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(names, cobra.ShellCompDirectiveNoFileComp))
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
	case f.chooseWeight > 0:
		return usagef("--choose-weight makes variational fits, not %s", m)
	case f.gradient != "":
		return usagef("--gradient is of the method variational, not %s", m)
	}
	return nil
}

// interrupt says what an interrupted calibration can be followed by.
func (f *calibrateFlags) interrupt(cmd *cobra.Command, name string, m study.Method) error {
	if m != study.Variational {
		return &interrupted{fmt.Sprintf("interrupted; nothing was written, and %s begins anew the next time", m)}
	}
	return f.goOn(cmd, name)
}
