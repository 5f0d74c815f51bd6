package issuer

import (
	"net/url"
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/gazetteer"
	"github.com/mozillazg/go-pinyin"
)

// byHost finds the one candidate whose county or city has its name in the host of an official site: 城关镇 on
// www.yuzhong.gov.cn is that of 榆中县. It only chooses among bodies that the name allows, so that the site of an upper
// government or of a neighbour tells nothing, and a copy on a host of another kind neither.
func byHost(address string, cands []candidate) *candidate {
	u, err := url.Parse(address)
	if err != nil {
		return nil
	}
	host, ok := strings.CutSuffix(strings.ToLower(u.Hostname()), ".gov.cn")
	if !ok {
		return nil
	}
	labels := strings.Split(host, ".")
	var found *candidate
	for i, c := range cands {
		if !slices.ContainsFunc(gazetteer.Ancestors(c.place.Code), func(d *gazetteer.Division) bool { return inHost(labels, d) }) {
			continue
		}
		if found != nil {
			return nil
		}
		found = &cands[i]
	}
	return found
}

// inHost reports whether a label is the division's name in letters: yuzhong, yuzhongxian, also after the province's
// initials: gsyuzhong.
func inHost(labels []string, d *gazetteer.Division) bool {
	if d.Pseudo || d.Level == gazetteer.Province {
		return false
	}
	province := initials(gazetteer.Ancestors(d.Code)[0])
	for _, name := range append(shorts(d.Name, d), d.Name) {
		for _, letters := range spelled(name) {
			if slices.Contains(labels, letters) || len(province) == 2 && slices.Contains(labels, province+letters) {
				return true
			}
		}
	}
	return false
}

// initials are those of a province's short name: gs of 甘肃省.
func initials(d *gazetteer.Division) string {
	names := shorts(d.Name, d)
	if len(names) == 0 {
		return ""
	}
	s := ""
	for _, readings := range pinyin.Pinyin(names[0], pinyin.NewArgs()) {
		s += readings[0][:1]
	}
	return s
}

// spelled gives a name in letters without tones, in all readings of its characters (六安 is luan and liuan), as long as
// they are few.
func spelled(name string) []string {
	args := pinyin.NewArgs()
	args.Heteronym = true
	out := []string{""}
	for _, readings := range pinyin.Pinyin(name, args) {
		slices.Sort(readings)
		var next []string
		for _, r := range slices.Compact(readings) {
			for _, s := range out {
				next = append(next, s+r)
			}
		}
		if out = next; len(out) > 64 {
			return nil
		}
	}
	return out
}
