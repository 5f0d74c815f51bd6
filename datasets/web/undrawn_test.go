package web_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/datasets/query"
	"github.com/gongkai-data/gongkai/datasets/query/querytest"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/datasets/web"
)

// torn is an archive in which one document cannot be drawn and one cannot be read.
type torn struct {
	papers
	undrawn, unread string
}

func (a torn) Show(ctx context.Context, r schema.Report, f *schema.Fact) (web.View, error) {
	if r.ReportID == a.undrawn || r.ReportID == a.unread {
		return web.View{}, errors.New("drawing page 1: no such page")
	}
	return a.papers.Show(ctx, r, f)
}

func (a torn) Whole(ctx context.Context, r schema.Report, facts []schema.Fact) (web.View, error) {
	if r.ReportID == a.undrawn || r.ReportID == a.unread {
		return web.View{}, errors.New("drawing page 1: no such page")
	}
	return a.papers.Whole(ctx, r, facts)
}

func (a torn) Original(ctx context.Context, r schema.Report) (io.ReadCloser, error) {
	if r.ReportID == a.unread {
		return nil, fmt.Errorf("reading the body: %w", io.ErrUnexpectedEOF)
	}
	return a.papers.Original(ctx, r)
}

// A document that cannot be drawn or read is told on its pages and named at the end; the site is written whole.
func TestSiteWithDocumentsThatCannotBeShown(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dataset")
	towns := querytest.Towns()[:1]
	querytest.Write(t, dir, towns...)
	current, err := query.OpenCurrent(context.Background(), dir, time.Hour, func(err error) { t.Error(err) })
	if err != nil {
		t.Fatal(err)
	}
	defer current.Close()
	undrawn, unread := querytest.ReportID(towns[0].ID, 2022), querytest.ReportID(towns[0].ID, 2020)
	s, err := web.New(web.Options{Current: current, Evidence: torn{papers{"<p>原文"}, undrawn, unread}})
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "site")
	sum, err := web.WriteSite(context.Background(), s, out, nil)
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{unread, undrawn}; !slices.Equal(sum.NotShown, want) {
		t.Errorf("named %v, want %v", sum.NotShown, want)
	}
	checkLinks(t, out)
	for name, want := range map[string]bool{
		"en/report/" + undrawn + ".html":                               true,
		"en/report/" + unread + ".html":                                true,
		"en/report/" + querytest.ReportID(towns[0].ID, 2018) + ".html": false,
	} {
		body, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(body), "cannot be shown here") != want {
			t.Errorf("%s: says that its document cannot be shown: %v", name, !want)
		}
	}
}
