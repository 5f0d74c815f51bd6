package extract

// Doubts of numbers that readers of several formats raise, and those that differ in what may settle them (see
// Cell.Doubt).
const (
	StruckThrough   = "a line runs through the number, so it may no longer hold"
	InGroundColour  = "the number may be written in the colour of the ground"
	CountedByViewer = "the number is that of a list, counted by the program that shows it"
	ReadersDiffer   = "the two readers differ"
	// DigitsDiffer is that of a cell which two readers read with different digits: a sum says where a number lies,
	// never which digits it has.
	DigitsDiffer = "the two readers have other digits here"
)
