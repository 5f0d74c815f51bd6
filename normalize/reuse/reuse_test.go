package reuse

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/schema"
)

var folder = NewFolder([]string{"霏安区人民政府"})

func fold(text string) *Text { return folder.Fold([]schema.Text{{Text: text}}) }

func TestFold(t *testing.T) {
	for _, c := range [][2]string{
		{"2023年，栖霞市寺口镇公开 1,234 条", "2022年,霏安区公开9条"},
		{"霏安区政府\n办公室", "霏安政府办公室"},
		{"ＡＢ（１２．５％）", "ab(7%)"},
	} {
		if a, b := fold(c[0]), fold(c[1]); !slices.Equal(a.Symbols, b.Symbols) {
			t.Errorf("%q: %q, %q: %q", c[0], string(a.Symbols), c[1], string(b.Symbols))
		}
	}
	text := fold("共 12,345 条，栖霞市寺口镇报")
	if got := string(text.Symbols); got != "共0条,@报" || text.starts[4] != 11 || text.lengths[4] != 6 || text.characters(1, 3) != 8 {
		t.Errorf("%q starts %v lengths %v", got, text.starts, text.lengths)
	}
}

func TestFoldOffsetsRunOverSections(t *testing.T) {
	rows := []schema.Text{{Text: "甲乙"}, {Text: ""}, {Text: "丙 丁", Section: new(int32(2))}}
	text, joined := folder.Fold(rows), []rune(Join(rows))
	for i, s := range text.Symbols {
		if joined[text.starts[i]] != s {
			t.Errorf("symbol %d is %q, the text has %q there", i, s, joined[text.starts[i]])
		}
	}
}

func TestPack(t *testing.T) {
	rows := []schema.Text{{Text: "共 12,345 条，栖霞市寺口镇报𠀀"}, {Text: "二", Section: new(int32(2))}}
	want := folder.Fold(rows)
	published, got := unpack(pack(Join(rows), want))
	if published != Join(rows) || !slices.Equal(got.Symbols, want.Symbols) || !slices.Equal(got.starts, want.starts) || !slices.Equal(got.lengths, want.lengths) ||
		len(got.Sections) != 2 || *got.Sections[1].Number != 2 || got.Sections[1].To != want.Sections[1].To {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// random is a text of characters that are no digits, spaces or names.
func random(r *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		b.WriteRune(rune(0x4e00 + r.IntN(400)))
	}
	return b.String()
}

// Whatever stands around it, a common passage of Sure characters leaves a fingerprint in both texts.
func TestWinnowingGuarantee(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		passage := random(r, Sure+r.IntN(10))
		a, b := fold(random(r, r.IntN(60))+passage+random(r, r.IntN(60))), fold(random(r, r.IntN(60))+passage+random(r, r.IntN(60)))
		have := map[uint64]bool{}
		for _, p := range a.prints() {
			have[p.hash] = true
		}
		if !slices.ContainsFunc(b.prints(), func(p print) bool { return have[p.hash] }) {
			t.Fatalf("no fingerprint in common: %q in %q and %q", passage, string(a.Symbols), string(b.Symbols))
		}
	}
}

// slowly finds the common runs of Least characters or more by trying every pair of places.
func slowly(a, b *Text) (out [][3]int) {
	for i := range a.Symbols {
		for j := range b.Symbols {
			if a.Symbols[i] != b.Symbols[j] || i > 0 && j > 0 && a.Symbols[i-1] == b.Symbols[j-1] {
				continue
			}
			n := 0
			for i+n < len(a.Symbols) && j+n < len(b.Symbols) && a.Symbols[i+n] == b.Symbols[j+n] {
				n++
			}
			if n >= Least {
				out = append(out, [3]int{i, i + n, j})
			}
		}
	}
	return out
}

func TestPassagesAreThoseOfAllPairs(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		var a, b string
		for range 1 + r.IntN(4) {
			p := random(r, 10+r.IntN(40))
			a, b = a+p+random(r, r.IntN(20)), random(r, r.IntN(20))+p+b
		}
		ta, tb := fold(a), fold(b)
		var got [][3]int
		for _, p := range newSubject(ta, NewTable()).passages(tb, tb.prints()) {
			got = append(got, [3]int{p.from, p.to, p.other})
		}
		want := slowly(ta, tb)
		sort := func(x, y [3]int) int { return slices.Compare(x[:], y[:]) }
		slices.SortFunc(got, sort)
		slices.SortFunc(want, sort)
		if !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v of %q and %q", got, want, a, b)
		}
	}
}

