package html

import (
	"strings"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// containers are the places where content systems put the text of an article, the surest first.
var containers = func() []cascadia.Selector {
	var out []cascadia.Selector
	for _, s := range []string{
		"#ivs_content", ".TRS_Editor", ".TRS_UEDITOR", "#webeditorview", "#zoom", "#Zoom", "ucapcontent", ".Custom_UnionStyle", "#vsb_content",
		".v_news_content", ".article-content", ".xxgk_content", "#zoomcon", ".news_cont_d_wrap", ".pages_content", ".bt_content", "article",
	} {
		out = append(out, cascadia.MustCompile(s))
	}
	return out
}()

// shortest is the least text, in characters, that makes a known container the article; a page with less has its text
// elsewhere.
const shortest = 100

// container is the element that holds the report: the smallest with at least four of the six section headings, else a
// known place of an article, else the body.
func (s *surveyed) container(root *html.Node) *html.Node {
	if n := s.best; n != nil {
		for n.DataAtom == atom.Tr || n.DataAtom == atom.Tbody || n.DataAtom == atom.Thead || n.DataAtom == atom.Tfoot {
			n = n.Parent // the rows of one table hold the whole report
		}
		return n
	}
	doc := goquery.NewDocumentFromNode(root)
	for _, sel := range containers {
		found := doc.FindMatcher(sel).First()
		if found.Length() == 0 {
			continue
		}
		if utf8.RuneCountInString(strings.TrimSpace(found.Text())) >= shortest || found.Find("table").Length() > 0 {
			return found.Nodes[0]
		}
	}
	if body := doc.Find("body").First(); body.Length() > 0 {
		return body.Nodes[0]
	}
	return root
}
