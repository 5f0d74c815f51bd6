// Package manual holds the manual of the program in English and Chinese: chapters of Markdown, which the terminal shows
// as they are and pages show as HTML. Every command in it is run by a test.
package manual

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"path"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

//go:embed en/*.md zh/*.md
var files embed.FS

// Languages of the manual.
var Languages = []string{"en", "zh"}

// Chapter is one chapter.
type Chapter struct {
	Name  string // first-hour, the same in every language
	Title string
	Text  string // Markdown
}

// Chapters lists the chapters in a language, in the order of reading.
func Chapters(language string) ([]Chapter, error) {
	if !slices.Contains(Languages, language) {
		return nil, fmt.Errorf("the manual is in %s, not in %q", strings.Join(Languages, " and "), language)
	}
	entries, err := files.ReadDir(language)
	if err != nil {
		return nil, fmt.Errorf("reading the manual: %w", err)
	}
	var all []Chapter
	for _, e := range entries { // by name, which begins with the number
		body, err := files.ReadFile(path.Join(language, e.Name()))
		if err != nil {
			return nil, fmt.Errorf("reading the manual: %w", err)
		}
		_, name, _ := strings.Cut(strings.TrimSuffix(e.Name(), ".md"), "-")
		title, _, _ := strings.Cut(strings.TrimPrefix(string(body), "# "), "\n")
		all = append(all, Chapter{name, title, string(body)})
	}
	return all, nil
}

// Find returns a chapter of a list by its name.
func Find(chapters []Chapter, name string) (Chapter, bool) {
	i := slices.IndexFunc(chapters, func(c Chapter) bool { return c.Name == name })
	if i < 0 {
		return Chapter{}, false
	}
	return chapters[i], true
}

// HTML is the chapter as HTML, its title an h1. Raw HTML in the text is left out.
func (c Chapter) HTML() (template.HTML, error) {
	var b bytes.Buffer
	if err := goldmark.New(goldmark.WithExtensions(extension.Table)).Convert([]byte(c.Text), &b); err != nil {
		return "", fmt.Errorf("printing the chapter %s: %w", c.Name, err)
	}
	// what is wider than a narrow screen scrolls by itself, with the keyboard too
	out := strings.NewReplacer("<table>", `<div class="scroll" tabindex="0" role="region" aria-label="`+template.HTMLEscapeString(c.Title)+`"><table>`, "</table>", "</table></div>", "<pre>", `<pre tabindex="0">`).Replace(b.String())
	return template.HTML(out), nil
}

// Commands are the shell commands of the chapter, one block an element.
func (c Chapter) Commands() []string {
	var all []string
	for rest := c.Text; ; {
		_, block, found := strings.Cut(rest, "\n```sh\n")
		if !found {
			return all
		}
		block, rest, _ = strings.Cut(block, "\n```\n")
		all = append(all, block)
	}
}
