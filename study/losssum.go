package study

import (
	"slices"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/calibrate/loss"
)

// sum is a loss of several terms, each about some of the columns.
type sum struct {
	lossKeys
	Terms []term `yaml:"terms"`
}

// term is a loss of any other kind, with the columns it is about; none is all.
type term struct {
	Columns texts
	lossKind
}

func (t *term) readNode(s *source, n ast.Node, _ string) error {
	m, err := s.mapping(n, "term")
	if err != nil {
		return err
	}
	rest := *m
	rest.Values = nil
	for _, x := range m.Values {
		if x.Key.String() != "columns" {
			rest.Values = append(rest.Values, x)
		} else if err := t.Columns.readNode(s, x.Value, "columns"); err != nil {
			return err
		}
	}
	if err := terms.read(s, &rest, &t.lossKind); err != nil {
		return err
	}
	const elsewhere = "%s belongs to the sum, whose terms see the same runs"
	switch own := t.shared(); {
	case own.Replicates.given:
		return own.Replicates.mistakef(elsewhere, "replicates")
	case own.GradientRuns.given:
		return own.GradientRuns.mistakef(elsewhere, "gradient_runs")
	}
	return nil
}

func (t term) plain() any {
	m := lossSection{t.lossKind}.plain().(yaml.MapSlice)
	if t.Columns == nil {
		return m
	}
	return append(yaml.MapSlice{{Key: "columns", Value: t.Columns.plain()}}, m...)
}

// places returns the columns of the data that the term is about.
func (t *term) places(names []string) ([]int, error) {
	var places []int
	if t.Columns == nil {
		for i := range names {
			places = append(places, i)
		}
		return places, nil
	}
	for _, x := range t.Columns {
		i := slices.Index(names, x.value)
		switch {
		case i < 0:
			return nil, x.mistakef("%v", abm.Unknown("column of the data", x.value, names))
		case slices.Contains(places, i):
			return nil, x.mistakef("column %q stands twice in this term", x.value)
		}
		places = append(places, i)
	}
	return places, nil
}

func (c *sum) loss(on comparison) (loss.Loss, error) {
	var parts []loss.Term
	seen := make([]bool, on.data.Columns)
	for _, t := range c.Terms {
		columns, err := t.places(on.data.Names)
		if err != nil {
			return nil, err
		}
		for _, k := range columns {
			seen[k] = true
		}
		l, err := t.lossKind.loss(on.of(columns))
		if err != nil {
			return nil, err
		}
		parts = append(parts, loss.Term{Loss: l, Weight: t.shared().Weight.value, Columns: columns})
	}
	if k := slices.Index(seen, false); k >= 0 {
		return nil, c.Kind.mistakef("none of the terms is about the column %q", on.data.Names[k])
	}
	return c.explain(loss.NewSum(on.data, parts...))
}

func (c *sum) predictive() int {
	most := 0
	for _, t := range c.Terms {
		most = max(most, t.predictive())
	}
	return most
}

func (c *sum) suits(column string, y float64) error {
	for _, t := range c.Terms {
		if t.Columns != nil && !slices.Contains(t.Columns.values(), column) {
			continue
		}
		if err := t.suits(column, y); err != nil {
			return err
		}
	}
	return nil
}

func (c *sum) reads(column string) bool {
	return slices.ContainsFunc(c.Terms, func(t term) bool { return t.reads(column) })
}

func (c *sum) fewer() string {
	for _, t := range c.Terms {
		if s := t.fewer(); s != "" {
			return s
		}
	}
	return ""
}
