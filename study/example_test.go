package study_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/nudge-abm/nudge/models"
	"github.com/nudge-abm/nudge/study"
)

// A built-in study with a coarser step, made ready to run.
func ExampleLoad() {
	s, err := study.Load("boarding-school", models.All()...)
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := s.Set("dt=1/4"); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Title())
	fmt.Println(s.Set("dt=one hour"))
	// Output:
	// Influenza in a boarding school, England 1978
	// --set dt=one hour: dt must be a number, not "one hour"
}

// A mistake is reported where it stands.
func ExampleMistake() {
	folder, err := os.MkdirTemp("", "study")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(folder)
	if _, err := study.Copy("boarding-school", folder); err != nil {
		fmt.Println(err)
		return
	}
	csv := filepath.Join(folder, "boarding-school.csv")
	if err := os.WriteFile(csv, []byte("day,in_bed\n1,3\n2,8\n4,76\n"), 0o666); err != nil {
		fmt.Println(err)
		return
	}
	_, err = study.Load(folder, models.All()...)
	if m := new(study.Mistake); errors.As(err, &m) {
		fmt.Println("line", m.Line, "column", m.Column)
		fmt.Println(m.Sentence)
		fmt.Println(m.Excerpt)
	}
	// Output:
	// line 4 column 1
	// day 3 is missing: add its row with empty cells, or write "gaps: allowed" under data
	//      3 | 2,8
	// >    4 | 4,76
	//        | ^
}
