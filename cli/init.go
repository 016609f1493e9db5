package cli

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/study"
)

// newInit returns the verb that copies a built-in study.
func newInit(p *Program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "init STUDY [FOLDER]",
		Short: "Copy a built-in study into a folder, to edit it",
		Long: "Copy the files of a built-in study into a folder (by default one of the study's\n" +
			"name), to edit them and run nudge calibrate FOLDER, or nudge optimize FOLDER if\n" +
			"the study is about a policy.",
		Example:           "  nudge init boarding-school my-study",
		Args:              studyAndFolder,
		ValidArgsFunction: completeBuiltin,
		RunE: func(cmd *cobra.Command, args []string) error {
			folder, verb := path.Base(args[0]), "calibrate"
			if slices.Contains(study.BuiltinPolicies(), args[0]) {
				verb = "optimize"
			}
			if len(args) == 2 {
				folder = args[1]
			}
			paths, err := study.Copy(args[0], folder)
			if err != nil {
				return usage(err)
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "wrote %s\nNext: nudge %s %s\n", strings.Join(paths, ", "), verb, folder)
			return err
		},
	}
	return cmd
}

// builtin returns the names of all built-in studies.
func builtin() []string { return append(study.Builtin(), study.BuiltinPolicies()...) }

func completeBuiltin(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveFilterDirs
	}
	return builtin(), cobra.ShellCompDirectiveNoFileComp
}

func studyAndFolder(_ *cobra.Command, args []string) error {
	if len(args) < 1 || len(args) > 2 {
		return usagef("init needs a built-in study (%s) and may take a folder", strings.Join(builtin(), ", "))
	}
	if slices.Contains(builtin(), args[0]) {
		return nil
	}
	return usage(abm.Unknown("study", args[0], builtin()))
}
