package query

import "testing"

// The part of a name that is its own is determined from the words of the name where the division is not known.
func TestOwnPart(t *testing.T) {
	for name, want := range map[string]string{"蘅平县霏陂镇人民政府": "霏陂镇人民政府", "栖霞市寺口镇": "寺口镇", "山东省栖霞市水务局": "水务局", "霏安区人民政府": "霏安区人民政府", "某州市": "某州市", "城区街道办事处": "城区街道办事处", "蘅平县城区街道办事处": "城区街道办事处", "蘅平市市中区人民政府": "市中区人民政府"} {
		if got := string([]rune(name)[ownPart(name):]); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}
