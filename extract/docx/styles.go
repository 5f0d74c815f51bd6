package docx

import (
	"encoding/xml"
	"path"
)

// style is what matters here of a style of paragraphs or characters.
type style struct {
	base           string
	hidden, struck bool
	list           list

	saysHidden, saysStruck, saysList bool // it says so itself, else the style says that it is based on
}

// maxBases bounds the chain of styles.
const maxBases = 11

// readStyles reads the styles, each with what it takes from those that it is based on.
func (p *pack) readStyles(main string) map[string]style {
	own := map[string]style{}
	id := ""
	_ = p.decode(path.Dir(main)+"/styles.xml", func(d *xml.Decoder) error {
		return tokens(d, func(t xml.Token) {
			e, ok := t.(xml.StartElement)
			if !ok {
				return
			}
			s := own[id]
			switch e.Name.Local {
			case "style":
				id = attr(e, "styleId")
				s = style{}
			case "docDefaults":
				id = ""
			case "basedOn":
				s.base = attr(e, "val")
			case "vanish":
				s.hidden, s.saysHidden = on(e), true
			case "strike", "dstrike":
				s.struck, s.saysStruck = s.struck || on(e), true
			case "numId", "ilvl":
				s.list.take(e)
				s.saysList = true
			}
			if id != "" {
				own[id] = s
			}
		})
	})
	out := make(map[string]style, len(own))
	for id, s := range own {
		base := s.base
		for range maxBases {
			b, ok := own[base]
			if !ok {
				break
			}
			if !s.saysHidden && b.saysHidden {
				s.hidden, s.saysHidden = b.hidden, true
			}
			if !s.saysStruck && b.saysStruck {
				s.struck, s.saysStruck = b.struck, true
			}
			if !s.saysList && b.saysList {
				s.list, s.saysList = b.list, true
			}
			base = b.base
		}
		out[id] = s
	}
	return out
}
