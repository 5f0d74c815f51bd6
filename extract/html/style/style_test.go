package style

import (
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

func find(n *html.Node, id string) *html.Node {
	for d := range n.Descendants() {
		for _, a := range d.Attr {
			if a.Key == "id" && a.Val == id {
				return d
			}
		}
	}
	return nil
}

// The sheet is what browsers make of it: order, importance, what a selector asks for, and conditions decide.
func TestCascade(t *testing.T) {
	for sheet, gone := range map[string]bool{
		`.a{display:none}`:                                                  true,
		`.a{display:none}.a{display:block}`:                                 false,
		`#x{display:none}.a{display:block}`:                                 true,
		`p .a{display:none}span{display:inline}`:                            true,
		`.a{display:none!important}#x{display:block}`:                       true,
		`.b .a{display:none}`:                                               false,
		`p > .a, .zz{display:none}`:                                         true,
		`div > .a{display:none}`:                                            false,
		`.a:hover{display:none}`:                                            false,
		`.a:not(.b){display:none}`:                                          true,
		`/* .q{} */ .a{ display : NONE ; color: red }`:                      true,
		`@media print{.a{display:none}}`:                                    false,
		`@media screen and (max-width:768px){.a{display:none}}`:             false,
		`@media (min-width:768px) and (max-width:2000px){.a{display:none}}`: true,
		`@media not print{.a{display:none}}`:                                true,
		`@media print,screen{.a{display:none}}`:                             true,
		`@media (max-width:60em){.a{display:none}}`:                         false,
		`@supports (display:grid){.a{display:none}}`:                        true,
		`@keyframes k{from{opacity:0} .a{display:none}}`:                    false,
		`@font-face{font-family:x;src:url(y)} .a{display:none}`:             true,
		`.a{mso-hide:all}`:                                                  true,
		`.a{}}.a{display:none}`:                                             true,
	} {
		root, err := html.Parse(strings.NewReader(`<div class=c><p><span id=x class="k a">1</span></p></div>`))
		if err != nil {
			t.Fatal(err)
		}
		var s Sheets
		s.Add(sheet, "")
		if got := s.Of(find(root, "x"), 16); got.Gone != gone {
			t.Errorf("%s: %+v", sheet, got)
		}
	}
	var s Sheets
	s.Add(`.a{display:none}`, "print")
	if s.count != 0 {
		t.Error("a sheet for paper was taken")
	}
}

// Hostile sheets end soon, and the cut is told.
func TestManyRules(t *testing.T) {
	root, err := html.Parse(strings.NewReader(strings.Repeat("<div class=a>", 400) + strings.Repeat("<i>x</i>", 20_000)))
	if err != nil {
		t.Fatal(err)
	}
	for name, sheet := range map[string]string{
		"rules for all":    strings.Repeat("*{top:1px}", 30_000),
		"deep descendants": ".q" + strings.Repeat(" div", 40) + " i{display:none}",
		"nested media":     strings.Repeat("@media screen{", 5000) + "i{display:none}",
		"open strings":     strings.Repeat(`a{content:"`, 100_000),
		"long selector":    strings.Repeat(".a,", 300_000) + ".b{display:none}",
	} {
		var s Sheets
		start := time.Now()
		s.Add(sheet, "")
		for n := range root.Descendants() {
			s.Of(n, 16)
		}
		if d := time.Since(start); d > 5*time.Minute {
			t.Errorf("%s: took %v", name, d)
		} else {
			t.Log(name, d, s.Cut)
		}
	}
}

func FuzzSheet(f *testing.F) {
	f.Add(".a{display:none}@media (max-width:7px){b,.c>d{top:-1em}}", "color:#fff;font:12px/1 x")
	f.Fuzz(func(t *testing.T, sheet, attribute string) {
		root, err := html.Parse(strings.NewReader(`<p><span id=x class="a b">1</span></p>`))
		if err != nil {
			t.Fatal(err)
		}
		n := find(root, "x")
		n.Attr = append(n.Attr, html.Attribute{Key: "style", Val: attribute})
		var s Sheets
		s.Add(sheet, "")
		s.Of(n, 16)
	})
}

// A selector that doubles with each of its functions ends at the limit of rules.
func TestSelectorsThatDouble(t *testing.T) {
	var s Sheets
	s.Add(strings.Repeat(":is(a,b)", 60)+":nonsense{display:none}", "")
	if !s.Cut || s.count > maxRules {
		t.Errorf("cut %v after %d rules", s.Cut, s.count)
	}
}
