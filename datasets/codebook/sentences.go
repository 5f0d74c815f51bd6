package codebook

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
)

// sentences.csv words every problem that the readers tell, by its code: a sentence in English and one in Chinese, in
// both of which %s (or %q, in quotes) stands for the arguments in order. Nothing words a problem elsewhere, and nothing
// parses the words.
//
//go:embed sentences.csv
var sentencesCSV string

// Sentence words one problem.
type Sentence struct{ Code, EN, ZH string }

var (
	sentences = map[string]Sentence{}
	codes     = map[string]string{} // by the English sentence
)

func init() {
	rows, err := csv.NewReader(strings.NewReader(sentencesCSV)).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("codebook: reading the embedded sentences.csv: %v", err))
	}
	for _, r := range rows[1:] {
		sentences[r[0]] = Sentence{r[0], r[1], r[2]}
		if r[1] != "%s" { // several codes have nothing but a reason to say
			codes[r[1]] = r[0]
		}
	}
}

// CodeOf returns the code of a sentence that a writer holds in English, unworded, or "".
func CodeOf(english string) string { return codes[english] }

// Say words a problem in English ("en") or Chinese ("zh"). An argument that is itself the code of a reason is worded
// too; further arguments than the sentence has places for join the last. Where the first argument is 1 the sentence of
// the code with "_one" behind it is taken, if there is one. It reports false for a code that the table lacks.
func Say(language, code string, args ...string) (string, bool) {
	s, ok := sentences[code]
	if !ok {
		return "", false
	}
	if one, singular := sentences[code+"_one"]; singular && len(args) > 0 && args[0] == "1" {
		s = one
	}
	pattern := s.EN
	if language == "zh" {
		pattern = s.ZH
	}
	if places := strings.Count(strings.ReplaceAll(pattern, "%%", ""), "%"); places > 0 && len(args) > places {
		args = append(append([]string{}, args[:places-1]...), strings.Join(args[places-1:], ", "))
	}
	var b strings.Builder
	for i := 0; i < len(pattern); i++ {
		if pattern[i] != '%' || i+1 == len(pattern) {
			b.WriteByte(pattern[i])
			continue
		}
		i++
		if pattern[i] == '%' {
			b.WriteByte('%')
			continue
		}
		arg := ""
		if len(args) > 0 {
			arg, args = args[0], args[1:]
		}
		switch reason, isCode := sentences[arg]; {
		case isCode && !strings.Contains(reason.EN, "%"):
			arg, _ = Say(language, arg)
		case pattern[i] == 'q' && language == "zh":
			arg = "“" + arg + "”"
		case pattern[i] == 'q':
			arg = strconv.Quote(arg)
		}
		b.WriteString(arg)
	}
	return b.String(), true
}
