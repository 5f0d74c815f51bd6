package wording

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"
	"unicode/utf8"
)

// told are the fixed texts of the outputs, by key in zh and en.
var told = map[string][2]string{
	"title":      {"文字对照", "Two texts side by side"},
	"key":        {"[-仅前者-] {+仅后者+}；移动的句子标明另一处所在章节", "[-the first only-] {+the second only+}; of a sentence that moved, where it stands in the other"},
	"numbers":    {"变化的数字", "Numbers that changed"},
	"no_numbers": {"没有一处数字换成另一数字（日期不计）。", "No number stands in place of another (dates do not count)."},
	"same":       {"相同", "the same"},
	"opening":    {"导语", "Before the first section"},
	"moved_away": {"移至", "moved to"},
	"moved_here": {"移自", "moved from"},
	"first":      {"前者", "First"},
	"second":     {"后者", "Second"},
	"count":      {"所计", "What it counts"},
	"removed":    {"仅前者", "the first only"},
	"added":      {"仅后者", "the second only"},
}

// Say returns a fixed text in zh or en.
func Say(key, language string) string {
	if language == "zh" {
		return told[key][0]
	}
	return told[key][1]
}

// SectionName names a section of the form.
func SectionName(number *int32, language string) string {
	switch {
	case number == nil:
		return Say("opening", language)
	case language == "zh" && *number >= 1 && *number <= 9:
		return string([]rune("一二三四五六七八九")[*number-1]) + "、"
	case language == "zh":
		return fmt.Sprintf("第%d部分", *number)
	}
	return fmt.Sprintf("Section %d", *number)
}

// heading is what a section is called: its heading in the second text, else in the first, else its number.
func (s Section) heading(language string) string {
	for _, h := range []string{s.Second, s.First} {
		if h != "" {
			return strings.Join(strings.Fields(h), " ")
		}
	}
	return SectionName(s.Number, language)
}

// context is how much is printed of what both texts have, on each side of a change.
const context = 40

// WriteText writes a comparison for the terminal: the numbers that changed, then each section with what both texts have
// shortened.
func (c Comparison) WriteText(w io.Writer, language string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s → %s\n%s\n\n%s\n", visible(c.First), visible(c.Second), Say("key", language), Say("numbers", language))
	if len(c.Numbers) == 0 {
		b.WriteString("  " + Say("no_numbers", language) + "\n")
	}
	for _, n := range c.Numbers {
		fmt.Fprintf(&b, "  %s %s → %s %s\n", visible(n.Before), n.First, n.Second, visible(n.After))
	}
	for _, s := range c.Sections {
		if !s.Changed {
			fmt.Fprintf(&b, "\n%s %s\n", SectionName(s.Number, language), Say("same", language))
			continue
		}
		fmt.Fprintf(&b, "\n%s\n", visible(s.heading(language)))
		for i, p := range s.Parts {
			switch p.Kind {
			case Same:
				b.WriteString(shortened(visible(p.Text), i > 0, i < len(s.Parts)-1))
			case Removed:
				b.WriteString("[-" + visible(p.Text) + "-]")
			case Added:
				b.WriteString("{+" + visible(p.Text) + "+}")
			case MovedAway:
				fmt.Fprintf(&b, "[-%s-](%s%s)", visible(p.Text), Say("moved_away", language), spaced(SectionName(p.Where, language), language))
			case MovedHere:
				fmt.Fprintf(&b, "{+%s+}(%s%s)", visible(p.Text), Say("moved_here", language), spaced(SectionName(p.Where, language), language))
			}
		}
		b.WriteString("\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func spaced(s, language string) string {
	if language == "zh" {
		return strings.TrimSuffix(s, "、")
	}
	return " " + s
}

// shortened keeps of a text that both have what stands beside a change.
func shortened(text string, before, after bool) string {
	n := utf8.RuneCountInString(text)
	if n <= 2*context+10 {
		return text
	}
	runes, begin, end := []rune(text), "", ""
	if before {
		begin = string(runes[:context])
	}
	if after {
		end = string(runes[n-context:])
	}
	return begin + "……" + end
}

// visible makes the signs of a text harmless for a terminal.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' {
			return r
		}
		if r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return '�'
		}
		return r
	}, s)
}

//go:embed page.html.tmpl
var pageText string

var page = template.Must(template.New("page").Funcs(template.FuncMap{"say": Say, "section": SectionName, "heading": Section.heading, "lines": lines}).Parse(pageText))

// lines cuts a text at its line ends.
func lines(text string) []string { return strings.Split(text, "\n") }

// WriteHTML writes a comparison as one page that needs no other file, to be read or printed.
func (c Comparison) WriteHTML(w io.Writer, language string) error {
	err := page.Execute(w, struct {
		Comparison
		Language string
		Chinese  bool
	}{c, language, language == "zh"})
	if err != nil {
		return fmt.Errorf("writing the page: %w", err)
	}
	return nil
}
