// Package title judges a heading or an anchor's text: is it an annual report on government information disclosure
// (政府信息公开工作 年度报告, 政府信息公开条例 art. 49-50), the column that lists such reports, a way to that column, or nothing of the
// kind. A wrong guess costs one fetch, a missed report is a hole in the dataset, so doubt is kept as Weak and the
// page's content decides.
package title

import (
	"strings"

	"github.com/gongkai-data/gongkai/extract/lazyregexp"
	"github.com/gongkai-data/gongkai/extract/text"
	written "github.com/gongkai-data/gongkai/extract/title"
)

// Kind is what a title promises.
type Kind uint8

const (
	Other   Kind = iota // says nothing
	Never               // shares the words but is something else: a guide, a regulation, a company's annual report
	Report              // an annual report
	Weak                // an annual report if it stands in a column of reports: 2023年年报, 某镇2023年度报告
	Column              // the label of a column of reports: 政府信息公开年报
	Portal              // a way there: 政府信息公开, 政务公开, 法定主动公开内容
	Section             // a group of issuers or of years: 乡镇街道, 部门, 2023年
	Organ               // the name of one issuer: 某镇人民政府, 某县教育局
	Older               // earlier entries of the same list: 往年年报, 历史数据, 旧版网站
)

// Verdict is what a title says.
type Verdict struct {
	Kind Kind
	Year int // the year it names, the latest if several; 0 when none
}

var (
	disclosure = lazyregexp.New(`信息公开|政务公开|公开信息|信息年度公开|政府信息.{0,8}公开|公开政府信息`)
	annual     = lazyregexp.New(`年度?工?作?报告|年报|年度报|年度总结|工作报告|年度.{0,6}报告|年度执行情况|执行情况的?报告|工作情况的?报告|年工作总结|工作总结|情况报告`)
	yearReport = lazyregexp.New(`年度?报告|年报|年度报|年度.{0,6}报告`)
	// A guide, a rule, a call to write reports or a form is none, whatever else its title says.
	never = lazyregexp.New(`指南|制度|办法|(?:编制|编写|撰写|做好|报送|上报|填报|开展|组织|加强|规范|推进).*通知|范文|模板|样式|格式|培训|会议|部署|工作要点|方案|计划|考核|评估|细则|条例|申请表|流程|须知|答记者问|审查|保密|监督|问卷|征求意见|公开目录|信息公开目录|招标|采购公告|说明会|统计制度`)
	// Other annual reports: only when the title does not speak of the disclosure of government information.
	foreign = lazyregexp.New(`财政|财务|预算|决算|企业|上市|公司年|统计年|审计|社会责任|年检|法治政府|依法行政|政府工作报告|安全生产|环境状况|环境质量|年鉴|水资源|互联网站|网站工作年度报表|网站年度|党务公开|基金|慈善|社会组织|事业单位法人|医院质量|就业质量|毕业生|知识产权|司法行政|检察|法院|建议提案`)
	website = lazyregexp.New(`政府网站.{0,6}(年度报表|年报|年度报告)|网站监管年度|政务新媒体`)
	notOurs = lazyregexp.New(`企业.{0,6}信息公开|企业信息|环境信息公开|校务公开|党务公开|厂务公开|高校信息公开|村务公开|财政信息公开|预决算`)

	// News of a report, a picture of it, or a letter that goes with it, is not the report; if its page holds the report
	// all the same, its text says so.
	news = lazyregexp.New(`解读|图解|一图|图说|读懂|发布了?.{0,12}\d{4}|公布了?.{0,12}\d{4}|出炉|亮相|已?上线|按时|圆满|高质量完成|通知$`)

	retold = lazyregexp.New(`解读|图解|一图|图说|读懂`)

	portal  = lazyregexp.New(`政府信息公开|信息公开|政务公开|五公开|阳光政[务府]|透明政府|政务信息|信息公示|主动公开|公开平台|公开专栏|公开目录|^公开$|^政务$|^政府$`)
	section = lazyregexp.New(`^(各|市|县|区|省|全市|全县|全区|下属|直属|本级|市级|县级|区级|省级|市直|县直|区直)*(政府)?(工作)?(部门|乡镇|镇街|镇乡|街道|乡镇街道|单位|区县|县区|县市区|县市|市县|市区|开发区|园区|乡、镇|镇\(街\)|镇\(街道\)|委办局|街道办)+(单位|街道|政府|部门|信息公开|年报|年度报告|公开|专栏|和|及|、)*$`)
	years   = lazyregexp.New(`^(19|20)\d\d(年度?)?(及以前|以前|之前)?$`)
	organ   = lazyregexp.New(`(镇|乡|街道|办事处|局|委|办|办公室|委员会|人民政府|政府|厅|中心|苏木|管委会|区管委|署|支队|大队|总队|分局|社|队|县|市|区|旗|州|盟|院|所|馆|公司|集团)$`)

	// A company, a school or another body that is no office of the government, at the end of its name; and what only
	// such bodies report by.
	enterprise = lazyregexp.New(`(?:公司|集团|(?:水|电|热|燃气|自来水|污水处理|发电)厂|学院|大学|[中小]学|学校|幼儿园|职业中专|技校|银行|信用社|医院|卫生院|保健院|供电所|电力局|殡仪馆|影剧院)(?:\([^()]*\))?$`)
	schoolYear = lazyregexp.New(`学年|校务公开|办事公开|学院信息公开|学校信息公开|高校信息公开|院校信息公开|企业信息公开|企事业单位信息公开|公司信息公开|水务信息公开|供水信息公开|燃气信息公开|供热信息公开|公交信息公开`)
	older      = lazyregexp.New(`往年|往期|以往|历年|历史(?:数据|信息|年报|公开|文件|栏目|归档|报告|记录|$)|更早|早期|\d{4}年?(?:度|及)*(?:以前|之前)|归档|存档|(?:年报|报告|信息)档案|旧版|老版|旧站|老站|原网站|旧网站|老网站|过往|(?:更多|其他|其它|早前)年[份度]`)

	fullDate = lazyregexp.New(`(?:19|20)\d\d[-./年]\d{1,2}[-./月]\d{1,2}日?`) // of publication
	yearSpan = lazyregexp.New(`(?:19|20)\d\d年?度?[-—–~～至到]+(?:19|20)\d\d`)

	western = lazyregexp.New(`(?:^|[^\d])((?:19|20)\d\d)(?:[^\d]|$)`)
	spelled = lazyregexp.New(text.YearSpelled)
)

