package title

import (
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
	written "github.com/gongkai-data/gongkai/extract/title"
)

// secondName is another name of the body behind its first: 青山县应急管理局(安全生产监督管理局).
var secondName = lazyregexp.New(`\([^()]*\)$`)

// Issuer returns the body that a report's title names, as the reader of reports reads it, or "" when it names none or
// what is no body. It serves lists for people; whose report it is, the document and the gazetteer decide.
func Issuer(line string) string {
	name := written.Issuer(line)
	if !organ.MatchString(secondName.ReplaceAllString(name, "")) {
		return ""
	}
	return name
}
