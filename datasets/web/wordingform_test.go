package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/query/querytest"
)

// The form chooses two texts by place and year, without a script: what it cannot settle it says, and the links put it
// right.
func TestTwoTextsAreChosenByAForm(t *testing.T) {
	h, _, _ := serve(t, querytest.Towns()...)
	report := func(issuer string, year int32) string { return `/report/` + querytest.VersionID(issuer, year, 0) + `"` }
	for query, wants := range map[string][]string{
		"":                      {`<form class="choose" action="/zh/wording"`, `name="a"`, `name="by"`, "选择两份年报"},
		"a=寺口镇&ay=2020&b=观里镇":   {report("370686107000", 2020), "<del>", `value="栖霞市寺口镇"`, "<option selected>2020</option>"},
		"a=370686107000":        {report("370686107000", 2020), report("370686107000", 2022)}, // its last two
		"a=寺口镇&ay=1999&b=观里镇":   {"没有这一年的年报", "ay=2020"},
		"a=无此镇&b=观里镇&by=2020":   {"没有这个地方"},
		"a=寺口镇&ay=x&b=&by=2022": {report("370686107000", 2022)},
	} {
		res, body := get(t, h, "/zh/wording?"+(&url.URL{RawQuery: query}).Query().Encode())
		if res.StatusCode != http.StatusOK {
			t.Errorf("%s answers %d", query, res.StatusCode)
		}
		for _, want := range wants {
			if !strings.Contains(body, want) {
				t.Errorf("%s lacks %q:\n%s", query, want, body[strings.Index(body, "<main"):])
			}
		}
	}
}
