package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/nudge-abm/nudge/abm"
)

// The exit codes besides 0.
const (
	exitFailed      = 1
	exitUsage       = 2
	exitInterrupted = 130
)

// badInput is an error the user can mend: a wrong command line or file.
type badInput struct{ error }

// Unwrap returns the error itself.
func (e badInput) Unwrap() error { return e.error }

// interrupted is what a verb that can go on later returns on Ctrl-C.
type interrupted struct{ advice string }

// Error returns the advice how to go on.
func (e *interrupted) Error() string { return e.advice }

// usage marks err, if any, as one the user can mend.
func usage(err error) error {
	if err == nil {
		return nil
	}
	return badInput{err}
}

// usagef is [fmt.Errorf] for errors the user can mend.
func usagef(format string, args ...any) error { return usage(fmt.Errorf(format, args...)) }

// complain tells stderr about err, in one sentence that begins with the name of
// the program, and returns the exit code.
func complain(stderr io.Writer, program string, err error) int {
	if err == nil {
		return 0
	}
	if stopped := new(interrupted); errors.As(err, &stopped) {
		fmt.Fprintln(stderr, program+":", stopped.advice)
		return exitInterrupted
	}
	if errors.Is(err, context.Canceled) {
		fmt.Fprintln(stderr, program+": interrupted; nothing was written")
		return exitInterrupted
	}
	fmt.Fprintln(stderr, program+":", strings.TrimPrefix(err.Error(), "nudge: "))
	if errors.As(err, new(badInput)) {
		return exitUsage
	}
	return exitFailed
}

// explain replaces cobra's error for a verb that does not exist.
func explain(cmd *cobra.Command, err error) error {
	if err == nil || cmd.HasParent() || !strings.HasPrefix(err.Error(), "unknown command ") {
		return err
	}
	name := strings.Split(err.Error(), `"`)[1]
	var known []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			known = append(known, c.Name())
		}
	}
	return usage(abm.Unknown("command", name, known))
}

// flagError is the sentence for a flag that does not exist or has a wrong value.
func flagError(cmd *cobra.Command, err error) error {
	var missing *pflag.NotExistError
	var wrong *pflag.InvalidValueError
	switch {
	case errors.As(err, &missing):
		return usage(abm.Unknown("flag", "--"+missing.GetSpecifiedName(), flagNames(cmd)))
	case errors.As(err, &wrong):
		f := wrong.GetFlag()
		return usagef("--%s must be %s, not %q", f.Name, kindOf(f), wrong.GetValue())
	}
	return usage(err)
}

// flagNames returns the flags of a verb as they are written.
func flagNames(cmd *cobra.Command) []string {
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			names = append(names, "--"+f.Name)
		}
	})
	return names
}

// kindOf words what a flag takes.
func kindOf(f *pflag.Flag) string {
	switch f.Value.Type() {
	case "uint64":
		return "a whole number, zero or positive"
	case "int":
		return "a whole number"
	case "bool":
		return "true or false"
	}
	return "a " + f.Value.Type()
}
