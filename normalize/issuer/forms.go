package issuer

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/datasets/gazetteer"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// form is one way to write a place.
type form struct {
	gazetteer.Name
	short bool // without the level word
	inner bool // a name only right after its place: 高新区 of 合肥市
}

// class is the kind of a township, told from its name's end.
type class uint8

const (
	street   class = iota + 1 // 街道
	town                      // 镇
	rural                     // 乡, 民族乡
	banner                    // 苏木
	district                  // 地区, of Beijing
)

// townForm is a name of a township without its end, also without the peoples in it (古砦 of 古砦仫佬族乡).
type townForm struct {
	gazetteer.Name
	class class
}

// index is built once: a few tens of milliseconds, then every name is resolved in microseconds.
type index struct {
	upper map[string][]form     // province, prefecture, county and pseudo units by every form
	towns map[string][]townForm // townships by stem
	reach int                   // bytes of the longest key
}

var (
	brackets  = lazyregexp.New(`（[^）]*）`)
	levelWord = lazyregexp.New(`(?:自治区|自治州|自治县|自治旗|特别行政区|地区|林区|省|市|州|盟|县|区|旗)$`)
	peoples   = `(?:蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺)`
	// 族 is left out by some (大泉塔塔尔乡, 阿什里哈萨克民族乡), but never after a people of one character.
	longOnes  = `(?:蒙古|维吾尔|布依|朝鲜|土家|哈尼|哈萨克|傈僳|东乡|纳西|景颇|柯尔克孜|达斡尔|仫佬|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺)`
	ethnicEnd = lazyregexp.New(`(?:` + peoples + `族|` + longOnes + `)+(?:各族)?$`)
	ethnicCut = lazyregexp.New(`^(?:(?:` + peoples + `族|` + longOnes + `)+(?:各族)?)?(?:民族)?([乡镇])`)
	ethnicAny = lazyregexp.New(`((?:` + peoples + `族|` + longOnes + `)*)(?:各族)?(自治[州县旗])$`)
)

// provinces and regions whose short form is not the name without its level word
var shortProvinces = map[string]string{
	"内蒙古自治区": "内蒙古", "广西壮族自治区": "广西", "西藏自治区": "西藏", "宁夏回族自治区": "宁夏", "新疆维吾尔自治区": "新疆",
}

// common short forms of autonomous prefectures and counties that no rule gives
var shortOther = map[string][]string{
	"巴音郭楞蒙古自治州": {"巴州"}, "克孜勒苏柯尔克孜自治州": {"克州"}, "博尔塔拉蒙古自治州": {"博州"}, "伊犁哈萨克自治州": {"伊犁州"},
	"莫力达瓦达斡尔族自治旗": {"莫旗"}, "前郭尔罗斯蒙古族自治县": {"前郭县"}, "杜尔伯特蒙古族自治县": {"杜蒙县"}, "新疆生产建设兵团": {"兵团"},
	"喀喇沁左翼蒙古族自治县": {"喀左县"}, "积石山保安族东乡族撒拉族自治县": {"积石山县"}, "围场满族蒙古族自治县": {"围场县"},
	"科尔沁右翼前旗": {"科右前旗"}, "科尔沁右翼中旗": {"科右中旗"}, "科尔沁左翼中旗": {"科左中旗"}, "科尔沁左翼后旗": {"科左后旗"},
	"达尔罕茂明安联合旗": {"达茂旗"}, "土默特左旗": {"土左旗"}, "土默特右旗": {"土右旗"}, "滨海新区": {"滨海新区"},
	"察哈尔右翼前旗": {"察右前旗"}, "察哈尔右翼中旗": {"察右中旗"}, "察哈尔右翼后旗": {"察右后旗"}, "新巴尔虎左旗": {"新左旗"},
	"新巴尔虎右旗": {"新右旗"}, "陈巴尔虎旗": {"陈旗"}, "苏尼特左旗": {"苏左旗"}, "苏尼特右旗": {"苏右旗"}, "东乌珠穆沁旗": {"东乌旗"},
	"西乌珠穆沁旗": {"西乌旗"}, "乌拉特前旗": {"乌前旗"}, "乌拉特中旗": {"乌中旗"}, "乌拉特后旗": {"乌后旗"}, "阿拉善左旗": {"阿左旗"},
	"阿拉善右旗": {"阿右旗"}, "鄂托克前旗": {"鄂前旗"}, "巴林左旗": {"巴左旗"}, "巴林右旗": {"巴右旗"}, "伊金霍洛旗": {"伊旗"},
	"达拉特旗": {"达旗"}, "克什克腾旗": {"克旗"}, "翁牛特旗": {"翁旗"}, "额济纳旗": {"额旗"}, "和林格尔县": {"和林县"},
	"阜新蒙古族自治县": {"阜蒙县"}, "塔什库尔干塔吉克自治县": {"塔县"}, "和布克赛尔蒙古自治县": {"和丰县"},
}

