package frozen

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"text/template"

	"github.com/gongkai-data/gongkai/datasets/release"
)

//go:embed README.md.tmpl CITATION.cff.tmpl
var texts embed.FS

// Title of the dataset, in the citation and in the crate.
const title = "gongkai: annual open-government reports of China's towns, counties and departments as one comparable dataset"

// document writes what people read: the citation, how to use and check the release, the code book with the release's
// name.
func (r *Record) document(dir string) error {
	licence, err := release.Licence()
	if err != nil {
		return err
	}
	files := map[string][]byte{"LICENSE-DATA.md": licence}
	for _, name := range []string{"README.md", "CITATION.cff"} {
		t, err := template.New(name+".tmpl").Funcs(template.FuncMap{"quote": quote, "percent": percent}).ParseFS(texts, name+".tmpl")
		if err != nil {
			return err
		}
		var b bytes.Buffer
		if err := t.Execute(&b, map[string]any{"R": r, "Title": title}); err != nil {
			return fmt.Errorf("writing %s: %w", name, err)
		}
		files[name] = b.Bytes()
	}
	for _, language := range []string{"zh", "en"} {
		for _, format := range []string{"md", "html"} {
			body, err := release.CodeBook(language, format, fmt.Sprintf("gongkai %s, %s, sha256 %s", r.Name, r.Date, r.Digest))
			if err != nil {
				return err
			}
			files["codebook."+language+"."+format] = body
		}
	}
	for name, body := range files {
		if err := os.WriteFile(filepath.Join(dir, name), body, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// quote writes a text as a JSON string, which YAML takes too.
func quote(s string) (string, error) {
	b, err := json.Marshal(s)
	return string(b), err
}

func percent(share float64) string { return strconv.FormatFloat(100*share, 'f', 3, 64) + "%" }
