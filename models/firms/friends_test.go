package firms

import (
	"slices"
	"strings"
	"testing"

	"github.com/nudge-abm/nudge/abm"
)

func known(t *testing.T, assignments ...string) *friends {
	t.Helper()
	s := abm.NewSetup(Model)
	for _, a := range assignments {
		if err := s.Assign(a); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Prepare(); err != nil {
		t.Fatal(err)
	}
	return s.Shared().(*friends)
}

// count returns how many agents have each number of friends and how many are
// their own; it fails if someone has a friend twice.
func count(t *testing.T, f *friends, n int) (degrees map[int]int, selves int) {
	degrees = map[int]int{}
	for i := range n {
		of := slices.Sorted(slices.Values(f.of(i)))
		degrees[len(of)]++
		if slices.Contains(of, int32(i)) {
			selves++
		}
		if len(slices.Compact(of)) < len(f.of(i)) {
			t.Errorf("agent %d has a friend twice: %v", i, f.of(i))
		}
	}
	return degrees, selves
}

func TestFriendsOfThePaper(t *testing.T) {
	degrees, selves := count(t, known(t, "agents=4000"), 4000)
	if selves > 0 || len(degrees) != 4 {
		t.Errorf("degrees %v, %d their own friends", degrees, selves)
	}
	for d := 1; d <= 4; d++ {
		if x := degrees[d]; x < 880 || x > 1120 { // 1000 ± 4.4 standard deviations
			t.Errorf("%d of 4000 agents have %d friends", x, d)
		}
	}
}

func TestFriendsOfThePublishedCode(t *testing.T) {
	degrees, selves := count(t, known(t, "agents=50", "rules=published-code"), 50)
	if degrees[4] != 50 || selves == 0 {
		t.Errorf("degrees %v, %d their own friends", degrees, selves)
	}
}

func TestFriendsFromAFile(t *testing.T) {
	f := known(t, "agents=4", "network=testdata/few.csv")
	for i, want := range [][]int32{{2}, {}, {0, 3}, {2}} {
		if !slices.Equal(f.of(i), want) {
			t.Errorf("agent %d knows %v, want %v", i, f.of(i), want)
		}
	}
}

func TestFriendsThatCannotBe(t *testing.T) {
	for _, c := range []struct{ says, set string }{
		{"cannot have 1 to 4 friends among 4 agents", "agents=4"},
		{"cannot have 3 to 2 friends", "fewest_friends=3 most_friends=2"},
		{"cannot be read", "network=testdata/missing.csv"},
		{"agent 3 does not exist", "agents=3 network=testdata/few.csv"},
	} {
		s := abm.NewSetup(Model)
		for _, a := range strings.Fields(c.set) {
			if err := s.Assign(a); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Prepare(); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: error %v, want %q", c.set, err, c.says)
		}
	}
}
