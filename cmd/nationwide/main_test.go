package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

// A part of the country builds in the memory stated, verifies, and answers the queries of dashboards in time: the
// hundredth in continuous integration, of which a desk takes the third.
func TestAPartOfTheCountry(t *testing.T) {
	out := filepath.Join(t.TempDir(), "dataset")
	part := 3
	if os.Getenv("CI") == "true" {
		part = 1
	}
	g := generator{out: out, share: 0.01 / float64(part), first: 2015, years: 10, seed: 1, memory: 64 / part}
	r, err := g.run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d reports, %d rows, %.0f rows/s, peak %d MB", r.Reports, r.Rows, r.RowsPerSecond, r.PeakMB)
	if r.Townships < 300/part || r.Reports != int64(10*r.Townships) || r.TableRows["facts"] < 100*r.Reports || r.TableRows["panel"] != r.Reports {
		t.Errorf("%+v", r)
	}
	if r.PeakMB > 1500 {
		t.Errorf("peak of %d MB", r.PeakMB)
	}
	if found, err := store.VerifyDataset(context.Background(), out); err != nil || len(found) > 0 {
		t.Errorf("verify: %v %v", found, err)
	}
	likeTheReal(t, out)
	queries(t, out)
}

// likeTheReal compares shares in the generated panel with the stated distributions: mostly noughts, few large.
func likeTheReal(t *testing.T, out string) {
	t.Helper()
	d, err := store.OpenDataset(out)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	n, none, many, large := 0, 0, 0, 0.0
	for p, err := range store.Rows[schema.Panel](context.Background(), d, d.Panel(), store.Query{Years: []int32{2023}}) {
		if err != nil {
			t.Fatal(err)
		}
		v, printed := p.Values["requests.received"]
		n++
		switch {
		case v == 0:
			none++
		case v >= 10:
			many++
		}
		if printed {
			large = max(large, v)
		}
	}
	if share := float64(none) / float64(n); share < 0.65 || share > 0.80 || many == 0 || many > n/10 || large < 20 {
		t.Errorf("of %d townships %d have no request and %d ten or more; the most are %v", n, none, many, large)
	}
}

// queries runs queries.py, where DuckDB's Python package is.
func queries(t *testing.T, out string) {
	t.Helper()
	if err := exec.Command("python3", "-c", "import duckdb").Run(); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("Python's duckdb must be installed here: %v", err)
		}
		t.Log("without Python's duckdb the queries are left out")
		return
	}
	text, err := exec.Command("python3", "queries.py", out, "100").CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, text)
	}
	t.Logf("%s", text)
}

// The same seed gives the same bytes whatever the memory, and another seed gives others.
func TestSeed(t *testing.T) {
	manifest := func(seed uint64, memory int) []byte {
		out := filepath.Join(t.TempDir(), "dataset")
		g := generator{out: out, share: 0.0005, first: 2019, years: 4, seed: seed, memory: memory}
		if _, err := g.run(context.Background()); err != nil {
			t.Fatal(err)
		}
		body, err := os.ReadFile(filepath.Join(out, store.ManifestFile))
		if err != nil {
			t.Fatal(err)
		}
		if !json.Valid(body) {
			t.Fatal("the manifest is no JSON")
		}
		return body
	}
	first := manifest(7, 512)
	if !bytes.Equal(first, manifest(7, 1)) {
		t.Error("the same seed gives other bytes with less memory")
	}
	if bytes.Equal(first, manifest(8, 512)) {
		t.Error("another seed gives the same bytes")
	}
}

// BenchmarkBuild is for profiles: go test -bench Build -cpuprofile cpu.out ./cmd/nationwide
func BenchmarkBuild(b *testing.B) {
	for range b.N {
		g := generator{out: filepath.Join(b.TempDir(), "dataset"), share: 0.01, first: 2015, years: 10, seed: 1, memory: 512}
		r, err := g.run(context.Background())
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(r.RowsPerSecond, "rows/s")
	}
}
