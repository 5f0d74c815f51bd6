package title

import (
	"regexp"
	"strings"
)

var (
	issuerEnd   = regexp.MustCompile(`(?:19|20)\d\d|[二一][〇○零0Ｏ九]|年度?政府信息|政府信息|信息公开|政务公开|关于|年度报告|年报`)
	issuerStart = regexp.MustCompile(`^(?:[上下前后]一?[篇条页]:?|(?:19|20)\d\d年?(?:度)?|关于|公布|发布|印发|附件\d*:|[《“"\s])+`)
	secondName  = regexp.MustCompile(`\([^()]*\)$`)
)

// Issuer returns the body that a report's title names, as written there, or "" when it names none: 青山县教育局2023年… and 2023年青山县教育局政府信息公开….
// It serves lists for people; whose report it is, the document and the gazetteer decide.
func Issuer(text string) string {
	t := named(squeeze(text))
	if n := len([]rune(t)); n < 2 || n > 30 || !organ.MatchString(secondName.ReplaceAllString(t, "")) {
		return ""
	}
	return t
}

// named is what stands in a squeezed title where the name of its body does.
func named(t string) string {
	t = issuerStart.ReplaceAllString(t, "")
	if at := issuerEnd.FindStringIndex(t); at != nil {
		t = t[:at[0]]
	}
	t = strings.Trim(t, "《》“”\"[]:、,的")
	if strings.Count(t, "(") != strings.Count(t, ")") {
		t = strings.Trim(t, "()")
	}
	return t
}
