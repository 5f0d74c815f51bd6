// Package schema is the contract of the published dataset: for each file its row type, its columns in order, their
// types, whether they may be null, what they mean (zh and en), and their closed lists of values.
//
// The Go struct of a row is the definition of its table: the order, names (tag `col`), types and nullability (pointer)
// of the columns are read from it, and the Arrow schema, the Frictionless descriptor and the code book are made from
// the same table. It is a leaf: it imports nothing of ours.
package schema

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/apache/arrow/go/v15/arrow"
)

// Version is the schema_version of the dataset. A column or an enumerated value that is added, renamed, removed or
// changes its meaning is a new version and a line in the change log.
const Version = "2.0"

// Older lists the versions whose datasets can still be read: a column that they lack has no value, and one of another
// type is as if it were lacking.
var Older = []string{"1.0"}

// Keys of the file metadata of Parquet files: of Version in every one, and of the unit of a column, behind which the
// column's name follows.
const (
	VersionKey = "gongkai.schema_version"
	UnitKey    = "gongkai.unit."
)

// Column is one column of a Table.
type Column struct {
	Name        string
	Type        arrow.DataType
	Nullable    bool
	ZH, EN      string   // what it holds
	Unit        string   // of every value of the column: count, CNY, CNY_10k, unstated, share; empty where a value has none, or names its own
	Enum        []string // closed list of values, nil where there is none
	field       int      // field of the row struct
	indicator   string   // id in Panel.Values, for the columns of indicators
	elementKind reflect.Type
}

// Table is one table of the dataset.
type Table struct {
	Name        string // facts
	Partitioned bool   // many files below Name/year=YYYY/, else the one file Name.parquet
	ZH, EN      string // what one row is
	NoteZH      string // how the rows are made and what they do not show; empty where it needs no telling
	NoteEN      string
	Optional    bool // no file where there is no row
	Key         []string
	Order       []string // the columns by which the rows are sorted
	Columns     []Column
	row         reflect.Type
}

// The tables of fixed shape. Panel's columns follow the code book: see NewPanel.
var (
	Reports = table[Report]("reports", false, "report_id", "issuer_id year report_id")
	Facts   = table[Fact]("facts", true, "report_id indicator applicant table_no row_no column_no",
		"year issuer_id report_id table_no row_no column_no indicator applicant")
	Mentions      = table[Mention]("mentions", true, "report_id seq", "year issuer_id report_id seq")
	Texts         = table[Text]("texts", true, "report_id seq", "year issuer_id report_id seq")
	ReuseTable    = table[Reuse]("reuse", true, "report_id section other_report_id", "year issuer_id report_id section other_report_id")
	Checks        = table[Check]("checks", true, "report_id rule expression", "year issuer_id report_id rule expression")
	Problems      = table[Problem]("problems", true, "", "year report_id table_no row_no column_no kind")
	SeriesTable   = table[Series]("series", false, "issuer_id series year", "issuer_id year series")
	Corrections   = optional(table[Correction]("corrections", false, "report_id indicator applicant", "issuer_id year report_id indicator applicant"))
	IssuersTable  = table[Issuer]("issuers", false, "issuer_id", "issuer_id")
	CoverageTable = table[Coverage]("coverage", false, "", "issuer_id year")
	Captures      = table[Capture]("captures", false, "", "url fetched_at warc_file warc_offset")
	Divisions     = table[Division]("divisions", false, "code", "code")
	Indicators    = table[Indicator]("indicators", false, "indicator", "indicator")

	// Changes is written by a comparison of two releases; it is in none of them.
	Changes = table[Change]("changes", false, "", "year issuer_id indicator applicant")
)

// PanelIndicator is what the panel's schema needs to know of an indicator of the code book.
type PanelIndicator struct {
	ID, LabelZH, LabelEN, Unit string
}

// NewPanel returns the table of panel.parquet: one nullable column per indicator, in the order given, between the
// identity columns and the rates. A column is named as the indicator with dots as underscores. Two indicators of one
// name are an error.
func NewPanel(indicators []PanelIndicator) (*Table, error) {
	t := table[Panel]("panel", false, "report_id", "issuer_id year report_id")
	var columns []Column
	seen := map[string]bool{}
	for _, c := range t.Columns {
		if c.Name != "*" {
			columns = append(columns, c)
			continue
		}
		for _, i := range indicators {
			columns = append(columns, Column{
				Name: ColumnName(i.ID), Type: arrow.PrimitiveTypes.Float64, Nullable: true, field: c.field, indicator: i.ID,
				ZH: i.LabelZH, EN: i.LabelEN, Unit: i.Unit,
			})
		}
	}
	for _, c := range columns {
		if seen[c.Name] {
			return nil, fmt.Errorf("making the schema of the panel: two columns are named %s", c.Name)
		}
		seen[c.Name] = true
	}
	t.Columns = columns
	return t, nil
}

