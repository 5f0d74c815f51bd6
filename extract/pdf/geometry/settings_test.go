package geometry

import (
	"reflect"
	"testing"
)

// A number without a default would be zero, which no step would notice.
func TestEverySettingHasADefault(t *testing.T) {
	v := reflect.ValueOf(DefaultSettings())
	for i := range v.NumField() {
		if v.Field(i).IsZero() {
			t.Errorf("%s is zero", v.Type().Field(i).Name)
		}
	}
}
