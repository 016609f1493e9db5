// Command nudge runs agent-based models, differentiates them and fits them to
// data. There is one file a verb; what verbs share is in the files named after
// it: flags.go, output.go, progress.go, errors.go. The verbs read arguments and
// write results; the work is done by the packages they call.
//
// Exit codes: 0 done, 1 the work failed, 2 the command or its input is wrong,
// 130 interrupted.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"
)

func main() { os.Exit(execute(os.Args[1:], os.Stdout, os.Stderr)) }

// execute runs one command line and returns the exit code. The first interrupt
// asks the work to stop, a second one ends the program at once.
func execute(args []string, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	root := newRoot()
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	cmd, err := root.ExecuteContextC(ctx)
	return complain(stderr, explain(cmd, err))
}
