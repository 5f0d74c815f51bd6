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

// scroll shows the end of the page, and of what scrolls within it, and says how large the page is now; back shows the
// beginning.
const (
	scroll = `(() => { ` + scrollable + ` e.scrollTop = e.scrollHeight;
	return (document.documentElement || {}).scrollHeight + ' ' + document.getElementsByTagName('*').length })()`
	back       = `(() => { ` + scrollable + ` e.scrollTop = 0; return '' })()`
	scrollable = `for (const e of [document.scrollingElement, ...document.querySelectorAll('div, ul, section, main')]) if (e && e.scrollHeight > e.clientHeight)`
)

// scroller shows the end of a page until nothing comes any more. A page that did not grow is shown its beginning and
// its end once more: a list that waits for its end to be seen may have missed it, as it came into view before the page
// had noticed that it was out of it.
type scroller struct {
	left   int    // scrolls
	seen   bool   // the page has seen how it stands since the last scroll
	still  int    // steps in which it did not grow
	before string // its size
}

// step is taken each time that the page has used the time it was given. done reports that the page is at rest.
func (s *scroller) step(tab context.Context, p *Page) (done bool, err error) {
	draw(tab)
	if s.seen = !s.seen; s.seen {
		return false, grant(tab, glance)
	}
	size, err := evaluate(tab, scroll)
	if err != nil {
		return true, err
	}
	if s.still++; size != s.before {
		s.before, s.still = size, 0
		if s.left--; s.left < 0 {
			p.Cut = "it still grows after many scrolls"
			return true, nil
		}
	}
	switch s.still {
	case 1:
		if _, err := evaluate(tab, back); err != nil {
			return true, err
		}
		draw(tab)
		return false, grant(tab, glance)
	case 3: // it has seen its end again
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
