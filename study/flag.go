package study

import "github.com/goccy/go-yaml/ast"

// flag is true or false.
type flag struct {
	place
	value bool
}

func (f *flag) readNode(s *source, n ast.Node, key string) error {
	b, ok := n.(*ast.BoolNode)
	if !ok {
		return s.place(n).mistakef("%s must be true or false, not %s", key, describe(n))
	}
	*f = flag{s.place(n), b.Value}
	return nil
}

func (f flag) plain() any {
	if !f.value {
		return nil
	}
	return true
}