// Judge says what a title promises. Full-width digits and inner spaces do not matter.
func Judge(line string) Verdict {
	t := text.Squeeze(line)
	v := Verdict{Year: Year(fullDate.ReplaceAllString(t, "|"))}
	if v.Year == 0 {
		v.Year = Year(t)
	}
	if yearSpan.MatchString(t) { // of several years: none of them is its own
		if v.Year = 0; len([]rune(t)) <= 14 && !annual.MatchString(t) {
			v.Kind = Section
			return v
		}
	}
	about := subject(t)
	switch {
	case t == "" || len(t) > 400:
		return v
	case never.MatchString(about) || website.MatchString(t) || notOurs.MatchString(t) && !strings.Contains(t, "政府信息公开"):
		if disclosure.MatchString(t) || annual.MatchString(t) {
			v.Kind = Never
			if isPortal(t) && !annual.MatchString(t) && !notOurs.MatchString(t) {
				v.Kind = Portal // the guide stands in the same catalogue as the reports
			}
		}
		return v
	case Enterprise(t) != "" && (disclosure.MatchString(t) || yearReport.MatchString(t)):
		v.Kind = Never
		return v
	case disclosure.MatchString(t) && annual.MatchString(t):
		v.Kind = Report
		switch {
		case news.MatchString(t):
			v.Kind = Weak
		case v.Year == 0 && isColumn(t):
			v.Kind = Column
		}
		return v
	case years.MatchString(t):
		v.Kind = Section
		return v
	case foreign.MatchString(about) && annual.MatchString(t):
		v.Kind = Never
		return v
	case yearReport.MatchString(t):
		v.Kind = Weak
		if v.Year == 0 && isColumn(t) {
			v.Kind = Column
		}
		return v
	case section.MatchString(t):
		v.Kind = Section
		return v
	case older.MatchString(t) && len([]rune(t)) <= 16:
		v.Kind = Older
		return v
	case isPortal(t):
		v.Kind = Portal
		return v
	case v.Year != 0 && disclosure.MatchString(t):
		v.Kind = Weak
		return v
	case organ.MatchString(t) && len([]rune(t)) >= 2 && len([]rune(t)) <= 24:
		v.Kind = Organ
		return v
	}
	return v
}

