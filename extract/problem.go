package extract

import (
	"fmt"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/codebook"
)

// Tell words a problem by its code and what stands in its sentence (see codebook.Say). The place is the caller's to
// add. Every code that the program tells has its sentence (TestEveryCodeIsWorded).
func Tell(kind, code string, args ...any) Problem {
	p := Problem{Kind: kind, Code: code}
	for _, a := range args {
		p.Args = append(p.Args, fmt.Sprint(a))
	}
	detail, ok := codebook.Say("en", code, p.Args...)
	if !ok { // no test has seen it
		detail = strings.Join(append([]string{code}, p.Args...), ": ")
	}
	p.Detail = detail
	return p
}
