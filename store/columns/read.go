package columns

import (
	"fmt"
	"io"
	"sync"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/memory"
	"github.com/apache/arrow/go/v15/parquet/file"
	"github.com/apache/arrow/go/v15/parquet/schema"
)

// Reader reads columns of row groups of a file, a batch of rows at a time. It is for one goroutine.
type Reader struct {
	columns []*column
	schema  *arrow.Schema
	batch   int64 // rows of a record
	left    int64 // rows not yet read
}

// NewReader begins to read leaf columns (by their index in the file) of row groups, in the order given.
func NewReader(f *file.Reader, leaves, groups []int, batch int64) (*Reader, error) {
	r := &Reader{batch: batch}
	for _, g := range groups {
		r.left += f.MetaData().RowGroup(g).NumRows()
	}
	fields := make([]arrow.Field, len(leaves))
	pool := &sync.Pool{New: func() any { return memory.NewResizableBuffer(memory.DefaultAllocator) }}
	for i, leaf := range leaves {
		c, err := newColumn(f, leaf, groups, pool)
		if err != nil {
			r.Release()
			return nil, err
		}
		r.columns, fields[i] = append(r.columns, c), c.field
	}
	r.schema = arrow.NewSchema(fields, nil)
	return r, nil
}

// Read returns the next rows, or io.EOF behind the last. The caller releases the record.
func (r *Reader) Read() (arrow.Record, error) {
	rows := min(r.batch, r.left)
	if rows == 0 {
		return nil, io.EOF
	}
	arrays := make([]arrow.Array, 0, len(r.columns))
	defer func() {
		for _, a := range arrays {
			a.Release()
		}
	}()
	for _, c := range r.columns {
		a, err := c.read(rows)
		if err != nil {
			return nil, fmt.Errorf("column %s: %w", c.field.Name, err)
		}
		arrays = append(arrays, a)
	}
	r.left -= rows
	return array.NewRecord(r.schema, arrays, rows), nil
}

// Release frees the buffers.
func (r *Reader) Release() {
	for _, c := range r.columns {
		c.values.Release()
	}
}

// column reads one column through the row groups.
type column struct {
	field  arrow.Field
	value  arrow.DataType // of a list its elements'
	list   *file.LevelInfo
	values file.RecordReader
	leaf   int
	file   *file.Reader
	groups []int // not yet read
}

func newColumn(f *file.Reader, leaf int, groups []int, pool *sync.Pool) (*column, error) {
	descr := f.MetaData().Schema.Column(leaf)
	field, value, err := describe(f.MetaData().Schema, leaf)
	if err != nil {
		return nil, err
	}
	c := &column{field: field, value: value, leaf: leaf, file: f, groups: groups}
	levels := file.LevelInfo{NullSlotUsage: 1, DefLevel: descr.MaxDefinitionLevel(), RepLevel: descr.MaxRepetitionLevel()}
	if levels.RepLevel > 0 {
		c.list = &file.LevelInfo{NullSlotUsage: 1, DefLevel: 1, RepLevel: 1}
		levels.RepeatedAncestorDefLevel = 1
	}
	c.values = file.NewRecordReader(descr, levels, value, memory.DefaultAllocator, pool)
	return c, nil
}

// describe returns the field of a leaf column, which is a plain column or a list that cannot be null of elements that
// are optional, and the type of its values.
func describe(of *schema.Schema, leaf int) (arrow.Field, arrow.DataType, error) {
	descr := of.Column(leaf)
	value, err := arrowType(descr)
	if err != nil {
		return arrow.Field{}, nil, err
	}
	switch path := descr.ColumnPath(); {
	case len(path) == 1 && descr.MaxRepetitionLevel() == 0:
		return arrow.Field{Name: path[0], Type: value, Nullable: descr.MaxDefinitionLevel() > 0}, value, nil
	case isList(of.Root(), path) && descr.MaxRepetitionLevel() == 1 && descr.MaxDefinitionLevel() == 2:
		return arrow.Field{Name: path[0], Type: arrow.ListOf(value)}, value, nil
	}
	return arrow.Field{}, nil, fmt.Errorf("column %s is neither a plain column nor a list that the dataset has", descr.Path())
}

