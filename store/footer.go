package store

import (
	"bytes"
	"slices"

	"github.com/apache/arrow/go/v15/parquet/metadata"
)

// lean takes out of a footer what reading rows does not ask for: the statistics of all columns but issuer_id (report_id
// where there is none), which choose the row groups, and the counts of encodings. Of a table with hundreds of columns
// in small row groups these are most of the footer, and the Thrift library gives every minimum and maximum a buffer of
// 512 bytes.
func lean(m *metadata.FileMetaData) {
	chosenBy := m.Schema.ColumnIndexByName("issuer_id")
	if chosenBy < 0 {
		chosenBy = m.Schema.ColumnIndexByName("report_id")
	}
	paths := make([][]string, m.Schema.NumColumns()) // the same in every row group
	for _, g := range m.RowGroups {
		for i, c := range g.Columns {
			if c.MetaData == nil { // the reader tells what is wrong with it
				continue
			}
			c.MetaData.EncodingStats = nil
			if i < len(paths) {
				if !slices.Equal(paths[i], c.MetaData.PathInSchema) {
					paths[i] = c.MetaData.PathInSchema
				}
				c.MetaData.PathInSchema = paths[i]
			}
			s := c.MetaData.Statistics
			if i != chosenBy || s == nil {
				c.MetaData.Statistics = nil
				continue
			}
			for _, bound := range []*[]byte{&s.Min, &s.Max, &s.MinValue, &s.MaxValue} {
				*bound = bytes.Clone(*bound)
			}
		}
	}
}
