package issuer

import (
	"os"
	"strings"
	"testing"
)

func meta(kv ...string) map[string]string {
	m := map[string]string{}
	for i := 0; i < len(kv); i += 2 {
		m[kv[i]] = kv[i+1]
	}
	return m
}

// The context settles what the name leaves open, and only that.
func TestContext(t *testing.T) {
	for _, c := range []struct {
		what  string
		in    Input
		state string
		id    string // a prefix
	}{
		{"site code", Input{Name: "城关镇", Meta: meta("siteidcode", "6201230004")}, Resolved, "620123100000"},
		{"site name", Input{Name: "城关镇人民政府", Meta: meta("sitename", "榆中县人民政府门户网站")}, Resolved, "620123100000"},
		{"seed of the county", Input{Name: "城关镇", SeedCode: "620123000000", SeedName: "榆中县"}, Resolved, "620123100000"},
		{"text", Input{Name: "城关镇", Text: "地址：榆中县城关镇一悟路。榆中县人民政府网站"}, Resolved, "620123100000"},
		{"a city that was visited", Input{Name: "新城镇", Text: "赴嘉峪关市学习交流，参观嘉峪关市政务大厅。"}, Ambiguous, "x-"},
		{"the report's own city", Input{Name: "新城镇", Text: "嘉峪关市人民政府门户网站设有专栏，嘉峪关市。"}, Resolved, "620201100000"},
		{"the host of the county", Input{Name: "城关镇", URL: "http://www.yuzhong.gov.cn/art/1.html"}, Resolved, "620123100000"},
		{"the host of the county in its province", Input{Name: "太平镇", URL: "http://www.sdzoucheng.gov.cn/1"}, Resolved, "370883107000"},
		{"the host of a city with several", Input{Name: "城关镇", URL: "http://www.lanzhou.gov.cn/art/1.html"}, Ambiguous, "x-"},
		{"the host of another kind", Input{Name: "城关镇", URL: "http://www.yuzhong.com/art/1.html"}, Ambiguous, "x-"},
		{"the host of a foreign district", Input{Name: "湖南镇", URL: "https://dj.longwan.gov.cn/a.html"}, Ambiguous, "x-"},
		{"a host that every bearer of the name could have", Input{Name: "鼓楼区人民政府", URL: "http://www.gulou.gov.cn/"}, Ambiguous, "x-"},
		{"witnesses differ", Input{Name: "城关镇", Meta: meta("siteidcode", "6201230004", "sitename", "谷城县人民政府")}, Ambiguous, "x-"},
		{"the site of the city above", Input{Name: "永靖县人民政府", Meta: meta("siteidcode", "6229000001", "sitename", "临夏回族自治州人民政府")}, Resolved, "622923000000"},
		{"a town on a foreign district's site", Input{Name: "衢州市衢江区湖南镇人民政府", URL: "https://dj.longwan.gov.cn/a.html", Meta: meta("siteidcode", "3303030001")}, Resolved, "330803113000"},
		{"a bare town on a foreign site", Input{Name: "寺口镇", Meta: meta("siteidcode", "3303030001")}, Ambiguous, "x-"},
		{"an old county's code", Input{Name: "洪泽县教育局", Meta: meta("siteidcode", "3208290003")}, Resolved, "320813000000-"},
		{"a body without a place on a county's site", Input{Name: "教育局", Meta: meta("siteidcode", "1305250003")}, Resolved, "130525000000-"},
		{"the same on a prefecture's site", Input{Name: "教育局", Meta: meta("siteidcode", "1305000003")}, Unresolved, "x-"},
		{"the text gives the place", Input{Name: "教育局", Text: "如有疑问请与隆尧县教育局联系", Meta: meta("siteidcode", "1305000003")}, Resolved, "130525000000-"},
		{"a level word", Input{Name: "县教育局", Meta: meta("sitename", "隆尧县人民政府")}, Resolved, "130525000000-"},
		{"a town by the seed", Input{Name: "镇人民政府", SeedCode: "370686107000"}, Resolved, "370686107000"},
		{"a town by the text", Input{Name: "镇政府", Text: "请与栖霞市寺口镇政府办公室联系"}, Resolved, "370686107000"},
		{"nobody named, the seed's town in the text", Input{Title: "2018年政府信息公开年报", Text: "2018年，安华镇政府", SeedCode: "330681117000"}, Resolved, "330681117000"},
		{"nobody named, the seed's county", Input{Title: "2018年政府信息公开年报", Text: "诸暨市", SeedCode: "330681000000"}, Unresolved, "x-"},
		{"a former bearer of the name", Input{Name: "清河区人民政府", Year: 2012}, Ambiguous, "x-"},
		{"the present bearer", Input{Name: "清河区人民政府", Year: 2020}, Resolved, "211204000000"},
		{"哈密市 was a county-level city", Input{Name: "哈密市人民政府", Year: 2012}, Resolved, "650502000000"},
		{"哈密市 is a prefecture", Input{Name: "哈密市人民政府", Year: 2020}, Resolved, "650500000000"},
		{"哈密市 without a year", Input{Name: "哈密市人民政府"}, Ambiguous, "x-"},
		{"an older form that the county has no more", Input{Name: "临洮县衙下集乡人民政府", Year: 2010}, Ambiguous, "x-"},
	} {
		got := Resolve(c.in)
		if got.State != c.state || !strings.HasPrefix(got.ID, c.id) {
			t.Errorf("%s: %s %s %v, want %s %s", c.what, got.State, got.ID, got.Evidence, c.state, c.id)
		}
		if got.State == Resolved && (got.DivisionCode == nil || got.Kind == "" || got.Province == nil) {
			t.Errorf("%s: resolved without division: %+v", c.what, got)
		}
		if got.State != Resolved && got.DivisionCode != nil {
			t.Errorf("%s: %s with a division code", c.what, got.State)
		}
	}
}