var forms = sync.OnceValue(buildIndex)

func buildIndex() *index {
	x := &index{upper: make(map[string][]form, 12_000), towns: make(map[string][]townForm, 36_000)}
	gazetteer.EveryName(func(n gazetteer.Name) {
		d := n.Division
		if d.Level == gazetteer.Township && !d.Pseudo {
			text := n.Text
			if strings.Contains(text, "（") {
				text = brackets.ReplaceAllString(text, "") // （工业园区）城南街道
			}
			stem, c := townStem(text)
			if c != 0 {
				t := townForm{Name: n, class: c}
				if c == rural || c == town {
					if e := people(stem); e != "" && len(e) < len(stem) {
						stem = strings.TrimSuffix(stem, e)
					}
				}
				x.towns[stem] = append(x.towns[stem], t)
				x.reach = max(x.reach, len(stem))
				if s, ok := strings.CutSuffix(stem, "街"); ok && c == street && utf8.RuneCountInString(s) >= 2 {
					x.towns[s] = append(x.towns[s], t) // 民权街街道 signs as 民权街道
				}
				return
			}
		}
		if d.Level == gazetteer.Township {
			if utf8.RuneCountInString(n.Text) >= 4 { // 开发区 and 农场 alone name nothing
				x.add(n.Text, n, false)
			}
			x.addZone(n)
			return
		}
		if d.Pseudo && d.Level == gazetteer.Prefecture || d.Code == "620201000000" {
			return // 市辖区 and the like
		}
		x.add(n.Text, n, false)
		x.addZone(n)
		for _, s := range shorts(n.Text, d) {
			// 临夏州 and 科右中旗 say as much as the whole name; 临夏 does not, nor 巴州, which is 巴音郭楞 or 巴州区 of 巴中.
			x.add(s, n, !levelWord.MatchString(s) || strings.HasPrefix(n.Text, s) || s == "巴州")
		}
	})
	return x
}

func (x *index) add(text string, n gazetteer.Name, short bool) {
	if strings.Contains(text, "（") {
		text = normalize(text) // 昆山（沭阳）工业园区, as the names that are looked up
	}
	x.upper[text] = append(x.upper[text], form{Name: n, short: short})
	x.reach = max(x.reach, len(text))
}

// addZone adds the spellings of a zone's present name.
func (x *index) addZone(n gazetteer.Name) {
	if !n.Division.Pseudo || n.Text != n.Division.Name {
		return
	}
	if s := zoneWords.Replace(n.Text); s != n.Text {
		x.add(s, n, false)
	}
	for _, s := range zoneForms(n.Division) {
		x.upper[s] = append(x.upper[s], form{Name: n, inner: true})
		x.reach = max(x.reach, len(s))
	}
}

// townEnds are the ends of townships' names, the longer before the shorter.
var townEnds = []struct {
	text  string
	class class
}{
	{"街道办事处", street}, {"地区办事处", district}, {"街道", street}, {"地区", district}, {"民族镇", town}, {"镇", town}, {"民族乡", rural}, {"乡", rural},
	{"民族苏木", banner}, {"苏木", banner}, {"办事处", street}, {"街", street},
}

// townStem cuts the end off a township's name; class 0 means that it is none.
func townStem(name string) (string, class) {
	for _, e := range townEnds {
		if stem, ok := strings.CutSuffix(name, e.text); ok {
			if stem == "" {
				return "", 0
			}
			return stem, e.class
		}
	}
	return "", 0
}

// people returns the peoples at the end of a township's stem: 仫佬族 of 古砦仫佬族. Few names have any, so the pattern is tried
// only on those.
func people(stem string) string {
	if !strings.HasSuffix(stem, "族") && !slices.ContainsFunc(longNames, func(l string) bool { return strings.HasSuffix(stem, l) }) {
		return ""
	}
	return ethnicEnd.FindString(stem)
}

var longNames = strings.Split(strings.Trim(longOnes, "(?:)"), "|")

// shorts returns the common short forms of a province, prefecture or county.
func shorts(name string, d *gazetteer.Division) []string {
	if s, ok := shortProvinces[name]; ok {
		return []string{s}
	}
	out := shortOther[name]
	if d.Pseudo {
		return out
	}
	if m := ethnicAny.FindStringSubmatch(name); m != nil && m[0] != m[2] {
		stem := strings.TrimSuffix(name, m[0])
		if stem == "" {
			stem = strings.TrimSuffix(m[1], "族") // 东乡族自治县, 鄂温克族自治旗
		}
		if utf8.RuneCountInString(stem) >= 2 {
			word := strings.TrimPrefix(m[2], "自治")
			out = append(out, stem, stem+word, stem+m[2]) // 临夏, 临夏州, 临夏自治州
		}
		return out
	}
	stem := strings.TrimSuffix(name, levelWord.FindString(name))
	if n := utf8.RuneCountInString(stem); n >= 2 && stem != name {
		out = append(out, stem)
	}
	return out
}
