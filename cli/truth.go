package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/nudge-abm/nudge/gradient"
)

// truth are the flags that choose what estimators are checked against.
type truth struct {
	name    string
	options []string
	samples int
}

// manyFlips is how many flips the reference takes a sample unless told.
const manyFlips = "1000"

// references are the estimators that serve as reference.
var references = []string{"finite-difference", "flip"}

func (t *truth) register(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&t.name, "reference", references[0], "what estimators are checked against: finite-difference, or flip (with "+manyFlips+" flips)")
	f.StringArrayVar(&t.options, "reference-option", nil, "`name=value` of an option of the reference; may be repeated")
	f.IntVar(&t.samples, "reference-samples", 0, "samples of the reference; 0 means as many as of the estimators")
	cmd.RegisterFlagCompletionFunc("reference", cobra.FixedCompletions(references, cobra.ShellCompDirectiveNoFileComp))
	cmd.RegisterFlagCompletionFunc("reference-option", completeOption(func() []string { return []string{t.name} }))
}

// make returns the reference chosen.
func (t *truth) make() (gradient.Estimator, error) {
	if t.samples < 0 || t.samples == 1 {
		return nil, usagef("--reference-samples must be at least 2, or 0 for as many as of the estimators, is %d", t.samples)
	}
	given, err := t.given()
	if err != nil {
		return nil, err
	}
	e, err := gradient.New(t.name, given)
	return e, usage(err)
}

// given returns the options, with those that make a reference of flip.
func (t *truth) given() (map[string]string, error) {
	if t.name != references[0] && t.name != references[1] {
		return nil, usagef("--reference must be one of %s, not %q", strings.Join(references, ", "), t.name)
	}
	given, err := assignments("--reference-option", t.options)
	if _, ok := given["flips"]; err == nil && t.name == "flip" && !ok {
		given["flips"] = manyFlips
	}
	return given, err
}

// words returns the options of the reference, those not given by their defaults:
// "flips=1000, side=both, pilot=3".
func (t *truth) words() string {
	given, _ := t.given()
	var words []string
	for _, o := range gradient.Options(t.name) {
		value, ok := given[o.Name]
		if !ok {
			value = o.Text(o.Default)
		}
		words = append(words, fmt.Sprintf("%s=%s", o.Name, value))
	}
	return strings.Join(words, ", ")
}
