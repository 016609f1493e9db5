package cli

import (
	"io"

	"github.com/parquet-go/parquet-go"
)

// parquetDocument is a table of numbers as Parquet. Its columns are in order of
// name, as the format's groups are.
func parquetDocument(name string, header []string, rows [][]float64) document {
	return document{name + ".parquet", func(w io.Writer) error {
		group := parquet.Group{}
		for _, h := range header {
			group[h] = parquet.Leaf(parquet.DoubleType)
		}
		schema := parquet.NewSchema(name, group)
		place := make([]int, len(header))
		for i, h := range header {
			leaf, _ := schema.Lookup(h)
			place[i] = leaf.ColumnIndex
		}
		out := parquet.NewWriter(w, schema)
		line := make(parquet.Row, len(header))
		for _, row := range rows {
			for i, v := range row {
				line[place[i]] = parquet.DoubleValue(v).Level(0, 0, place[i])
			}
			if _, err := out.WriteRows([]parquet.Row{line}); err != nil {
				return err
			}
		}
		return out.Close()
	}}
}
