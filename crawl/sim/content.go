package sim

import (
	"fmt"
	"hash/fnv"
	"strings"
)

// ReportPage is a report as a page: the six legal sections, figures that follow from issuer, year and version.
func ReportPage(issuer string, year, version int) string {
	return "<html><head><title>" + Title(issuer, year) + "_" + issuer + `</title><meta name="ArticleTitle" content="` + Title(issuer, year) + `"></head><body>` +
		menu + `<div class="content"><h1>` + Title(issuer, year) + "</h1>" + ReportText(issuer, year, version) + "</div></body></html>"
}

// Title is the title of a report.
func Title(issuer string, year int) string {
	return fmt.Sprintf("%s%d年政府信息公开工作年度报告", issuer, year)
}

// menu is on every page: the words of the law stand in it, as they do on real sites.
const menu = `<div class="nav"><a href="/">首页</a><a href="/news.html">新闻动态</a><a href="/guide.html">政府信息公开指南</a><a href="/apply.html">依申请公开</a></div>`

// ReportText is the body of a report.
func ReportText(issuer string, year, version int) string {
	h := fnv.New32a()
	fmt.Fprint(h, issuer, year, version)
	n := int(h.Sum32())
	figure := func(k int) int { return (n>>(k*3))%97 + k }
	var b strings.Builder
	fmt.Fprintf(&b, "<p>本年度报告由%s依据《中华人民共和国政府信息公开条例》编制，所列数据的统计期限自%d年1月1日起至%d年12月31日止。</p>", issuer, year, year)
	fmt.Fprintf(&b, "<p>一、总体情况</p><p>%d年，%s主动公开政府信息%d条，其中机构职能类信息%d条，政策文件类信息%d条。全年召开政务公开工作会议%d次，组织业务培训%d次，信息公开工作机制进一步健全，公开平台建设稳步推进，群众满意度持续提升。</p>",
		year, issuer, figure(1)+figure(2), figure(1), figure(2), figure(3)%5, figure(4)%4)
	fmt.Fprintf(&b, "<p>二、主动公开政府信息情况</p><table><tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr><tr><td>行政规范性文件</td><td>%d</td><td>%d</td><td>%d</td></tr></table>", figure(1), figure(2), figure(3))
	fmt.Fprintf(&b, "<p>三、收到和处理政府信息公开申请情况</p><table><tr><td>一、本年新收政府信息公开申请数量</td><td>%d</td></tr><tr><td>二、上年结转政府信息公开申请数量</td><td>%d</td></tr></table>", figure(4), figure(5))
	fmt.Fprintf(&b, "<p>四、政府信息公开行政复议、行政诉讼情况</p><table><tr><td>行政复议</td><td>%d</td></tr></table>", figure(6))
	b.WriteString("<p>五、存在的主要问题及改进情况</p><p>公开内容的深度和及时性还需要加强。下一步将完善制度，强化队伍建设，提升解读回应的质量和水平。</p><p>六、其他需要报告的事项</p><p>本年度没有其他需要报告的事项。</p>")
	return b.String()
}

// Document is a small PDF whose bytes follow from issuer and year. Its first bytes are what a crawler looks at; its
// text is for people.
func Document(issuer string, year int) []byte {
	var b strings.Builder
	b.WriteString("%PDF-1.4\n")
	offsets := []int{}
	object := func(s string) {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(offsets), s)
	}
	object("<</Type/Catalog/Pages 2 0 R>>")
	object("<</Type/Pages/Kids[3 0 R]/Count 1>>")
	object("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>")
	text := fmt.Sprintf("BT /F 12 Tf 72 720 Td (Annual report %d %x) Tj ET", year, issuer)
	object(fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", len(text), text))
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, xref)
	return []byte(b.String())
}

// distractors are entries that stand among reports and are none, each with a page of its own.
var distractors = []string{"政府信息公开指南", "政府信息公开年度报告制度", "关于报送2023年政府信息公开年度报告的通知", "2022年度企业信息公开年度报告", "2023年财政决算年度报告", "2023年政府工作报告",
	"2023年法治政府建设年度报告", "我县召开春季植树动员大会"}

// home is a home page that leads to a portal.
func home(portal string) string {
	return `<html><head><title>门户网站</title><meta name="SiteIDCode" content="9900000001"></head><body>` + menu + `<a href="` + portal + `">政府信息公开</a><a href="/calendar/2024/1.html">日历</a></body></html>`
}

// portalPage leads to a column.
func portalPage(column string) string {
	return `<html><head><title>政府信息公开</title></head><body>` + menu + `<ul><li><a href="/guide.html">政府信息公开指南</a></li><li><a href="/rules.html">政府信息公开制度</a></li><li><a href="` + column + `">政府信息公开年报</a></li></ul></body></html>`
}

// common serves what every site has besides its reports: home page, portal, guide, news, an apply form, and a calendar
// without end.
func (s *site) common(column string) {
	s.html("GET /{$}", home("/zfxxgk/index.html"))
	s.html("GET /zfxxgk/index.html", portalPage(column))
	guide := "<p>为了便于公民、法人和其他组织获取政府信息，编制本指南。一、主动公开。二、依申请公开。申请人可以提交申请。对答复不服的，可以依法申请行政复议或者提起行政诉讼。每年编制政府信息公开工作年度报告。</p>"
	s.html("GET /guide.html", "<html><title>政府信息公开指南</title><body>"+menu+"<h1>政府信息公开指南</h1>"+strings.Repeat(guide, 4)+"</body></html>")
	s.html("GET /rules.html", "<html><title>政府信息公开制度</title><body>"+menu+"<h1>政府信息公开年度报告制度</h1>"+strings.Repeat(guide, 4)+"</body></html>")
	s.html("GET /news.html", "<html><title>新闻动态</title><body>"+menu+strings.Repeat("<p>全县召开动员大会，部署重点工作，要求各部门认真落实。</p>", 12)+"</body></html>")
	s.html("GET /apply.html", "<html><title>依申请公开</title><body>"+menu+"<p>申请表</p></body></html>")
	s.calendar()
}
