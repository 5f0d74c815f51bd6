package extract

// Doubts of numbers that readers of several formats raise (see Cell.Doubt).
const (
	StruckThrough   = "a line runs through the number, so it may no longer hold"
	InGroundColour  = "the number may be written in the colour of the ground"
	CountedByViewer = "the number is that of a list, counted by the program that shows it"
)
