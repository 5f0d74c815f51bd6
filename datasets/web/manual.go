package web

import (
	"html/template"

	"github.com/gongkai-data/gongkai/datasets/manual"
)

// manual lists the chapters of the manual, or shows one.
func (r *request) manual() error {
	chapters, err := manual.Chapters(r.lang)
	if err != nil {
		return err
	}
	data := struct {
		Chapters []manual.Chapter
		Name     string
		Body     template.HTML
	}{Chapters: chapters, Name: r.PathValue("chapter")}
	r.title = r.T("manual")
	if data.Name != "" {
		c, ok := manual.Find(chapters, data.Name)
		if !ok {
			return notFound("%s", r.T("no_page"))
		}
		if data.Body, err = c.HTML(); err != nil {
			return err
		}
		r.title = c.Title
	}
	return r.render("manual", data)
}
