package docx

import (
	"encoding/xml"
	"path"
	"strconv"

	"github.com/gongkai-data/gongkai/extract/word"
)

// numbering reads the numbering part beside the main part; without one there are no automatic numbers.
func (p *pack) numbering(main string) *word.Numbering {
	abstract := map[string][]word.Level{}
	n := &word.Numbering{Levels: map[string][]word.Level{}}
	id, num, at := "", "", -1
	_ = p.decode(path.Join(path.Dir(main), "numbering.xml"), func(d *xml.Decoder) error {
		return tokens(d, func(t xml.Token) {
			e, ok := t.(xml.StartElement)
			if !ok {
				return
			}
			switch e.Name.Local {
			case "abstractNum":
				id, num, at = attr(e, "abstractNumId"), "", -1
			case "num":
				id, num, at = "", attr(e, "numId"), -1
			case "abstractNumId":
				if num != "" {
					n.Levels[num] = abstract[attr(e, "val")]
				}
			case "lvl":
				at = -1
				if i, err := strconv.Atoi(attr(e, "ilvl")); err == nil && i >= 0 && i < word.MaxLevels && id != "" {
					at = i
					for len(abstract[id]) <= i {
						abstract[id] = append(abstract[id], word.Level{Start: 1})
					}
				}
			case "start", "numFmt", "lvlText":
				if at < 0 || id == "" {
					return
				}
				l := &abstract[id][at]
				switch e.Name.Local {
				case "start":
					if v, err := strconv.Atoi(attr(e, "val")); err == nil {
						l.Start = v
					}
				case "numFmt":
					l.Format = attr(e, "val")
				default:
					l.Text = attr(e, "val")
				}
			}
		})
	})
	return n
}
