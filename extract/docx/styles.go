package docx

import (
	"encoding/xml"
	"path"
)

// hiddenStyles names the styles of text that is not shown.
func (p *pack) hiddenStyles(main string) map[string]bool {
	hidden := map[string]bool{}
	id := ""
	_ = p.decode(path.Dir(main)+"/styles.xml", func(d *xml.Decoder) error {
		return tokens(d, func(t xml.Token) {
			e, ok := t.(xml.StartElement)
			switch {
			case !ok:
			case e.Name.Local == "style":
				id = attr(e, "styleId")
			case e.Name.Local == "docDefaults":
				id = ""
			case e.Name.Local == "vanish" && id != "" && attr(e, "val") != "0" && attr(e, "val") != "false":
				hidden[id] = true
			}
		})
	})
	return hidden
}
