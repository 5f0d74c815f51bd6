package scan

// Bounds on what the models say, measured on pages worn down in many ways (extract/read, TestDegraded, which says which
// pages they were chosen on): on the others, which they were not chosen on, no number was wrong.
const (
	// certain: such a number may stand where no sum confirms it. Below it some were wrong.
	certain = 0.95
	// likely: a number below it is not read. Between the two a sum must confirm it.
	likely = 0.70
	// leastSure: neither model may believe less in what both say. The older model is often unsure of digits that it
	// reads right.
	leastSure = 0.40
	// leastSureAlone is that of one digit: nothing beside it tells a 1 from a 7 or a dash, and sums with few numbers do
	// not either.
	leastSureAlone = 0.90
	// otherSure: nothing stands where a model believes so much in something else, in either picture.
	otherSure = 0.5
	// unsureShare is taken off where the models agree in one of two pictures only.
	unsureShare = 0.9
	// clearWords: words read less surely are read again in other pictures.
	clearWords = 0.9
	// clearNarrow is that of lines of words that were squeezed.
	clearNarrow = 0.96
	// wide: a line so many times as long as it is high is looked at as words first; a number of seven digits is four
	// times as long.
	wide = 4
	// narrow is the share of their width that lines of words are squeezed to: the models were trained on lines squeezed
	// so, read them better, and take as much less time. Numbers keep theirs: of two equal digits one could be lost.
	narrow = 0.6
	// speckShare is taken off for a speck that a model takes for a point.
	speckShare = 0.9
	// speck is what is wiped off a black and white strip: a point has 9 pixels and more where characters have 30 by 30.
	speck = 6
)

// Shares of the numbers of a page that the models read differently or not at all: they tell how far it can be read
// where they agree.
const (
	poor = 0.15 // beyond it numbers need a sum that confirms them
	bad  = 0.33 // beyond it nothing is read
	few  = 6    // numbers tell nothing of the page
	// hopeless: beyond this share of so many numbers, the rest is not tried: nothing would be read.
	hopeless = 0.6
	many     = 30
)
