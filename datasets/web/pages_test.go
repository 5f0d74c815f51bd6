package web_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/query/querytest"
	"github.com/gongkai-data/gongkai/datasets/web"
)

// A long list of failed checks goes over several pages of a static site, which hold it whole.
func TestStaticPagesHoldTheWholeList(t *testing.T) {
	const towns = 230
	var places []querytest.Place
	for i := range towns {
		id := fmt.Sprintf("990121%03d000", 101+i)
		places = append(places, querytest.Place{ID: id, Name: fmt.Sprintf("测试第%d镇", i), Kind: "township", Division: id,
			Years: []querytest.Year{{Year: 2022, Template: "2021", Values: map[string]float64{"review.total": 3}, Failed: map[string][]string{"review.total": {"litigation.sum"}}}}})
	}
	_, s, _ := serve(t, places...)
	out := filepath.Join(t.TempDir(), "site")
	if _, err := web.WriteSite(context.Background(), s, out, nil); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(out, "en", "checks*.html"))
	if err != nil || len(files) < 3 {
		t.Fatalf("%v, %v", files, err)
	}
	listed := map[string]bool{}
	link := regexp.MustCompile(`report/(990121\d{6}-2022-[0-9a-f]+)\.html`)
	for _, name := range files {
		body, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range link.FindAllStringSubmatch(string(body), -1) {
			listed[m[1]] = true
		}
	}
	if len(listed) != towns {
		t.Errorf("%d of %d failed checks are listed, on %d pages", len(listed), towns, len(files))
	}
}
