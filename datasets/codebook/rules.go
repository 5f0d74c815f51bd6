package codebook

import "slices"

// Class says what it means that a rule fails.
type Class struct {
	ID               string // as in checks.class
	ZH, EN           string // what the rules of the class compare
	FailsZH, FailsEN string // what is said of a number on which one fails
	Mark             string // behind a number on which one fails, where there is no room for words
	// Against: the failure speaks against the number itself. Only then does it lower the grade of a report and keep the
	// number out of rankings and medians.
	Against bool
}

// Rule is one rule of the table checks. Packages normalize and normalize/rule try them.
type Rule struct {
	ID     string // as in checks.rule
	Class  Class
	ZH, EN string // what the rule states
	// FailsZH and FailsEN are what is said of a report or a number on which it fails: the rule's own words, else those
	// of its class.
	FailsZH, FailsEN string
}

// Fails words the failing of the rule in zh or en.
func (r Rule) Fails(language string) string {
	if language == "zh" {
		return r.FailsZH
	}
	return r.FailsEN
}

var (
	classes = loadClasses()
	rules   = loadRules()
)

// Classes lists the classes of rules, those that speak against a number first. Do not change the slice.
func Classes() []Class { return classes }

// Rules lists every rule. Do not change the slice.
func Rules() []Rule { return rules }

// LookupRule finds a rule by its ID. A rule that is not known, as of a release of later software, has no class and its
// ID for words.
func LookupRule(id string) Rule {
	if i := slices.IndexFunc(rules, func(r Rule) bool { return r.ID == id }); i >= 0 {
		return rules[i]
	}
	return Rule{ID: id, ZH: id, EN: id, FailsZH: id, FailsEN: id}
}

// SpeaksAgainst reports whether one of the rules, failing on a number, speaks against it.
func SpeaksAgainst(rules []string) bool {
	return slices.ContainsFunc(rules, func(id string) bool { return LookupRule(id).Class.Against })
}

func loadClasses() []Class {
	var all []Class
	for _, r := range embedded("classes.csv", 7) {
		all = append(all, Class{ID: r[0], ZH: r[1], EN: r[2], FailsZH: r[3], FailsEN: r[4], Mark: r[5], Against: r[6] == "1"})
	}
	return all
}

func loadRules() []Rule {
	var all []Rule
	for _, r := range embedded("rules.csv", 6) {
		i := slices.IndexFunc(classes, func(c Class) bool { return c.ID == r[1] })
		if i < 0 {
			panic("codebook: rules.csv: " + r[0] + " is of the class " + r[1] + ", which is none")
		}
		rule := Rule{ID: r[0], Class: classes[i], ZH: r[2], EN: r[3], FailsZH: r[4], FailsEN: r[5]}
		if rule.FailsEN == "" {
			rule.FailsZH, rule.FailsEN = rule.Class.FailsZH, rule.Class.FailsEN
		}
		all = append(all, rule)
	}
	return all
}
