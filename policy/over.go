package policy

import (
	"fmt"
	"strings"
)

// Over is how a series is made one number.
type Over int

// The ways to make a series one number.
const (
	Sum Over = iota
	Mean
	Max // its derivative is that at the row of the maximum that the run has
	Last
)

var overs = []string{"sum", "mean", "max", "last"}

// String returns the word for it.
func (o Over) String() string { return overs[o] }

// UnmarshalText reads one of the words sum, mean, max and last.
func (o *Over) UnmarshalText(text []byte) error {
	for i, word := range overs {
		if word == string(text) {
			*o = Over(i)
			return nil
		}
	}
	return fmt.Errorf("over must be one of %s, not %q", strings.Join(overs, ", "), text)
}
