package issuer

import (
	"strings"

	"github.com/gongkai-data/gongkai/datasets/gazetteer"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

var zoneName = lazyregexp.New(`(?:开发区|高新区|经开区|园区|新区|示范区|度假区|管理区|保税区|工业区|产业区|投资区|旅游区|聚集区|试验区|实验区|风景名胜区|景区|功能区|集聚区|合作区|新城|产业园|工业园|科技园)(?:管理委员会|管委会)?$`)

func isZone(s string) bool { return zoneName.MatchString(s) }

// zoneWords brings the words of zones to one spelling. 经济开发区 stays apart from 经济技术开发区: a city may have both.
var zoneWords = strings.NewReplacer(
	"国家高新技术产业开发区", "高新区", "国家高新区", "高新区", "国家级经济技术开发区", "经开区", "国家经济技术开发区", "经开区",
	"高新技术产业开发区", "高新区", "高新技术产业园区", "高新区", "高新技术开发区", "高新区", "高技术产业开发区", "高新区",
	"经济技术开发区", "经开区",
)

// zoneForms returns how a zone that the gazetteer lists is called below its place: 高新区 and 新站高新区 of 合肥市, for
// 合肥新站高新技术产业开发区. They are names only after that place, written in full or not: every city has its 高新区.
func zoneForms(d *gazetteer.Division) []string {
	parent, ok := gazetteer.Lookup(d.Parent)
	if !ok || !isZone(d.Name) {
		return nil
	}
	rest := zoneWords.Replace(d.Name)
	for _, a := range append(gazetteer.Ancestors(parent.Code), parent) { // 安徽|阜南|经济开发区
		for _, n := range append([]string{a.Name}, shorts(a.Name, a)...) {
			if after, ok := strings.CutPrefix(rest, n); ok && isZone(after) && after != "新区" {
				rest = after
				break
			}
		}
	}
	rest = strings.TrimSuffix(strings.TrimSuffix(rest, "管委会"), "管理委员会")
	out := []string{rest}
	if s, ok := strings.CutSuffix(rest, "经济开发区"); ok {
		out = append(out, s+"经开区")
	}
	return out
}

var plainZone = lazyregexp.New(`^(?:经开区|经济开发区|高新区)$`)

var scenic = lazyregexp.New(`风景|旅游|度假|名胜|景区|生态|保护`)

// homonym reports whether a zone may be named after something else than the division whose short form its name begins
// with: 南湖新区 is not of 南湖区, 太湖旅游度假区 not of 太湖县.
func (c candidate) homonym() bool {
	return c.short && c.place.Level == gazetteer.County && !c.place.Pseudo && isZone(c.tail.key) &&
		(strings.HasSuffix(c.place.Name, "区") && !plainZone.MatchString(c.tail.key) || scenic.MatchString(c.tail.key))
}

// foundling reports whether a zone of township rank is named without its place: 太湖旅游度假区 of 武进区 is one of several.
func (c candidate) foundling() bool {
	if !c.bare || !c.place.Pseudo || c.place.Level != gazetteer.Township {
		return false
	}
	for _, a := range gazetteer.Ancestors(c.place.Code) {
		for _, n := range append([]string{a.Name}, shorts(a.Name, a)...) {
			if strings.HasPrefix(c.town, n) {
				return false
			}
		}
	}
	return true
}
