package abm

import (
	"cmp"
	"fmt"
	"path"
	"runtime"
	"slices"
	"strings"

	"github.com/nudge-abm/nudge/ad"
)

// Audit watches a world's runs for errors in a model that show in no result:
// derivatives lost in silence, and draws that share their luck. Meanwhile a
// number used after its region ended, an agent's turn or a step, panics or reads
// as NaN. It makes runs slower and leaves their results as they are. Under the
// build tag nudgedebug every world is watched.
type Audit struct {
	rows  *ad.Audit // nil in plain runs and in reverse mode
	seen  map[Site]struct{}
	step  int // that seen is of
	twice map[Twice]int
}

// Twice is a source line that draws once more under one purpose, index, agent
// and step, and so gets the same luck again; see [Purpose.At].
type Twice struct {
	Line  string `json:"line"` // file:line
	Draw  string `json:"draw"` // name of the draw
	Count int    `json:"count"`
}

// Watch puts the world's runs under an audit, which gathers what it finds over
// all of them, and returns it. Watching again returns the same.
func (w *World) Watch() *Audit {
	if w.audit != nil {
		return w.audit
	}
	w.audit = &Audit{seen: map[Site]struct{}{}, twice: map[Twice]int{}}
	if w.arena != nil && !w.arena.Reverse() {
		w.audit.rows = w.arena.Watch()
	}
	return w.audit
}

// Reads returns the source lines that read active numbers by [ad.Num.Value],
// most frequent first: a branch or an index taken on them has no derivative.
func (u *Audit) Reads() []ad.Read {
	if u.rows == nil {
		return nil
	}
	return u.rows.Reads()
}

// Twice returns the source lines that draw once more at one place, most frequent
// first.
func (u *Audit) Twice() []Twice {
	var all []Twice
	for t, n := range u.twice {
		t.Count = n
		all = append(all, t)
	}
	slices.SortFunc(all, func(a, b Twice) int {
		return cmp.Or(b.Count-a.Count, cmp.Compare(a.Line, b.Line), cmp.Compare(a.Draw, b.Draw))
	})
	return all
}

// note records a draw.
func (u *Audit) note(w *World, at Site) {
	if at.Step != u.step {
		u.begin(at.Step)
	}
	places := len(u.seen)
	u.seen[at] = struct{}{}
	if len(u.seen) == places { // seen before
		u.twice[Twice{Line: caller(), Draw: w.drawName(at.Purpose)}]++
	}
}

// begin forgets the draws of other steps and runs, which are other places.
func (u *Audit) begin(step int) {
	u.step = step
	clear(u.seen)
}

// caller returns file:line of the first frame outside this package.
func caller() string {
	var pc [24]uintptr
	frames := runtime.CallersFrames(pc[:runtime.Callers(2, pc[:])])
	for {
		f, more := frames.Next()
		if !strings.Contains(f.Function, "/abm.") {
			return fmt.Sprintf("%s:%d", path.Join(path.Base(path.Dir(f.File)), path.Base(f.File)), f.Line)
		}
		if !more {
			return "unknown line"
		}
	}
}
