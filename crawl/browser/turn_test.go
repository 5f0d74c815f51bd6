package browser

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

var entryOf = regexp.MustCompile(`>report \d`)

// listed is a page whose list a script turns: entries of the page come by fetch, the sign that leads on has no address.
func listed(pages int, sign, press string) *site {
	s := &site{pages: map[string]string{home: `<!DOCTYPE html><meta charset="utf-8"><ul id="menu"><li><a href="/">首页</a></li></ul><ul id="list"></ul><div class="el-pagination">` + sign + `</div><script>
		let n = 0
		async function show() {
			const d = await (await fetch('/list?p=' + (n + 1))).json()
			n++
			document.getElementById('list').innerHTML = d.map(x => '<li><a href="/r/' + x + '.html">report ' + x + '</a></li>').join('')
			document.querySelector('.btn-next').` + press + ` = () => show()
			if (n == ` + fmt.Sprint(pages) + `) document.querySelector('.btn-next').setAttribute('disabled', '')
		}
		show()</script>`}}
	for n := 1; n <= max(pages, 9); n++ {
		s.pages[fmt.Sprintf("%slist?p=%d", home, n)] = fmt.Sprintf("[application/json][%d, %d]", 2*n-1, 2*n)
	}
	return s
}

// TestTurns: the pages of a list that a script turns are turned to the last one, and the entries of all stand in the
// list; a list without end is cut, and told; a page that would lead elsewhere stays.
func TestTurns(t *testing.T) {
	opt := options(t)
	opt.Turns = 4
	const button = `<button type="button" class="btn-next"><i>&gt;</i></button>`
	for _, c := range []struct {
		name           string
		site           *site
		entries, turns int
		cut            bool
	}{
		{"three pages", listed(3, button, "onclick"), 6, 2, false},
		{"one page", listed(1, button, "onclick"), 2, 0, false},
		{"a link without an address", listed(2, `<a href="javascript:;" class="btn-next">下一页</a>`, "onclick"), 4, 1, false},
		{"without end", listed(0, button, "onclick"), 10, 4, true},
	} {
		p, err := open(t, opt, c.site)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if got := len(entryOf.FindAllString(p.DOM, -1)); got != c.entries || p.Turns != c.turns || (p.Cut != "") != c.cut || strings.Count(p.DOM, "首页") != 1 {
			t.Errorf("%s: %d entries for %d, %d turns, cut %q\n%s", c.name, got, c.entries, p.Turns, p.Cut, p.DOM)
		}
	}
	away := &site{pages: map[string]string{home: `<meta charset="utf-8"><ul><li><a href="/1.html">one</a></li></ul><span onclick="location.href='/away.html'">下一页</span>`, home + "away.html": "away"}}
	if p, err := open(t, opt, away); err != nil || !strings.Contains(p.DOM, "one") || len(away.asked) != 1 {
		t.Errorf("a page that would lead elsewhere: %v, %+v, asked %v", err, p, away.asked)
	}
}
