package study

import (
	"math"
	"slices"
	"testing"

	"github.com/nudge-abm/nudge/models"
)

func TestTableReadsWhatEditorsWrite(t *testing.T) {
	for name, text := range map[string]string{
		"plain":               "day,in bed\n1,3\n2,\n3,NA\n",
		"no last line end":    "day,in bed\n1,3\n2,\n3,NA",
		"Windows":             "\ufeffday,in bed\r\n1,3\r\n2,\r\n3,NA\r\n",
		"quotes and spaces":   "day,\"in bed\"\n 1 ,\"3\"\n2, \n3,NA \n",
		"blank lines between": "day,in bed\n\n1,3\n2,\n\n3,NA\n",
	} {
		table, err := readTable("a.csv", []byte(text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if table.header[0].text != "day" || table.header[1].text != "in bed" || len(table.rows) != 3 {
			t.Errorf("%s: %v, %d rows", name, table.header, len(table.rows))
		}
		var values []float64
		for _, row := range table.rows {
			v, err := row[1].number("in bed")
			if err != nil {
				t.Fatal(err)
			}
			values = append(values, v)
		}
		if !slices.EqualFunc(values, []float64{3, math.NaN(), math.NaN()}, same) {
			t.Errorf("%s: %v", name, values)
		}
	}
}

// same is equality that counts NaN as equal to itself.
func same(a, b float64) bool { return a == b || (a != a && b != b) }

func TestColumnsOfCellsCountCharacters(t *testing.T) {
	table, err := readTable("a.csv", []byte("Tag,Größe,β\n1,2,x\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got := table.header[2].column; got != 11 {
		t.Errorf("β stands in column %d", got)
	}
}

func TestMissingObservations(t *testing.T) {
	s, err := Load(write(t, boys, "day,in_bed,convalescent\n1,3,0\n2,,0\n3,NA,0\n4,76,0\n"), models.All()...)
	if err != nil {
		t.Fatal(err)
	}
	c, err := s.Build(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.EqualFunc(c.Data.Values, []float64{3, math.NaN(), math.NaN(), 76}, same) {
		t.Error(c.Data.Values)
	}
}
