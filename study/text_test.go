package study

import (
	"slices"
	"testing"
)

func TestTextIsReadAsItIsWritten(t *testing.T) {
	for written, want := range map[string]string{
		"plain words": "plain words", `"a: b"`: "a: b", "'it''s'": "it's", "1978": "1978", "010": "010",
		"true": "true", "1e3": "1e3", "|\n  two\n  lines\n": "two\nlines",
	} {
		if got, err := readX[text](t, written); err != nil || got.value != want {
			t.Errorf("%s is read as %q, %v", written, got.value, err)
		}
	}
}

func TestTextsAreOneOrAList(t *testing.T) {
	for written, want := range map[string][]string{"a": {"a"}, "[a, b]": {"a", "b"}, "\n- a\n- b": {"a", "b"}} {
		if got, err := readX[texts](t, written); err != nil || !slices.Equal(got.values(), want) {
			t.Errorf("%s is read as %v, %v", written, got.values(), err)
		}
	}
}
