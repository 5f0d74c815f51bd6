package compare

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
)

//go:embed table.html.tmpl
var pageText string

var page = template.Must(template.New("table").Funcs(template.FuncMap{
	"year":    yearText,
	"unit":    UnitText,
	"text":    func(c Cell, unit string) string { return c.Text(unit) },
	"visible": visible,
}).Parse(pageText))

// WriteHTML writes the table as one page that needs no other file.
func (t Table) WriteHTML(w io.Writer, language string) error {
	err := page.Execute(w, struct {
		Table
		Language string
		Chinese  bool
	}{t, language, language == "zh"})
	if err != nil {
		return fmt.Errorf("writing the page: %w", err)
	}
	return nil
}
