package release

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"golang.org/x/net/html"
)

func TestDocuments(t *testing.T) {
	docs, err := Documents("gongkai/9.8.7")
	if err != nil {
		t.Fatal(err)
	}
	again, err := Documents("gongkai/9.8.7")
	if err != nil {
		t.Fatal(err)
	}
	for i, d := range docs {
		if !bytes.Equal(d.Body, again[i].Body) {
			t.Errorf("%s differs from run to run", d.Name)
		}
		if bytes.Contains(d.Body, []byte("{{")) {
			t.Errorf("%s holds a placeholder", d.Name)
		}
		if !strings.HasPrefix(d.Name, "codebook.") {
			continue
		}
		for _, in := range codebook.All() {
			if !bytes.Contains(d.Body, []byte(in.ID)) {
				t.Errorf("%s lacks the indicator %s", d.Name, in.ID)
			}
		}
		for _, r := range codebook.Rules() {
			if !bytes.Contains(d.Body, []byte(r.ID)) || r.ZH == "" || r.EN == "" {
				t.Errorf("%s lacks the rule %s", d.Name, r.ID)
			}
		}
		for _, table := range []*schema.Table{schema.Facts, schema.Reports, schema.Mentions} {
			for _, c := range table.Columns {
				if !bytes.Contains(d.Body, []byte(c.Name)) {
					t.Errorf("%s lacks the column %s.%s", d.Name, table.Name, c.Name)
				}
			}
		}
	}
	if !bytes.Contains(docs[2].Body, []byte(`version: "9.8.7"`)) {
		t.Errorf("the citation does not name the version:\n%s", docs[2].Body)
	}
}

// The change log speaks of the schema that the code has: a new schema_version needs its section.
func TestChangeLogNamesTheSchema(t *testing.T) {
	body, err := files.ReadFile("CHANGELOG.md")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(body, []byte("\n## "+schema.Version+"\n")) {
		t.Errorf("CHANGELOG.md has no section for schema %s", schema.Version)
	}
}

func TestCodeBookIsWellFormed(t *testing.T) {
	body, err := CodeBook("zh", "html", "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := html.Parse(bytes.NewReader(body)); err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(body, []byte("本年新收政府信息公开申请数量")) {
		t.Error("the Chinese code book lacks Chinese labels")
	}
	if _, err := CodeBook("fr", "html", ""); err == nil {
		t.Error("an unknown language is no error")
	}
	if _, err := CodeBook("zh", "pdf", ""); err == nil {
		t.Error("an unknown format is no error")
	}
}

// The code book prints the sums of the form with the labels of the form.
func TestTheCodeBookPrintsTheIdentities(t *testing.T) {
	for language, want := range map[string]string{"zh": "一、本年新收政府信息公开申请数量 + 二、上年结转政府信息公开申请数量 = （七）总计 + 四、结转下年度继续办理", "en": "upheld + Administrative reviews: corrected"} {
		body, err := CodeBook(language, "md", "")
		if err != nil || !strings.Contains(string(body), want) {
			t.Errorf("%s: %q is not in the code book (%v)", language, want, err)
		}
	}
}

// The schema, a leaf, lists the applicants for itself.
func TestApplicantsOfTheSchema(t *testing.T) {
	panel, err := schema.NewPanel(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range schema.All(panel) {
		for _, c := range table.Columns {
			if table.Name != "facts" || c.Name != "applicant" {
				continue
			}
			var ids []string
			for _, a := range codebook.Applicants {
				ids = append(ids, a.ID)
			}
			if !slices.Equal(c.Enum, ids) {
				t.Errorf("the schema has the applicants %v, the code book %v", c.Enum, ids)
			}
			return
		}
	}
	t.Fatal("facts.applicant is not in the schema")
}