// Enterprise returns the company, school or other body whose disclosure report a title promises that is no office of
// the government, or "". What such bodies must publish follows other rules, and holds other tables.
func Enterprise(line string) string {
	t := text.Squeeze(line)
	body := written.Subject(t)
	if enterprise.MatchString(body) && !officeSchool.MatchString(body) {
		if !publicBody.MatchString(body) || !strings.Contains(t, "政府信息") {
			return body
		}
	}
	if schoolYear.MatchString(t) {
		return t
	}
	return ""
}

// officeSchool are schools and companies in name that are offices of party or government.
var officeSchool = lazyregexp.New(`党校|行政学院|社会主义学院|政府$`)

// publicBody are bodies that some governments have report with their offices, by the law's own form.
var publicBody = lazyregexp.New(`医院|卫生院|保健院|电力局|殡仪馆`)

// Retold reports whether a title promises an explanation of a report: such pages treat the same subjects in the same
// order.
func Retold(t string) bool { return retold.MatchString(t) }

// Foreign reports whether the name of a file says that it is something else than a report or a part of one: a form, a
// guide, a budget.
func Foreign(name string) bool {
	t := text.Squeeze(name)
	about := subject(t)
	return never.MatchString(about) || website.MatchString(t) || foreign.MatchString(about) && !(disclosure.MatchString(t) && annual.MatchString(t))
}

// ownWords are names of bodies, and of the law, that hold words which elsewhere say that a text is no report.
var ownWords = lazyregexp.New(`监督管理|监督(?:局|所|站|支队|大队|总队|中心|分局)|计划生育|人口计划|人口和计划|发展和?计划(?:局|委)|保密局|(?:会议|培训|评估|审查)中心|(?:考核|督查)(?:办|局)|(?:中华人民共和国)?《?(?:中华人民共和国)?政府信息公开条例》?`)

// subject is what a title speaks of: the title without the body that issued it, whose name may hold any word: 市场监督管理局,
// 财政局.
func subject(t string) string {
	if body := Issuer(t); body != "" {
		t = strings.Replace(t, body, "", 1)
	}
	if annual.MatchString(t) || organ.MatchString(t) {
		t = ownWords.ReplaceAllString(t, "")
	}
	return t
}

// bareColumn is what remains of a column's label when the words that every column uses are taken out.
var bareColumn = lazyregexp.New(`政府|信息|政务|公开|工作|年度|年报|报告|情况|专栏|栏目|列表|法定|主动|内容|历年|更多|查看|全部|各|部门|乡镇|街道|镇|市|县|区|级|单位|直|本|及|和|[>＞»·、（）()\[\]【】“”"：:+-]`)

func isColumn(t string) bool {
	return !strings.HasSuffix(t, "的报告") && len([]rune(bareColumn.ReplaceAllString(t, ""))) <= 1
}

func isPortal(t string) bool {
	return portal.MatchString(t) && len([]rune(t)) <= 16 && !strings.ContainsAny(t, ",，。?？!！《》")
}

// Year returns the latest year that a title names, or 0. A six- or eight-digit run is a date or an id and names none.
func Year(t string) int {
	best := 0
	for rest := t; ; {
		at := western.FindStringSubmatchIndex(rest)
		if at == nil {
			break
		}
		if y, _ := text.Year(rest[at[2]:at[3]]); y > best && y <= 2100 {
			best = y
		}
		rest = rest[at[3]:]
	}
	if best == 0 {
		if y, ok := text.Year(spelled.FindString(t)); ok && y >= 1990 && y <= 2100 {
			best = y
		}
	}
	return best
}
