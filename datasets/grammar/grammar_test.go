package grammar

import "testing"

// TestColumns: every column of a table of rules has a name in both languages, and no table is without rows.
func TestColumns(t *testing.T) {
	for _, table := range append(Rules(), Lists()...) {
		if table.TitleZH == "" || table.TitleEN == "" || len(table.Rows) == 0 {
			t.Errorf("%s has no title or no rows", table.Name)
		}
		for _, c := range table.Header {
			if Called(c, "zh") == c || Called(c, "en") == "" {
				t.Errorf("%s: columns.csv has no %q", table.Name, c)
			}
		}
	}
}

// TestNoTable: a table that is not there is an error.
func TestNoTable(t *testing.T) {
	if _, err := Read("none"); err == nil {
		t.Error("read")
	}
}
