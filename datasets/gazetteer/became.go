package gazetteer

import "strings"

// Ways in which a division became another (dataset contract: issuers.succession).
const (
	Renamed = "renamed" // the body goes on under another name or code
	Merged  = "merged"  // another took it in
	Split   = "split"   // several took parts of it
)

// Became says what a former division, or one of a former name, became.
type Became struct {
	Code  string // 12 digits, as it was
	Name  string // as it was
	Until string // YYYY-MM-DD, where it or its name ended at the latest
	How   string // Renamed, Merged, Split, or empty where only its end is known
	// To is the division that it became, 12 digits. Where it was split it is empty, for no one of the parts is it.
	To     string
	Source string
}

// Succession lists what became of divisions that went on under another code, or ended. A change of name alone, under
// the same code, is among the names of the division (Names, Division.Aliases).
func Succession() []Became { return load().became }

// noteBecame keeps the changes that end a code.
func (b *book) noteBecame(c change) {
	was := Became{Code: c.oldCode, Name: c.oldName, Until: c.until, To: c.code, Source: c.evidence}
	switch {
	case strings.Contains(c.oldCode, "-") || c.oldCode == c.code:
		return // no code of its own, or it has it still
	case c.kind == "split":
		was.How, was.To = Split, ""
	case c.kind == "former":
		if d := b.byCode[c.oldCode]; d == nil || d.ValidTo == "" {
			return // its code was given to another
		}
		if c.code != "" {
			was.How = Merged
		}
	case b.oldCode[c.oldCode] == nil || b.oldCode[c.oldCode].Code != c.code:
		return // the code lives on
	default:
		was.How = Renamed
	}
	b.became = append(b.became, was)
}
