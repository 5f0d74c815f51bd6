package fit

import (
	"fmt"

	"github.com/gongkai-data/gongkai/datasets/codebook"
)

// coded returns the code of a sentence and what stands in it; a reason among its arguments is its code. A sentence that
// only says why something is in doubt has the code of the reason.
func coded(format string, args []any) (code string, said []string) {
	code = codebook.CodeOf(format)
	for _, a := range args {
		s := fmt.Sprint(a)
		if reason := codebook.CodeOf(s); reason != "" {
			if code == "" {
				code = reason
				continue
			}
			s = reason
		}
		said = append(said, s)
	}
	return code, said
}
