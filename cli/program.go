package cli

import (
	"context"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/calibrate/loss"
	"github.com/nudge-abm/nudge/study"
)

// Program is a command line that serves models.
type Program struct {
	Name   string       // in messages and help
	Models []*abm.Model // in the order they are listed in; at least one
	Losses []loss.Kind  // losses beside the built-in ones, that studies can name
	// Builtin adds what is about the models that come along with nudge: the verbs
	// figure and init, and studies by name.
	Builtin bool
}

// Main runs the command line of this process with all verbs on the models, and
// exits with its code. It is the last line of a program with a model of its own:
//
//	func main() { cli.Main(model) }
//
// With one model its name need not be given.
func Main(models ...*abm.Model) {
	p := Program{Name: strings.TrimSuffix(filepath.Base(os.Args[0]), ".exe"), Models: models}
	os.Exit(p.Run(os.Args[1:], os.Stdout, os.Stderr))
}

// Run runs one command line, without the program's name, and returns the exit
// code. The first interrupt asks the work to stop, a second one ends the process
// at once. It panics if there is no model.
func (p *Program) Run(args []string, stdout, stderr io.Writer) int {
	if len(p.Models) == 0 {
		panic("cli: a program needs a model")
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	root := newRoot(p)
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	cmd, err := root.ExecuteContextC(ctx)
	return complain(stderr, p.Name, explain(cmd, err))
}

// library is what studies can name.
func (p *Program) library() study.Library { return study.Library{Models: p.Models, Losses: p.Losses} }

// only returns the model that need not be named, nil if there are several.
func (p *Program) only() *abm.Model {
	if len(p.Models) == 1 {
		return p.Models[0]
	}
	return nil
}

// model returns the model that the arguments name, or the only one.
func (p *Program) model(args []string) (*abm.Model, error) {
	if m := p.only(); m != nil && len(args) == 0 {
		return m, nil
	}
	m, err := abm.ByName(p.Models, args[0])
	return m, usage(err)
}

// oneModel accepts exactly the name of a model as argument, or none if there is
// only one.
func (p *Program) oneModel(cmd *cobra.Command, args []string) error {
	if len(args) == 1 || len(args) == 0 && p.only() != nil {
		return nil
	}
	return usagef("%s needs the name of one model (%s), not %d arguments",
		cmd.Name(), strings.Join(abm.Names(p.Models), ", "), len(args))
}

// use is how a verb on a model is called.
func (p *Program) use(verb string) string {
	if p.only() != nil {
		return verb
	}
	return verb + " MODEL"
}

// command is the beginning of a command line for a model.
func (p *Program) command(verb string, m *abm.Model) string {
	if p.only() != nil {
		return p.Name + " " + verb
	}
	return p.Name + " " + verb + " " + m.Name
}

// examples returns command lines for a verb on a model: flags that suit any
// model, and, if the program is nudge, whole lines about its models instead.
func (p *Program) examples(verb, flags, builtin string) string {
	if p.Builtin {
		return builtin
	}
	return "  " + p.command(verb, p.Models[0]) + " " + flags
}
