package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"
)

const module = "github.com/gongkai-data/gongkai/"

// anywhere knows nothing of reports, and may be used by every package.
const anywhere = "extract/lazyregexp"

// layers says for each package, by its path below the module, which packages of ours it may import. The longest
// matching prefix rules. The flow goes one way: crawl → store → extract → normalize → datasets, composed by cmd; leaves
// import nothing of ours.
var layers = map[string][]string{
	"cmd": {"cmd", "crawl", "store", "extract", "normalize", "datasets"},
	"crawl": {"crawl", "store", "extract/bundle", "extract/charset", "extract/html/tree", "extract/text", "extract/title", "extract/heading", "datasets/schema", "datasets/gazetteer",
		"datasets/codebook", "datasets/inputs"},
	"store":              {"store", "datasets/schema", "datasets/codebook"},
	"extract":            {"extract", "datasets/codebook", "datasets/gazetteer", "datasets/grammar", "datasets/lexicon", "normalize/number", "normalize/rule", "normalize/identity"},
	"extract/bundle":     {"extract/charset"},
	"extract/charset":    {},
	anywhere:             {},
	"extract/html/tree":  {},
	"extract/text":       {},
	"extract/heading":    {"extract/text"},
	"extract/title":      {"extract/text"},
	"normalize":          {"normalize", "extract", "datasets/codebook", "datasets/gazetteer", "datasets/inputs", "datasets/lexicon", "datasets/schema"},
	"normalize/number":   {},
	"normalize/rule":     {},
	"normalize/identity": {"datasets/codebook", "normalize/rule"},
	"normalize/issuer":   {"datasets/gazetteer", "datasets/inputs", "extract/text", "extract/title"},
	"datasets":           {"datasets", "store"},
	"datasets/codebook":  {},
	"datasets/gazetteer": {},
	"datasets/grammar":   {},
	"datasets/lexicon":   {},
	"datasets/schema":    {},
	"datasets/sample":    {"datasets/codebook"},
	"datasets/overrides": {},
	"datasets/shared":    {},
	"datasets/inputs":    {"extract/charset"},
}

type listed struct {
	ImportPath string
	Imports    []string
}

func TestImportsFollowTheFlow(t *testing.T) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", module+"...").Output()
	if err != nil {
		t.Fatalf("listing the packages: %v", err)
	}
	packages := json.NewDecoder(strings.NewReader(string(out)))
	seen := 0
	for {
		var p listed
		if err := packages.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("reading the list of packages: %v", err)
		}
		seen++
		for _, fault := range faults(p) {
			t.Error(fault)
		}
	}
	if seen < 10 {
		t.Fatalf("only %d packages listed", seen)
	}
}

// The check itself must be able to fail.
func TestAnImportAgainstTheFlowIsSeen(t *testing.T) {
	for _, p := range []listed{
		{module + "store", []string{module + "extract"}},
		{module + "extract/html", []string{module + "normalize"}},
		{module + "normalize/rule", []string{module + "datasets/codebook"}},
		{module + "datasets/web", []string{module + "crawl"}},
		{module + "tools", []string{module + "store"}},
	} {
		if len(faults(p)) == 0 {
			t.Errorf("%s may import %s", p.ImportPath, p.Imports)
		}
	}
}

func faults(p listed) []string {
	from := strings.TrimPrefix(p.ImportPath, module)
	rule, allowed := "", []string(nil)
	for prefix, list := range layers {
		if within(from, prefix) && len(prefix) > len(rule) {
			rule, allowed = prefix, list
		}
	}
	if rule == "" {
		return []string{from + " belongs to no layer"}
	}
	var found []string
next:
	for _, i := range p.Imports {
		to, ours := strings.CutPrefix(i, module)
		if !ours || to == anywhere || within(to, rule) {
			continue
		}
		for _, a := range allowed {
			if within(to, a) {
				continue next
			}
		}
		found = append(found, from+" imports "+to+" against the flow")
	}
	return found
}

// within reports whether a package is the prefix or below it.
func within(path, prefix string) bool { return path == prefix || strings.HasPrefix(path, prefix+"/") }
