package frozen

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/audit"
	"github.com/gongkai-data/gongkai/datasets/query/querytest"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

func day(t *testing.T, s string) schema.Date {
	t.Helper()
	d, err := schema.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// freeze writes places as a dataset and freezes it.
func freeze(t *testing.T, out, name, date string, places ...querytest.Place) Record {
	t.Helper()
	dataset := filepath.Join(t.TempDir(), "dataset")
	querytest.Write(t, dataset, places...)
	r, err := Make(context.Background(), Options{Name: name, Date: day(t, date), Dataset: dataset, Out: out, Authors: []string{"County archive, \"甲\""}})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func sound(t *testing.T, where string) {
	t.Helper()
	if found, err := Verify(context.Background(), where); err != nil || len(found) > 0 {
		t.Errorf("%s: %v %v", where, found, err)
	}
}

// Two releases of a dataset that grew: what changed is told, both verify, a name is never taken twice, and the same
// input gives the same bytes.
func TestReleases(t *testing.T) {
	out := t.TempDir()
	first := querytest.Towns()
	freeze(t, out, "2026.10", "2026-10-30", first[:4]...)
	second := querytest.Towns()
	second[0].Years[1].Values["requests.received"] = 12
	second[1].Years = second[1].Years[:2]
	r := freeze(t, out, "2026.11", "2026-11-30", second...)
	want := Counts{ReportsAdded: 3, ReportsRemoved: 1, ReportsChanged: 1, Cells: 1}
	if r.Before == nil || r.Before.Name != "2026.10" || r.Before.Changes != want || r.Reports != 14 {
		t.Errorf("%+v", r.Before)
	}
	changes, _ := os.ReadFile(filepath.Join(out, "2026.11", ChangesFile))
	if s := string(changes); !strings.Contains(s, "桃村镇 2022") || !strings.Contains(s, "## removed") || !strings.Contains(s, "寺口镇 2020 (370686107000-2020-000007e4), cells: 1") {
		t.Errorf("%s", s)
	}
	for _, where := range []string{"2026.10", "2026.10.zip", "2026.11", "2026.11.zip"} {
		sound(t, filepath.Join(out, where))
	}
	all, err := List(out)
	if err != nil || len(all) != 2 || all[0].Name != "2026.11" {
		t.Errorf("%v, %v", all, err)
	}
	dataset := filepath.Join(out, "2026.11", DatasetDir)
	for name, date := range map[string]string{"2026.11": "2026-12-01", "2026.12": "2026-11-01", "latest": "2026-12-01", "../x": "2026-12-01"} {
		if _, err := Make(context.Background(), Options{Name: name, Date: day(t, date), Dataset: dataset, Out: out, Authors: []string{"x"}}); err == nil {
			t.Errorf("the release %s of %s is made", name, date)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(out, ".*")); len(left) > 0 {
		t.Errorf("a release that failed leaves %v", left)
	}

	again := t.TempDir()
	freeze(t, again, "2026.10", "2026-10-30", first[:4]...)
	freeze(t, again, "2026.11", "2026-11-30", second...)
	for _, name := range []string{"2026.10.zip", "2026.11.zip"} {
		a, _ := os.ReadFile(filepath.Join(out, name))
		b, err := os.ReadFile(filepath.Join(again, name))
		if err != nil || !bytes.Equal(a, b) {
			t.Errorf("%s has other bytes the second time (%d and %d): %v", name, len(a), len(b), err)
		}
	}
}

// Whatever is changed, added or taken away in a release is found.
func TestVerifyFindsEveryChange(t *testing.T) {
	out := t.TempDir()
	r := freeze(t, out, "a", "2026-11-30", querytest.Towns()[:1]...)
	dir := filepath.Join(out, "a")
	for _, f := range r.Files {
		name := filepath.Join(dir, filepath.FromSlash(f.Path))
		kept, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, body := range [][]byte{append(bytes.Clone(kept), '\n'), nil} {
			_ = os.Remove(name)
			if body != nil {
				if err := os.WriteFile(name, body, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if found, err := Verify(context.Background(), dir); err == nil && len(found) == 0 {
				t.Errorf("a change of %s is not found", f.Path)
			}
		}
		if err := os.WriteFile(name, kept, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	sound(t, dir)
	if err := os.WriteFile(filepath.Join(dir, "more.txt"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if found, err := Verify(context.Background(), dir); err != nil || len(found) != 1 {
		t.Errorf("a file too many: %v %v", found, err)
	}
	zipped, _ := os.ReadFile(filepath.Join(out, "a.zip"))
	for i := 0; i < len(zipped)-200; i += len(zipped) / 40 {
		torn := bytes.Clone(zipped)
		torn[i+100] ^= 0x41
		name := filepath.Join(out, "torn.zip")
		if err := os.WriteFile(name, torn, 0o644); err != nil {
			t.Fatal(err)
		}
		if found, err := Verify(context.Background(), name); err == nil && len(found) == 0 && !sameContent(t, name, filepath.Join(out, "a.zip")) {
			t.Errorf("a changed byte at %d is not found", i+100)
		}
	}
}

// sameContent reports whether two zip files hold the same files: a byte of padding or of a date says nothing of them.
func sameContent(t *testing.T, a, b string) bool {
	t.Helper()
	x, errX := contents(a)
	y, errY := contents(b)
	return errX == nil && errY == nil && slices.Equal(x, y)
}

// An audit goes into the release only when it is of this dataset and done; the citation, the crate and the read-me say
// what the release is.
func TestDocuments(t *testing.T) {
	dataset, out := filepath.Join(t.TempDir(), "dataset"), t.TempDir()
	places := querytest.Towns()[:2]
	places[0].Sample = "invented"
	querytest.Write(t, dataset, places...)
	d, err := store.OpenDataset(dataset)
	if err != nil {
		t.Fatal(err)
	}
	units, err := audit.Draw(context.Background(), d, audit.Options{Sample: 12, Seed: 3})
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	judged := &audit.Audit{Dataset: "00", Seed: 3, Units: units}
	opt := Options{Name: "2026.11", Date: day(t, "2026-11-30"), Dataset: dataset, Out: out, Authors: []string{"甲"}, DOI: "10.5281/zenodo.1", Audit: judged}
	if _, err := Make(context.Background(), opt); err == nil || !strings.Contains(err.Error(), "another dataset") {
		t.Errorf("%v", err)
	}
	judged.Dataset = digestOf(t, filepath.Join(dataset, store.ManifestFile))
	if _, err := Make(context.Background(), opt); err == nil || !strings.Contains(err.Error(), "12 of 12 are not judged") {
		t.Errorf("%v", err)
	}
	for i := range units {
		units[i].Verdict, units[i].Who, units[i].When = audit.Right, "甲", "2026-11-29"
	}
	r, err := Make(context.Background(), opt)
	if err != nil || r.Audit == nil || r.Audit.All.Judged != 12 || r.Digest != judged.Dataset {
		t.Fatalf("%+v, %v", r.Audit, err)
	}
	for name, wants := range map[string][]string{
		"CITATION.cff":     {`version: "2026.11"`, `date-released: "2026-11-30"`, "sha256:" + r.Digest, "SAMPLE", `doi: "10.5281/zenodo.1"`, `- name: "甲"`},
		"README.md":        {"SAMPLE DATA", "0 of 12 were wrong", "Clopper", "sha256:" + r.Digest},
		"codebook.zh.html": {"gongkai 2026.11, 2026-11-30, sha256 " + r.Digest},
		"codebook.en.md":   {"gongkai 2026.11, 2026-11-30, sha256 " + r.Digest},
		"audit.json":       {`"judged": 12`},
	} {
		body, err := os.ReadFile(filepath.Join(out, "2026.11", name))
		for _, want := range wants {
			if err != nil || !strings.Contains(string(body), want) {
				t.Errorf("%s lacks %q: %v", name, want, err)
			}
		}
	}
	crate(t, filepath.Join(out, "2026.11"), r)
}

// crate checks the rules of RO-Crate 1.1 that a release could break: a descriptor, a root with name, description, date
// and licence, and an entity for everything that is referred to; every file of the release is a part.
func crate(t *testing.T, dir string, r Record) {
	t.Helper()
	body, err := os.ReadFile(filepath.Join(dir, CrateFile))
	if err != nil {
		t.Fatal(err)
	}
	var c struct {
		Context string           `json:"@context"`
		Graph   []map[string]any `json:"@graph"`
	}
	if err := json.Unmarshal(body, &c); err != nil {
		t.Fatal(err)
	}
	at := map[string]map[string]any{}
	for _, e := range c.Graph {
		at[e["@id"].(string)] = e
	}
	if c.Context != "https://w3id.org/ro/crate/1.1/context" || at[CrateFile] == nil || at["./"] == nil || len(at) != len(c.Graph) {
		t.Fatalf("%s", body[:min(600, len(body))])
	}
	for _, key := range []string{"name", "description", "datePublished", "license", "author", "identifier"} {
		if at["./"][key] == nil {
			t.Errorf("the root has no %s", key)
		}
	}
	var referred func(v any)
	referred = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, x := range v {
				referred(x)
			}
		case map[string]any:
			if id, ok := v["@id"].(string); ok && len(v) == 1 && at[id] == nil && !strings.HasPrefix(id, "https://w3id.org/ro/crate/") {
				t.Errorf("nothing describes %s", id)
			}
			for _, x := range v {
				referred(x)
			}
		}
	}
	for _, e := range c.Graph {
		referred(e)
	}
	for _, f := range r.Files {
		if e := at[crateID(f.Path)]; f.Path != CrateFile && (e == nil || e["@type"] != "File") {
			t.Errorf("%s is no part of the crate", f.Path)
		}
	}
}

func digestOf(t *testing.T, name string) string {
	t.Helper()
	files, err := digests(filepath.Dir(name))
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(files, func(f File) bool { return f.Path == filepath.Base(name) })
	return files[i].SHA256
}

func contents(name string) ([]string, error) {
	var out []string
	z, err := zip.OpenReader(name)
	if err != nil {
		return nil, err
	}
	defer z.Close()
	err = fs.WalkDir(z, ".", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		f, err := z.Open(p)
		if err != nil {
			return err
		}
		defer f.Close()
		body, err := io.ReadAll(f)
		out = append(out, p+" "+string(body))
		return err
	})
	return out, err
}
