package html

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// reportPage is a page of the size and kind of a real one: the full form pasted from Word, each figure in its own
// spans.
func reportPage() []byte {
	cell := `<td style="border:solid windowtext 1.0pt;padding:0cm 5.4pt" width="62"><p class="MsoNormal" align="center" style="text-align:center"><span lang="EN-US" style="font-size:9.0pt;font-family:宋体">%d</span></p></td>`
	var b strings.Builder
	b.WriteString(`<!DOCTYPE html><html><head><title>槿安县2023年政府信息公开工作年度报告</title><meta name="SiteIDCode" content="3208310003"></head><body><div class="nav"><ul>`)
	for i := range 60 {
		fmt.Fprintf(&b, `<li><a href="/c/%d.html">栏目%d</a></li>`, i, i)
	}
	b.WriteString(`</ul></div><script>` + strings.Repeat("var a = 1;\n", 500) + `</script><div id="zoom">`)
	b.WriteString(sections("", "", ""))
	for range 30 {
		b.WriteString(`<p style="text-indent:2em"><span style="font-family:仿宋">` + strings.Repeat("全县认真落实条例要求，主动公开政府信息294条，收到申请17件。", 6) + `</span></p>`)
	}
	b.WriteString(`<table border="1"><tbody>`)
	n := 0
	for r := range 32 {
		fmt.Fprintf(&b, `<tr><td><p><span>%d.属于第三方合法权益</span></p></td>`, r)
		for range 8 {
			n++
			fmt.Fprintf(&b, cell, n)
		}
		b.WriteString(`</tr>`)
	}
	b.WriteString(`</tbody></table></div></body></html>`)
	return []byte(b.String())
}

// BenchmarkRead is to stay within twice BenchmarkParse, goquery's bare parse of the same bytes.
func BenchmarkRead(b *testing.B) {
	page := reportPage()
	b.SetBytes(int64(len(page)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(context.Background(), page, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	page := reportPage()
	b.SetBytes(int64(len(page)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := goquery.NewDocumentFromReader(bytes.NewReader(page)); err != nil {
			b.Fatal(err)
		}
	}
}
