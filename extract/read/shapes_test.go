package read_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/fit/drawn"
	"github.com/gongkai-data/gongkai/extract/read"
)

// shape is one layout of a whole report.
type shape struct {
	name    string
	ending  string
	write   render
	changes []change
	floor   float64 // share of the cells that are read; the rest is told
}

func changed(c ...change) []change { return c }

var plainHTML = asHTML("%s")

var shapes = []shape{
	{"html", "html", plainHTML, nil, 1},
	{"html, paragraphs in cells", "html", asHTML("<p><span>%s</span></p>"), nil, 1},
	{"html, fonts and bold", "html", asHTML(`<div><font face="仿宋"><b>%s</b></font></div>`), nil, 1},
	{"html, white space in cells", "html", asHTML("\n &nbsp; %s \n"), nil, 1},
	{"html, divs on a grid", "html", asDivs, nil, 1},
	{"html, captions in rows", "html", plainHTML, changed(title), 1},
	{"html, remarks", "html", plainHTML, changed(column(behind, "备注", blank)), 1},
	{"html, serial numbers", "html", plainHTML, changed(inSection(2, column(front, "序号", counting))), 1},
	{"html, a column of units", "html", plainHTML, changed(inSection(2, column(labelColumns, "单位", pieces))), 1},
	{"html, header again", "html", plainHTML, changed(again), 1},
	{"html, empty rows", "html", plainHTML, changed(inSection(2, airy)), 1},
	{"html, wide digits", "html", plainHTML, changed(onFigures(wide)), 1},
	{"html, thousands", "html", plainHTML, changed(onFigures(thousands)), 1},
	{"html, units behind numbers", "html", plainHTML, changed(inSection(3, onFigures(func(s string) string { return s + "件" }))), 1},
	{"html, labels set apart", "html", plainHTML, changed(onLabels(apart)), 1},
	{"html, stars behind labels", "html", plainHTML, changed(onLabels(func(s string) string { return s + "：" })), 1},
	{"html, spans as empty cells", "html", plainHTML, changed(spread(false)), 1},
	{"html, spans written out", "html", plainHTML, changed(inSection(3, spread(true))), 1},
	{"html, section two turned", "html", plainHTML, changed(inSection(2, turned)), 1},
	{"html, the total first", "html", plainHTML, changed(inSection(3, moved(func(g *extract.Grid) int { return g.Cols - 1 }, labelColumns))), 1},
	{"html, remarks and captions", "html", plainHTML, changed(column(behind, "备注", blank), title), 1},
	{"html, spans to the right lost", "html", withoutColumnSpans, nil, 1},
	{"html, total first, spans to the right lost", "html", withoutColumnSpans, changed(inSection(3, moved(func(g *extract.Grid) int { return g.Cols - 1 }, labelColumns))), 0.15},
	{"html, packed rows", "html", plainHTML, changed(inSection(3, packed)), 1},
	{"html, the year before left of each column", "html", plainHTML, changed(years(2, false, false), years(3, false, false), years(4, false, false)), 1},
	{"html, the year before right of each column", "html", plainHTML, changed(years(2, true, false), years(3, true, false), years(4, true, false)), 1},
	{"html, the year before left of the table", "html", plainHTML, changed(years(2, false, true), years(3, false, true), years(4, false, true)), 1},
	{"html, the year before right of the table", "html", plainHTML, changed(years(2, true, true), years(3, true, true), years(4, true, true)), 1},
	{"markdown, the year before left of the table", "md", markdown("None"), changed(years(3, false, true)), 1},
	{"aligned, the year before left of each column", "txt", layout([]int{6, 8, 16}, 8, 0, false), changed(years(2, false, false), years(3, false, false)), 0.07},
	{"tabs, spans as empty cells", "txt", between("\t", "", false), nil, 1},
	{"tabs, spans lost", "txt", between("\t", "", true), nil, 1},
	{"tabs, captions in rows", "txt", between("\t", "", false), changed(title), 1},
	{"tabs, wide digits", "txt", between("\t", "", false), changed(onFigures(wide)), 1},
	{"bars", "txt", between(" | ", "", false), nil, 1},
	{"bars, spans lost", "txt", between("|", "", true), nil, 1},
	{"full-width bars", "txt", between("｜", "", false), nil, 1},
	{"markdown", "md", markdown(""), nil, 1},
	{"markdown, captions in rows", "md", markdown(""), changed(title), 1},
	{"markdown, None for covered", "md", markdown("None"), nil, 1},
	{"markdown, None, captions in rows", "md", markdown("None"), changed(title), 1},
	{"markdown, None, remarks", "md", markdown("None"), changed(column(behind, "备注", blank)), 1},
	{"markdown, NaN for covered", "md", markdown("NaN"), nil, 1},
	{"markdown, null for covered", "md", markdown("null"), nil, 1},
	{"markdown, ditto marks for covered", "md", markdown("〃"), nil, 1},
	{"markdown, 同上 for covered", "md", markdown("同上"), nil, 1},
	{"markdown, formulas", "md", markdown(""), changed(onFigures(func(s string) string { return "$ " + strings.Join(strings.Split(s, ""), " ") + " $" })), 1},
	{"html, formulas", "html", plainHTML, changed(onFigures(func(s string) string { return `\(\mathrm{` + s + `}\)` })), 1},
	{"html, numbered notes behind numbers", "html", plainHTML, changed(onFigures(func(s string) string { return s + "①" })), 1},
	{"html, references behind numbers", "html", plainHTML, changed(onFigures(func(s string) string { return s + "[1]" })), 1},
	{"html, the year before, row spans lost", "html", withoutRowSpans, changed(years(3, true, false)), 0.15},
	{"markdown, html tables", "md", plainHTML, nil, 1},
	{"commas, in quotes", "txt", quoted, nil, 1},
	{"commas, thousands in quotes", "txt", quoted, changed(onFigures(thousands)), 1},
	{"commas", "txt", between(",", "", false), nil, 1},
	{"lists of Python", "txt", listed("'", "None"), nil, 1},
	{"lists of Python, captions in rows", "txt", listed("'", "None"), changed(title), 1},
	{"lists of JSON", "txt", listed(`"`, "null"), nil, 1},
	{"drawn with frames", "txt", boxes, nil, 1},
	{"a cell a line", "txt", oneALine, nil, 1},
	{"a row a line", "txt", between(" ", "", true), nil, 1},
	{"aligned by spaces", "txt", layout([]int{6, 8, 16}, 8, 0, false), nil, 1},
	{"aligned, narrow labels", "txt", layout([]int{3, 4, 7}, 6, 0, false), nil, 1},
	{"aligned, narrow labels, notes in the header", "txt", layout([]int{3, 4, 7}, 6, 0, false), changed(inSection(4, onLabels(noted))), 0.9},
	{"aligned, centred", "txt", layout([]int{4, 6, 12}, 8, 0, true), nil, 1},
	{"aligned, another page further right", "txt", layout([]int{4, 6, 12}, 6, 3, false), nil, 1},
	{"aligned, some numbers as formulas", "txt", layout([]int{6, 8, 16}, 8, 0, false), changed(onEvery(formula)), 0},
	{"aligned, narrow labels, some numbers as formulas", "txt", layout([]int{3, 4, 7}, 6, 0, false), changed(onEvery(formula)), 0},
	{"aligned, narrow labels, some numbers with decimals", "txt", layout([]int{3, 4, 7}, 6, 0, false), changed(onEvery(func(s string) string { return s + ".0" })), 0.8},
	{"aligned, thousands", "txt", layout([]int{4, 6, 12}, 7, 0, false), changed(onFigures(thousands)), 1},
}

