package pipeline

import (
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/crawl"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/normalize"
	"github.com/gongkai-data/gongkai/normalize/issuer"
	"github.com/gongkai-data/gongkai/normalize/reuse"
	"github.com/gongkai-data/gongkai/store"
)

// TestInputsDigest: whatever a row may rest on changes the digest, and every option is one or the other.
func TestInputsDigest(t *testing.T) {
	ctx := t.Context()
	archive, err := store.Open(ctx, t.TempDir(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	base := Options{Archive: archive, Resolver: issuer.New(nil)}
	digest := func(opt Options, program string, losses ...store.Loss) string {
		t.Helper()
		d, err := inputsDigest(ctx, opt, program, losses)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	first := digest(base, "p")
	if again := digest(base, "p"); again != first {
		t.Fatal("the same inputs have two digests")
	}
	change := map[string]func(*Options){
		"Software":        func(o *Options) { o.Software = "x" },
		"Seeds":           func(o *Options) { o.Seeds = map[string]Seed{"http://a": {"甲", ""}} },
		"Ledger":          func(o *Options) { o.Ledger = crawl.Ledger{Sites: []crawl.SiteLedger{{Site: "http://a"}}} },
		"Resolver":        func(o *Options) { o.Resolver = issuer.New([]issuer.Override{{Name: "甲"}}) },
		"Corrections":     func(o *Options) { o.Corrections = []normalize.Correction{{ReportID: "r"}} },
		"CorrectionsFile": func(o *Options) { o.CorrectionsFile = []byte("x") },
		"Boilerplate":     func(o *Options) { o.Boilerplate = reuse.NewTable() },
		"Archive": func(*Options) {
			if _, err := archive.WriteFailure(ctx, schema.Capture{URL: "http://a.invalid/1", FetchedAt: time.Unix(1, 0), Outcome: schema.OutcomeTimeout}, "slow"); err != nil {
				t.Fatal(err)
			}
		},
	}
	ofTheBuildAlone := map[string]bool{"Out": true, "Readings": true, "Progress": true}
	seen := map[string]string{first: "nothing", digest(base, "q"): "the program", digest(base, "p", store.Loss{File: "f"}): "a loss"}
	if len(seen) != 3 {
		t.Error("program or losses are not in the digest")
	}
	for _, f := range reflect.VisibleFields(reflect.TypeFor[Options]()) {
		if ofTheBuildAlone[f.Name] {
			continue
		}
		opt := base
		if change[f.Name] == nil {
			t.Errorf("Options.%s: is it in the digest?", f.Name)
			continue
		}
		change[f.Name](&opt)
		d := digest(opt, "p")
		if was, known := seen[d]; known {
			t.Errorf("another %s has the digest of %s", f.Name, was)
		}
		seen[d] = f.Name
	}
	for _, whole := range []reflect.Type{reflect.TypeFor[Seed](), reflect.TypeFor[crawl.Ledger](), reflect.TypeFor[issuer.Override](), reflect.TypeFor[schema.Capture]()} {
		checkWhole(t, whole)
	}
}

// TestCapturesThatCameDuringABuild: a build is not taken for one of the archive as it was before they came.
func TestCapturesThatCameDuringABuild(t *testing.T) {
	ctx := t.Context()
	archive, err := store.Open(ctx, t.TempDir(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	readings, err := store.OpenObjects(ctx, t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	came := 0
	opt := Options{Archive: archive, Out: filepath.Join(t.TempDir(), "dataset"), Readings: readings, Resolver: issuer.New(nil)}
	put := func() {
		came++
		c := schema.Capture{URL: fmt.Sprintf("http://a.invalid/%d.txt", came), FetchedAt: time.Unix(1, 0).UTC(), Outcome: schema.OutcomeOK}
		if _, err := archive.WriteExchange(ctx, store.Exchange{Capture: c, Request: []byte("GET / HTTP/1.1\r\n\r\n"), Response: []byte("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"),
			Body: strings.NewReader(fmt.Sprintf("栖霞市寺口镇%d年政府信息公开工作年度报告\n", 2010+came))}); err != nil {
			t.Error(err)
		}
	}
	put()
	for _, during := range []bool{true, false} {
		opt.Progress = func(Progress) {
			if during {
				during = false
				put()
			}
		}
		grew := during
		if _, err := Build(ctx, opt); err != nil {
			t.Fatal(err)
		}
		kept, err := openCache(readings)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := readings.Get(ctx, kept.buildName()); (err != nil) != grew {
			t.Errorf("captures came: %v, the build is kept: %v", grew, err)
		}
	}
	if sum, err := Build(ctx, opt); err != nil || !sum.Unchanged || sum.Reports != 2 {
		t.Errorf("%+v, %v", sum, err)
	}
}

// checkWhole checks that JSON leaves nothing of a type out.
func checkWhole(t *testing.T, of reflect.Type) {
	switch of.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		checkWhole(t, of.Elem())
	case reflect.Struct:
		if _, itself := of.MethodByName("MarshalJSON"); itself {
			return
		}
		for i := range of.NumField() {
			f := of.Field(i)
			if !f.IsExported() || f.Tag.Get("json") == "-" {
				t.Errorf("%s.%s would not be in the digest", of, f.Name)
			}
			checkWhole(t, f.Type)
		}
	}
}
