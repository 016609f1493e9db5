package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"testing"
)

func TestComplain(t *testing.T) {
	for _, c := range []struct {
		err  error
		code int
		said string
	}{
		{nil, 0, ""},
		{errors.New("it broke"), exitFailed, "nudge: it broke\n"},
		{usagef("no %s", "luck"), exitUsage, "nudge: no luck\n"},
		{fmt.Errorf("while working: %w", usagef("no luck")), exitUsage, "nudge: while working: no luck\n"},
		{fmt.Errorf("working: %w", context.Canceled), exitInterrupted, "nudge: interrupted; nothing was written\n"},
		{&interrupted{"go on later"}, exitInterrupted, "nudge: go on later\n"},
	} {
		var stderr bytes.Buffer
		if code := complain(&stderr, "nudge", c.err); code != c.code || stderr.String() != c.said {
			t.Errorf("%v: exit code %d, %q; want %d, %q", c.err, code, stderr.String(), c.code, c.said)
		}
	}
	if exitInterrupted != 130 {
		t.Error("shells expect 130 after an interrupt")
	}
}