func TestTheLawDoesNotCount(t *testing.T) {
	law := "行政机关公开政府信息，应当坚持以公开为常态、不公开为例外，遵循公正、公平、合法、便民的原则。"
	own := "我镇在赶集日把政务公开的小册子送到每个摊位，并请老人念给邻居听！"
	s := newSubject(fold(own+law), NewTable())
	if n := s.freeCharacters(0, len(s.Symbols)); int(n) != len([]rune(own)) {
		t.Errorf("%d characters count, want the %d of its own sentence", n, len([]rune(own)))
	}
	other := fold("本区工作如下。" + law)
	if p := s.passages(other, other.prints()); len(p) != 0 {
		t.Errorf("the law in two reports is a copy: %+v", p)
	}
	other = fold("本区工作如下。" + own + law)
	if p := s.passages(other, other.prints()); len(p) != 1 || s.freeCharacters(p[0].from, p[0].to) != int32(len([]rune(own))) {
		t.Errorf("%+v", p)
	}
}

func TestTable(t *testing.T) {
	a := NewTable()
	a.add(common{1, "2021", 30, 25})
	a.add(common{1 << 63, "", 31, 26})
	var b bytes.Buffer
	if err := a.Write(&b); err != nil {
		t.Fatal(err)
	}
	back, err := ReadTable(bytes.NewReader(b.Bytes()))
	if err != nil || !slices.Equal(back.rows, a.rows) || !back.holds(1<<63) || back.holds(2) {
		t.Errorf("%v of\n%s (%v)", back, b.String(), err)
	}
	for _, bad := range []string{"", "a,b,c,d\n", strings.Join(header, ",") + "\nx,2021,1,1\n", strings.Join(header, ",") + "\n1,2021\n"} {
		if _, err := ReadTable(strings.NewReader(bad)); err == nil {
			t.Errorf("%q is read as a table", bad)
		}
	}
}

func TestRelation(t *testing.T) {
	of := func(issuer, code string) *kept {
		r := &kept{Report: Report{IssuerID: issuer}}
		if code != "" {
			r.DivisionCode = &code
		}
		return r
	}
	for _, c := range []struct {
		me, other *kept
		want      string
	}{
		{of("a", "370686107000"), of("a", "370686107000"), "own_earlier"},
		{of("a", "370686107000"), of("b", "370686000000"), "same_county"},
		{of("a", "370686107000"), of("b", "370600000000"), "same_prefecture"},
		{of("a", "370686107000"), of("b", "370000000000"), "same_province"},
		{of("a", "370600000000"), of("b", "370600000000"), "same_prefecture"},
		{of("a", "110101000000"), of("b", "110102000000"), "same_province"}, // 市辖区 is no prefecture
		{of("a", "429004000000"), of("b", "429005000000"), "same_province"},
		{of("a", "370686107000"), of("b", "320813000000"), "elsewhere"},
		{of("a", "370686107000"), of("b", ""), "elsewhere"},
	} {
		if got := relation(c.me, c.other); got != c.want {
			t.Errorf("%s beside %v: %s, want %s", *c.me.DivisionCode, c.other, got, c.want)
		}
	}
}

func FuzzPassages(f *testing.F) {
	f.Add("寺口镇2020年主动公开政府信息294余条，其中财政类信息11条，占3.7%。", "观里镇2021年主动公开政府信息3条，其中财政类信息1条，占33%。")
	f.Add(strings.Repeat("公开", 60), strings.Repeat("公开", 50))
	f.Add("\xff甲\u2028２,3.", "")
	f.Fuzz(func(t *testing.T, a, b string) {
		ta, tb := fold(a), fold(b)
		s := newSubject(ta, NewTable())
		for _, p := range s.passages(tb, tb.prints()) {
			n := p.to - p.from
			if p.from < 0 || p.to > len(ta.Symbols) || p.other+n > len(tb.Symbols) || !slices.Equal(ta.Symbols[p.from:p.to], tb.Symbols[p.other:p.other+n]) {
				t.Fatalf("%+v is no common passage", p)
			}
			if ta.characters(p.from, p.to) < Least {
				t.Fatalf("%+v is too short", p)
			}
		}
		if published, back := unpack(pack(a, ta)); published != a || !slices.Equal(back.starts, ta.starts) {
			t.Fatal("packing changes the text")
		}
	})
}

func BenchmarkFold(b *testing.B) {
	text := []schema.Text{{Text: strings.Repeat("2023年，栖霞市寺口镇认真贯彻落实，全年主动公开政府信息294余条，其中财政类信息11条，占3.7%。\n", 60)}}
	b.SetBytes(int64(len(text[0].Text)))
	for b.Loop() {
		folder.Fold(text).prints()
	}
}
