package title

import (
	"testing"

	written "github.com/gongkai-data/gongkai/extract/title"
)

func TestJudge(t *testing.T) {
	for _, c := range []struct {
		text string
		kind Kind
		year int
	}{
		{"青山县2023年政府信息公开工作年度报告", Report, 2023},
		{"2018年政府信息公开年报", Report, 2018},
		{"青山县财政局2023年政府信息公开年度报告", Report, 2023},
		{"青山县审计局2020年度政府信息公开工作报告", Report, 2020},
		{"白水街道办事处二〇二一年政府信息公开年度报告", Report, 2021},
		{"塘南镇政府信息公开工作年度报告", Report, 0},
		{"信息年度公开报告 ２０１４年", Report, 2014},
		{"2025年政府信息公开工作 年度报", Report, 2025},
		{"关于2012年信息公开工作情况的报告", Report, 2012},
		{"政府信息公开年报", Column, 0},
		{"政府信息公开工作年度报告", Column, 0},
		{"信息公开年度报告", Column, 0},
		{"年度报告", Column, 0},
		{"部门信息公开年报", Column, 0},
		{"2023年年报", Weak, 2023},
		{"青山县发布2023年政府信息公开年度报告", Weak, 2023},
		{"一图读懂青山县2023年政府信息公开工作年度报告", Weak, 2023},
		{"青山县应急管理局2021年政府信息公开工作情况报告", Report, 2021},
		{"政府2013年信息公开年度报告", Report, 2013},
		{"青山县政府信息公开工作报告", Report, 0},
		{"（文字版）2015年政府信息公开年度报告", Report, 2015},
		{"2024年度政府信息公开工作年报（超链接版）", Report, 2024},
		{"年报", Column, 0},
		{"区政府信息公开工作年度报告", Column, 0},
		{"政府信息公开年报（部门）", Column, 0},
		{"白水镇2019年度报告", Weak, 2019},
		{"政府信息公开", Portal, 0},
		{"政务公开", Portal, 0},
		{"法定主动公开内容", Portal, 0},
		{"政府信息公开目录", Portal, 0},
		{"政府信息公开指南", Portal, 0},
		{"青山县政府信息公开年度报告制度实施办法", Never, 0},
		{"关于报送2023年政府信息公开年度报告的通知", Never, 2023},
		{"2023年度企业信息公开年度报告", Never, 2023},
		{"青山县2023年财政决算年度报告", Never, 2023},
		{"2023年政府工作报告", Never, 2023},
		{"青山县人民政府网站工作年度报表（2023年度）", Never, 2023},
		{"2022年法治政府建设年度报告", Never, 2022},
		{"某某公司2023年企业年报", Never, 2023},
		{"青山县2021年统计年报", Never, 2021},
		{"青山县市场监督管理局2023年政府信息公开工作年度报告", Report, 2023},
		{"2023年青山县市场监督管理局政府信息公开工作年度报告", Report, 2023},
		{"青山市卫生和计划生育委员会2017年政府信息公开工作年度报告", Report, 2017},
		{"青山县应急管理局（安全生产监督管理局）2018年政府信息公开年报", Report, 2018},
		{"青山县规划局关于2015年政府信息公开条例执行情况的报告", Report, 2015},
		{"青山县财政局2022年年报", Weak, 2022},
		{"审计局2022年度报告", Weak, 2022},
		{"关于公布青山县2014年政府信息公开工作年度报告的通知", Weak, 2014},
		{"关于做好2022年政府信息公开工作年度报告编制工作的通知", Never, 2022},
		{"青山县政府信息公开监督保障制度实施情况年度报告", Never, 0},
		{"青山县城投公司2022年年度报告（企业年报）", Never, 2022},
		{"青山县财政局2022年财政年报", Never, 2022},
		{"青山县市场监督管理局", Organ, 0},
		{"2024年", Section, 2024},
		{"乡镇街道", Section, 0},
		{"县政府部门", Section, 0},
		{"白水镇人民政府", Organ, 0},
		{"青山县教育局", Organ, 0},
		{"我县召开春季植树动员大会", Other, 0},
		{"20240126", Other, 0},
	} {
		got := Judge(c.text)
		if got.Kind != c.kind || got.Year != c.year {
			t.Errorf("Judge(%q) = kind %d year %d, want kind %d year %d", c.text, got.Kind, got.Year, c.kind, c.year)
		}
	}
}

