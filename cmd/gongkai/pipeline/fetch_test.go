package pipeline

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/normalize/issuer"
	"github.com/gongkai-data/gongkai/store"
)

// faraway holds each Get back until many wait at once.
type faraway struct {
	store.Objects
	mu      sync.Mutex
	waiting int
	most    int
	many    chan struct{} // closed when enough wait
}

const enough = 32

func (f *faraway) Get(ctx context.Context, name string) ([]byte, error) {
	if strings.HasSuffix(name, ".reading") {
		f.mu.Lock()
		if f.waiting++; f.waiting > f.most {
			if f.most = f.waiting; f.most == enough {
				close(f.many)
			}
		}
		f.mu.Unlock()
		select {
		case <-f.many:
		case <-time.After(time.Minute):
		}
		f.mu.Lock()
		f.waiting--
		f.mu.Unlock()
	}
	return f.Objects.Get(ctx, name)
}

// TestFetchesManyAtOnce: from an object store more readings are fetched at once than there are cores, and what is built
// is the same as from a folder.
func TestFetchesManyAtOnce(t *testing.T) {
	ctx := t.Context()
	build := func(location string, readings store.Objects) string {
		t.Helper()
		archive, err := store.Open(ctx, location, store.Options{Staging: t.TempDir()})
		if err != nil {
			t.Fatal(err)
		}
		defer archive.Close()
		for i := range enough + 8 {
			c := schema.Capture{URL: fmt.Sprintf("http://a.invalid/%d.txt", i), FetchedAt: time.Unix(1700000000, 0).UTC(), Outcome: schema.OutcomeOK}
			if _, err := archive.WriteExchange(ctx, store.Exchange{Capture: c, Request: []byte("GET / HTTP/1.1\r\n\r\n"), Response: []byte("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"),
				Body: strings.NewReader(fmt.Sprintf("栖霞市寺口镇%d年政府信息公开工作年度报告\n一、总体情况\n全年收到政府信息公开申请%d件。\n", 2000+i%25, i))}); err != nil {
				t.Fatal(err)
			}
		}
		out := filepath.Join(t.TempDir(), "dataset")
		if _, err := Build(ctx, Options{Archive: archive, Out: out, Readings: readings, Resolver: issuer.New(nil)}); err != nil {
			t.Fatal(err)
		}
		data, err := store.OpenDataset(out)
		if err != nil {
			t.Fatal(err)
		}
		defer data.Close()
		var rows strings.Builder
		for r, err := range store.Rows[schema.Fact](ctx, data, schema.Facts, store.Query{}) {
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintln(&rows, r.ReportID, r.Indicator, r.Raw)
		}
		for r, err := range store.Rows[schema.Report](ctx, data, schema.Reports, store.Query{}) {
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintln(&rows, r.ReportID, r.URL, r.Quality)
		}
		return rows.String()
	}
	kept, err := store.OpenObjects(ctx, t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	far := &faraway{Objects: kept, many: make(chan struct{})}
	inBucket := build("mem://", far)
	if far.most < enough {
		t.Errorf("at most %d readings were fetched at once", far.most)
	}
	folder, err := store.OpenObjects(ctx, t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	if inFolder := build(t.TempDir(), folder); inFolder != inBucket || strings.Count(inFolder, "http://a.invalid/") != enough+8 {
		t.Errorf("in a folder:\n%s\nin a bucket:\n%s", inFolder, inBucket)
	}
}
