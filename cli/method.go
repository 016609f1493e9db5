package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/gradient"
)

// method are the flags that choose one estimator.
type method struct {
	estimator string
	options   []string
}

func (m *method) register(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&m.estimator, "estimator", "straight-through", "how derivatives are estimated, see below")
	f.StringArrayVar(&m.options, "option", nil, "`name=value` of an option of the estimator; may be repeated")
	cmd.RegisterFlagCompletionFunc("estimator", completeEstimator)
	cmd.RegisterFlagCompletionFunc("option", completeOption(func() []string { return []string{m.estimator} }))
	cmd.Long += "\n\nEstimators:\n" + gradient.Describe()
}

// make returns the estimator chosen.
func (m *method) make() (gradient.Estimator, error) {
	options, err := assignments("--option", m.options)
	if err != nil {
		return nil, err
	}
	e, err := gradient.New(m.estimator, options)
	return e, usage(err)
}

// methods are the flags that choose several estimators.
type methods struct {
	estimators []string
	options    []string
}

func (m *methods) register(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringSliceVar(&m.estimators, "estimators", []string{"all"}, "estimators to check, `a,b`, or all")
	f.StringArrayVar(&m.options, "option", nil, "`name=value` of an option, for all estimators checked that have it; may be repeated")
	cmd.RegisterFlagCompletionFunc("estimators", m.complete)
	cmd.RegisterFlagCompletionFunc("option", completeOption(func() []string { return m.names(references[0]) }))
	cmd.Long += "\n\nEstimators:\n" + gradient.Describe()
}

// names returns the estimators chosen; all stands for all, but for finite
// differences if they are the reference.
func (m *methods) names(reference string) []string {
	var names []string
	for _, name := range m.estimators {
		if name != "all" {
			names = append(names, name)
			continue
		}
		for _, n := range gradient.Names() {
			if n != reference || n != references[0] {
				names = append(names, n)
			}
		}
	}
	return names
}

// make returns the estimators chosen.
func (m *methods) make(reference string) ([]gradient.Estimator, error) {
	names := m.names(reference)
	if err := distinct("--estimators", names); err != nil {
		return nil, err
	}
	given, err := assignments("--option", m.options)
	if err != nil {
		return nil, err
	}
	var estimators []gradient.Estimator
	used := map[string]bool{}
	for _, name := range names {
		options := map[string]string{}
		for _, o := range gradient.Options(name) {
			if value, ok := given[o.Name]; ok {
				options[o.Name], used[o.Name] = value, true
			}
		}
		e, err := gradient.New(name, options)
		if err != nil {
			return nil, usage(err)
		}
		estimators = append(estimators, e)
	}
	return estimators, m.unused(given, used, names)
}

// unused returns an error for an option that none of the estimators has.
func (m *methods) unused(given map[string]string, used map[string]bool, names []string) error {
	for _, o := range m.options {
		name, _, _ := strings.Cut(o, "=")
		if name = strings.TrimSpace(name); !used[name] {
			known := optionNames(names)
			if len(known) == 0 {
				return usagef("--option: %s has no options, so not %q", strings.Join(names, ", "), name)
			}
			return usage(abm.Unknown("option", name, known))
		}
	}
	return nil
}

// optionNames returns the names of all options of the estimators.
func optionNames(estimators []string) []string {
	var names []string
	seen := map[string]bool{}
	for _, e := range estimators {
		for _, o := range gradient.Options(e) {
			if !seen[o.Name] {
				seen[o.Name] = true
				names = append(names, o.Name)
			}
		}
	}
	return names
}

// complete offers estimators not yet in the list.
func (m *methods) complete(_ *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	names := append([]string{"all"}, gradient.Names()...)
	return longer(typed, names), cobra.ShellCompDirectiveNoSpace | cobra.ShellCompDirectiveNoFileComp
}

// completeOption offers the options of the estimators chosen and, after the
// equals sign, the words an option may be.
func completeOption(estimators func() []string) completion {
	return func(_ *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		var offers []cobra.Completion
		_, _, valued := strings.Cut(typed, "=")
		for _, e := range estimators() {
			for _, o := range gradient.Options(e) {
				if !valued {
					offers = append(offers, cobra.CompletionWithDesc(o.Name+"=", o.Doc))
				}
				for _, word := range o.Allowed {
					if valued {
						offers = append(offers, o.Name+"="+word)
					}
				}
			}
		}
		return offers, cobra.ShellCompDirectiveNoSpace | cobra.ShellCompDirectiveNoFileComp
	}
}