func TestIssuer(t *testing.T) {
	for text, want := range map[string]string{
		"青山县教育局2023年政府信息公开工作年度报告":          "青山县教育局",
		"2023年青山县市场监督管理局政府信息公开工作年度报告":      "青山县市场监督管理局",
		"关于发布青山县2022年政府信息公开工作年度报告的通知":      "青山县",
		"青山县应急管理局（安全生产监督管理局）2018年政府信息公开年报": "青山县应急管理局(安全生产监督管理局)",
		"2023年政府信息公开工作年度报告":                "",
		"附件1：青山县教育局2023年政府信息公开工作年度报告.pdf":  "青山县教育局",
	} {
		if got := Issuer(text); got != want {
			t.Errorf("Issuer(%q) = %q, want %q", text, got, want)
		}
	}
}

// The crawl and the reader of reports read the same year and body from a title.
func TestCrawlAndReaderAgree(t *testing.T) {
	for _, c := range []struct {
		title, issuer string
		year          int
	}{
		{"青山县教育局二○一九年政府信息公开年报", "青山县教育局", 2019}, // U+25CB
		{"青山县教育局二〇一九年政府信息公开年报", "青山县教育局", 2019}, // U+3007
		{"青山县教育局二Ｏ一九年度政府信息公开工作年度报告", "青山县教育局", 2019},
		{"青山县教育局２０２０年政府信息公开年报", "青山县教育局", 2020},
		{"长顺县政务公开办公室2021年政府信息公开工作年度报告", "长顺县政务公开办公室", 2021},
		{"青山县政府信息公开领导小组办公室2021年政府信息公开工作年度报告", "青山县政府信息公开领导小组办公室", 2021},
		{"青山县信息公开中心2021年政府信息公开工作年度报告", "青山县信息公开中心", 2021},
		{"2022年度青山县人民政府信息公开工作年度报告", "青山县人民政府", 2022},
		{"青山县、白水县2022年政府信息公开年报", "青山县、白水县", 2022},
	} {
		parsed := written.Parse(c.title)
		if parsed.Year == nil || *parsed.Year != c.year || parsed.IssuerName != c.issuer {
			t.Errorf("the reader reads %s as %v of %s", c.title, parsed.Year, parsed.IssuerName)
		}
		if got := Judge(c.title); got.Year != c.year || got.Kind != Report || Issuer(c.title) != c.issuer {
			t.Errorf("the crawl reads %s as %d of %s (kind %d)", c.title, got.Year, Issuer(c.title), got.Kind)
		}
	}
}

func TestForeign(t *testing.T) {
	for name, want := range map[string]bool{
		"年报.pdf": false, "青山县市场监督管理局2023年政府信息公开工作年度报告.docx": false, "附件：行政规范性文件清单.doc": false, "青山县财政局2023年政府信息公开年报.pdf": false,
		"政府信息公开申请表.doc": true, "办事指南.pdf": true, "2023年部门决算.pdf": true,
	} {
		if got := Foreign(name); got != want {
			t.Errorf("Foreign(%q) = %v, want %v", name, got, want)
		}
	}
}

// TestEnterprise distinguishes the disclosure reports of companies and schools from those of offices.
func TestEnterprise(t *testing.T) {
	for text, want := range map[string]Kind{
		"青山自来水公司信息公开报告": Never, "青山自来水有限公司2023年信息公开年度报告": Never, "2023年度青山水务集团有限公司信息公开工作年度报告": Never, "青山县供电公司2023年政府信息公开工作年度报告": Never,
		"青山学院2022-2023学年信息公开年度报告": Never, "青山大学2022—2023学年信息公开工作报告": Never, "青山职业技术学院信息公开年度报告": Never, "青山县第一中学2023年信息公开工作年度报告": Never,
		"青山县实验幼儿园2023年信息公开年度报告": Never, "青山县人民医院2023年信息公开年度报告": Never, "2022-2023学年信息公开工作年度报告": Never,
		"青山县人民医院2023年政府信息公开工作年度报告": Report, "青山行政学院2023年政府信息公开工作年度报告": Report, "青山县教育局2023年政府信息公开工作年度报告": Report,
		"大学城管委会2023年政府信息公开工作年度报告": Report, "青山县水务局2023年政府信息公开工作年度报告": Report, "青山县国资委2023年政府信息公开工作年度报告": Report, "学院街道办事处2023年政府信息公开工作年度报告": Report,
		"中学路街道2023年政府信息公开工作年度报告": Report, "旧版网站": Older, "历史数据": Older, "2015年以前": Section,
	} {
		if got := Judge(text).Kind; got != want {
			t.Errorf("%s: %d, want %d", text, got, want)
		}
	}
}