// ColumnName is the panel's column of an indicator: dots as underscores.
func ColumnName(indicator string) string { return strings.ReplaceAll(indicator, ".", "_") }

// CellName names a cell of the forms as checks.cells does: indicator, or indicator/applicant where it has an applicant,
// neither nil nor empty.
func CellName(indicator string, applicant *string) string {
	if applicant == nil || *applicant == "" {
		return indicator
	}
	return indicator + "/" + *applicant
}

// All lists every table in the order of the contract.
func All(panel *Table) []*Table {
	return []*Table{Reports, Facts, Mentions, Checks, Problems, Texts, ReuseTable, panel, SeriesTable, Corrections, IssuersTable, CoverageTable, Captures, Divisions, Indicators}
}

// Arrow is the Arrow schema of the table, with the schema version and the units of columns as metadata.
func (t *Table) Arrow() *arrow.Schema {
	fields := make([]arrow.Field, len(t.Columns))
	for i, c := range t.Columns {
		fields[i] = arrow.Field{Name: c.Name, Type: c.Type, Nullable: c.Nullable}
	}
	keys, values := []string{VersionKey}, []string{Version}
	for _, c := range t.Columns {
		if c.Unit != "" {
			keys, values = append(keys, UnitKey+c.Name), append(values, c.Unit)
		}
	}
	meta := arrow.NewMetadata(keys, values)
	return arrow.NewSchema(fields, &meta)
}

// Column returns the column of that name, or nil.
func (t *Table) Column(name string) *Column {
	for i := range t.Columns {
		if t.Columns[i].Name == name {
			return &t.Columns[i]
		}
	}
	return nil
}

var (
	timestampType = &arrow.TimestampType{Unit: arrow.Microsecond, TimeZone: "UTC"}
	arrowTypes    = map[reflect.Type]arrow.DataType{
		reflect.TypeFor[string]():    arrow.BinaryTypes.String,
		reflect.TypeFor[bool]():      arrow.FixedWidthTypes.Boolean,
		reflect.TypeFor[int32]():     arrow.PrimitiveTypes.Int32,
		reflect.TypeFor[int64]():     arrow.PrimitiveTypes.Int64,
		reflect.TypeFor[float64]():   arrow.PrimitiveTypes.Float64,
		reflect.TypeFor[Date]():      arrow.FixedWidthTypes.Date32,
		reflect.TypeFor[time.Time](): timestampType,
		reflect.TypeFor[[]string]():  arrow.ListOf(arrow.BinaryTypes.String),
		reflect.TypeFor[[]int32]():   arrow.ListOf(arrow.PrimitiveTypes.Int32),
	}
	valuesType = reflect.TypeFor[map[string]float64]()
)

// table reads the columns of a table from its row struct R. It panics on a struct that is no row: a mistake in this
// package.
func table[R any](name string, partitioned bool, key, order string) *Table {
	row := reflect.TypeFor[R]()
	text, ok := tableTexts[name]
	if !ok {
		panic("schema: no description of table " + name)
	}
	note := tableNotes[name]
	t := &Table{Name: name, Partitioned: partitioned, ZH: text.zh, EN: text.en, NoteZH: note.zh, NoteEN: note.en, Key: strings.Fields(key), Order: strings.Fields(order), row: row}
	for i := range row.NumField() {
		f := row.Field(i)
		c := Column{Name: f.Tag.Get("col"), field: i, elementKind: f.Type}
		if f.Type == valuesType {
			t.Columns = append(t.Columns, c)
			continue
		}
		if f.Type.Kind() == reflect.Pointer {
			c.Nullable, c.elementKind = true, f.Type.Elem()
		}
		if c.Type, ok = arrowTypes[c.elementKind]; !ok || c.Name == "" {
			panic(fmt.Sprintf("schema: field %s of %s is no column", f.Name, name))
		}
		d, ok := columnTexts[name+"."+c.Name]
		if !ok {
			d, ok = columnTexts[c.Name]
		}
		if !ok {
			panic(fmt.Sprintf("schema: no description of %s.%s", name, c.Name))
		}
		c.ZH, c.EN, c.Enum, c.Unit = d.zh, d.en, enums[name+"."+c.Name], columnUnits[c.Name]
		t.Columns = append(t.Columns, c)
	}
	return t
}

func optional(t *Table) *Table {
	t.Optional = true
	return t
}

// Only returns the table with the columns that keep picks, for a file of an older schema.
func (t *Table) Only(keep func(Column) bool) *Table {
	out := *t
	out.Columns = slices.DeleteFunc(slices.Clone(t.Columns), func(c Column) bool { return !keep(c) })
	return &out
}
