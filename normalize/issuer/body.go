package issuer

import (
	"strings"

	"github.com/gongkai-data/gongkai/extract/lazyregexp"
	"github.com/gongkai-data/gongkai/extract/text"
)

const government = "government"

// tail is what follows the place in an issuer's name: the body.
type tail struct {
	kind string // government, department, other, or unknown: a place that the gazetteer lacks
	key  string // the body's name in one spelling; of it the id is made
}

const unknown = "unknown"

var (
	governmentTail = lazyregexp.New(`^(?:人民政府|政府|行政公署|行署|本级|机关|人民政府\(本级\)|\(本级\)|\(\))?$`)
	zoneTail       = lazyregexp.New(`^(?:管理委员会|管委会|党工委管委会|工委管委会|办事处|管理处|人民政府|政府)?$`)
	officeTail     = lazyregexp.New(`^(?:人民)?(?:政府)?办公?室?$`)
	townOffice     = lazyregexp.New(`^(?:人民)?(?:政府)?(?:党政)?(?:综合)?(?:办公室?|办)$`)
	officeOfficial = lazyregexp.New(`^(?:人民)?(?:政府)?办公厅$`)
	departmentTail = lazyregexp.New(`(?:局|委员会|委|办公室|办公厅|办|厅|处|署|室|所|站|队|中心|管委会|管理委员会|法院|检察院|人民武装部|部|会|总社|联社|院|台|档案馆|馆|科|大队|支队|总队|办事处|指挥部|工作组|党校|区|园)$`)
	otherTail      = lazyregexp.New(`(?:公司|集团|厂|学校|中学|小学|大学|学院|幼儿园|医院|卫生院|保健院|银行|农场|林场|牧场|渔场|水库|报社|电视台|剧团|医疗集团|矿|社区|村|居委会|村委会|研究院|研究所|实验室|供电局有限公司)$`)
	placeTail      = lazyregexp.New(`^[\p{Han}()]{1,14}?(?:镇|乡|街道|苏木|街|林区|地区)(?:人民政府|政府|办事处|街道办事处|街道办)?$|^[\p{Han}]{1,10}?(?:自治县|自治州|县|市|旗|盟|州|(?:[^园发新务理社校景]|城)区)(?:人民政府|政府)?$|街道办事处$|^[^驻]{2,5}办事处$|[镇乡](?:人民)?政府$`)
	// townshipOffice is the office of a township that signs the township's one report (甲街道办, 甲镇党政综合办公室); 小城镇办 and
	// 城乡办 are a county's own.
	townshipOffice = lazyregexp.New(`(\p{Han}(?:[镇乡]|苏木)|街道)(?:(?:(?:人民)?政府|街道办事处|办事处)(?:党政)?(?:综合)?|(?:党政|综合|党政综合))(?:办公室|办)$|((?:[^城村乡小集点制][镇乡]|苏木)|街道)(?:办公室|办)$`)
	// A department's name never starts like this; what does is the rest of a word that was cut: 海城市|场监督管理局, X县|城 is
	// fine.
	cutWord = lazyregexp.New(`^(?:场监|政管|政公|政设|政园|政工|政建|容|民中心|民服务|民之家|市(?:$|[^场政容民域])|[省县镇州旗盟](?:$|[^民府划])|区(?:$|[^民府划域])|乡(?:$|[^民府划村])|道(?:$|[^民府划路]))`)
	// Words that a department's name may start with, wanted where the place stands without its level word (洪泽教育局).
	functionWord = lazyregexp.New(`^(?:人民政府|政府|教育|教体|水利|水务|财政|审计|民政|公安|司法|农业|农村|林业|自然资源|国土|住房|住建|城乡|城市|城管|交通|卫生|卫健|人力|人社|市场|工商|食品|药品|质量|质监|安全|安监|应急|生态|环境|环保|统计|发展|发改|工业|工信|经济|经信|商务|文化|文广|文旅|旅游|体育|科技|科学|民族|宗教|信访|医疗|医保|退役|审批|行政|政务|大数据|扶贫|乡村|机关|档案|气象|税务|国家|地震|粮食|物价|供销|残疾|投资|招商|金融|人防|人民防空|公积金|住房公积金|畜牧|畜禽|渔业|海洋|广播|新闻|规划|市政|园林|房产|房管|移民|老龄|计划|计生|监察|外事|侨务|港务|口岸|邮政|电力|烟草|盐务|消防|公路|地方志|史志|接待|综合|高新|经开|开发区|工业园|动物)`)
)

