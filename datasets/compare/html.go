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
	"text":    func(c Cell, unit, language string) string { return c.Text(unit, language) },
	"mark":    func(m Meaning, language string) string { return markText(m.Mark, language) },
	"visible": visible,
	"sample":  SampleMark,
}).Parse(pageText))

// group is the columns of one place.
type group struct {
	Name string
	Span int
}

// groups are the places of the table with the number of their columns.
func (t Table) groups() []group {
	var out []group
	for i, name := range t.names() {
		if !t.First(i) {
			out[len(out)-1].Span++
		} else {
			out = append(out, group{name, 1})
		}
	}
	return out
}

// First reports whether a place begins with the column k.
func (t Table) First(k int) bool {
	if k > 0 && t.byYear {
		return yearText(t.Columns[k].Year, "en") != yearText(t.Columns[k-1].Year, "en")
	}
	return k == 0 || t.Columns[k].IssuerID != t.Columns[k-1].IssuerID
}

// WriteHTML writes the table as one page that needs no other file.
func (t Table) WriteHTML(w io.Writer, language string) error {
	err := page.Execute(w, struct {
		Table
		Groups   []group
		Language string
		Chinese  bool
	}{t, t.groups(), language, language == "zh"})
	if err != nil {
		return fmt.Errorf("writing the page: %w", err)
	}
	return nil
}
