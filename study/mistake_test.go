package study

import (
	"errors"
	"testing"
)

func TestMistakeShowsItsPlace(t *testing.T) {
	s := newSource("a.csv", []byte("day,in_bed\r\n1,\tmany\r\n"))
	err := place{s, 2, 4}.mistakef("in_bed must be a number, not %q", "many")
	want := `a.csv:2:4: in_bed must be a number, not "many"
     1 | day,in_bed
>    2 | 1, many
       |    ^`
	if err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
	var m *Mistake
	if !errors.As(err, &m) || m.Line != 2 || m.Column != 4 || m.File != "a.csv" {
		t.Errorf("%+v", m)
	}
}

func TestMistakeInTheFirstLineAndInTheWhole(t *testing.T) {
	s := newSource("a.yaml", []byte("x: 1"))
	want := "a.yaml:1:4: too small\n>    1 | x: 1\n       |    ^"
	if got := (place{s, 1, 4}).mistakef("too small").Error(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := (place{in: s}).mistakef("too small").Error(); got != "a.yaml: too small" {
		t.Error(got)
	}
}
