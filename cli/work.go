package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/nudge-abm/nudge/study"
)

// work is what a study asks for, in steps after which it can be gone on with later:
// S is the state kept on the way, R what comes out.
type work[S, R any] struct {
	file   string // name of the checkpoint
	digest string // of all that decides the result
	goOn   error  // what to return on Ctrl-C
	run    func(ctx context.Context, from *S, save func(S) error, bar *progress) (R, error)
}

// do does the work, from the checkpoint under --resume, and shows how far it is.
func (w work[S, R]) do(cmd *cobra.Command, f *studyFlags) (result R, err error) {
	from, err := resumed[S](cmd, f, w.file, w.digest)
	if err != nil {
		return result, err
	}
	save := func(state S) error { return saveCheckpoint(f.out, w.file, w.digest, state) }
	bar := f.progress(cmd)
	result, err = w.run(cmd.Context(), from, save, bar)
	bar.close()
	if errors.Is(err, context.Canceled) {
		err = w.goOn
	}
	return result, err
}

// goOn names the command that goes on with work on a study: with the flags that it
// was begun with, which decide the result.
func (f *studyFlags) goOn(cmd *cobra.Command, name string) error {
	begun := []string{cmd.CommandPath(), name}
	cmd.Flags().Visit(func(flag *pflag.Flag) {
		switch flag.Name {
		case "out", "resume": // said below
		default:
			begun = append(begun, said(flag)...)
		}
	})
	return &interrupted{fmt.Sprintf("interrupted; go on with: %s --out %s --resume", strings.Join(begun, " "), f.out)}
}

// said is a flag as it is given on the command line.
func said(flag *pflag.Flag) []string {
	if flag.Value.Type() == "bool" {
		return []string{"--" + flag.Name}
	}
	values := []string{flag.Value.String()}
	if list, ok := flag.Value.(pflag.SliceValue); ok {
		values = list.GetSlice()
	}
	var all []string
	for _, v := range values {
		all = append(all, "--"+flag.Name, v)
	}
	return all
}

// studyDocuments are the files of a study's result: its summary, and what else the
// study makes of it.
func studyDocuments(name string, summary any, made []study.Document) []document {
	all := []document{jsonDocument(name, summary)}
	for _, d := range made {
		all = append(all, document{d.Name, d.Write})
	}
	return all
}
