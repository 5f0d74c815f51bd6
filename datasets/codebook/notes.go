package codebook

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"regexp"
	"strings"

	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// notes.csv words what the dataset says in English of its checks (note, expression) and of reports that are missing
// (detail), each by its code: a sentence in English and one in Chinese, in both of which %s stands for what varies, in
// the same order.
//
//go:embed notes.csv
var notesCSV string

// Wording is all that the tables of sentences say, for digests of pages that show them.
func Wording() string { return sentencesCSV + notesCSV }

type note struct {
	Sentence
	english *lazyregexp.Regexp // the sentence in English, with a group for what varies
}

var notes, notesByCode = readNotes()

func readNotes() ([]note, map[string]Sentence) {
	rows, err := csv.NewReader(strings.NewReader(notesCSV)).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("codebook: reading the embedded notes.csv: %v", err))
	}
	var all []note
	byCode := map[string]Sentence{}
	for _, r := range rows[1:] {
		s := Sentence{r[0], r[1], r[2]}
		pattern := strings.ReplaceAll(regexp.QuoteMeta(s.EN), "%s", "(.+?)")
		all = append(all, note{s, lazyregexp.New("^" + pattern + "$")})
		byCode[s.Code] = s
	}
	return all, byCode
}

// Note is the English sentence of a code with what varies in it: the one of the code with "_one" behind it, where there
// is one and the first argument is 1. A code that the table lacks, or another number of arguments, is a fault of the
// program.
func Note(code string, args ...string) string {
	s, known := notesByCode[code]
	if one, singular := notesByCode[code+"_one"]; singular && len(args) > 0 && args[0] == "1" {
		s = one
	}
	if !known || strings.Count(s.EN, "%s") != len(args) {
		panic(fmt.Sprintf("codebook: notes.csv has no %q with %d arguments", code, len(args)))
	}
	return filled(s.EN, args)
}

func filled(sentence string, args []string) string {
	for _, a := range args {
		before, after, _ := strings.Cut(sentence, "%s")
		sentence = before + strings.ReplaceAll(a, "%s", "%\x00s") + after
	}
	return strings.ReplaceAll(sentence, "%\x00s", "%s")
}

// NoteIn is a note of the dataset in Chinese ("zh"); in any other language it is as published. Parts that no sentence
// of the table is, such as an address or the words of a server, stay as they are.
func NoteIn(language, published string) string {
	if language != "zh" {
		return published
	}
	if zh, known := noteInChinese(published); known {
		return zh
	}
	if said, behind, found := cutAddress(published); found {
		return NoteIn(language, said) + "（" + behind + "）"
	}
	first, rest, several := strings.Cut(published, "; ")
	if !several {
		return published
	}
	return NoteIn(language, first) + "；" + NoteIn(language, rest)
}

func noteInChinese(published string) (string, bool) {
	for _, n := range notes {
		m := n.english.FindStringSubmatch(published)
		if m == nil {
			continue
		}
		for i := range m[1:] {
			m[i+1] = NoteIn("zh", m[i+1])
		}
		return filled(n.ZH, m[1:]), true
	}
	return "", false
}

// cutAddress cuts the address in brackets off that notes on pages end with.
func cutAddress(s string) (said, address string, found bool) {
	body, closed := strings.CutSuffix(s, ")")
	at := strings.LastIndex(body, " (http")
	if !closed || at < 0 || strings.ContainsAny(body[at+2:], " ()") {
		return s, "", false
	}
	return body[:at], body[at+2:], true
}
