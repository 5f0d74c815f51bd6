package gazetteer

import (
	"runtime"
	"testing"
)

func TestLookup(t *testing.T) {
	for code, want := range map[string]string{
		"370686107": "寺口镇", "37": "山东省", "3706": "烟台市", "370686": "栖霞市", "442000": "中山市", "320829": "洪泽区", "110104": "宣武区",
		"232701": "漠河市", "620200": "嘉峪关市", "140402": "城区",
	} {
		d, ok := Lookup(code)
		if !ok || d.Name != want {
			t.Errorf("Lookup(%s) = %+v, want %s", code, d, want)
		}
	}
	if _, ok := Lookup("999999"); ok {
		t.Error("Lookup(999999) finds something")
	}
}

func TestTree(t *testing.T) {
	count := map[Level]int{}
	former := 0
	seen := map[string]bool{}
	last := ""
	for _, d := range All() {
		if seen[d.Code] || len(d.Code) != 12 || d.Code <= last {
			t.Fatalf("code %s twice, malformed or out of order", d.Code)
		}
		seen[d.Code], last = true, d.Code
		if d.Level != Province {
			p, ok := Lookup(d.Parent)
			if !ok || p.Level >= d.Level || p.Code != d.Parent {
				t.Errorf("%s %s: parent %s", d.Code, d.Name, d.Parent)
			}
		}
		if d.ValidTo != "" {
			former++
			continue
		}
		count[d.Level]++
	}
	// The edition has 31, 342, 2978 and 41352; three counties repeat the code of their city, one township (金门县) that of
	// its county.
	if count[Province] != 31 || count[Prefecture] != 342 || count[County] != 2978-3 || count[Township] != 41352-1 {
		t.Errorf("present divisions by level: %v", count)
	}
	if former < 3000 {
		t.Errorf("%d former divisions", former)
	}
	for _, d := range All() {
		for _, c := range Children(d.Code) {
			if c.Parent != d.Code {
				t.Errorf("%s is a child of %s, its parent is %s", c.Code, d.Code, c.Parent)
			}
		}
	}
}

func TestNames(t *testing.T) {
	if got := len(ByName("", "鼓楼区")); got != 4 {
		t.Errorf("%d divisions are named 鼓楼区, want 4", got)
	}
	has := func(parent, name, code string) {
		t.Helper()
		for _, n := range Names(parent) {
			if n.Text == name && n.Division.Code == Pad(code) {
				return
			}
		}
		t.Errorf("Names(%s) has no %s = %s", parent, name, code)
	}
	has("3706", "栖霞市", "370686")
	has("370686", "寺口镇", "370686107")
	has("310100", "崇明县", "310151")
	has("110104", "大栅栏街道", "110102013") // 宣武区 went into 西城区
	has("341400", "居巢区", "340181")
}

func TestPseudo(t *testing.T) {
	for code, want := range map[string]bool{"1101": true, "110101": false, "370176": true, "370686107": false, "110115403": true, "150404400": false, "441900003": false} {
		d, ok := Lookup(code)
		if !ok || d.Pseudo != want {
			t.Errorf("%s: %+v", code, d)
		}
	}
}

func BenchmarkDecode(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := decode(divisions, historyTSV, changesCSV); err != nil {
			b.Fatal(err)
		}
	}
}

// TestMemory pins what the decoded gazetteer keeps in memory.
func TestMemory(t *testing.T) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	b, err := decode(divisions, historyTSV, changesCSV)
	if err != nil {
		t.Fatal(err)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	mb := float64(after.HeapAlloc-before.HeapAlloc) / 1e6
	runtime.KeepAlive(b)
	t.Logf("%.1f MB", mb)
	if mb > 60 {
		t.Errorf("the gazetteer takes %.1f MB", mb)
	}
}
