package inputs

import (
	"strings"
	"testing"
)

func read(t *testing.T, name, text string) ([]Line, error) {
	t.Helper()
	f, ok := Lookup(name)
	if !ok {
		t.Fatalf("no file %s", name)
	}
	var lines []Line
	err := f.Read(strings.NewReader(text), func(l Line) error {
		lines = append(lines, l)
		return nil
	})
	return lines, err
}

// A template is a file of its kind without a line; with the mark before its example taken away it has one.
func TestTemplatesAreRead(t *testing.T) {
	for _, f := range Files() {
		lines, err := read(t, f.Name, f.Template())
		if err != nil || len(lines) != 0 {
			t.Errorf("%s: %d lines, %v", f.Name, len(lines), err)
		}
		head, example, _ := strings.Cut(f.Template(), "\n"+record(f.Header())+"\n#")
		if lines, err = read(t, f.Name, head+"\n"+record(f.Header())+"\n"+example); err != nil || len(lines) != 1 {
			t.Fatalf("%s, with its example: %d lines, %v", f.Name, len(lines), err)
		}
		for _, c := range f.Columns {
			if c.About == "" || lines[0].Field(c.Name) != c.Example {
				t.Errorf("%s, %s: %q, want the example %q", f.Name, c.Name, lines[0].Field(c.Name), c.Example)
			}
		}
	}
}

func TestAWrongHeaderSaysWhatWasMeant(t *testing.T) {
	for _, c := range []struct{ file, text, want string }{
		{Seeds, "site,nam\n", `there is no column "nam", did you mean name?; the columns are site,name,division_code,years,delay (see gongkai template seeds)`},
		{Seeds, "site,code\n", `there is no column "code"; the columns`},
		{Seeds, "name,years\n", "the column site is missing"},
		{Seeds, "site,Site\n", "the column site stands twice"},
		{Corrections, "reportid,indicator\n", `there is no column "reportid", did you mean report_id?`},
		{Corrections, "", "the file is empty"},
	} {
		if _, err := read(t, c.file, c.text); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v, want %q", c.text, err, c.want)
		}
	}
}

func TestReadNamesTheLine(t *testing.T) {
	if _, err := read(t, Seeds, "site,name\n# a remark\n\nhttp://a.test/,one, two\n"); err == nil || !strings.Contains(err.Error(), "seeds, line 4: 3 fields") {
		t.Errorf("a line with a comma too many: %v", err)
	}
	lines, err := read(t, Seeds, "\uFEFFName,SITE\r\n 某县 , http://a.test/ \r\n")
	if err != nil || len(lines) != 1 || lines[0].Number != 2 || lines[0].Field("name") != "某县" || lines[0].Field("site") != "http://a.test/" || lines[0].Field("years") != "" {
		t.Errorf("%+v, %v", lines, err)
	}
}
