package release

import (
	"bytes"
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
		for _, r := range Rules {
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
	body, err := CodeBook("zh", "html")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := html.Parse(bytes.NewReader(body)); err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(body, []byte("本年新收政府信息公开申请数量")) {
		t.Error("the Chinese code book lacks Chinese labels")
	}
	if _, err := CodeBook("fr", "html"); err == nil {
		t.Error("an unknown language is no error")
	}
	if _, err := CodeBook("zh", "pdf"); err == nil {
		t.Error("an unknown format is no error")
	}
}
