package tempering

import "slices"

// trees are disjoint sets of the numbers 0 … n−1, each under its root.
type trees struct{ parent, size []int }

func newTrees(n int) trees {
	t := trees{make([]int, n), make([]int, n)}
	for i := range n {
		t.parent[i], t.size[i] = i, 1
	}
	return t
}

func (t trees) root(i int) int {
	for t.parent[i] != i {
		t.parent[i] = t.parent[t.parent[i]]
		i = t.parent[i]
	}
	return i
}

// join puts the tree of root b under root a.
func (t trees) join(a, b int) {
	t.parent[b] = a
	t.size[a] += t.size[b]
}

// groups returns the sets, the largest first.
func (t trees) groups() [][]int {
	all := make([][]int, len(t.parent))
	for i := range all {
		all[t.root(i)] = append(all[t.root(i)], i)
	}
	return inOrder(slices.DeleteFunc(all, func(g []int) bool { return g == nil }))
}

// inOrder sorts groups of numbers, the largest first, and each within.
func inOrder(groups [][]int) [][]int {
	for _, g := range groups {
		slices.Sort(g)
	}
	slices.SortStableFunc(groups, func(a, b []int) int { return len(b) - len(a) })
	return groups
}
