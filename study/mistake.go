package study

import (
	"fmt"
	"strings"
)

// Mistake is something wrong with a study: a sentence and where it applies. All
// errors about what a study says are Mistakes; see [errors.As].
type Mistake struct {
	File     string // the file, or the flag that a value was given by
	Line     int    // from 1; 0 is the file as a whole
	Column   int    // in characters from 1
	Sentence string // what is wrong and what is allowed
	Excerpt  string // the line with the one before it and a caret, or ""
}

// Error returns file:line:column: sentence, then the excerpt.
func (m *Mistake) Error() string {
	if m.Line == 0 {
		return fmt.Sprintf("%s: %s", m.File, m.Sentence)
	}
	return fmt.Sprintf("%s:%d:%d: %s\n%s", m.File, m.Line, m.Column, m.Sentence, m.Excerpt)
}

// source is a text that places refer to.
type source struct {
	name  string
	lines []string
}

func newSource(name string, text []byte) *source {
	return &source{name, strings.Split(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n")}
}

// place is a point in a source; line 0 is the source as a whole.
type place struct {
	in           *source
	line, column int
}

// mistakef returns a Mistake at the place.
func (p place) mistakef(format string, args ...any) error {
	m := &Mistake{File: p.in.name, Line: p.line, Column: p.column, Sentence: fmt.Sprintf(format, args...)}
	if p.line > 0 {
		m.Excerpt = p.excerpt()
	}
	return m
}

// excerpt shows the place's line below the one before it, with a caret.
func (p place) excerpt() string {
	var b strings.Builder
	for line := max(1, p.line-1); line <= min(p.line, len(p.in.lines)); line++ {
		mark := ' '
		if line == p.line {
			mark = '>'
		}
		fmt.Fprintf(&b, "%c %4d | %s\n", mark, line, strings.ReplaceAll(p.in.lines[line-1], "\t", " "))
	}
	fmt.Fprintf(&b, "       | %s^", strings.Repeat(" ", max(0, p.column-1)))
	return b.String()
}

// or returns p, or another place if p is nowhere.
func (p place) or(other place) place {
	if p.in == nil {
		return other
	}
	return p
}
