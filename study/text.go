package study

import (
	"encoding"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"github.com/nudge-abm/nudge/abm"
)

// text is a word or a line of a study.
type text struct {
	place
	value string
}

func (t *text) readNode(s *source, n ast.Node, key string) error {
	value, ok := scalar(n)
	if !ok || value == "" {
		return s.place(n).mistakef("%s must be text, not %s", key, describe(n))
	}
	*t = text{s.place(n), value}
	return nil
}

// oneOf returns an error unless the text is one of the words allowed.
func (t text) oneOf(key string, allowed ...string) error {
	if slices.Contains(allowed, t.value) {
		return nil
	}
	return t.mistakef("%s must be one of %s, not %q", key, strings.Join(allowed, ", "), t.value)
}

// orElse sets the text if it was not given.
func (t *text) orElse(value string) {
	if t.absent() {
		t.value = value
	}
}

func (t text) absent() bool { return t.value == "" }

func (t text) plain() any {
	if t.absent() {
		return nil
	}
	if _, err := abm.ParseNumber(t.value); err == nil {
		return raw(t.value)
	}
	return t.value
}

// choice is a word that a type T reads.
type choice[T any, P interface {
	*T
	encoding.TextUnmarshaler
}] struct {
	text
	value T
}

func (c *choice[T, P]) readNode(s *source, n ast.Node, key string) error {
	if err := c.text.readNode(s, n, key); err != nil {
		return err
	}
	if err := P(&c.value).UnmarshalText([]byte(c.text.value)); err != nil {
		return c.mistakef("%v", err)
	}
	return nil
}

// texts is a word or a list of words.
type texts []text

func (t *texts) readNode(s *source, n ast.Node, key string) error {
	nodes := []ast.Node{n}
	if list, ok := n.(*ast.SequenceNode); ok {
		nodes = list.Values
	}
	*t = make(texts, len(nodes))
	for i, x := range nodes {
		if err := (*t)[i].readNode(s, x, key); err != nil {
			return err
		}
	}
	return nil
}

func (t texts) plain() any { return plainList(t) }

func (t texts) values() []string {
	var values []string
	for _, x := range t {
		values = append(values, x.value)
	}
	return values
}
