package browser

import (
	"context"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

const (
	rest    = 2 * time.Second       // of the page's time, after each scroll
	glance  = 50 * time.Millisecond // likewise, for it to see that it grew
	drawing = 20 * time.Second      // of real time, for one picture
)

// scroll shows the end of the page, and of what scrolls within it, and says how large the page is now.
const scroll = `(() => { for (const e of [document.scrollingElement, ...document.querySelectorAll('div, ul, section, main')]) if (e && e.scrollHeight > e.clientHeight) e.scrollTop = e.scrollHeight;
	return (document.documentElement || {}).scrollHeight + ' ' + document.getElementsByTagName('*').length })()`

// scroller shows the end of a page until nothing comes any more.
type scroller struct {
	left   int    // scrolls
	seen   bool   // the page has seen how it stands since the last scroll
	before string // its size
}

// step is taken each time that the page has used the time it was given. done reports that the page is at rest.
func (s *scroller) step(tab context.Context, p *Page) (done bool, err error) {
	draw(tab)
	if s.seen = !s.seen; s.seen {
		return false, grant(tab, glance)
	}
	size, err := evaluate(tab, scroll)
	if err != nil || size == s.before {
		return true, err
	}
	s.before = size
	if s.left--; s.left < 0 {
		p.Cut = "it still grows after many scrolls"
		return true, nil
	}
	draw(tab)
	return false, grant(tab, rest)
}

// draw has the page drawn: only then does it see that it grew or was scrolled, and its own clock does not see to it.
// One that is not drawn shows less.
func draw(tab context.Context) {
	limited, cancel := context.WithTimeout(tab, drawing)
	defer cancel()
	_, _ = chromedp.Call(limited, page.CaptureScreenshot, page.CaptureScreenshotParams{Format: "jpeg", Quality: new(int64(1))})
}
