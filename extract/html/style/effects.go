package style

// An effect is what a declaration does to the text of its element, or to what stands beside it.
type effect int

const (
	gone     effect = iota // it takes no place
	unseen                 // it keeps its place, or stands out of the window, and shows nothing
	doubtful               // it may not be seen, or not as it is written
	faint                  // its colour may be that of the ground
	struck                 // a line runs through it
	raised                 // it stands above or below the line, or is drawn smaller by the font
	apart                  // it is drawn apart from its neighbours, or over them
	altered                // its characters are shown in another order, or others are shown
	boxless                // nothing shows if it is a box; an inline element, which its author meant to be gone, shows all the same
	pictured               // a picture shows that may be one of digits
	effects                // their number
)

// rule-of-thumb bounds on lengths, in CSS pixels.
const (
	outOfWindow = 500 // left of or above the window
	farRight    = 5000
)

// knowledge says which values of which properties have which effect (CSS 2.2; Backgrounds 3, Color 4, Fonts 4, Masking
// 1, Text 4, Transforms 2). Of several rows for one property each holds. A row may hold only where another property has
// a value: that is its condition.
var knowledge = []row{
	{"mso-hide", oneOf("all"), gone, nil},

	{"visibility", oneOf("hidden", "collapse"), unseen, nil},
	{"opacity", shareUnder(0.05), unseen, nil},
	{"font-size", nothing, unseen, nil},
	{"font", matches(`(?:^|\s)0+(?:\.0*)?(?:px|pt|em|rem|%)?(?:\s*/|\s)`), unseen, without("font-size")},
	{"zoom", nothing, unseen, nil},
	{"content-visibility", oneOf("hidden"), boxless, nil},
	{"color", clear, unseen, unpainted},
	{"filter", matches(`opacity\(\s*0*(?:\.0*)?%?\s*\)`), unseen, nil},
	{"scale", matches(`(?:^|\s)0(?:\.0*)?%?(?:\s|$)`), boxless, nil},
	{"transform", matches(`scale(?:x|y|3d)?\((?:[^()]*,)?\s*0*(?:\.0*)?\s*[,)]|matrix\(\s*0\s*,\s*0\s*,|rotate[xy]\(\s*-?90deg`), boxless, nil},
	{"transform", matches(`translate(?:x|y|3d)?\([^()]*-\s*(?:[5-9]\d\d|\d{4,})px`), boxless, nil},
	{"translate", matches(`-\s*(?:[5-9]\d\d|\d{4,})px`), boxless, nil},
	{"clip-path", matches(`^(?:circle|ellipse)\(\s*0(?:\.0*)?(?:px|em|%)?[\s)]|^inset\(\s*(?:(?:[5-9]\d|100)(?:\.\d*)?%(?:\s+[^\s)]+)?|[^\s)]+\s+(?:[5-9]\d|100)(?:\.\d*)?%|[^()]*\b100%[^()]*)\s*\)|^polygon\([\s0,px%]*\)`), unseen, nil},
	{"clip", emptyRectangle, unseen, placed},
	{"left", far, unseen, positioned},
	{"top", far, unseen, positioned},
	{"inset", far, unseen, placed},
	{"right", atLeast(farRight), unseen, placed},
	{"bottom", atLeast(farRight), unseen, placed},
	{"text-indent", far, boxless, nil},
	{"margin", far, unseen, nil},
	{"margin-left", far, unseen, nil},
	{"margin-top", far, unseen, nil},
	{"width", atMost(1), boxless, clipped},
	{"height", atMost(1), boxless, clipped},
	{"max-width", atMost(1), boxless, clipped},
	{"max-height", atMost(1), boxless, clipped},
	{"width", nothing, boxless, lifted},
	{"height", nothing, boxless, lifted},
	{"max-width", nothing, boxless, lifted},
	{"max-height", nothing, boxless, lifted},
	{"line-height", nothing, boxless, clipped},

	{"clip-path", but("none"), doubtful, nil},
	{"clip", but("auto"), doubtful, placed},
	{"mask", but("none"), doubtful, nil},
	{"mask-image", but("none"), doubtful, nil},
	{"-webkit-mask", but("none"), doubtful, nil},
	{"-webkit-mask-image", but("none"), doubtful, nil},
	{"mask-border", but("none"), doubtful, nil},
	{"-webkit-mask-box-image", but("none"), doubtful, nil},
	{"opacity", shareUnder(0.2), doubtful, nil},
	{"filter", matches(`blur\(\s*(?:[2-9]|\d\d)|brightness\(|contrast\(|url\(|opacity\(\s*0?\.[01]`), doubtful, nil},
	{"z-index", matches(`^-`), doubtful, positioned},
	{"letter-spacing", matches(`^-(?:0?\.[3-9]|[1-9]\d*(?:\.\d+)?)em|^-(?:[4-9]|\d\d)(?:\.\d+)?px`), doubtful, nil},

	{"color", white, faint, nil},
	{"color", clear, faint, nil},
	{"color", asGround, faint, nil},
	{"-webkit-text-fill-color", white, faint, nil},
	{"-webkit-text-fill-color", clear, faint, nil},

	{"text-decoration", matches(`line-through`), struck, nil},
	{"text-decoration-line", matches(`line-through`), struck, nil},

	{"vertical-align", oneOf("super", "sub", "text-top", "text-bottom"), raised, nil},
	{"vertical-align", shifted, raised, nil},
	{"baseline-shift", but("baseline"), raised, nil},
	{"mso-text-raise", outside(2), raised, nil},
	{"top", shifted, raised, relative},
	{"bottom", shifted, raised, relative},
	{"font-variant", matches(`(?:^|\s)(?:super|sub)(?:\s|$)`), raised, nil},
	{"font-variant-position", oneOf("super", "sub"), raised, nil},
	{"font-feature-settings", matches(`(?:sups|subs|sinf|ordn|numr|dnom|frac)["'](?:\s+(?:1|on))?\s*(?:,|$)`), raised, nil},

	{"display", matches(`^(?:block|flex|table|inline-|grid$)`), apart, nil},
	{"float", oneOf("left", "right", "inline-start", "inline-end"), apart, nil},
	{"position", oneOf("absolute", "fixed"), apart, nil},
	{"margin", someLength, apart, nil},
	{"margin-left", someLength, apart, nil},
	{"margin-right", someLength, apart, nil},
	{"margin-inline", someLength, apart, nil},
	{"padding", someLength, apart, nil},
	{"padding-left", someLength, apart, nil},
	{"padding-right", someLength, apart, nil},
	{"padding-inline", someLength, apart, nil},
	{"border-left", someLength, apart, nil},
	{"border-right", someLength, apart, nil},

	{"unicode-bidi", matches(`override`), altered, nil},
	{"transform", matches(`scale(?:x|3d)?\(\s*-|rotate(?:3d|[xyz])?\([^)]*[1-9]|matrix\(\s*-`), altered, nil},
	{"rotate", someLength, altered, nil},
	{"scale", matches(`^-`), altered, nil},
	{"flex-direction", matches(`-reverse$`), altered, nil},
	{"order", someLength, altered, nil},
	{"-webkit-text-security", but("none"), altered, nil},
	{"content", matches(`\(`), altered, nil}, // of an element itself: a picture in its place

	{"background", picture, pictured, nil},
	{"background-image", picture, pictured, nil},
	{"mask", picture, pictured, nil}, // drawn in the colour of the ground through the mask
	{"mask-image", picture, pictured, nil},
	{"-webkit-mask", picture, pictured, nil},
	{"-webkit-mask-image", picture, pictured, nil},
	{"border-image", picture, pictured, nil},
}

// row is a line of the table.
type row struct {
	property string
	value    value
	effect   effect
	given    *condition // nil: always
}

// rowsOf are the rows of the table by their property.
var rowsOf = func() map[string][]row {
	out := map[string][]row{}
	for _, r := range knowledge {
		out[r.property] = append(out[r.property], r)
	}
	return out
}()

// used are the properties that matter here: those of the table and its conditions, and those that only the reading of
// grounds and lists asks for.
var used = func() map[string]bool {
	out := map[string]bool{"background-color": true, "list-style": true, "list-style-type": true}
	for _, r := range knowledge {
		out[r.property] = true
		if r.given != nil {
			for _, t := range r.given.traits {
				out[t.property] = true
			}
		}
	}
	return out
}()

// effectsOf applies the table to the declarations that won.
func (c cascade) effectsOf(em float64) (on [effects]bool) {
	for property, w := range c {
		if w.value == "" || w.value == "inherit" || w.value == "initial" || w.value == "unset" {
			continue
		}
		for _, r := range rowsOf[property] {
			if !on[r.effect] && r.value(w.value, c, em) && r.given.holds(c, em) {
				on[r.effect] = true
			}
		}
	}
	return on
}
