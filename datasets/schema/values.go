package schema

import (
	"reflect"
)

// Values returns the cells of a row of the table in the order of its columns: nil for null, else string, bool, int32,
// int64, float64, Date, time.Time, []string or []int32. row is a pointer to the table's row struct.
func (t *Table) Values(row any) []any {
	v := reflect.ValueOf(row).Elem()
	out := make([]any, len(t.Columns))
	for i, c := range t.Columns {
		field := v.Field(c.field)
		switch {
		case c.indicator != "":
			if value, ok := field.Interface().(map[string]float64)[c.indicator]; ok {
				out[i] = value
			}
		case field.Kind() != reflect.Pointer:
			out[i] = field.Interface()
		case !field.IsNil():
			out[i] = field.Elem().Interface()
		}
	}
	return out
}
