package normalize

import (
	"testing"

	"github.com/gongkai-data/gongkai/normalize/issuer"
)

func TestKindOfUnresolvedBodies(t *testing.T) {
	for name, want := range map[string]string{
		"蘅平县霏陂镇人民政府": "township", "旻州县荇溪镇": "township", "甲乡": "township", "乙街道办事处": "township", "某某苏木": "township",
		"霏安区人民政府": "county", "甲县": "county", "某某旗人民政府": "county", "乙市": "county", "甲自治县": "county",
		"甲自治州人民政府": "prefecture", "某某盟": "prefecture", "甲省人民政府": "province", "某某自治区": "province",
		"峤川市水务局": "department", "甲县发展和改革委员会": "department", "乙区人民政府办公室": "department", "甲县政务服务中心": "department",
		"某某高新技术产业开发区": "other", "甲水务集团": "other", "": "other",
	} {
		if got := kindOf(issuer.Issuer{State: issuer.Unresolved}, name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	if got := kindOf(issuer.Issuer{Kind: "prefecture"}, "甲镇"); got != "prefecture" {
		t.Errorf("what resolution told is overruled: %s", got)
	}
}
