package sheet

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/xuri/excelize/v2"
)

// book makes a workbook of one sheet named 年报 and lets edit change it.
func book(t testing.TB, rows [][]any, edit func(*excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(f.SetSheetName("Sheet1", "年报"))
	for i, row := range rows {
		must(f.SetSheetRow("年报", fmt.Sprintf("A%d", i+1), &row))
	}
	if edit != nil {
		edit(f)
	}
	var b bytes.Buffer
	must(f.Write(&b))
	return b.Bytes()
}

// frame draws lines around all cells of an area.
func frame(t testing.TB, f *excelize.File, from, to string) {
	t.Helper()
	var lines []excelize.Border
	for _, side := range []string{"left", "right", "top", "bottom"} {
		lines = append(lines, excelize.Border{Type: side, Color: "000000", Style: 1})
	}
	style, err := f.NewStyle(&excelize.Style{Border: lines})
	if err == nil {
		err = f.SetCellStyle("年报", from, to, style)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func shown(t testing.TB, body []byte) (string, *extract.Document) {
	t.Helper()
	d, err := Read(context.Background(), body)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, b := range d.Blocks {
		if b.Grid == nil {
			out = append(out, b.Text)
			continue
		}
		for _, c := range b.Grid.Cells {
			s := fmt.Sprintf("%d,%d", c.Row, c.Col)
			if c.RowSpan*c.ColSpan > 1 {
				s += fmt.Sprintf(" %dx%d", c.RowSpan, c.ColSpan)
			}
			if c.Doubt != "" {
				s += "?"
			}
			out = append(out, s+"="+c.Text)
		}
	}
	return strings.Join(out, " | "), d
}

func TestSheets(t *testing.T) {
	table := [][]any{{"甲镇2023年政府信息公开工作年度报告"}, {"一、总体情况"}, {"全年公开12条。"}, {"二、主动公开政府信息情况"},
		{"信息内容", "本年制发件数", "现行有效件数"}, {"规章", 0, nil}, {"行政规范性文件", 12, 305}}
	grid := "0,0=信息内容 | 0,1=本年制发件数 | 0,2=现行有效件数 | 1,0=规章 | 1,1=0 | 1,2= | 2,0=行政规范性文件 | 2,1=12 | 2,2=305"
	text := "甲镇2023年政府信息公开工作年度报告 | 一、总体情况 | 全年公开12条。 | 二、主动公开政府信息情况 | "
	for _, c := range []struct {
		name string
		edit func(*excelize.File)
		want string
	}{
		{"plain", nil, text + grid},
		{"a title across the columns", func(f *excelize.File) { _ = f.MergeCell("年报", "A1", "C1") }, text + grid},
		{"merged down", func(f *excelize.File) { _ = f.MergeCell("年报", "A6", "A7") }, text + strings.Replace(strings.Replace(grid, "1,0=规章", "1,0 2x1=规章", 1), " | 2,0=行政规范性文件", "", 1)},
		{"merged across", func(f *excelize.File) { _ = f.MergeCell("年报", "B6", "C6") }, text + strings.Replace(grid, "1,1=0 | 1,2=", "1,1 1x2=0", 1)},
		{"a blank row with lines around it", func(f *excelize.File) { frame(t, f, "A5", "C9") }, text + grid + " | 3,0= | 3,1= | 3,2="},
		{"a blank row with lines around a part of it", func(f *excelize.File) { frame(t, f, "A5", "B9") }, text + grid},
		{"a hidden column", func(f *excelize.File) { _ = f.SetColVisible("年报", "B", false) }, text + "0,0=信息内容 | 0,1=现行有效件数 | 1,0=规章 | 1,1= | 2,0=行政规范性文件 | 2,1=305"},
		{"a hidden row", func(f *excelize.File) { _ = f.SetRowVisible("年报", 6, false) }, text + "0,0=信息内容 | 0,1=本年制发件数 | 0,2=现行有效件数 | 1,0=行政规范性文件 | 1,1=12 | 1,2=305"},
		{"the value that a formula left", func(f *excelize.File) {
			_ = f.SetCellFormula("年报", "B7", "1+11")
		}, text + grid},
		{"a formula that left no value", func(f *excelize.File) {
			_ = f.SetCellValue("年报", "B7", nil)
			_ = f.SetCellFormula("年报", "B7", "1+11")
			_ = f.SetCellValue("年报", "C7", nil)
			_ = f.SetCellFormula("年报", "C7", "300+5")
		}, text + strings.Replace(strings.Replace(grid, "2,1=12", "2,1==1+11", 1), "2,2=305", "2,2==300+5", 1)},
		{"shown as another number", func(f *excelize.File) {
			style, _ := f.NewStyle(&excelize.Style{NumFmt: 1})
			_ = f.SetCellValue("年报", "C7", 304.6)
			_ = f.SetCellStyle("年报", "C7", "C7", style)
		}, text + strings.Replace(grid, "2,2=305", "2,2?=305", 1)},
		{"a hidden sheet", func(f *excelize.File) {
			_, _ = f.NewSheet("草稿")
			_ = f.SetCellValue("草稿", "A1", "9")
			_ = f.SetSheetVisible("草稿", false)
		}, text + grid},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, d := shown(t, book(t, table, c.edit))
			if got != c.want || d.Reader != "xlsx" || len(d.Problems) > 0 {
				t.Errorf("%s\nwant %s\nreader %s, problems %v", got, c.want, d.Reader, d.Problems)
			}
		})
	}
	_, d := shown(t, book(t, table, nil))
	if at := d.Blocks[4].Grid.Cells[8].Place.Locator(); at != "年报!C7" {
		t.Errorf("the cell of 305 stands at %s", at)
	}
}

func TestDamaged(t *testing.T) {
	good := book(t, [][]any{{"一"}}, nil)
	for name, body := range map[string][]byte{"nothing": nil, "no ZIP": []byte("PK\x03\x04x"), "cut": good[:len(good)/2], "empty": book(t, nil, nil)} {
		if _, d := shown(t, body); d.Reader != "" || len(d.Problems) != 1 || d.Problems[0].Kind != extract.UnreadableDocument {
			t.Errorf("%s: reader %q, problems %v", name, d.Reader, d.Problems)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(book(f, [][]any{{"规章", 1, nil}, {"文件", "2", 3.5}}, func(x *excelize.File) { _ = x.MergeCell("年报", "A1", "A2") }))
	f.Fuzz(func(t *testing.T, body []byte) {
		if _, d := shown(t, body); d.Reader == "" && len(d.Problems) == 0 {
			t.Fatal("nothing was read and nothing told")
		}
	})
}

// A number that is struck, or written in white on nothing, is in doubt; a line through a word, or white on a ground,
// says nothing.
func TestStyledNumbers(t *testing.T) {
	style := func(f *excelize.File, cell string, s excelize.Style) {
		id, err := f.NewStyle(&s)
		if err == nil {
			err = f.SetCellStyle("年报", cell, cell, id)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	body := book(t, [][]any{{"信息内容", "本年处理决定数量"}, {"行政许可", 12}, {"行政处罚", 13}, {"行政强制", 14}, {"行政检查", "15"}}, func(f *excelize.File) {
		style(f, "B2", excelize.Style{Font: &excelize.Font{Strike: true}})
		style(f, "B3", excelize.Style{Font: &excelize.Font{Color: "FFFFFF"}})
		style(f, "B4", excelize.Style{Font: &excelize.Font{Color: "FFFFFF"}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"0000FF"}}})
		style(f, "A4", excelize.Style{Font: &excelize.Font{Strike: true}})
		if err := f.SetCellRichText("年报", "B5", []excelize.RichTextRun{{Text: "1"}, {Text: "5", Font: &excelize.Font{Strike: true}}}); err != nil {
			t.Fatal(err)
		}
	})
	got, _ := shown(t, body)
	if want := "0,0=信息内容 | 0,1=本年处理决定数量 | 1,0=行政许可 | 1,1?=12 | 2,0=行政处罚 | 2,1?=13 | 3,0=行政强制 | 3,1=14 | 4,0=行政检查 | 4,1?=15"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// TestNumberFormats: what a format shows of a number stands; where it shows another, or none, the cell is in doubt.
func TestNumberFormats(t *testing.T) {
	for _, c := range []struct {
		format string
		value  any
		want   string
	}{
		{`0" 件"`, 12, "1,1=12 件"},
		{`0"件"`, 12.6, "1,1?=13件"},
		{`#,##0`, 12345, "1,1=12,345"},
		{`0.0,"千"`, 12345, "1,1?=12.3千"},
		{`;;;`, 12, "1,1?="},
		{`[=0]"无";0`, 0, "1,1=无"},
		{`[=0]"无";0`, 12, "1,1?=无"}, // the library takes no notice of the condition
		{`[=0]"";0`, 12, "1,1?="},
		{`0;-0;;@`, 12, "1,1=12"},
		{`0;-0;;@`, 0, "1,1?=0"},
		{`0;-0;"零";@`, 0, "1,1=零"},
		{`0_);(0)`, -3, "1,1?=(3)"},
		{`_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ `, 0, "1,1=-"},
	} {
		got, _ := shown(t, book(t, [][]any{{"信息内容", "数"}, {"规章", c.value}}, func(f *excelize.File) {
			id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &c.format})
			if err == nil {
				err = f.SetCellStyle("年报", "B2", "B2", id)
			}
			if err != nil {
				t.Fatal(err)
			}
		}))
		if _, got, _ = strings.Cut(got, "1,0=规章 | "); got != c.want {
			t.Errorf("%s of %v: %s, not %s", c.format, c.value, got, c.want)
		}
	}
	account := func(f *excelize.File) {
		id, _ := f.NewStyle(&excelize.Style{NumFmt: 41})
		_ = f.SetCellStyle("年报", "B2", "B3", id)
		_ = f.MergeCell("年报", "B2", "B3")
	}
	if got, _ := shown(t, book(t, [][]any{{"信息内容", "数"}, {"规章", 0}, {"文件"}}, account)); !strings.Contains(got, "1,1 2x1=-") {
		t.Errorf("a zero of an account: %s", got)
	}
	hidden := false
	got, _ := shown(t, book(t, [][]any{{"信息内容", "数"}, {"规章", 0}}, func(f *excelize.File) {
		_ = f.SetSheetView("年报", 0, &excelize.ViewOptions{ShowZeros: &hidden})
	}))
	if !strings.HasSuffix(got, "1,1?=0") {
		t.Errorf("zeros that the sheet hides: %s", got)
	}
}
