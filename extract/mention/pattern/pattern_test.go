package pattern

import (
	"strings"
	"testing"
)

func words(name string) ([]string, bool) {
	list := map[string]string{"ways": "网站|微信|公开栏", "many": "十|百"}[name]
	return []string{list}, list != ""
}

// cut makes a text that is cut at the spaces of s; a word is of class n, or of the class that follows it behind a
// slash.
func cut(s string) *Text {
	t := &Text{}
	for _, w := range strings.Fields(s) {
		w, class, _ := strings.Cut(w, "/")
		at := len(t.Runes)
		t.Runes = append(t.Runes, []rune(w)...)
		t.Class = append(t.Class, make([]byte, len(t.Runes)-at)...)
		t.Width = append(t.Width, make([]uint8, len(t.Runes)-at)...)
		t.Class[at], t.Width[at] = 'n', uint8(len(t.Runes)-at)
		if class != "" {
			t.Class[at] = class[0]
		}
	}
	return t
}

func TestPatterns(t *testing.T) {
	for _, c := range []struct{ pattern, text, match string }{
		{"公开", "主动公开信息", "公开"},
		{"(主动|依法)?公开", "主动公开信息", "主动公开"},
		{"(主动|依法)*公开", "依法主动公开", "依法主动公开"},
		{"公开了?信息", "公开信息", "公开信息"},
		{"[件条]", "三条", "条"},
		{"[^件条]", "件条份", "份"},
		{`\d\d年`, "共12年", "12年"},
		{`\h\h`, "ab公开", "公开"},
		{"信..3开", "信息、公开", "信息、公开"},
		{"信..3开", "信息，公开", "信息，公开"}, // a full-width comma is none: texts are folded
		{"信..3开", "信息,公开", ""},
		{"信~3开", "信息、公开", ""},
		{"信..1开", "信息公开", ""},
		{"@ways发布", "通过微信发布", "微信发布"},
		{"!(不)予以", "予以公开", "予以"},
		{"公开!(栏)", "公开栏公开", "公开"},
		{"^公开$", "公开", "公开"},
		{"^公开$", "公开栏", ""},
		{"<v>", "信息 公开/v", "公开"},
		{"<n1>", "信息 栏", "栏"},
		{"<1>", "信息 栏/x", "栏"},
		{`\(部门\)`, "决算(部门)", "(部门)"},
	} {
		p, err := New(c.pattern, words)
		if err != nil {
			t.Errorf("%s: %v", c.pattern, err)
			continue
		}
		in := cut(c.text)
		start, end, ok := p.Find(in, 0, len(in.Runes))
		if got := string(in.Runes[start:end]); ok != (c.match != "") || got != c.match {
			t.Errorf("%s in %s: %q, %v", c.pattern, c.text, got, ok)
		}
	}
}

func TestAround(t *testing.T) {
	for _, c := range []struct {
		pattern, before, behind string
		want                    string // what is covered; empty where the pattern does not stand there
	}{
		{"每年#", "公开信息每年", "条", "每年|"},
		{"#余$", "公开", "余,其中", "|余"},
		{"#余$", "公开", "余额", ""},
		{"(共|计)*#", "信息共计", "条", "共计|"},
		{"!(预)约#", "预约", "条", ""},
		{"!(预)约#", "大约", "条", "约|"},
		{"^公开#", "信息,公开", "条", "公开|"},
		{"^公开#", "不公开", "条", ""},
		{"<v>#", "信息公开", "条", ""},
	} {
		a, err := NewAround(c.pattern, words)
		if err != nil {
			t.Errorf("%s: %v", c.pattern, err)
			continue
		}
		in := cut(c.before + "12" + c.behind)
		start := len([]rune(c.before))
		from, to, ok := a.Match(in, start, start+2)
		got := ""
		if ok {
			got = string(in.Runes[from:start]) + "|" + string(in.Runes[start+2:to])
		}
		if got != c.want {
			t.Errorf("%s around 12 in %s: %q, want %q", c.pattern, string(in.Runes), got, c.want)
		}
	}
}

// TestBroken: a fault in a pattern is an error, never a pattern that matches something else.
func TestBroken(t *testing.T) {
	for _, p := range []string{"(公开", "公开)", "[件", "[]", "<n", "<N>", "@none", "..0", "..99", `\`} {
		if _, err := New(p, words); err == nil {
			t.Errorf("%s was compiled", p)
		}
	}
	if _, err := NewAround("公开", words); err == nil {
		t.Error("a pattern around nothing was compiled")
	}
}
