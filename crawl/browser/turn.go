package browser

import (
	"context"
	_ "embed"
	"fmt"

	pages "github.com/gongkai-data/gongkai/crawl/page"
)

// turn presses the sign that leads to the next page of a list, where a script and no address leads there.
//
//go:embed turn.js
var turn string

// gather puts the entries of the pages before back into the list, and notes that its pages were turned, as the answer.
const gather = `(() => { const t = window.__gongkaiTurns; if (!t || !t.pages) return '0'; if (t.list && t.list.isConnected) t.list.prepend(...t.rows);
	document.documentElement.setAttribute('` + pages.Turned + `', t.pages); return String(t.pages) })()`

// turner turns the pages of a list.
type turner struct {
	left    int
	turning bool // a page was turned: from now on the page may not go elsewhere
}

// step turns the page. done reports that there is no further one.
func (t *turner) step(tab context.Context, s *session, p *Page) (done bool, err error) {
	s.stay() // before anything is pressed
	said, err := evaluate(tab, fmt.Sprintf("%s(%t)", turn, t.left > 0))
	if said == "more" {
		p.Cut = fmt.Sprintf("the pages of its list were turned %d times and no more", p.Turns)
	}
	if err != nil || said != "turned" {
		return true, err
	}
	t.turning = true
	p.Turns++
	t.left--
	return false, grant(tab, settle)
}