// Departments are issuers of their own below their division, in one spelling.
func TestBodies(t *testing.T) {
	id := func(name string) string { return Resolve(Input{Name: name}).ID }
	same := [][]string{
		{"洪泽区教育局", "淮安市洪泽区教育局", "江苏省淮安市洪泽区教育局", "洪泽教育局", "洪泽县教育局"},
		{"榆中县人民政府办公室", "榆中县政府办公室", "榆中县政府办"},
		{"福州高新区管理委员会", "福州市高新技术产业开发区管委会", "福州高新区管委会", "福州市高新区"},
	}
	seen := map[string]string{}
	for _, group := range same {
		for _, name := range group {
			if id(name) != id(group[0]) || !strings.Contains(id(name), "-") || strings.HasPrefix(id(name), "x-") {
				t.Errorf("%s is %s, %s is %s", group[0], id(group[0]), name, id(name))
			}
		}
		if other, ok := seen[id(group[0])]; ok {
			t.Errorf("%s and %s share an id", group[0], other)
		}
		seen[id(group[0])] = group[0]
	}
	if got := Resolve(Input{Name: "栖霞市寺口镇党政办公室"}); got.ID != "370686107000" {
		t.Errorf("a township's office: %+v", got)
	}
	for name, kind := range map[string]string{
		"白银市动力公司": Other, "榆中县第一中学": Other, "栖霞市人民医院": Other, "栖霞市公安局": Department, "榆中县": "county",
		"北京市教育委员会": Department, "烟台经济技术开发区管委会": Other, "寺口镇": "township", "烟台市": "prefecture", "山东省人民政府": "province",
	} {
		if got := Resolve(Input{Name: name}); got.Kind != kind {
			t.Errorf("%s: kind %s, want %s", name, got.Kind, kind)
		}
	}
}

