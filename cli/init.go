package cli

import (
	"fmt"
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
			"name), to edit them and run nudge calibrate FOLDER.",
		Example:           "  nudge init boarding-school my-study",
		Args:              studyAndFolder,
		ValidArgsFunction: p.completeStudy,
		RunE: func(cmd *cobra.Command, args []string) error {
			folder := args[0]
			if len(args) == 2 {
				folder = args[1]
			}
			paths, err := study.Copy(args[0], folder)
			if err != nil {
				return usage(err)
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "wrote %s\nNext: nudge calibrate %s\n", strings.Join(paths, ", "), folder)
			return err
		},
	}
	return cmd
}

func studyAndFolder(_ *cobra.Command, args []string) error {
	if len(args) < 1 || len(args) > 2 {
		return usagef("init needs a built-in study (%s) and may take a folder", strings.Join(study.Builtin(), ", "))
	}
	for _, name := range study.Builtin() {
		if name == args[0] {
			return nil
		}
	}
	return usage(abm.Unknown("study", args[0], study.Builtin()))
}
