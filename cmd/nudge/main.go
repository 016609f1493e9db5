// Command nudge runs agent-based models, differentiates them and fits them to
// data: the models that come along. What it does is in package cli.
package main

import (
	"os"

	"github.com/nudge-abm/nudge/cli"
	"github.com/nudge-abm/nudge/models"
)

func main() {
	nudge := cli.Program{Name: "nudge", Models: models.All(), Builtin: true}
	os.Exit(nudge.Run(os.Args[1:], os.Stdout, os.Stderr))
}
