package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/gradient"
)

// completion is what a shell asks for when the user presses the tab key.
type completion = func(cmd *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective)

// completeModel offers the models.
func (p *Program) completeModel(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var offers []cobra.Completion
	for _, m := range p.Models {
		offers = append(offers, cobra.CompletionWithDesc(m.Name, m.Doc))
	}
	return offers, cobra.ShellCompDirectiveNoFileComp
}

// completeEstimator offers the estimators.
func completeEstimator(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return gradient.Names(), cobra.ShellCompDirectiveNoFileComp
}

// completeSet offers the names of the model's parameters and settings and, after
// the equals sign, the words a setting may be.
func (p *Program) completeSet(_ *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	m := p.named(args)
	if m == nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	if name, _, ok := strings.Cut(typed, "="); ok {
		return completeValue(m, name)
	}
	var offers []cobra.Completion
	for _, x := range m.Parameters {
		offers = append(offers, cobra.CompletionWithDesc(x.Name+"=", x.Doc))
	}
	for _, s := range m.Settings {
		offers = append(offers, cobra.CompletionWithDesc(s.Name+"=", s.Doc))
	}
	return offers, cobra.ShellCompDirectiveNoSpace | cobra.ShellCompDirectiveNoFileComp
}

func completeValue(m *abm.Model, name string) ([]cobra.Completion, cobra.ShellCompDirective) {
	i := m.Setting(name)
	if i < 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var offers []cobra.Completion
	for _, word := range m.Settings[i].Allowed {
		offers = append(offers, name+"="+word)
	}
	return offers, cobra.ShellCompDirectiveNoFileComp
}

// completeList offers the names of the model that are not yet in a list a,b,c.
func (p *Program) completeList(names func(m *abm.Model) []string) completion {
	return func(_ *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		m := p.named(args)
		if m == nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return longer(typed, names(m)), cobra.ShellCompDirectiveNoSpace | cobra.ShellCompDirectiveNoFileComp
	}
}

// longer returns the typed list with one more of the names.
func longer(typed string, names []string) []cobra.Completion {
	head := typed[:strings.LastIndex(typed, ",")+1]
	var offers []cobra.Completion
	for _, name := range names {
		if !strings.Contains(","+head, ","+name+",") {
			offers = append(offers, head+name)
		}
	}
	return offers
}

// named returns the model already on the command line, or nil.
func (p *Program) named(args []string) *abm.Model {
	if len(args) == 0 {
		return p.only()
	}
	m, err := p.model(args)
	if err != nil {
		return nil
	}
	return m
}
