package normalize

import (
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
	"github.com/gongkai-data/gongkai/normalize/issuer"
)

var (
	governmentEnding = lazyregexp.New(`(?:人民政府|政府|办事处|公所)$`)
	townEnding       = lazyregexp.New(`(?:镇|乡|街道|苏木)$`)
	zoneEnding       = lazyregexp.New(`(?:开发区|高新区|经开区|园区|新区|示范区|度假区|管理区|保税区|工业区|产业区|试验区|实验区|景区|矿区|林区|库区|灌区|社区|校区|小区)$`)
	provinceEnding   = lazyregexp.New(`(?:省|自治区)$`)
	prefectureEnding = lazyregexp.New(`(?:自治州|州|盟|地区)$`)
	countyEnding     = lazyregexp.New(`(?:县|旗|区|市)$`)
	departmentEnding = lazyregexp.New(`(?:局|办公室|办公厅|办|委员会|委|厅|署|处|队|中心|站|所)$`)
)

// kindOf is the issuer_kind of a body. One that is not resolved is determined from the ending of its name: a place (镇,
// 乡, 街道; 县, 旗, 区, 市; 州, 盟, 地区; 省, 自治区), with or without 人民政府, or an office (局, 委, 办, …). A 市 that is not resolved may
// be of two levels and is put with the counties; the state 'unresolved' beside it reports that nothing but the name
// speaks. What no ending tells is 'other'.
func kindOf(i issuer.Issuer, name string) string {
	if i.Kind != "" {
		return i.Kind
	}
	place := governmentEnding.ReplaceAllString(name, "")
	switch {
	case departmentEnding.MatchString(place):
		return issuer.Department
	case townEnding.MatchString(place):
		return "township"
	case zoneEnding.MatchString(place):
		return issuer.Other
	case provinceEnding.MatchString(place):
		return "province"
	case prefectureEnding.MatchString(place):
		return "prefecture"
	case countyEnding.MatchString(place):
		return "county"
	}
	return issuer.Other
}
