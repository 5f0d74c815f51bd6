package fit

// Settings are the numbers of the fit. Scores of labels are shares of their characters, costs and evidence have no unit
// and are compared with each other only.
type Settings struct {
	Near      float64 // least likeness of a label that is thought of at all
	Likely    float64 // least likeness of a label that is taken for a damaged text
	Margin    float64 // by how much the second likeliest label must stay behind
	Numbering float64 // what a numbering that agrees with the form's adds: it survives when characters are lost

	Missing     float64 // cost of each row of the form that is passed over between two that are read
	MostMissing float64 // rows that count: whole parts of a form are left out at once
	OutOfOrder  float64 // cost of a row before one that the form has above it

	Sure      float64 // evidence of a word that can be a label of one table and axis only
	Maybe     float64 // evidence of a word that other tables have too, such as 总计
	Number    float64 // evidence of a value in a line of the body, for at most MaxNumbers
	Strange   float64 // cost of a word that the table does not have
	Against   float64 // cost of a value in a header, or of a column label in the body
	Switch    float64 // cost of another table in the next line
	Headless  float64 // cost of a body that begins without a header
	NextSheet float64 // cost of a table that goes on in another grid that nothing says belongs to it
	BlankRow  float64 // evidence of an empty row below a header whose table has one row without a name

	MaxRows    int // rows of one table of the form that are read, of which the largest has 60: against pages made to be slow
	MaxWords   int // words of one header, of which the largest has 21
	MaxNumbers int // values of a line that count as evidence: more say nothing new
}

// DefaultSettings are those that the corpus confirms.
func DefaultSettings() Settings {
	return Settings{Near: 0.55, Likely: 0.7, Margin: 0.12, Numbering: 0.15, Missing: 0.05, MostMissing: 5, OutOfOrder: 0.5,
		Sure: 2, Maybe: 0.8, Number: 0.4, Strange: 0.4, Against: 3, Switch: 0.5, Headless: 2.5, NextSheet: 1.5, BlankRow: 0.1,
		MaxRows: 2000, MaxWords: 300, MaxNumbers: 3}
}
