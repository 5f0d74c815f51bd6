package list

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/crawl/page"
)

// TestLargePagesAreReadSoon walks pages that are large in one respect each.
func TestLargePagesAreReadSoon(t *testing.T) {
	var table, script, nested, elements strings.Builder
	table.WriteString("<title>政府信息公开年报</title><table>")
	for i := range 100 {
		fmt.Fprintf(&table, "<tr><td>青山县第%d局</td>", i)
		for y := 2015; y < 2025; y++ {
			fmt.Fprintf(&table, `<td><a href="/r/%d/%d.html">%d</a></td>`, i, y, y)
		}
		table.WriteString("</tr>")
	}
	script.WriteString("<script>")
	for i := range 1000 {
		fmt.Fprintf(&script, "var a%d = 'x'; u = '/list?page=' + n%d + '&k=' + a%d; $.get('/q/%d.json', {page: p});\n", i, i, i, i)
	}
	script.WriteString("</script><a href=# onclick=go(2)>下一页</a>")
	nested.WriteString(strings.Repeat("<div onclick=x() data-a=1>", 120) + strings.Repeat("年报", 50_000))
	for i := range 1500 {
		fmt.Fprintf(&elements, `<li data-id="%d" onclick="view('%d')">第%d条</li>`, i, i, i)
	}
	elements.WriteString("<script>function view(id){ location.href = '/c/' + id + '.html'; }</script>")
	for name, source := range map[string]string{"a table of bodies by years": table.String(), "a script": script.String(), "nested elements": nested.String(), "many elements": elements.String()} {
		start := time.Now()
		p := parse(t, "http://a.test/nb/", source)
		w := NewWalk(p, Env{Get: func(context.Context, Request) (*page.Page, error) { return &page.Page{URL: p.URL, Status: 404}, nil }})
		n := 0
		for items := range w.Pages(context.Background()) {
			n += len(items)
		}
		t.Logf("%s: %d bytes, %d items in %v", name, len(source), n, time.Since(start))
		if d := time.Since(start); d > time.Minute { // under the race detector on a full machine too
			t.Errorf("%s took %v", name, d)
		}
	}
}
