package study

import "github.com/goccy/go-yaml/ast"

// level is a number, or the prior of one that is learned from groups.
type level struct {
	number
	prior belief
}

func (x *level) readNode(s *source, n ast.Node, key string) error {
	if _, is := n.(*ast.MappingNode); !is {
		return x.number.readNode(s, n, key)
	}
	*x = level{number: number{place: s.place(n)}}
	return hyperpriors().read(s, n, &x.prior.beliefKind, "name", "by")
}

// learned reports whether the level has a prior.
func (x level) learned() bool { return x.prior.beliefKind != nil }

func (x *level) keep(key string, r rule) error {
	if x.learned() {
		return nil // its support is looked at with the groups
	}
	return x.number.keep(key, r)
}

func (x level) plain() any {
	if x.learned() {
		return x.prior.plain()
	}
	return x.number.plain()
}

// hyperpriors are the beliefs about one parameter.
func hyperpriors() kinds[beliefKind] {
	single := kinds[beliefKind]{what: beliefs.what, key: beliefs.key}
	for _, k := range beliefs.all {
		if len(k.make().names()) == 1 {
			single.all = append(single.all, k)
		}
	}
	return single
}
