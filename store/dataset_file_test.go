package store

import (
	"context"
	"encoding/json"
	"path/filepath"
	"slices"
	"testing"
)

func TestAddFile(t *testing.T) {
	out := filepath.Join(t.TempDir(), "dataset")
	w := createTest(t, out, 0)
	addSample(t, w, testFacts(10))
	w.opt.Licences = []Licence{{Name: "CC-BY-4.0", Path: "https://creativecommons.org/licenses/by/4.0/", Title: "Creative Commons Attribution 4.0"}}
	must(t, w.AddFile("codebook.zh.md", []byte("# 代码本\n")), w.AddFile("doc/a.txt", nil))
	for _, name := range []string{"", ".", "../x", "/x", "a//b", "manifest.json", "datapackage.json", "facts/year=2020/x.csv", "reports.parquet", "codebook.zh.md", ".hidden"} {
		if w.AddFile(name, nil) == nil {
			t.Errorf("%q is taken", name)
		}
	}
	m := commit(t, w)
	files := tree(t, out)
	if string(files["codebook.zh.md"]) != "# 代码本\n" || files["doc/a.txt"] == nil {
		t.Errorf("the documents are not in the dataset: %q", files["codebook.zh.md"])
	}
	i := slices.IndexFunc(m.Files, func(f ManifestItem) bool { return f.Path == "codebook.zh.md" })
	if i < 0 || m.Files[i].Bytes != 12 || m.Files[i].Rows != nil || m.Files[i].Table != "" {
		t.Fatalf("the manifest: %+v", m.Files)
	}
	if !slices.IsSortedFunc(m.Files, func(a, b ManifestItem) int { return slices.Compare([]byte(a.Path), []byte(b.Path)) }) {
		t.Error("the manifest is not in order")
	}
	if found, err := VerifyDataset(context.Background(), out); err != nil || len(found) > 0 {
		t.Errorf("verify: %v %v", found, err)
	}
	var d packageDescriptor
	must(t, json.Unmarshal(files[PackageFile], &d))
	if len(d.Licences) != 1 || d.Licences[0].Name != "CC-BY-4.0" {
		t.Errorf("licences: %+v", d.Licences)
	}
}
