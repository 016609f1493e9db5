package cli

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
)

// result is what a verb has found, in the forms it can be asked for.
type result struct {
	object    any               // for --json
	text      func(w io.Writer) // otherwise
	documents []document        // for --out
}

// show writes what --out asks for, and then the object or the text to stdout.
func (d *display) show(cmd *cobra.Command, to *destination, r result) error {
	paths, err := to.write(r.documents)
	if err != nil {
		return err
	}
	if few := 8; len(paths) > few {
		d.note(cmd, "wrote %d files to %s", len(paths), to.path)
	} else if len(paths) > 0 {
		d.note(cmd, "wrote %s", strings.Join(paths, ", "))
	}
	var b bytes.Buffer
	if d.json {
		err = writeJSON(&b, r.object)
	} else {
		r.text(&b)
	}
	if err != nil {
		return err
	}
	_, err = b.WriteTo(cmd.OutOrStdout())
	return err
}

// note tells stderr something beside the result.
func (d *display) note(cmd *cobra.Command, format string, args ...any) {
	if !d.quiet {
		fmt.Fprintf(cmd.ErrOrStderr(), cmd.Root().Name()+": "+format+"\n", args...)
	}
}
