package inputs

import (
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/gazetteer"
)

// The sites that come with the program are seeds: official hosts, each once, and every code is one of the gazetteer
// whose name stands beside it.
func TestKnownSites(t *testing.T) {
	lines, err := read(t, Seeds, KnownSites())
	if err != nil || len(lines) < 100 {
		t.Fatalf("%d sites, %v", len(lines), err)
	}
	seen, named := map[string]bool{}, 0
	for _, l := range lines {
		site, code := l.Field("site"), l.Field("division_code")
		host := strings.TrimSuffix(site[strings.Index(site, "//")+2:], "/")
		if seen[host] || !strings.HasSuffix(host, ".gov.cn") || strings.Contains(host, "/") || (code == "") != (l.Field("name") == "") {
			t.Errorf("line %d: %s", l.Number, site)
		}
		if seen[host] = true; code == "" {
			continue
		}
		named++
		if d, ok := gazetteer.Lookup(code); !ok || d.Code != code || d.Name+"人民政府" != l.Field("name") {
			t.Errorf("line %d: %s is not %s", l.Number, code, l.Field("name"))
		}
	}
	if named < 60 {
		t.Errorf("%d sites say whose they are", named)
	}
}
