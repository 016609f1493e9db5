package abm

import (
	"testing"

	"pgregory.net/rapid"
)

func TestSuggest(t *testing.T) {
	names := []string{"transmission", "recovery", "initial", "dt"}
	for word, want := range map[string]string{
		"transmision": `; did you mean "transmission"?`,
		"Recovery":    `; did you mean "recovery"?`,
		"inital":      `; did you mean "initial"?`,
		"td":          "",
		"d":           `; did you mean "dt"?`,
		"agents":      "",
		"":            "",
	} {
		if got := suggest(word, names); got != want {
			t.Errorf("%q: %q, want %q", word, got, want)
		}
	}
}

func TestEditDistance(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want int
	}{{"kitten", "sitting", 3}, {"", "abc", 3}, {"abc", "", 3}, {"flaw", "lawn", 2}, {"same", "same", 0}} {
		if got := editDistance(test.a, test.b); got != test.want {
			t.Errorf("%s, %s: %d, want %d", test.a, test.b, got, test.want)
		}
	}
	word := rapid.StringMatching("[ab]{0,6}")
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := word.Draw(t, "a"), word.Draw(t, "b"), word.Draw(t, "c")
		if editDistance(a, b) != editDistance(b, a) || editDistance(a, c) > editDistance(a, b)+editDistance(b, c) {
			t.Fatal("not a distance")
		}
	})
}
