package abm

import (
	"fmt"
	"strings"
)

// suggest returns `; did you mean "x"?` for the closest of the candidates, or
// "" if none is close.
func suggest(word string, candidates []string) string {
	best, least := "", 1+len(word)/3
	for _, c := range candidates {
		if d := editDistance(strings.ToLower(word), strings.ToLower(c)); d <= least {
			best, least = c, d-1
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %q?", best)
}

// Unknown is the sentence for a name that is not among the allowed ones.
func Unknown(what, name string, allowed []string) error {
	return fmt.Errorf("unknown %s %q%s; known are %s", what, name, suggest(name, allowed), strings.Join(allowed, ", "))
}

// editDistance is the Levenshtein distance.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}