// classify reads what follows a place. zone reports that the place is a development zone or the like, short that it
// stood without its level word.
func classify(s string, town, zone, short bool) (tail, bool) {
	switch {
	case governmentTail.MatchString(s), zone && zoneTail.MatchString(s):
		if short && s == "" {
			return tail{}, false // 洪泽 alone is not yet a name
		}
		return tail{kind: government}, true
	case s == "" || cutWord.MatchString(s):
		return tail{}, false
	case (placeTail.MatchString(s) || townshipOffice.MatchString(s)) && !isZone(s):
		if town || short {
			return tail{}, false
		}
		return tail{kind: unknown, key: s}, true
	case short && !functionWord.MatchString(s) && !isZone(s):
		return tail{}, false
	case town && townOffice.MatchString(s):
		return tail{kind: government}, true // a township's office signs the township's one report
	case officeTail.MatchString(s):
		return tail{Department, "人民政府办公室"}, true
	case officeOfficial.MatchString(s):
		return tail{Department, "人民政府办公厅"}, true
	case otherTail.MatchString(s):
		return tail{Other, bodyKey(s)}, true
	case departmentTail.MatchString(s):
		if isZone(s) {
			return tail{Other, bodyKey(s)}, true
		}
		return tail{Department, bodyKey(s)}, true
	}
	return tail{}, false
}

var spellings = strings.NewReplacer(
	"管理委员会", "管委会", "街道办事处", "街道", "市场监督管理", "市场监管", "住房和城乡建设", "住建", "住房城乡建设", "住建",
	"经济和信息化", "经信", "经济信息化", "经信", "工业和信息化", "工信", "工业信息化", "工信", "发展和改革", "发改", "发展改革", "发改",
	"人力资源和社会保障", "人社", "人力资源社会保障", "人社", "卫生健康委员会", "卫健委", "卫生健康", "卫健", "卫生和计划生育", "卫计",
	"退役军人事务", "退役军人", "医疗保障", "医保", "应急管理", "应急", "交通运输", "交通", "文化和旅游", "文旅", "文化旅游", "文旅",
	"教育和体育", "教体", "教育体育", "教体", "民族宗教事务", "民宗", "民族和宗教事务", "民宗", "机关事务管理", "机关事务", "城市管理", "城管",
	"规划和自然资源", "规自", "自然资源和规划", "资规", "自然资源规划", "资规", "安全生产监督管理", "安监", "人民防空", "人防",
	"扶贫开发", "扶贫", "残疾人联合会", "残联", "供销合作社联合社", "供销社", "供销合作联社", "供销社", "委员会", "委",
)

// bodyKey brings a body's name to one spelling: 市场监督管理局 and 市场监管局 are one, 农业农村局 and 农业局 are not. Only short forms that
// no second body of a place bears are listed.
func bodyKey(s string) string {
	s = spellings.Replace(zoneWords.Replace(s))
	if head, ok := strings.CutSuffix(s, "办公室"); ok {
		s = head + "办"
	}
	if isZone(s) {
		s = strings.TrimSuffix(s, "管委会")
	}
	return s
}

// normalize removes what does not belong to a name: blanks, quotes, notes in brackets at the end, width and
// look-alikes.
func normalize(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune("“”\"'‘’《》·•，,。.:：、", r) {
			return -1
		}
		return r
	}, text.Squeeze(s))
	s = strings.TrimPrefix(s, "中国")
	s = strings.TrimPrefix(s, "中华人民共和国")
	return s
}

// normalizeLines does the same to every line of a text.
func normalizeLines(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = normalize(l)
	}
	return strings.Join(lines, "\n")
}

var (
	vertical = lazyregexp.New(`^(?:国家税务总局|国家统计局|(?:中国)?共产党|中共)(\p{Han}{4,})$`)
	corps    = lazyregexp.New(`^(?:新疆生产建设兵团)?(?:兵团)?第?[一二三四五六七八九十\d]{1,3}师(\p{Han}{2,6}市)`)
	regiment = lazyregexp.New(`^(\p{Han}{2,6}市)第?[一二三四五六七八九十〇零○\d]{1,4}团(?:场)?(\p{Han}{1,8}[镇乡])`)
	// note is what a name has in brackets at its end: another name of the body, a remark. A part of the body in
	// brackets is another body and stays.
	note     = lazyregexp.New(`^(.{6,})\([^()]*\)$`)
	notePart = lazyregexp.New(`(?:队|所|站|分局|科|股|办公室|办|本级|组|园|公司)\)$`)
)

// plain takes off what a name has before its place and after its body: the ministry above (国家税务总局|栖霞市税务局), the division
// and the regiment of the 兵团 that are one body with the city and the town (第一师|阿拉尔市|十六团|新开岭镇), a note in brackets.
func plain(name string) string {
	name = vertical.ReplaceAllString(name, "$1")
	name = corps.ReplaceAllString(name, "$1")
	name = regiment.ReplaceAllString(name, "$1$2")
	if m := note.FindStringSubmatch(name); m != nil && !notePart.MatchString(name) {
		name = m[1]
	}
	return name
}
