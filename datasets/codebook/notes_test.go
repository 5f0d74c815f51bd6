package codebook

import (
	"strings"
	"testing"
	"unicode"
)

func TestNotes(t *testing.T) {
	for _, c := range []struct{ published, zh string }{
		{Note("known_parts", "3", "2") + "; " + Note("rest_unreported"), "已知部分：3 个地区、2 个部门；其余可能属于没有年报的部分"},
		{Note("part_approximate") + "; " + Note("total_approximate", "296"), "某一分项为约数；总数为约数，分项之和为 296"},
		{Note("also_published", "pdf", "https://example.org/a;b"), "另以 pdf 格式发布于 https://example.org/a;b"},
		{Note("robots_forbids") + " (https://example.org/a)", "robots.txt 不允许抓取（https://example.org/a）"},
		{Note("no_report_of_year", "2", "https://a.example/ ("+Note("all_pages_read", "3")+"); and 4 more"),
			"网站的 2 个年报栏目已读到底，没有该年年报：https://a.example/ (all 3 stated pages were read)；and 4 more"},
		{Note("no_report_of_year", "1", "https://a.example/"), "网站的 1 个年报栏目已读到底，没有该年年报：https://a.example/"},
		{"no report of that year in the 1 column of the site, read to its end: https://a.example/ (the 1 stated page was read)",
			"网站的 1 个年报栏目已读到底，没有该年年报：https://a.example/ (the 1 stated page was read)"},
		{Note("run_goes_on", "1"), "抓取仍在进行：还有 1 个地址未访问"},
		{Note("list_unread", Note("nothing_new")), "列表没有读到底：最后一次答复没有新内容"},
		{Note("other_total", "收到%s申请"), "分项之和等于正文的另一数量：收到%s申请"},
		{"words of a server", "words of a server"},
	} {
		if got := NoteIn("zh", c.published); got != c.zh {
			t.Errorf("%q in Chinese: %q, want %q", c.published, got, c.zh)
		}
		if got := NoteIn("en", c.published); got != c.published {
			t.Errorf("%q in English: %q", c.published, got)
		}
	}
}

// One thing is told of as one.
func TestNotesAgreeWithTheirNumber(t *testing.T) {
	for want, got := range map[string]string{
		"no report of that year in the 1 column of the site, read to its end: x":     Note("no_report_of_year", "1", "x"),
		"no report of that year in the 2 columns of the site, read to their ends: x": Note("no_report_of_year", "2", "x"),
		"the 1 stated page was read":                   Note("all_pages_read", "1"),
		"all 11 stated pages were read":                Note("all_pages_read", "11"),
		"the 1 stated entry was seen":                  Note("all_entries_seen", "1"),
		"1 cell holds no number or is not on the page": Note("cells_without_number", "1"),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// Every note says the same in both languages, and one is found again in its own words and no other's.
func TestEveryNoteIsFoundAgain(t *testing.T) {
	for _, n := range notes {
		places := strings.Count(n.EN, "%s")
		if places != strings.Count(n.ZH, "%s") || !strings.ContainsFunc(n.ZH, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			t.Errorf("%s: %q, %q", n.Code, n.EN, n.ZH)
			continue
		}
		args := []string{"第一", "第二"}[:places]
		if got, want := NoteIn("zh", Note(n.Code, args...)), filled(n.ZH, args); got != want {
			t.Errorf("%s: %q, want %q", n.Code, got, want)
		}
	}
}

func TestANoteThatIsNone(t *testing.T) {
	for _, bad := range []func(){func() { Note("no_such_note") }, func() { Note("part_approximate", "1") }, func() { Note("known_parts", "1") }} {
		func() {
			defer func() {
				if recover() == nil {
					t.Error("a note without a sentence was worded")
				}
			}()
			bad()
		}()
	}
}
