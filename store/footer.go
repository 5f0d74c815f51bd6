package store

import (
	"slices"

	"github.com/apache/arrow/go/v15/parquet/metadata"
)

// footer is what reading rows asks of the footer of a file.
type footer struct {
	meta   *metadata.FileMetaData
	by     string      // the column that chooses the row groups: issuer_id, report_id where there is none, or empty
	bounds [][2]string // of that column, the first and the last text of each row group; nil where the file has no such column
}

// lean takes out of a footer what reading rows does not ask for: the statistics of all columns, but for the bounds that
// choose the row groups, and the counts of encodings. Of a table with hundreds of columns in small row groups these are
// most of the footer, and the Thrift library gives every minimum and maximum a buffer of 512 bytes.
func lean(m *metadata.FileMetaData) *footer {
	f := &footer{meta: m}
	chosenBy := -1
	for _, f.by = range []string{"issuer_id", "report_id", ""} {
		if chosenBy = m.Schema.ColumnIndexByName(f.by); chosenBy >= 0 {
			break
		}
	}
	if chosenBy >= 0 {
		f.bounds = boundsOf(m, chosenBy)
	}
	paths := make([][]string, m.Schema.NumColumns()) // the same in every row group
	for _, g := range m.RowGroups {
		for i, c := range g.Columns {
			if c.MetaData == nil { // the reader tells what is wrong with it
				continue
			}
			c.MetaData.EncodingStats, c.MetaData.Statistics = nil, nil
			if i < len(paths) {
				if !slices.Equal(paths[i], c.MetaData.PathInSchema) {
					paths[i] = c.MetaData.PathInSchema
				}
				c.MetaData.PathInSchema = paths[i]
			}
		}
	}
	return f
}

// boundsOf are the bounds of a column of texts; of a row group that does not tell them they exclude nothing.
func boundsOf(m *metadata.FileMetaData, column int) [][2]string {
	bounds := make([][2]string, len(m.RowGroups))
	for g := range bounds {
		bounds[g] = [2]string{"", "\xff"}
		chunk, err := m.RowGroup(g).ColumnChunk(column)
		if err != nil {
			continue // the reading meets, and reports, what is wrong here
		}
		stats, err := chunk.Statistics()
		if text, ok := stats.(*metadata.ByteArrayStatistics); err == nil && ok && text.HasMinMax() {
			bounds[g] = [2]string{string(text.Min()), string(text.Max())}
		}
	}
	return bounds
}

// groups returns the row groups whose bounds do not exclude every issuer or every report wanted.
func (f *footer) groups(q Query) []int {
	var groups []int
	wanted := q.wanted(f.by)
	for g := range f.meta.RowGroups {
		if len(wanted) == 0 || f.bounds == nil || slices.ContainsFunc(wanted, func(id string) bool {
			return id >= f.bounds[g][0] && id <= f.bounds[g][1]
		}) {
			groups = append(groups, g)
		}
	}
	return groups
}
