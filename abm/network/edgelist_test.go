package network

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// edgeFile writes an edge list and returns its path.
func edgeFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "edges.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestReadEdges(t *testing.T) {
	for _, test := range []struct {
		text             string
		adjacent         []int32
		weight, degree   []float64
		contacts, lonely int
	}{
		{"from,to\n2,0\n0,1\n1,2\n", []int32{1, 2, 0, 2, 0, 1}, nil, []float64{2, 2, 2, 0}, 3, 1},
		{"from,to\r\n3,1\r\n", []int32{3, 1}, nil, []float64{0, 1, 0, 1}, 1, 2},
		{"from,to\n", []int32{}, nil, []float64{0, 0, 0, 0}, 0, 4},
		{"from,to,weight\n3,1,0.5\n1,0,2e1\n", []int32{1, 0, 3, 1}, []float64{20, 20, 0.5, 0.5}, []float64{20, 20.5, 0, 0.5}, 2, 1},
	} {
		g, err := ReadEdges(edgeFile(t, test.text), 4)
		if err != nil {
			t.Error(err)
			continue
		}
		checkRows(t, g)
		if diff := cmp.Diff(test.adjacent, g.adjacent); diff != "" {
			t.Errorf("%q: %s", test.text, diff)
		}
		if diff := cmp.Diff(test.weight, g.weight); diff != "" {
			t.Errorf("%q: %s", test.text, diff)
		}
		if diff := cmp.Diff(test.degree, g.degree); diff != "" {
			t.Errorf("%q: %s", test.text, diff)
		}
		if g.Contacts() != test.contacts || g.Isolated() != test.lonely {
			t.Errorf("%q: %d contacts, %d isolated", test.text, g.Contacts(), g.Isolated())
		}
	}
}

// Each error names the file, the line and what is wrong; FILE stands for the path.
func TestReadEdgesErrors(t *testing.T) {
	for text, want := range map[string]string{
		"":                                    "FILE:1: no header; the first line must be from,to or from,to,weight",
		"a,b\n0,1\n":                          "FILE:1: the header must be from,to or from,to,weight, not [a b]",
		"0,1\n1,2\n":                          "FILE:1: the header must be from,to or from,to,weight, not [0 1]",
		"from,to\n0,1\n0,4\n":                 "FILE:3: agent 4 does not exist; there are 4 agents, numbered 0 to 3",
		"from,to\n-1,2\n":                     "FILE:2: agent -1 does not exist; there are 4 agents, numbered 0 to 3",
		"from,to\n0,99999999999\n":            "FILE:2: agent 99999999999 does not exist; there are 4 agents, numbered 0 to 3",
		"from,to\n0,1\n2,2\n":                 "FILE:3: agent 2 is in contact with itself; remove the line",
		"from,to\n0,1\n2,3\n1,0\n":            "FILE:4: the contact of agents 0 and 1 is also on line 2; contacts are undirected, give each once",
		"from,to\n0,1\n0,1\n":                 "FILE:3: the contact of agents 0 and 1 is also on line 2; contacts are undirected, give each once",
		"from,to\n0,one\n":                    `FILE:2: an agent must be a whole number, not "one"`,
		"from,to\n0,1.5\n":                    `FILE:2: an agent must be a whole number, not "1.5"`,
		"from,to\n0\n":                        "FILE:2: 1 cells where the header has 2",
		"from,to\n0,1,2\n":                    "FILE:2: 3 cells where the header has 2",
		"from,to,weight\n0,1\n":               "FILE:2: 2 cells where the header has 3",
		"from,to,weight\n0,1,heavy\n":         `FILE:2: a weight must be a positive number, not "heavy"`,
		"from,to,weight\n\n0,1,1\n1,2,0\n":    `FILE:4: a weight must be a positive number, not "0"`,
		"from,to,weight\n0,1,-1\n":            `FILE:2: a weight must be a positive number, not "-1"`,
		"from,to,weight\n0,1,NaN\n":           `FILE:2: a weight must be a positive number, not "NaN"`,
		"from,to,weight\n0,1,Inf\n":           `FILE:2: a weight must be a positive number, not "Inf"`,
		"from,to\n0,1\n0,\"2\n":               `FILE:3: extraneous or missing " in quoted-field`,
		"from,to,weight\n0,1,1\n1,0,2\n2,3,1": "FILE:3: the contact of agents 0 and 1 is also on line 2; contacts are undirected, give each once",
	} {
		path := edgeFile(t, text)
		_, err := ReadEdges(path, 4)
		if err == nil {
			t.Errorf("%q is accepted", text)
		} else if got := strings.ReplaceAll(err.Error(), path, "FILE"); got != want {
			t.Errorf("%q:\ngot  %s\nwant %s", text, got, want)
		}
	}
	_, err := ReadEdges(filepath.Join(t.TempDir(), "none.csv"), 4)
	if err == nil || !strings.Contains(err.Error(), "the network's edge list cannot be read") || !strings.Contains(err.Error(), "none.csv") {
		t.Errorf("got %v", err)
	}
	if _, err := ReadEdges(t.TempDir(), 4); err == nil || strings.Contains(err.Error(), "header") {
		t.Errorf("a folder read as an edge list: %v", err)
	}
}
