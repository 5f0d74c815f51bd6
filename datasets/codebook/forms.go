package codebook

import (
	_ "embed"
	"strings"
)

//go:embed forms.csv
var formsCSV string

// Names of the form tables.
const (
	Documents   = "documents"   // section two, 第二十条第（一）项: 规章, 规范性文件
	Licensing   = "licensing"   // section two, 第（五）项: 行政许可, 其他对外管理服务事项
	Enforcement = "enforcement" // section two, 第（六）项: 行政处罚, 行政强制
	Fees        = "fees"        // section two, 第（八）项: 行政事业性收费
	Procurement = "procurement" // section two, 第（九）项: 政府集中采购 (2019 only)
	Requests    = "requests"    // section three: result rows by applicant columns
	Litigation  = "litigation"  // section four: one row, three groups of five results
	Stat2014    = "stat2014"    // 附表 政府信息公开情况统计表: one row per indicator, one column
)

// Label is a row or a column of a form.
type Label struct {
	Key      string   // see Form.Indicator; empty for the one unnamed row or column of a form
	Path     []string // labels from the outermost group to the row or column itself, as the form prints them
	Aliases  []string // other wordings of the last label that real pages use
	Replaces []string // keys of the standard labels that it stands in place of: a published variant of the form
}

// Text is the last label of the path.
func (l Label) Text() string {
	if len(l.Path) == 0 {
		return ""
	}
	return l.Path[len(l.Path)-1]
}

// Form is one table of one template.
type Form struct {
	Template string   // "2014", "2019" or "2021"
	Table    string   // one of the names above
	Section  int      // section of the report it stands in: 2, 3, 4; 0 for an appendix
	Titles   []string // captions: 第二十条第（一）项 and its variants; for Requests the text of the corner cell
	Rows     []Label  // one unnamed row for Litigation
	Columns  []Label  // one unnamed column for Stat2014
}

// Indicator names the cell where a row and a column of the form meet. Applicant is empty where the table has no applicant columns.
func (f *Form) Indicator(row, column string) (indicator, applicant string) {
	switch f.Table {
	case Requests:
		return row, column
	case Litigation:
		return column, ""
	case Stat2014:
		return row, ""
	}
	return row + "." + column, ""
}

// Cells counts the cells of the form as the law prints it, variants aside.
func (f *Form) Cells() int {
	return standard(f.Rows) * standard(f.Columns)
}

func standard(labels []Label) (n int) {
	for _, l := range labels {
		if len(l.Replaces) == 0 {
			n++
		}
	}
	return n
}

var forms = loadForms()

// Forms returns every form table, by template and in the order of the report. Do not change the slice.
func Forms() []*Form { return forms }

// FindForm returns the form table of a template, or nil.
func FindForm(template, table string) *Form {
	for _, f := range forms {
		if f.Template == template && f.Table == table {
			return f
		}
	}
	return nil
}

var sections = map[string]int{Documents: 2, Licensing: 2, Enforcement: 2, Fees: 2, Procurement: 2, Requests: 3, Litigation: 4}

func loadForms() []*Form {
	var all []*Form
	for _, r := range records("forms.csv", formsCSV, 7) {
		template, table := r[0], r[1]
		if len(all) == 0 || all[len(all)-1].Template != template || all[len(all)-1].Table != table {
			all = append(all, &Form{Template: template, Table: table, Section: sections[table]})
		}
		f := all[len(all)-1]
		l := Label{Key: r[3], Path: path(table, r[4]), Aliases: list(r[5], "|"), Replaces: list(r[6], ";")}
		switch r[2] {
		case "row":
			f.Rows = append(f.Rows, l)
		case "column":
			f.Columns = append(f.Columns, l)
		default: // title, corner
			f.Titles = append(append(f.Titles, l.Text()), l.Aliases...)
		}
	}
	for _, f := range all {
		if len(f.Rows) == 0 {
			f.Rows = []Label{{}}
		}
	}
	return all
}

// path splits a label path. Only the tables with groups have one: 本年增/减 of section two is one label.
func path(table, s string) []string {
	switch table {
	case Requests, Litigation, Stat2014:
		return strings.Split(s, "/")
	}
	return []string{s}
}
