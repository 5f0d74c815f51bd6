package issuer

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/shared"
	"github.com/gongkai-data/gongkai/extract/title"
)

func TestSeedReport(t *testing.T) {
	body, err := os.ReadFile(filepath.Join(shared.Path(t), "real", "sikou-2020.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, head := range []string{"2020年栖霞市寺口镇政府信息公开年报", ""} {
		p := title.FromReport(head, string(body), nil)
		if p.IssuerName != "栖霞市寺口镇" || p.Year == nil || *p.Year != 2020 || len(p.Doubts) > 0 {
			t.Errorf("title %q: %+v", head, p)
		}
		if got := Resolve(Input{Title: head, Name: p.IssuerName, Text: string(body), Year: *p.Year}); got.ID != "370686107000" || *got.Township != "寺口镇" {
			t.Errorf("%+v", got)
		}
	}
}
