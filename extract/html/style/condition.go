package style

// A condition is asked of the other properties of an element: that it has one of some traits, or none of them.
type condition struct {
	traits []trait
	none   bool
}

// trait is a property that has a value of a kind.
type trait struct {
	property string
	value    value
}

func given(traits ...trait) *condition  { return &condition{traits: traits} }
func unless(traits ...trait) *condition { return &condition{traits: traits, none: true} }

func (g *condition) holds(c cascade, em float64) bool {
	if g == nil {
		return true
	}
	for _, t := range g.traits {
		if v := c.of(t.property); v != "" && t.value(v, c, em) {
			return !g.none
		}
	}
	return g.none
}

var (
	placed     = given(trait{"position", oneOf("absolute", "fixed")})
	relative   = given(trait{"position", oneOf("relative", "sticky")})
	positioned = given(append(placed.traits, relative.traits...)...)

	clipped = given(trait{"overflow", cut}, trait{"overflow-x", cut}, trait{"overflow-y", cut})
	cut     = matches(`^(?:hidden|clip)`)

	// lifted is a box of no size that its place takes out of the text, or whose overflow is cut.
	lifted = given(append(clipped.traits, trait{"position", oneOf("absolute")})...)

	// unpainted are letters that nothing shows where they have no colour: no shadow, and no ground of their element
	// through their holes.
	unpainted = unless(trait{"text-shadow", set}, trait{"background-clip", oneOf("text")}, trait{"-webkit-background-clip", oneOf("text")})
)

// without asks that a property has no value.
func without(property string) *condition { return unless(trait{property, set}) }

// set takes any value.
func set(string, cascade, float64) bool { return true }
