package codebook

import (
	"slices"
	"strings"
)

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
	Groups   []Label  // other wordings of labels over rows or columns
	Heads    []string // words that stand over the labels of the rows and other columns that hold no values: 信息内容, 单位
	Serials  []string // words that stand over numbers that count the rows: 序号, 代码
	cell     string   // how its cells are named, one of the cellBy constants
}

// Indicator names the cell where a row and a column of the form meet. Applicant is empty where the table has no
// applicant columns.
func (f *Form) Indicator(row, column string) (indicator, applicant string) {
	switch f.cell {
	case cellByApplicant:
		return row, column
	case cellByColumn:
		return column, ""
	case cellByRow:
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

// How the cells of a table are named (tables.csv, column cell).
const (
	cellByRowAndColumn = "row.column" // the indicator is row, dot, column
	cellByApplicant    = "row/column" // the row is the indicator, the column the applicant
	cellByRow          = "row"
	cellByColumn       = "column"
)

// Forms returns every form table, by template and in the order of the report. Do not change the slice.
func Forms() []*Form { return Standard.Forms }

// FindForm returns the form table of a template, or nil.
func FindForm(template, table string) *Form { return Standard.Find(template, table) }

// Find returns the form table of a template, or nil.
func (b *Book) Find(template, table string) *Form {
	i := slices.IndexFunc(b.Forms, func(f *Form) bool { return f.Template == template && f.Table == table })
	if i < 0 {
		return nil
	}
	return b.Forms[i]
}

// tableShape is a row of tables.csv: what the generations of one table have in common.
type tableShape struct {
	section int
	cell    string // one of the cellBy constants
	levels  bool   // label paths have several levels; 本年增/减 of section two is one label
}

// addForms makes the forms of the rows of forms.csv, which stand by template and table.
func (b *Book) addForms(rows [][]string, shapes map[string]tableShape) {
	for _, r := range rows {
		template, table := r[0], r[1]
		shape := shapes[table]
		if len(b.Forms) == 0 || b.Forms[len(b.Forms)-1].Template != template || b.Forms[len(b.Forms)-1].Table != table {
			b.Forms = append(b.Forms, &Form{Template: template, Table: table, Section: shape.section, cell: shape.cell})
		}
		f := b.Forms[len(b.Forms)-1]
		l := Label{Key: r[3], Path: []string{r[4]}, Aliases: list(r[5], "|"), Replaces: list(r[6], ";")}
		if shape.levels {
			l.Path = strings.Split(r[4], "/")
		}
		switch r[2] {
		case "row":
			f.Rows = append(f.Rows, l)
		case "column":
			f.Columns = append(f.Columns, l)
		case "group":
			f.Groups = append(f.Groups, l)
		case "serial":
			f.Serials = append(append(f.Serials, l.Text()), l.Aliases...)
		case "head":
			f.Heads = append(append(f.Heads, l.Text()), l.Aliases...)
		default: // title, corner
			f.Titles = append(append(f.Titles, l.Text()), l.Aliases...)
		}
	}
	for _, f := range b.Forms {
		if len(f.Rows) == 0 {
			f.Rows = []Label{{}}
		}
	}
}
