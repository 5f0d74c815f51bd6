package read

import (
	"testing"

	"github.com/gongkai-data/gongkai/extract"
)

// What a person sees of a cell is its number; what nobody sees is no digit of it, and what only a browser can tell is
// unreadable, not blank.
func TestCellAsItIsSeen(t *testing.T) {
	const unread = -1
	for cell, want := range map[string]float64{
		`<b style="visibility:hidden">9<i style="visibility:visible">432</i></b>`:                          unread,
		`<style>.v1{visibility:hidden}.v2{visibility:visible}</style><b class=v1>9<i class=v2>432</i></b>`: unread,
		`<b style="visibility:hidden">9<i>8</i></b>432`:                                                    432,
		`<b style="display:none">9<i style="visibility:visible">8</i></b>432`:                              432,
		`<i style="display:/**/none">5</i>432`:                                                             432,
		`<i style="/* a; b */display:none">5</i>432`:                                                       432,
		`<i style="d\69splay:none">5</i>432`:                                                               432,
		`<style>.z1{content:"/*"}.z2{display:none}.z3{content:"*/"}</style><i class=z2>5</i>432`:           432,
		`<dialog>5</dialog>432`:                                         432,
		`432<datalist><option>5</datalist>`:                             432,
		`432<noembed>5</noembed>`:                                       432,
		`<i style="opacity:0%">5</i>432`:                                432,
		`<i style="color:#0000">5</i>432`:                               432,
		`<i style="color:rgb(0 0 0 / 0)">5</i>432`:                      432,
		`<i style="color:hsla(0,0%,0%,0)">5</i>432`:                     432,
		`<b style="color:rgb(255,0,0)">432</b>`:                         432,
		`<b style="color:#ff0000">432</b>`:                              432,
		`<i style="font-size:calc(0px)">5</i>432`:                       432,
		`<i style="font:0/0 a">5</i>432`:                                432,
		`<b style="font:bold 12px/1.5 SimSun">432</b>`:                  432,
		`<i style="clip-path:inset(100%)">5</i>432`:                     432,
		`<style>:is(.q1,.q2){display:none}</style><i class=q2>5</i>432`: 432,
		`<style>:where(.q3){display:none}</style><i class=q3>5</i>432`:  432,
		`<style>.q4{d\69splay:none}</style><i class=q4>5</i>432`:        432,
		`<style>.q5{display:/* */none}</style><i class=q5>5</i>432`:     432,
		`<style>.q6{display:var(--d)}</style><i class=q6>5</i>432`:      unread,
		`<b style="direction:rtl;unicode-bidi:bidi-override">432</b>`:   unread,
		`<input type=button value=432>`:                                 432,
		`<input type=button value=4>32`:                                 unread,
		`<input type=range value=432>`:                                  unread,
		`<input type=hidden value=5>432`:                                432,
		`<select><option label=432 selected>5</select>`:                 432,
		`<script>w("432")</script>`:                                     unread,
		`<script src="n.js"></script>`:                                  unread,
		`<iframe src="n.html"></iframe>`:                                unread,
		`<embed src="n.swf">`:                                           unread,
		`<meter value=432 max=999>5</meter>`:                            unread,
		`<img src="data:image/png;base64,iVBORw0KGgo=">`:                unread,
	} {
		facts, _ := sectionTwoFacts(t, cell, "5", "6")
		f, ok := facts["regulations.issued"]
		switch {
		case want == unread && (!ok || f.Value != nil || f.State == extract.Blank):
			t.Errorf("%s: %s %v, want unreadable", cell, f.State, f.Value)
		case want != unread && (f.Value == nil || *f.Value != want):
			t.Errorf("%s: %s %v, want %v", cell, f.State, f.Value, want)
		}
	}
}
