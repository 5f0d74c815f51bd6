package main

import (
	"image/color"
	"image/png"
	"os"
	"strings"
	"testing"
)

// A number that two tables give differently is explained by the problem that names it, wherever that stands.
func TestExplainNamesTheOtherTable(t *testing.T) {
	t.Chdir(t.TempDir())
	table := `<table><tr><td>信息内容</td><td>本年处理决定数量</td></tr><tr><td>行政许可</td><td>%</td></tr></table>`
	write(t, "a.html", []byte("<p>二、主动公开政府信息情况</p>"+strings.ReplaceAll(table, "%", "5")+strings.ReplaceAll(table, "%", "6")))
	code, out, errOut := gongkai(t, "explain", "a.html", "licensing.decisions")
	if code != exitDone || !strings.Contains(out, "duplicate_fact") || !strings.Contains(out, `"6" here, "5" before`) {
		t.Errorf("exit %d: %s%s", code, out, errOut)
	}
}

// --why prints the labels that a row may bear with their scores, what the alignment made of all rows and columns, and
// what became of a doubt.
func TestExplainWhy(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "a.html", []byte("<p>二、主动公开政府信息情况</p><table><tr><td>信息内容</td><td>本年处理决定数量</td></tr><tr><td>行政许</td><td>12</td></tr><tr><td>行政处罚</td><td><s>5</s></td></tr></table>"))
	for indicator, want := range map[string][]string{
		"licensing.decisions": {"by likeness 行政许可", "→ 2     行政许 → 行政许可: 12", "  3     行政处罚 → 行政处罚: 5", "→ 2         本年处理决定数量 → 本年处理决定数量"},
		"penalties.decisions": {"1.00 by its text 行政处罚", "doubt         a line runs through the number, so it may no longer hold: no sum confirms it"},
	} {
		code, out, errOut := gongkai(t, "explain", "a.html", indicator, "--why")
		for _, w := range want {
			if code != exitDone || !strings.Contains(out, w) {
				t.Errorf("exit %d, %s lacks %q:\n%s%s", code, indicator, w, out, errOut)
			}
		}
	}
	if _, out, _ := gongkai(t, "explain", "a.html", "licensing.decisions"); strings.Contains(out, "likeness") {
		t.Errorf("unasked: %s", out)
	}
}

// Without a browser a table is written as HTML, in which the value, its labels and the other cells of the form are
// marked.
func TestExplainPictureWithoutBrowser(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv("PATH", t.TempDir())
	write(t, "a.html", []byte("<p>二、主动公开政府信息情况</p><table><tr><td>信息内容</td><td>本年处理决定数量</td></tr><tr><td>行政许可</td><td>12</td></tr><tr><td>行政处罚</td><td>5</td></tr></table>"))
	code, out, errOut := gongkai(t, "explain", "a.html", "licensing.decisions", "--png", "cell.png")
	page, err := os.ReadFile("cell.html")
	if err != nil || code != exitDone || !strings.Contains(out, "cell.html") {
		t.Fatalf("exit %d, %v: %s%s", code, err, out, errOut)
	}
	for _, w := range []string{`<td class="value" rowspan="1" colspan="1">12<small>licensing.decisions</small>`, `<td class="label" rowspan="1" colspan="1">行政许可`, `<td class="fact" rowspan="1" colspan="1">5`} {
		if !strings.Contains(string(page), w) {
			t.Errorf("no %s in %s", w, page)
		}
	}
}

// The picture of a PDF's page shows the edges of its tables, the value, its labels and the other cells.
func TestExplainPicture(t *testing.T) {
	body, err := os.ReadFile("../../extract/read/testdata/corpus/chromium-05.pdf")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	write(t, "a.pdf", body)
	code, out, errOut := gongkai(t, "explain", "a.pdf", "requests.received", "--png", "cell.png")
	if code != exitDone {
		t.Fatalf("exit %d: %s%s", code, out, errOut)
	}
	file, err := os.Open("cell.png")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	picture, err := png.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[color.Color]int{}
	for y := range picture.Bounds().Max.Y {
		for x := range picture.Bounds().Max.X {
			seen[color.RGBAModel.Convert(picture.At(x, y))]++
		}
	}
	for name, c := range map[string]color.Color{"edges": color.RGBA{R: 40, G: 90, B: 230, A: 255}, "cells of the form": factColour, "labels": labelColour, "the value": color.RGBA{R: 220, A: 255}} {
		if seen[c] < 100 {
			t.Errorf("%s: %d dots", name, seen[c])
		}
	}
}
