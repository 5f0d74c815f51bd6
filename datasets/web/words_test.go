package web

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/query"
	"github.com/gongkai-data/gongkai/datasets/schema"
)

// Every field that a cell of a comparison may have is described.
func TestCellsAreDescribed(t *testing.T) {
	var doc struct {
		Components struct {
			Schemas map[string]struct{ Properties map[string]any }
		}
	}
	if err := json.Unmarshal(openAPI, &doc); err != nil {
		t.Fatal(err)
	}
	described := doc.Components.Schemas["Cell"].Properties
	cell := reflect.TypeFor[query.Cell]()
	for i := range cell.NumField() {
		name, _, _ := strings.Cut(cell.Field(i).Tag.Get("json"), ",")
		if _, ok := described[name]; name != "" && !ok {
			t.Errorf("openapi.json describes no %s of a cell", name)
		}
	}
}

// Problems stand in the words of the page's language, with labels for cells; what no table words keeps its English.
func TestProblemsInWords(t *testing.T) {
	p := schema.Problem{Code: new("not_confirmed"), Args: []string{"review.total", "merged_value"}, Detail: "review.total: one cell spans <this>"}
	zh := string((&request{lang: "zh"}).Told(p))
	if strings.Contains(zh, "review.total") || strings.Contains(zh, "one cell") || !strings.Contains(zh, "一格横跨表样的几格") || !strings.Contains(zh, "行政复议") {
		t.Errorf("%s", zh)
	}
	p.Code = new("of.another.version")
	if got := string((&request{lang: "zh"}).Told(p)); got != `<span lang="en">review.total: one cell spans &lt;this&gt;</span>` {
		t.Errorf("%s", got)
	}
}
