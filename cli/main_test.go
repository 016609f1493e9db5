package cli

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/models"
)

// TestMain lets the scripts run this program as the command nudge, and as a
// program with a model of its own.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"nudge": func() {
			nudge := Program{Name: "nudge", Models: models.All(), Builtin: true}
			os.Exit(nudge.Run(os.Args[1:], os.Stdout, os.Stderr))
		},
		"coins": func() { Main(coins) },
		"ruins": func() { Main(ruins) },
	})
}

// coins is a model of one's own.
var coins = &abm.Model{
	Name:        "coins",
	Doc:         "heads among a hundred coins",
	Parameters:  []abm.Parameter{{Name: "bias", Unit: "1", Default: 0.5, Support: abm.Probability, Doc: "probability of heads"}},
	Settings:    []abm.Setting{abm.StepsSetting(4)},
	Observables: []abm.Observable{{Name: "heads", Unit: "share", Doc: "share of heads"}},
	Draws:       []string{"toss"},
	Start: func(w *abm.World) func() {
		toss := func() {
			for range w.Agents(100) {
				w.Observe(0, w.Bernoulli(0, w.Param("bias")).Times(0.01))
			}
		}
		toss()
		return toss
	},
}

// ruins is a model that divides zero by zero after the first row: into what is
// seen, or into a probability.
var ruins = &abm.Model{
	Name:       "ruins",
	Doc:        "a fortune that is not a number",
	Parameters: []abm.Parameter{{Name: "bias", Unit: "1", Default: 0.5, Support: abm.Probability, Doc: "probability of heads"}},
	Settings: []abm.Setting{
		abm.StepsSetting(4),
		{Name: "broken", Kind: abm.Whole, Default: "0", Max: 1, Doc: "whether a probability breaks"},
	},
	Observables: []abm.Observable{{Name: "heads", Unit: "share", Doc: "share of heads"}},
	Draws:       []string{"toss"},
	Start: func(w *abm.World) func() {
		return func() {
			zero := w.Param("bias").Times(0)
			if w.Int("broken") == 1 && w.Step() > 1 {
				w.Bernoulli(0, zero.Div(zero))
			}
			w.Observe(0, zero.Div(zero))
		}
	},
}

// TestScripts runs the command lines in testdata.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"exits": exits,
			"json":  jsonAt,
			"empty": empty,
		},
	})
}

// exits runs a command and compares its exit code: exits CODE COMMAND ARGS...
func exits(ts *testscript.TestScript, neg bool, args []string) {
	err := ts.Exec(args[1], args[2:]...)
	code := "0"
	if err != nil {
		code = strings.TrimPrefix(err.Error(), "exit status ")
	}
	if (code == args[0]) == neg {
		ts.Fatalf("exit code %s", code)
	}
}

// jsonAt reads stdout or a file as exactly one JSON value and compares what is
// at a path with the text that fmt writes for it, or its length: json FILE PATH
// VALUE, where the steps of PATH are names, indices and len.
func jsonAt(ts *testscript.TestScript, neg bool, args []string) {
	var v any
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &v))
	got := fmt.Sprint(lookup(ts, v, strings.Split(args[1], ".")))
	if (got == args[2]) == neg {
		ts.Fatalf("%s is %s", args[1], got)
	}
}

func lookup(ts *testscript.TestScript, v any, path []string) any {
	for _, step := range path {
		switch x := v.(type) {
		case map[string]any:
			var ok bool
			if v, ok = x[step]; !ok {
				ts.Fatalf("no %q in the JSON object", step)
			}
		case []any:
			if step == "len" {
				return len(x)
			}
			var i int
			fmt.Sscan(step, &i)
			v = x[i]
		default:
			ts.Fatalf("nothing below a %T", v)
		}
	}
	return v
}

// empty fails unless a folder has nothing in it.
func empty(ts *testscript.TestScript, neg bool, args []string) {
	entries, err := os.ReadDir(ts.MkAbs(args[0]))
	ts.Check(err)
	if (len(entries) == 0) == neg {
		ts.Fatalf("%v", entries)
	}
}
