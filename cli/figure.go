package cli

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"slices"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/figure"
	"github.com/nudge-abm/nudge/report"
)

// figureFlags are the flags of the verb figure.
type figureFlags struct {
	display
	seed    uint64
	workers int
	out     string
	steps   int
	quick   bool
	resume  bool
}

// quickScale is what --quick multiplies numbers of samples by.
const quickScale = 0.1

// newFigure returns the verb that draws the paper's figures.
func newFigure() *cobra.Command {
	var f figureFlags
	cmd := &cobra.Command{
		Use:   "figure [NUMBER ...|all]",
		Short: "Draw the paper's figures with our data, and say where they differ",
		Long: "Draw figures of Automatic Differentiation of Agent-Based Models (arXiv 2509.03303)\n" +
			"with data of our own. Each gets its pictures and a page with what the paper claims,\n" +
			"what we see, and where they differ; index.html shows them all.\n" +
			"\nFigures 16 to 20 show calibrations, which are made once for all of them: six fits\n" +
			"of 1000 steps, about a quarter of an hour on two idle cores, or a minute with --quick;\n" +
			"--steps 5000 are the paper's. What was begun is kept in the folder fits, and\n" +
			"--resume goes on from it.\n\nFigures:\n" + figureList(),
		Example:           "  nudge figure all --out figures\n  nudge figure 5 15b --quick",
		Args:              knownFigures,
		ValidArgsFunction: completeFigure,
		RunE:              func(cmd *cobra.Command, args []string) error { return drawFigures(cmd, &f, args) },
	}
	f.display.register(cmd)
	flags := cmd.Flags()
	flags.Uint64Var(&f.seed, "seed", 1, "seed of all randomness")
	flags.IntVar(&f.workers, "workers", runtime.GOMAXPROCS(0), "runs made at the same time; the result does not depend on it")
	flags.StringVar(&f.out, "out", "figures", "`folder` to write to")
	flags.IntVar(&f.steps, "steps", 1000, "training steps of each calibration; the paper's are 5000")
	flags.BoolVar(&f.quick, "quick", false, "a tenth of the samples, and calibrations in their quick form")
	flags.BoolVar(&f.resume, "resume", false, "go on with the calibrations in the folder, finished or not")
	return cmd
}

func figureList() string {
	list := ""
	for _, f := range figure.All() {
		list += fmt.Sprintf("  %-9s %s\n", f.Number, f.Title)
	}
	return list
}

// knownFigures accepts numbers of figures, or all.
func knownFigures(_ *cobra.Command, args []string) error {
	_, err := figuresOf(args)
	return usage(err)
}

func completeFigure(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	offers := []cobra.Completion{"all"}
	for _, f := range figure.All() {
		if !slices.Contains(args, f.Number) {
			offers = append(offers, cobra.CompletionWithDesc(f.Number, f.Title))
		}
	}
	return offers, cobra.ShellCompDirectiveNoFileComp
}

// figuresOf returns the figures of the given numbers, each once; none stands for
// all, and so does the word.
func figuresOf(numbers []string) ([]figure.Figure, error) {
	if len(numbers) == 0 || slices.Contains(numbers, "all") {
		return figure.All(), nil
	}
	if err := distinct("figure", numbers); err != nil {
		return nil, err
	}
	var chosen []figure.Figure
	for _, n := range numbers {
		f, err := figure.ByNumber(n)
		if err != nil {
			return nil, err
		}
		chosen = append(chosen, f)
	}
	return chosen, nil
}

func drawFigures(cmd *cobra.Command, f *figureFlags, numbers []string) error {
	if f.workers < 1 {
		return usagef("--workers must be at least 1, is %d", f.workers)
	}
	if f.steps < 1 {
		return usagef("--steps must be at least 1, is %d", f.steps)
	}
	chosen, err := figuresOf(numbers)
	if err != nil {
		return usage(err)
	}
	to, err := newFolder(f.out)
	if err != nil {
		return err
	}
	bar := f.progress(cmd)
	drawings, err := f.draw(cmd.Context(), chosen, bar)
	bar.close()
	if err != nil {
		return err
	}
	return f.show(cmd, to, figureResult(drawings, f))
}

func (f *figureFlags) draw(ctx context.Context, chosen []figure.Figure, bar *progress) ([]*figure.Drawing, error) {
	o := figure.Options{Workers: f.workers, Seed: f.seed, Steps: f.steps, Fits: f.fits(), Progress: bar.told}
	if f.quick {
		o.Scale = quickScale
	}
	var drawings []*figure.Drawing
	for _, c := range chosen {
		d, err := c.Draw(ctx, o)
		if err != nil {
			return nil, err
		}
		drawings = append(drawings, d)
	}
	return drawings, nil
}

// fits keeps the states of calibrations in the folder fits, each in a folder of its
// own, and takes them from there under --resume.
func (f *figureFlags) fits() *figure.Fits {
	folder := func(name string) string { return filepath.Join(f.out, "fits", name) }
	kept := &figure.Fits{Save: func(name, digest string, state calibrate.CampaignState) error {
		return saveCheckpoint(folder(name), checkpointFile, digest, state)
	}}
	if f.resume {
		kept.Begun = func(name, digest string) (*calibrate.CampaignState, error) {
			return readCheckpoint[calibrate.CampaignState](folder(name), checkpointFile, digest)
		}
	}
	return kept
}

// figureObject is a drawing in JSON.
type figureObject struct {
	Number      string           `json:"number"`
	Title       string           `json:"title"`
	Claim       string           `json:"claim"`
	Findings    []figure.Finding `json:"findings"`
	Differences []string         `json:"differences"`
	Page        string           `json:"page"`
	Pictures    []string         `json:"pictures"`
}

// figureResult returns drawings in all their forms.
func figureResult(drawings []*figure.Drawing, f *figureFlags) result {
	var objects []figureObject
	var documents []document
	for _, d := range drawings {
		o := figureObject{
			Number: d.Number, Title: d.Title, Claim: d.Claim, Findings: d.Findings,
			Differences: d.Differences, Page: d.Name() + ".html",
		}
		for _, p := range d.Pictures {
			documents = append(documents, pictures(p.Name, p.Figure)...)
			o.Pictures = append(o.Pictures, p.Name+".png", p.Name+".svg")
		}
		documents = append(documents, page(o.Page, d.Page()))
		objects = append(objects, o)
	}
	return result{
		object: struct {
			Seed    uint64         `json:"seed"`
			Quick   bool           `json:"quick"`
			Figures []figureObject `json:"figures"`
		}{f.seed, f.quick, objects},
		text:      func(w io.Writer) { printFigures(w, objects, f.out) },
		documents: append(documents, page("index.html", figure.Index(drawings))),
	}
}

// page is a report in HTML.
func page(name string, p report.Page) document {
	p.Footer = "nudge " + version()
	return document{name, p.Write}
}

// printFigures shows which statements of the paper hold.
func printFigures(w io.Writer, figures []figureObject, out string) {
	t := newTable(table.Row{"figure", "here it", "the paper says"})
	for _, f := range figures {
		for _, x := range f.Findings {
			if x.Verdict != figure.Ours {
				t.AppendRow(table.Row{f.Number, x.Verdict, x.Claim})
			}
		}
	}
	printTable(w, "", t)
	fmt.Fprintf(w, "Pages: %s\n", filepath.Join(out, "index.html"))
}
