package web

import (
	"slices"
	"testing"
)

// Tiles are shaded by the order of their values, also of those below zero and of those that differ little; equal values
// have one shade.
func TestShadesFollowTheValues(t *testing.T) {
	v := func(x float64) *float64 { return &x }
	for _, c := range []struct {
		few    bool
		values []*float64
		want   []int
	}{
		{false, []*float64{v(-3), v(-1), nil, v(0), v(2), v(2)}, []int{1, 2, -1, 3, 4, 4}},
		{false, []*float64{v(.00021), v(.0002), v(1e13)}, []int{2, 1, 4}},
		{false, []*float64{v(5), nil}, []int{-1, -1}},
		{true, []*float64{v(5), v(6)}, []int{-1, -1}},
	} {
		m := tileMap{Few: c.few}
		for _, x := range c.values {
			m.Tiles = append(m.Tiles, mapTile{Shade: -1, value: x})
		}
		m.shade()
		var got []int
		for _, tile := range m.Tiles {
			got = append(got, tile.Shade)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("shades %v, want %v", got, c.want)
		}
	}
}

func TestUnquoted(t *testing.T) {
	const page = `<a href="../a/b.html#c.d" title="two words" class="x" alt=""><bdi title="甲">a=&#34;b&#34;</bdi><img src="a=b" width="4">`
	const want = `<a href=../a/b.html#c.d title="two words" class=x alt=""><bdi title="甲">a=&#34;b&#34;</bdi><img src="a=b" width=4>`
	if got := unquoted(page); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}
