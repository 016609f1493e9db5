package figure

import (
	"fmt"

	"github.com/nudge-abm/nudge/report"
)

// Drawing is a figure drawn with our data and what it shows.
type Drawing struct {
	Figure
	Pictures    []Picture
	Findings    []Finding
	Differences []string         // ways in which our settings differ, or may differ, from the paper's
	Settings    []report.Setting // what was used

	options Options
}

// Picture is one of a drawing's pictures.
type Picture struct {
	Name    string // of its files without extension
	Caption string
	Figure  report.Figure
}

// Verdict says whether a statement holds here.
type Verdict string

// The verdicts.
const (
	Holds   Verdict = "holds"
	Differs Verdict = "differs"
	Unclear Verdict = "unclear" // noise would hide the contrary
	Ours    Verdict = ""        // a remark of ours that the paper has no word on
)

// Finding holds one statement against what was found.
type Finding struct {
	Claim   string  `json:"claim,omitempty"` // as the paper says it
	Seen    string  `json:"seen"`
	Verdict Verdict `json:"verdict,omitempty"`
}

// verdictOf is the verdict where noise plays no part.
func verdictOf(holds bool) Verdict {
	if holds {
		return Holds
	}
	return Differs
}

// add appends a picture; part tells it from the drawing's others.
func (d *Drawing) add(part, caption string, f report.Figure) {
	d.Pictures = append(d.Pictures, Picture{Name: d.Name() + "-" + part, Caption: caption, Figure: f})
}

// find appends a finding on a statement of the paper.
func (d *Drawing) find(claim string, v Verdict, seen string) {
	d.Findings = append(d.Findings, Finding{Claim: claim, Seen: seen, Verdict: v})
}

// note appends a remark of our own.
func (d *Drawing) note(format string, args ...any) {
	d.Findings = append(d.Findings, Finding{Seen: fmt.Sprintf(format, args...), Verdict: Ours})
}

// differ appends a way in which our settings differ from the paper's.
func (d *Drawing) differ(format string, args ...any) {
	d.Differences = append(d.Differences, fmt.Sprintf(format, args...))
}

// set appends a setting.
func (d *Drawing) set(name, format string, args ...any) {
	d.Settings = append(d.Settings, report.Setting{Name: name, Value: fmt.Sprintf(format, args...)})
}
