package style

import (
	"strconv"
	"strings"
)

// deskWidth is the width in CSS pixels of the window in which pages are read.
const deskWidth = 1280

// holds reports whether what stands in an at-rule holds on a screen at a desk.
func holds(rule, condition string) bool {
	switch rule {
	case "@media":
		return onScreen(condition)
	case "@supports":
		return !strings.HasPrefix(strings.TrimSpace(strings.ToLower(condition)), "not")
	case "@layer", "@container", "@scope":
		return true
	}
	return false // @font-face, @keyframes, @page
}

// onScreen reports whether a list of media queries holds.
func onScreen(media string) bool {
	media = strings.ToLower(strings.TrimSpace(media))
	if media == "" {
		return true
	}
	for query := range strings.SplitSeq(media, ",") {
		if queryHolds(query) {
			return true
		}
	}
	return false
}

func queryHolds(query string) bool {
	query = strings.TrimSpace(query)
	query, negated := strings.CutPrefix(query, "not ")
	query = strings.TrimPrefix(query, "only ")
	all := true
	for part := range strings.SplitSeq(strings.ReplaceAll(query, ")and", ") and"), " and ") {
		part = strings.Trim(strings.TrimSpace(part), "() ")
		all = all && featureHolds(part)
	}
	return all != negated
}

func featureHolds(part string) bool {
	switch part {
	case "screen", "all", "":
		return true
	}
	for _, op := range []string{"<=", ">=", "<", ">"} {
		if feature, bound, found := strings.Cut(part, op); found {
			n, ok := pixels(bound, 16)
			if strings.TrimSpace(feature) != "width" || !ok {
				return false
			}
			return op == "<=" && deskWidth <= n || op == ">=" && deskWidth >= n || op == "<" && deskWidth < n || op == ">" && deskWidth > n
		}
	}
	feature, value, _ := strings.Cut(part, ":")
	value = strings.TrimSpace(value)
	n, ok := pixels(value, 16)
	switch strings.TrimSpace(feature) {
	case "min-width", "min-device-width":
		return ok && deskWidth >= n
	case "max-width", "max-device-width":
		return ok && deskWidth <= n
	case "orientation":
		return value == "landscape"
	case "hover", "any-hover":
		return value == "hover"
	case "pointer", "any-pointer":
		return value == "fine"
	}
	return false
}

// pixels reads a length in CSS pixels; em is the size of the letters around.
func pixels(length string, em float64) (float64, bool) {
	length = strings.TrimSpace(length)
	end := 0
	for end < len(length) && (length[end] >= '0' && length[end] <= '9' || length[end] == '.' || end == 0 && (length[end] == '-' || length[end] == '+')) {
		end++
	}
	n, err := strconv.ParseFloat(length[:end], 64)
	if err != nil {
		return 0, false
	}
	switch length[end:] {
	case "px":
		return n, true
	case "pt":
		return n * 4 / 3, true
	case "em":
		return n * em, true
	case "rem":
		return n * 16, true
	case "%":
		return n * em / 100, true
	case "cm":
		return n * 96 / 2.54, true
	case "mm":
		return n * 96 / 25.4, true
	case "in":
		return n * 96, true
	}
	return n, n == 0
}
