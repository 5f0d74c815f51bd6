package tree

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Parse builds the tree of a page in UTF-8 within limits. cut says what a limit changed, if it did.
func Parse(ctx context.Context, text []byte) (root *html.Node, cut string, err error) {
	w := weigh(text)
	text, cut = w.kept, w.cut
	if w.copies > maxCopies {
		text = shallow(text)
		cut = "the page opens formatting tags without end; only its text and tables were read, and places in it may not be found again"
	}
	root, err = parseTree(ctx, text)
	if err != nil && ctx.Err() == nil && strings.Contains(err.Error(), "512") {
		root, err = parseTree(ctx, shallow(text))
		cut = "the page is nested deeper than 512 elements; only its text and tables were read, and places in it may not be found again"
	}
	if err == nil {
		cut = cmp.Or(cut, inlineFrames(ctx, root))
	}
	return root, cut, err
}

// maxFrames bounds the frames with a page of their own in srcdoc; they may hold others.
const maxFrames = 20

// inlineFrames puts what frames hold in their srcdoc into the tree, below the frame: a person sees it as part of the
// page.
func inlineFrames(ctx context.Context, root *html.Node) (cut string) {
	frames := []*html.Node{}
	find := func(n *html.Node) {
		for d := range n.Descendants() {
			if d.DataAtom == atom.Iframe && srcdoc(d) != "" {
				frames = append(frames, d)
			}
		}
	}
	find(root)
	left := MaxText
	for i := 0; i < len(frames); i++ {
		f := frames[i]
		if left -= len(srcdoc(f)); i >= maxFrames || left < 0 {
			return "the page has more frames than are read"
		}
		w := weigh([]byte(srcdoc(f)))
		if w.copies > maxCopies {
			w.kept = shallow(w.kept)
		}
		inner, err := parseTree(ctx, w.kept)
		if err != nil {
			return "a frame of the page could not be read: " + err.Error()
		}
		cut = cmp.Or(cut, w.cut)
		for f.FirstChild != nil {
			f.RemoveChild(f.FirstChild)
		}
		for n := range inner.Descendants() {
			if n.DataAtom == atom.Html {
				n.Parent.RemoveChild(n)
				n.Data, n.DataAtom = "div", atom.Div
				f.AppendChild(n)
				break
			}
		}
		find(f)
	}
	return cut
}

func srcdoc(frame *html.Node) string {
	for _, a := range frame.Attr {
		if a.Key == "srcdoc" {
			return a.Val
		}
	}
	return ""
}

func parseTree(ctx context.Context, text []byte) (root *html.Node, err error) {
	defer func() {
		if p := recover(); p != nil {
			root, err = nil, fmt.Errorf("%v", p)
		}
	}()
	doc, err := goquery.NewDocumentFromReader(&watched{ctx, bytes.NewReader(text)})
	if err != nil {
		return nil, err
	}
	return doc.Nodes[0], nil
}

// watched ends the parser's input when ctx ends.
type watched struct {
	ctx context.Context
	r   io.Reader
}

func (w *watched) Read(p []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.r.Read(p)
}
