package ad

import (
	"fmt"
	"runtime"
	"sort"
	"strings"
)

// Audit watches an arena for derivatives lost in silence: plain reads of active
// numbers, and numbers used after their region ended. It slows every operation
// of its arena, so it is for checks and debug builds.
type Audit struct {
	reads  map[string]int // source line → plain reads of active numbers
	stamps []uint32       // generation of the row at each place
	serial uint32
}

// Watch puts the arena under a new audit and returns it. Forward mode only.
func (a *Arena) Watch() *Audit {
	a.mustBeForward()
	a.audit = &Audit{reads: map[string]int{}}
	a.audited, a.special = true, true
	return a.audit
}

// Read is a source line that reads active numbers as plain ones.
type Read struct {
	Line  string `json:"line"` // file:line
	Count int    `json:"count"`
}

// LateUse is what the use of a number after its region ended panics with.
type LateUse struct{ Line string }

// Error says where and what to do instead.
func (u LateUse) Error() string {
	return "ad: " + u.Line + " uses a number after its region ended (an agent's turn or a step); keep it in a column instead"
}

// Reads returns the source lines that read active numbers by [Num.Value], most
// frequent first.
func (u *Audit) Reads() []Read {
	var all []Read
	for line, n := range u.reads {
		all = append(all, Read{line, n})
	}
	sort.Slice(all, func(i, j int) bool {
		if all[i].Count != all[j].Count {
			return all[i].Count > all[j].Count
		}
		return all[i].Line < all[j].Line
	})
	return all
}

func (u *Audit) stamp(row int) ref {
	for row >= len(u.stamps) {
		u.stamps = append(u.stamps, 0)
	}
	u.serial = u.serial%stampMask + 1
	u.stamps[row] = u.serial
	return ref(u.serial) << stampShift
}

// expire makes the stamps of all rows from mark on stale.
func (u *Audit) expire(mark int) {
	for row := mark; row < len(u.stamps); row++ {
		u.stamps[row] = 0
	}
}

func (u *Audit) verify(r ref) {
	row, stamp := int(uint32(r)), uint32(r>>stampShift)&stampMask
	if row >= len(u.stamps) || u.stamps[row] != stamp {
		panic(LateUse{caller()})
	}
}

// noteRead counts a plain read of an active number if its arena is watched.
func noteRead(r ref) {
	if a := owner(r); a != nil && a.audit != nil {
		a.audit.reads[caller()]++
	}
}

// caller returns file:line of the first frame outside this package's methods.
func caller() string {
	var pc [24]uintptr
	frames := runtime.CallersFrames(pc[:runtime.Callers(3, pc[:])])
	for {
		f, more := frames.Next()
		if !strings.Contains(f.Function, "/ad.") || strings.HasSuffix(f.File, "_test.go") {
			return fmt.Sprintf("%s:%d", shortPath(f.File), f.Line)
		}
		if !more {
			return "unknown line"
		}
	}
}

// shortPath keeps the last two elements of a path.
func shortPath(path string) string {
	parts := strings.Split(path, "/")
	return strings.Join(parts[max(0, len(parts)-2):], "/")
}
