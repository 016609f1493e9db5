package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"github.com/nudge-abm/nudge/abm"
)

// newModels returns the verb that says what models there are and what they can
// be told.
func newModels(p *Program) *cobra.Command {
	var d display
	cmd := &cobra.Command{
		Use:               "models [MODEL]",
		Short:             "List the models, or the parameters, settings and observables of one",
		Example:           p.examples("models", "--json", "  nudge models\n  nudge models sir"),
		Args:              atMostOneModel,
		ValidArgsFunction: p.completeModel,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 && p.only() == nil {
				return d.show(cmd, nil, listing(p.Models))
			}
			m, err := p.model(args)
			if err != nil {
				return err
			}
			return d.show(cmd, nil, description(m))
		},
	}
	d.register(cmd)
	return cmd
}

func atMostOneModel(cmd *cobra.Command, args []string) error {
	if len(args) > 1 {
		return usagef("%s takes the name of at most one model, not %d arguments", cmd.Name(), len(args))
	}
	return nil
}

// listing is all models with a line each.
func listing(models []*abm.Model) result {
	type line struct {
		Name string `json:"name"`
		Doc  string `json:"doc"`
	}
	var lines []line
	t := newTable(table.Row{"model", "simulates"})
	for _, m := range models {
		lines = append(lines, line{m.Name, m.Doc})
		t.AppendRow(table.Row{m.Name, m.Doc})
	}
	return result{
		object: struct {
			Models []line `json:"models"`
		}{lines},
		text: func(w io.Writer) { printTable(w, "", t) },
	}
}

// modelObject is a model in JSON.
type modelObject struct {
	Name        string             `json:"name"`
	Doc         string             `json:"doc"`
	Parameters  []parameterObject  `json:"parameters"`
	Settings    []settingObject    `json:"settings"`
	Observables []observableObject `json:"observables"`
	Derived     []observableObject `json:"derived"`
}

type parameterObject struct {
	Name    string  `json:"name"`
	Unit    string  `json:"unit"`
	Default float64 `json:"default"`
	Least   float64 `json:"least"` // null if there is no limit
	Most    float64 `json:"most"`
	Below   string  `json:"below,omitempty"`
	Doc     string  `json:"doc"`
}

type settingObject struct {
	Name    string   `json:"name"`
	Unit    string   `json:"unit"`
	Default string   `json:"default"`
	Allowed []string `json:"allowed,omitempty"`
	Doc     string   `json:"doc"`
}

type observableObject struct {
	Name string `json:"name"`
	Unit string `json:"unit"`
	Doc  string `json:"doc"`
}

// description is all about one model.
func description(m *abm.Model) result {
	o := modelObject{Name: m.Name, Doc: m.Doc}
	for _, p := range m.Parameters {
		o.Parameters = append(o.Parameters, parameterObject{p.Name, p.Unit, p.Default, p.Support.Lo, p.Support.Hi, p.Below, p.Doc})
	}
	for _, s := range m.Settings {
		o.Settings = append(o.Settings, settingObject{s.Name, s.Unit, s.Default, s.Allowed, s.Doc})
	}
	for _, x := range m.Observables {
		o.Observables = append(o.Observables, observableObject{x.Name, x.Unit, x.Doc})
	}
	for _, d := range m.Derived {
		o.Derived = append(o.Derived, observableObject{d.Name, d.Unit, d.Doc})
	}
	return result{object: o, text: func(w io.Writer) { describe(w, m) }}
}

func describe(w io.Writer, m *abm.Model) {
	fmt.Fprintf(w, "%s: %s\n\n", m.Name, m.Doc)
	t := newTable(table.Row{"parameter", "default", "unit", "allowed", "meaning"}, 2)
	for _, p := range m.Parameters {
		t.AppendRow(table.Row{p.Name, brief(p.Default), p.Unit, allowed(p), p.Doc})
	}
	printTable(w, "", t)
	t = newTable(table.Row{"setting", "default", "unit", "allowed", "meaning"}, 2)
	for _, s := range m.Settings {
		t.AppendRow(table.Row{s.Name, s.Default, s.Unit, strings.Join(s.Allowed, ", "), s.Doc})
	}
	printTable(w, "", t)
	t = newTable(table.Row{"observable", "unit", "meaning"})
	for _, x := range m.Observables {
		t.AppendRow(table.Row{x.Name, x.Unit, x.Doc})
	}
	printTable(w, "", t)
}

// allowed words the values a parameter may take.
func allowed(p abm.Parameter) string {
	if p.Below == "" {
		return p.Support.String()
	}
	return fmt.Sprintf("%s, below %s", p.Support, p.Below)
}
