package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/query/querytest"
)

func TestSharedTextOnThePages(t *testing.T) {
	h, _, _ := serve(t, querytest.Towns()...)
	sikou, guanli := querytest.VersionID("370686107000", 2020, 0), querytest.VersionID("370686101000", 2020, 0)
	for address, wants := range map[string][]string{
		"/zh/report/" + sikou: {`<mark class="shared">坚持以公开为常态，寺口镇主动公开政府信息。</mark></bdi></p>`, "<bdi>加强政务公开培训。</bdi>", "同见于其他报告", "同县（市、区）",
			`href="/zh/wording/` + guanli + "/" + sikou + `"`, "50% 占本节"},
		"/en/report/" + sikou:                 {"In common does not mean copied", "same county", "Also in other reports"},
		"/zh/place/370686107000":              {"逐年新写的文字", "10%", "照搬表式不算重复"},
		"/en/newtext?year=2020":               {"<td>1</td>", "50%", "to copy a form is no fault"},
		"/en/newtext?year=2022":               {"Fewer than"},
		"/zh/wording/" + sikou + "/" + guanli: {"<del>寺口</del>", "<ins>观里</ins>", "没有一处数字"},
	} {
		res, body := get(t, h, address)
		if res.StatusCode != http.StatusOK {
			t.Errorf("%s answers %d", address, res.StatusCode)
		}
		for _, want := range wants {
			if !strings.Contains(body, want) {
				t.Errorf("%s lacks %q:\n%s", address, want, body)
			}
		}
		if strings.Contains(body, "plagiar") || strings.Contains(body, "抄袭嫌疑") {
			t.Errorf("%s accuses", address)
		}
	}
	for address, status := range map[string]int{"/zh/wording/x/" + sikou: 404, "/zh/newtext?kind=x": 400, "/api/v1/texts": 400, "/api/v1/texts?q=公开&section=9": 400} {
		if res, _ := get(t, h, address); res.StatusCode != status {
			t.Errorf("%s answers %d, want %d", address, res.StatusCode, status)
		}
	}
	if _, body := get(t, h, "/api/v1/reports/"+sikou+"/reuse"); !strings.Contains(body, `"relation":"same_county"`) {
		t.Error(body)
	}
}
