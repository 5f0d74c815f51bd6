package web

import (
	"reflect"

	"github.com/gongkai-data/gongkai/datasets/schema"
)

// columns is a row of a table as JSON: by the names of the contract, null where the field is nil, a day as 2006-01-02.
func columns(t *schema.Table, row any) map[string]any {
	v := reflect.ValueOf(row)
	out := make(map[string]any, len(t.Columns))
	for i := range v.NumField() {
		name := v.Type().Field(i).Tag.Get("col")
		f := v.Field(i)
		switch x := f.Interface().(type) {
		case *schema.Date:
			if out[name] = nil; x != nil {
				out[name] = x.String()
			}
		case []string:
			out[name] = append([]string{}, x...)
		case []int32:
			out[name] = append([]int32{}, x...)
		default:
			out[name] = f.Interface()
		}
	}
	return out
}
