package crawl

import (
	"io"

	"github.com/gongkai-data/gongkai/crawl/list"
	"github.com/gongkai-data/gongkai/datasets/inputs"
)

// ReadColumns reads a columns file as package inputs describes it, one list a line that no rule of the crawler reads:
// only list is needed. What the fields hold says list.Rule. An error names the line.
func ReadColumns(r io.Reader) ([]list.Rule, error) {
	var rules []list.Rule
	file, _ := inputs.Lookup(inputs.Columns)
	err := file.Read(r, func(l inputs.Line) error {
		rule := list.Rule{Site: l.Field("site"), List: l.Field("list"), Next: l.Field("next"), Entry: l.Field("entry"), Year: l.Field("year")}
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
	return rules, err
}