// Unresolved issuers that name nobody stay apart, and one unknown place has one id in all spellings.
func TestUnresolvedIDs(t *testing.T) {
	a := Resolve(Input{Title: "2018年政府信息公开年报", URL: "http://a.gov.cn/1"})
	b := Resolve(Input{Title: "2018年政府信息公开年报", URL: "http://b.gov.cn/1"})
	if a.ID == b.ID || a.State != Unresolved {
		t.Errorf("%+v %+v", a, b)
	}
	for _, same := range [][]string{
		{"霏宁区", "霏宁区人民政府", "霏宁区政府"}, {"霏宁区市场监管局", "霏宁区市场监督管理局"}, {"城关镇", "城关镇人民政府"}, {"霏宁区甲街道", "霏宁区甲街道办事处", "霏宁区甲街道办"},
	} {
		for _, name := range same {
			if x, y := Resolve(Input{Name: same[0]}), Resolve(Input{Name: name}); x.ID != y.ID || x.State == Resolved {
				t.Errorf("%s is %s, %s is %s", same[0], x.ID, name, y.ID)
			}
		}
	}
	// An office signs for its township, which the gazetteer may lack: it is no department of the county.
	for _, same := range [][]string{
		{"芝罘区甲街道", "芝罘区甲街道办", "芝罘区甲街道办事处", "芝罘区甲街道办公室", "芝罘区甲街道办事处党政办公室", "芝罘区甲街道党政综合办公室"},
		{"临洮县甲乙镇", "临洮县甲乙镇政府", "临洮县甲乙镇政府办", "临洮县甲乙镇人民政府办公室", "临洮县甲乙镇党政办", "临洮县甲乙镇党政综合办公室", "临洮县甲乙镇办公室"},
		{"临洮县新城镇", "临洮县新城镇党政办", "临洮县新城镇政府办公室"},
		{"阿左旗甲乙苏木", "阿左旗甲乙苏木党政办"},
	} {
		for _, name := range same {
			if x, y := Resolve(Input{Name: same[0]}), Resolve(Input{Name: name}); x.ID != y.ID || y.State != Unresolved {
				t.Errorf("%s is %s, %s is %s (%s %s)", same[0], x.ID, name, y.ID, y.State, y.Kind)
			}
		}
	}
	for _, name := range []string{"临洮县小城镇办公室", "临洮县特色小镇办", "临洮县统筹城乡办公室", "临洮县城乡办", "临洮县政府办", "临洮县人民政府办公室"} {
		if got := Resolve(Input{Name: name}); got.Kind != Department {
			t.Errorf("%s: %s %s", name, got.State, got.Kind)
		}
	}
	c, d := Resolve(Input{Name: "临洮县甲乙丙镇"}), Resolve(Input{Name: "定西市临洮县甲乙丙镇人民政府"})
	if c.ID != d.ID || c.State != Unresolved || c.County == nil || *c.County != "临洮县" {
		t.Errorf("%+v %+v", c, d)
	}
}

