package cli

import (
	"io"
	"os"
	"sync/atomic"

	"github.com/spf13/cobra"
	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
	"golang.org/x/term"
)

// progress shows on a terminal how far the work is, one bar a stage. It is
// silent elsewhere.
type progress struct {
	bars  *mpb.Progress // nil: silent
	bar   *mpb.Bar
	stage string
	said  atomic.Value // of the newest remark
}

// remark shows a few words behind the bar, such as the current loss.
func (p *progress) remark(words string) { p.said.Store(words) }

// progress returns a display on stderr. It is silent if stderr is no terminal,
// under --quiet, and if JSON goes to a pipe.
func (d *display) progress(cmd *cobra.Command) *progress {
	silent := d.quiet || !isTerminal(cmd.ErrOrStderr()) || d.json && !isTerminal(cmd.OutOrStdout())
	if silent {
		return &progress{}
	}
	return &progress{bars: mpb.New(mpb.WithOutput(cmd.ErrOrStderr()), mpb.WithWidth(40))}
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// told shows that of a stage's units so many are done. A new stage starts a new
// bar.
func (p *progress) told(stage string, done, total int) {
	if p.bars == nil {
		return
	}
	if p.bar == nil || stage != p.stage {
		p.stop()
		p.remark("")
		p.stage, p.bar = stage, p.newBar(stage, total)
	}
	p.bar.SetCurrent(int64(done))
}

// stageOf returns told for one stage.
func (p *progress) stageOf(stage string) func(done, total int) {
	return func(done, total int) { p.told(stage, done, total) }
}

func (p *progress) newBar(stage string, total int) *mpb.Bar {
	return p.bars.AddBar(int64(total),
		mpb.PrependDecorators(
			decor.Name(stage, decor.WCSyncSpaceR),
			decor.CountersNoUnit("%d/%d", decor.WCSyncSpace)),
		mpb.AppendDecorators(
			decor.OnComplete(decor.AverageETA(decor.ET_STYLE_GO), "done"),
			decor.Elapsed(decor.ET_STYLE_GO, decor.WCSyncSpace),
			decor.Any(func(decor.Statistics) string {
				words, _ := p.said.Load().(string)
				return words
			}, decor.WCSyncSpace)))
}

func (p *progress) stop() {
	if p.bar != nil {
		p.bar.Abort(false) // no effect on a full bar
	}
}

// close leaves the bars as they are; it must be called before anything else is
// written to the terminal.
func (p *progress) close() {
	if p.bars != nil {
		p.stop()
		p.bars.Wait()
	}
}
