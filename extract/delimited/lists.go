package delimited

import (
	"strings"
)

// splitList cuts a line that is a list as programs print their rows: ['规章', None, '12'], or ["规章", null, 12],. ok is
// false for any other line.
func splitList(text string) (fields []string, ok bool) {
	text = strings.TrimRight(strings.TrimSpace(text), ",")
	text, opened := strings.CutPrefix(text, "[")
	text, closed := strings.CutSuffix(text, "]")
	if !opened || !closed {
		return nil, false
	}
	text = strings.TrimSuffix(strings.TrimPrefix(text, "["), "]") // the first row of a table, the last, or its only one
	for text != "" {
		field, rest, good := listField(strings.TrimLeft(text, " "))
		if !good {
			return nil, false
		}
		fields = append(fields, field)
		rest = strings.TrimLeft(rest, " ")
		if rest == "" {
			break
		}
		if text, good = strings.CutPrefix(rest, ","); !good {
			return nil, false
		}
	}
	return fields, len(fields) > 1 && len(fields) <= maxFields
}

// escapes are those that programs write in quoted texts.
var escapes = strings.NewReplacer(`\n`, "\n", `\t`, " ", `\'`, "'", `\"`, `"`, `\\`, `\`, `\u3000`, " ", `\xa0`, " ")

// listField takes the first element off a list: a text in quotes, a number or a mark.
func listField(s string) (field, rest string, ok bool) {
	if s == "" {
		return "", "", false
	}
	quote := s[0]
	if quote != '\'' && quote != '"' {
		end := strings.IndexByte(s, ',')
		if end < 0 {
			end = len(s)
		}
		field = strings.TrimSpace(s[:end])
		return field, s[end:], field != "" && strings.Trim(field, "0123456789.-+") == "" || field == "None" || field == "null" || field == "nan" || field == "NaN"
	}
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case quote:
			return escapes.Replace(s[1:i]), s[i+1:], true
		}
	}
	return "", "", false
}
