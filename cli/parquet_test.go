package cli

import (
	"bytes"
	"testing"

	"github.com/parquet-go/parquet-go"
)

func TestParquetIsReadBack(t *testing.T) {
	var b bytes.Buffer
	if err := parquetDocument("draws", []string{"b", "a"}, [][]float64{{1, 2}, {3, 4.5}}).write(&b); err != nil {
		t.Fatal(err)
	}
	type line struct {
		A float64 `parquet:"a"`
		B float64 `parquet:"b"`
	}
	rows, err := parquet.Read[line](bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 2 || rows[0] != (line{2, 1}) || rows[1] != (line{4.5, 3}) {
		t.Errorf("read %v", rows)
	}
}
