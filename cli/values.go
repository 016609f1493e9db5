package cli

import (
	"fmt"
	"io"

	"github.com/nudge-abm/nudge/study"
)

// isWord reports whether a parameter is a choice of words, which have no mean.
func isWord(p study.Parameter) bool { return p.Law != nil && p.Law.Words() != nil }

// printValues shows how probable the values of a discrete parameter are; nothing for
// any other.
func printValues(w io.Writer, name string, all []study.Probability) {
	if len(all) > 0 {
		fmt.Fprintf(w, "%s: %s\n", name, study.InWords(all))
	}
}

// valuesOf are the probabilities of the values of each discrete parameter.
type valuesOf map[string][]study.Probability

// given leaves out parameters that are not discrete; nil if none is.
func given(all map[string][]study.Probability) valuesOf {
	var some valuesOf
	for name, x := range all {
		if x != nil {
			if some == nil {
				some = valuesOf{}
			}
			some[name] = x
		}
	}
	return some
}

// namesOf returns the names of parameters.
func namesOf(parameters []study.Parameter) []string {
	names := make([]string, len(parameters))
	for k, p := range parameters {
		names[k] = p.Name
	}
	return names
}