// report writes a whole report of a generation in a shape, and the figures that it holds: one in every cell, or thinly.
func (s *shape) report(template string, m *rand.Rand, thinly bool) (string, map[drawn.Cell]string) {
	year := map[string]string{"2019": "2020", "2021": "2023"}[template]
	var b strings.Builder
	line := func(text string) {
		if s.ending == "html" {
			text = "<p>" + text + "</p>"
		}
		b.WriteString(text + "\n")
	}
	if s.ending == "html" {
		b.WriteString("<html><head><meta charset=utf-8><title>云岭县白石镇" + year + "年政府信息公开工作年度报告</title></head><body>\n")
	}
	line("云岭县白石镇" + year + "年政府信息公开工作年度报告\n")
	line("一、总体情况\n")
	line("全镇认真落实《中华人民共和国政府信息公开条例》，政府信息公开工作有序推进。\n")
	truth := map[drawn.Cell]string{}
	section := 0
	for _, f := range codebook.Forms() {
		if f.Template != template || f.Section == 0 {
			continue
		}
		if f.Section != section {
			section = f.Section
			line(map[int]string{2: "\n二、主动公开政府信息情况\n", 3: "\n三、收到和处理政府信息公开申请情况\n", 4: "\n四、政府信息公开行政复议、行政诉讼情况\n"}[section])
		}
		g, figures := drawn.Table(f, m)
		if thinly {
			thin(g, f, figures, m)
		}
		maps.Copy(truth, figures)
		grown := g
		for _, c := range s.changes {
			grown = c(grown, f)
		}
		if section == 2 && !strings.Contains(s.name, "captions in rows") && !strings.HasSuffix(s.name, "and captions") {
			line(f.Titles[0] + "\n")
		}
		b.WriteString(s.write(grown) + "\n")
	}
	line("五、存在的主要问题及改进情况\n")
	line("解读形式不够丰富。\n")
	line("六、其他需要报告的事项\n")
	line("无。\n")
	return strings.ReplaceAll(b.String(), empty, ""), truth
}

