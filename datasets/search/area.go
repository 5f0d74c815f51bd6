package search

import (
	"fmt"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/gazetteer"
)

// Area is the code of the division that a text names by its code or its name; an empty text is everywhere. A name that
// several bear is an error that lists them.
func Area(text string) (string, error) {
	if text == "" {
		return "", nil
	}
	if strings.Trim(text, "0123456789") == "" {
		if d, ok := gazetteer.Lookup(text); ok && len(text) <= 12 {
			return d.Code, nil
		}
		return "", fmt.Errorf("there is no area of code %s", text)
	}
	all := gazetteer.ByName("", text)
	if len(all) == 1 {
		return all[0].Code, nil
	}
	if len(all) == 0 {
		return "", fmt.Errorf("there is no area called %q", text)
	}
	var among []string
	for _, d := range all[:min(len(all), 5)] {
		name := ""
		for _, a := range gazetteer.Ancestors(d.Code) {
			name += a.Name
		}
		among = append(among, d.Code+" "+name+d.Name)
	}
	if len(all) > 5 {
		among = append(among, "…")
	}
	return "", fmt.Errorf("%q names several areas; give the code of one: %s", text, strings.Join(among, ", "))
}
