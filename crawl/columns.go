package crawl

import (
	"fmt"
	"io"

	"github.com/gongkai-data/gongkai/crawl/list"
)

// columnsHeader are the columns of a columns file; only list is needed.
var columnsHeader = []string{"site", "list", "next", "entry", "year"}

// ReadColumns reads a columns file: CSV with the header site,list,next,entry,year in any order, one list a line that no rule of the crawler reads. What the
// fields hold says list.Rule. UTF-8 or GB18030; an error names the line.
func ReadColumns(r io.Reader) ([]list.Rule, error) {
	var rules []list.Rule
	err := readTable(r, "columns", columnsHeader, "list", func(field func(string) string) error {
		rule := list.Rule{Site: field("site"), List: field("list"), Next: field("next"), Entry: field("entry"), Year: field("year")}
		if rule.Site != "" {
			s, err := parseSeed(rule.Site, "", "", "", "")
			if err != nil {
				return err
			}
			rule.Site = s.Site
		}
		if err := rule.Check(); err != nil {
			return err
		}
		rules = append(rules, rule)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the columns: %w", err)
	}
	return rules, nil
}