// isList reports whether a path is that of the elements of a list that cannot be null, its elements optional.
func isList(root *schema.GroupNode, path []string) bool {
	return len(path) == 3 && path[1] == "list" && path[2] == "element" && root.FieldIndexByName(path[0]) >= 0
}

// read returns the values of the next rows, of which there are as many in the file by its footer.
func (c *column) read(rows int64) (arrow.Array, error) {
	c.values.Reset()
	if err := c.values.Reserve(rows); err != nil {
		return nil, err
	}
	for left := rows; left > 0; {
		n := int64(0)
		if c.values.HasMore() {
			var err error
			if n, err = c.values.ReadRecords(left); err != nil {
				return nil, err
			}
		}
		if left -= n; n > 0 {
			continue
		}
		if len(c.groups) == 0 {
			return nil, fmt.Errorf("it ends %d rows before its row groups do: %w", left, io.ErrUnexpectedEOF)
		}
		pages, err := c.file.RowGroup(c.groups[0]).GetColumnPageReader(c.leaf)
		if err != nil {
			return nil, err
		}
		c.groups = c.groups[1:]
		c.values.SetPageReader(pages)
	}
	if c.list == nil {
		return c.array()
	}
	return c.lists(rows)
}

// lists puts the values read into lists.
func (c *column) lists(rows int64) (arrow.Array, error) {
	read := int(c.values.LevelsPos())
	offsets := memory.NewResizableBuffer(memory.DefaultAllocator)
	defer offsets.Release()
	offsets.Resize(arrow.Int32Traits.BytesRequired(int(rows) + 1))
	starts := arrow.Int32Traits.CastFromBytes(offsets.Bytes())
	clear(starts)
	found := file.ValidityBitmapInputOutput{ReadUpperBound: rows}
	if err := file.DefRepLevelsToListInfo(c.values.DefLevels()[:read], c.values.RepLevels()[:read], *c.list, &found, starts); err != nil {
		return nil, err
	}
	elements, err := c.array()
	if err != nil {
		return nil, err
	}
	defer elements.Release()
	if found.Read != rows || int(starts[rows]) != elements.Len() {
		return nil, fmt.Errorf("%d lists of %d elements, where %d of %d were to be read", found.Read, elements.Len(), rows, starts[rows])
	}
	data := array.NewData(c.field.Type, int(rows), []*memory.Buffer{nil, offsets}, []arrow.ArrayData{elements.Data()}, 0, 0)
	defer data.Release()
	return array.MakeFromData(data), nil
}

// array takes the values read out of the reader.
func (c *column) array() (arrow.Array, error) {
	if texts, ok := c.values.(file.BinaryRecordReader); ok {
		return asText(texts, c.value)
	}
	n, nulls := c.values.ValuesWritten(), int(c.values.NullCount())
	valid := c.values.ReleaseValidBits()
	if valid != nil {
		defer valid.Release()
	}
	var values *memory.Buffer
	if c.value.ID() == arrow.BOOL {
		values = memory.NewBufferBytes(bits(c.values.Values()[:n]))
	} else {
		values = c.values.ReleaseValues()
	}
	defer values.Release()
	data := array.NewData(c.value, n, []*memory.Buffer{valid, values}, nil, nulls, 0)
	defer data.Release()
	return array.MakeFromData(data), nil
}

func asText(r file.BinaryRecordReader, t arrow.DataType) (arrow.Array, error) {
	chunks := r.GetBuilderChunks()
	defer func() {
		for _, c := range chunks {
			c.Release()
		}
	}()
	if len(chunks) != 1 || !arrow.TypeEqual(chunks[0].DataType(), t) {
		return nil, fmt.Errorf("read as %d arrays that are not all of %s", len(chunks), t)
	}
	return array.MakeFromData(chunks[0].Data()), nil // a builder of bytes makes an array of bytes, whatever its type
}

// bits packs booleans of a byte each.
func bits(values []byte) []byte {
	packed := make([]byte, (len(values)+7)/8)
	for i, v := range values {
		if v != 0 {
			packed[i/8] |= 1 << (i % 8)
		}
	}
	return packed
}
