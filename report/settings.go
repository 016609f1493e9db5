package report

import "html/template"

// Settings is what a reader needs to reproduce a result: a list of names and
// values, and a text, such as a configuration file or a command, with a button
// that copies it.
type Settings struct {
	Caption string
	Values  []Setting
	Code    string
}

// Setting is a named value.
type Setting struct{ Name, Value string }

func (s Settings) render() (template.HTML, error) { return fragment("settings", s) }