func TestOverrides(t *testing.T) {
	const file = "name,host,url,division_code,body,kind,reason,evidence,who,on\n" +
		"西咸新区北杜街道办事处,,,610404010000,,,the zone stands above three counties,http://example.invalid/a,lead,2026-11-23\n" +
		"七里乡,saintpaulhem.com,,360124206000,,,site path jxx is 进贤县,http://example.invalid/b,lead,2026-11-23\n" +
		"教育局,,http://x.invalid/1,130525000000,教育局,,named in the letter head,http://x.invalid/1,lead,2026-11-23\n"
	o, err := ReadOverrides(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	r := New(o)
	for _, c := range []struct {
		in       Input
		id       string
		override bool
	}{
		{Input{Name: "西咸新区北杜街道办事处"}, "610404010000", true},
		{Input{Name: "七里乡", URL: "https://saintpaulhem.com/x"}, "360124206000", true},
		{Input{Name: "七里乡", URL: "https://other.invalid/x"}, "x-", false},
		{Input{Name: "教育局", URL: "http://x.invalid/1"}, Resolve(Input{Name: "隆尧县教育局"}).ID, true},
		{Input{Name: "栖霞市寺口镇"}, "370686107000", false},
	} {
		got := r.Resolve(c.in)
		if !strings.HasPrefix(got.ID, c.id) || got.Override != c.override {
			t.Errorf("%+v: %s override %v", c.in, got.ID, got.Override)
		}
	}
	for _, bad := range []string{
		"a,b\n", strings.Replace(file, "610404010000", "61", 1), strings.Replace(file, "the zone stands above three counties", "", 1),
		strings.Replace(file, ",,the zone", ",king,the zone", 1), strings.Replace(file, "七里乡,", ",", 1), file + "x\n",
	} {
		if _, err := ReadOverrides(strings.NewReader(bad)); err == nil {
			t.Errorf("no error for %q", bad)
		}
	}
}

func FuzzResolve(f *testing.F) {
	f.Add("栖霞市寺口镇人民政府", "地址：烟台市栖霞市寺口镇", "370686", 2020)
	f.Add("海城市市场监督管理局", "", "", 0)
	f.Add("教育局", "隆尧县教育局", "1305250003", 2021)
	f.Fuzz(func(t *testing.T, name, text, code string, year int) {
		got := Resolve(Input{Name: name, Text: text, SeedCode: code, Year: year, Meta: meta("sitename", text, "siteidcode", code)})
		switch got.State {
		case Resolved:
			if got.DivisionCode == nil || !strings.HasPrefix(got.ID, *got.DivisionCode) || got.Kind == "" {
				t.Errorf("%+v", got)
			}
		case Ambiguous, Unresolved:
			if !strings.HasPrefix(got.ID, "x-") || len(got.ID) != 18 || got.DivisionCode != nil {
				t.Errorf("%+v", got)
			}
		default:
			t.Errorf("state %q", got.State)
		}
		if len(got.Evidence) == 0 {
			t.Error("no evidence")
		}
	})
}

func BenchmarkResolve(b *testing.B) {
	text := strings.Repeat("2020年，寺口镇政府信息公开工作稳步推进。", 400)
	for _, c := range []struct {
		name string
		in   Input
	}{
		{"full", Input{Name: "山东省烟台市栖霞市寺口镇人民政府", Text: text}},
		{"department", Input{Name: "淮安市洪泽区教育局", Text: text}},
		{"bare", Input{Name: "城关镇人民政府", Text: text, Meta: meta("siteidcode", "6201230004", "sitename", "榆中县人民政府")}},
		{"text", Input{Name: "城关镇人民政府", Text: text}},
	} {
		b.Run(c.name, func(b *testing.B) {
			forms()
			b.ReportAllocs()
			for b.Loop() {
				Resolve(c.in)
			}
		})
	}
}

// The override file of the repository is sound.
func TestRepositoryOverrides(t *testing.T) {
	f, err := os.Open("../../datasets/overrides/issuers.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	o, err := ReadOverrides(f)
	if err != nil || len(o) == 0 {
		t.Fatal(len(o), err)
	}
	if got := New(o).Resolve(Input{Name: "西咸新区北杜街道办事处"}); got.ID != "610404010000" || !got.Override {
		t.Errorf("%+v", got)
	}
}

func BenchmarkIndex(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		buildIndex()
	}
}

// One body keeps its id over the spellings that its reports use over the years.
func TestOneBodyManySpellings(t *testing.T) {
	for _, group := range [][]string{
		{"洪泽区市场监督管理局", "淮安市洪泽区市场监管局", "洪泽市场监管局"},
		{"洪泽区人力资源和社会保障局", "洪泽区人力资源社会保障局", "洪泽区人社局"},
		{"洪泽区卫生健康委员会", "洪泽区卫生健康委", "洪泽区卫健委"},
		{"洪泽区发展和改革委员会", "洪泽区发展改革委", "洪泽区发改委"},
		{"洪泽区人民防空办公室", "洪泽区人防办"},
		{"栖霞市税务局", "国家税务总局栖霞市税务局"},
		{"淮北市妇幼保健计划生育服务中心", "淮北市妇幼保健计划生育服务中心（市妇幼保健院）"},
		{"砀山经济开发区管委会", "安徽砀山经济开发区管理委员会", "砀山县经济开发区", "砀山经开区"},
		{"合肥高新区", "合肥市高新区管委会", "合肥国家高新技术产业开发区管理委员会"},
		{"石河子市北泉镇", "第八师石河子市北泉镇", "新疆生产建设兵团第八师石河子市北泉镇人民政府"},
		{"阿拉尔市新开岭镇", "第一师阿拉尔市十六团新开岭镇"},
		{"苏家坨地区办事处", "海淀区苏家坨镇"},
		{"重庆市江津区白沙镇人民政府", "重庆市江津区白沙镇人民政府（转载）"},
	} {
		first := Resolve(Input{Name: group[0]})
		for _, name := range group {
			if got := Resolve(Input{Name: name}); got.State != Resolved || got.ID != first.ID {
				t.Errorf("%s is %s %v, %s is %s", group[0], first.ID, first.Evidence, name, got.ID)
			}
		}
	}
	for _, pair := range [][2]string{
		{"洪泽区教育局", "洪泽区教育体育局"}, {"洪泽区农业局", "洪泽区农业农村局"}, {"淮安市公安局", "淮安市公安局(交警支队)"},
		{"句容经济开发区", "句容经济技术开发区"}, {"洪泽区卫生健康委员会", "洪泽区卫生健康局"},
	} {
		if Resolve(Input{Name: pair[0]}).ID == Resolve(Input{Name: pair[1]}).ID {
			t.Errorf("%s and %s have one id", pair[0], pair[1])
		}
	}
}