// TestShapes writes whole reports in layouts met in real life and reads them: what is read is right, and what is not
// read is told. Of reports with many zeros and empty cells more is told, and nothing is wrong.
func TestShapes(t *testing.T) {
	for i, s := range shapes {
		t.Run(s.name, func(t *testing.T) {
			cells, exact := 0, 0
			for _, template := range []string{"2019", "2021"} {
				m := rand.New(rand.NewPCG(uint64(i), 9))
				n, of := s.read(t, template, m, false)
				exact, cells = exact+n, cells+of
				s.read(t, template, m, true)
			}
			if share := float64(exact) / float64(cells); share < s.floor {
				t.Errorf("%s of the cells are read, the floor is %v", fmt.Sprintf("%.4f (%d of %d)", share, exact, cells), s.floor)
			}
		})
	}
}

// read writes a report in a shape and reads it. It returns how many of its cells are read.
func (s *shape) read(t *testing.T, template string, m *rand.Rand, thinly bool) (exact, cells int) {
	body, truth := s.report(template, m, thinly)
	r, err := read.Report(context.Background(), "a."+s.ending, []byte(body), read.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Facts {
		k := drawn.Cell{Indicator: f.Indicator}
		if f.Applicant != nil {
			k.Applicant = *f.Applicant
		}
		got := ""
		if f.Value != nil {
			got = strconv.FormatFloat(*f.Value, 'f', -1, 64)
		}
		switch want, known := truth[k]; {
		case f.State == extract.Unreadable:
		case !known || got != want:
			t.Errorf("%s, thinly %v: %v is %q, want %q", template, thinly, k, got, want)
		default:
			exact++
		}
	}
	if !thinly && exact < len(truth) && len(r.Problems) == 0 {
		t.Errorf("%s: %d of %d cells are lost and nothing is told", template, len(truth)-exact, len(truth))
	}
	return exact, len(truth)
}
