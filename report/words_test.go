package report

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPassages(t *testing.T) {
	for _, c := range []struct {
		text Text
		want []passage
	}{
		{"", nil},
		{"one\ntwo\n\n three", []passage{{Words: "one two"}, {Words: "three"}}},
		{"lead:\n- a\n  more\n- b\n\nend", []passage{{Words: "lead:"}, {Items: []string{"a more", "b"}}, {Words: "end"}}},
		{"- a\n\n- b", []passage{{Items: []string{"a"}}, {Items: []string{"b"}}}},
	} {
		if diff := cmp.Diff(c.want, c.text.passages()); diff != "" {
			t.Errorf("%q: %s", c.text, diff)
		}
	}
}

func TestCalloutMoods(t *testing.T) {
	for mood, want := range map[Mood]string{Info: "callout info", OK: "callout ok", Warning: "callout warning"} {
		html, err := Callout{Mood: mood}.render()
		if err != nil || !strings.Contains(string(html), want) {
			t.Errorf("%v in %s", err, html)
		}
	}
}
