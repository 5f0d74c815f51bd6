package geometry

// Settings are the numbers of the ladder. Points are 1/72 inch; an em is the type size of the text at hand.
type Settings struct {
	// Rules and edges.
	Thinnest  float64    // points: a filled rectangle up to this thick is a rule
	Thickest  float64    // points: so is a stroke, or a rectangle too dark for text, up to this thick
	Long      float64    // a rule thicker than Thinnest is so many times as long as thick: no box of a mark is
	Slip      float64    // points by which a stroke may leave its line, as producers round
	Slope     float64    // so may a long stroke by this share of its length
	Solid     int        // rules that are no hairlines; from so many on they bound the cells, and hairlines none
	Collinear float64    // points: rules this near are pieces of one edge
	Reach     float64    // points: edges this near touch
	Snap      float64    // points: edges this near share a line of the lattice (double borders, CSS border spacing)
	Shortest  float64    // points: shorter edges bound nothing; no row or column of print is narrower
	Dots      int        // dots that make a dotted edge, which is three times as long as the shortest
	Jog       float64    // points between two vertical rules that are one line of a table all the same
	Corner    float64    // points by which the corners of a frame over a table may be open
	Struck    [2]float64 // a rule through a character lies in this part of its height; an underline lies below it

	// Cells that touch no other cell.
	Spacing    float64 // points between two neighbour cells, at most
	Uneven     float64 // points by which the space between two cells may differ from the table's
	FewBoxes   int     // fewer boxes are no table
	ManyBoxes  int     // a page with more is a picture
	TwoNumbers float64 // ems between two numbers in one box, which is the background of a row then and no cell

	// Colours, of 255.
	Clear uint8 // opacity below which nothing is seen
	Paper uint8 // white where each of the three is above it; opacity from which on nothing shines through
	Dark  int   // mean of the three below which black text cannot be read
	Shade int   // mean of the three below which white text can be read
	Vivid int   // between the strongest and the weakest of the three: no shade of grey; colours nearer are one

	// Seals: round, 38 to 58 mm wide in life and a little less or more on a page.
	SmallestSeal float64 // points
	LargestSeal  float64 // points
	Oval         float64 // how many times as long as wide a seal may be

	// What covers, or is drawn in, a cell.
	RoundCorner  float64    // share of a box with curves that its corners may leave open
	LargePicture float64    // share of the page: the picture of a scanned page
	Covered      float64    // share of a character's height under a box that hides it
	LeastMark    float64    // points: a smaller drawing is no number
	PicturePart  [3]float64 // shares of a page's width, height and area that a picture of text takes, and seals do not

	// Type: shares of the type size.
	Digit        float64    // height of a digit: fonts' own ascents mislead, so digits are measured
	Ideograph    float64    // width or height of an ideograph
	Advance      float64    // step from digit to digit where a line has one only
	Baseline     float64    // how far the next character of a line may stand off the one before
	Drift        float64    // how far all of one line may
	Twin         float64    // how near a character stands to itself where it is printed twice for bold type
	Space        float64    // least gap that a space which the engine saw makes between Latin words
	HanSpace     float64    // gap between ideographs that is wider than justification makes
	InNumber     [2]float64 // gap between two characters of one number
	Level        float64    // how far the baselines of two characters of one number may be apart
	Below        [2]float64 // from a character to the next of a text set downwards
	Aside        float64    // how far such a text may stray aside
	Tight        float64    // times the step within a number: two numbers where a border lies in the gap too
	WidestDigit  float64    // step from digit to digit that no font exceeds
	MarkGap      [2]float64 // gap between a character and the raised mark of a note behind it
	Raised       [2]float64 // how high over its line that mark stands; it is no larger than the second
	Overprint    [2]float64 // how far apart two lines are that run over each other
	OneType      float64    // times the size of one that the other has at most then
	Overlap      float64    // share of the narrower character that another covers then
	SpreadStep   float64    // least step between digits that are set apart over the width of a cell
	SpreadEven   float64    // how far those steps may differ
	SpreadMargin float64    // how far the two margins of such a number may differ
	SpreadCells  int        // cells of three digits and more that tell that a page sets its digits apart

	// Pieces of lines without rules: shares of the type size.
	Column       float64 // least gap between two columns of text
	NumberColumn float64 // least gap between two numbers where a space was set
	LabelNumber  float64 // least gap between a label and its number where a space was set
	DigitStep    float64 // times the step of a line's digits: digits are set solid, so a wider one parts two numbers
	DigitRoom    float64 // widest step from digit to digit
	SolidGap     float64 // mean gap up to which a line is set solid, so that a gap in it is a border
	NarrowGap    float64 // such a gap

	// Paragraphs: shares of the type size.
	SameSize     float64 // share by which the type of two lines of one paragraph may differ
	TitleSize    float64 // times the size of the running text: a title
	TitleGap     float64 // baselines of one title are no farther apart
	Leading      float64 // distance of baselines where none can be measured
	ParagraphGap float64 // times the usual distance of baselines: another paragraph
	Indent       float64 // a line that begins farther in begins a paragraph
	FullLine     float64 // room that a full line leaves at its end
	Centred      float64 // share of the page's width by which the middle of a title may be off

	// Pages.
	Margin       float64    // share of the height, at each end, where running headers and page numbers stand
	SameHeight   float64    // points within which a running header stands at one height on every page
	LoneNumber   float64    // ems that a page number keeps from all other text
	Turned       float64    // cosine: text that runs along or down the page as exactly
	TurnedSteps  int        // steps from character to character that say how a page is turned, at least
	Step         [2]float64 // ems from a character to its neighbour in one piece of text
	SlantedBy    float64    // sine of twice the angle from which on text is slanted: some 9 degrees
	SheetFormat  float64    // times as wide as high: two pages may be printed side by side
	Gutter       float64    // points, at least, between two pages printed side by side
	GutterMiddle float64    // share of the width within which its middle lies about the middle of the page
	HalfPage     int        // characters of each page: fewer are a note at the edge
	FoldLine     float64    // share of the height from which on a rule in the gutter is a fold line

	// Tables over pages.
	CellMargin float64 // points at each side of a cell, at most: 5.4 are Word's default
	Foot       float64 // share of the height below which a table that goes on ends
	Head       float64 // and above which it begins on the next page
	SameWidth  float64 // points by which the widths of the two parts may differ
	Shift      float64 // points by which one may stand beside the other, as on left and right pages
	Askance    float64 // share by which one page may be wider than the next where each was photographed on its own
	HeaderCut  int     // labels in both parts that make them one row of a header

	// Bounds against pages made to be slow.
	MostGlyphs int // of a cell that are compared each with each; one with more holds no number
}

// DefaultSettings are those that the corpus confirms.
func DefaultSettings() Settings {
	return Settings{
		Thinnest: 3, Thickest: 6.5, Long: 3, Slip: 0.75, Slope: 0.01, Solid: 4, Collinear: 1.5, Reach: 4, Snap: 4,
		Shortest: 5, Dots: 4, Jog: 12, Corner: 2, Struck: [2]float64{0.22, 0.72},
		Spacing: 14, Uneven: 1.5, FewBoxes: 6, ManyBoxes: 4000, TwoNumbers: 1.5,
		Clear: 8, Paper: 250, Dark: 110, Shade: 200, Vivid: 60,
		SmallestSeal: 40, LargestSeal: 250, Oval: 1.8,
		RoundCorner: 0.15, LargePicture: 0.4, Covered: 0.7, LeastMark: 2, PicturePart: [3]float64{0.4, 0.05, 0.04},
		Digit: 0.68, Ideograph: 0.9, Advance: 0.56, Baseline: 0.3, Drift: 0.6, Twin: 0.12, Space: 0.38, HanSpace: 2,
		InNumber: [2]float64{-0.3, 0.35}, Level: 0.2, Below: [2]float64{0.4, 2.5}, Aside: 0.6, Tight: 1.12,
		WidestDigit: 0.62, MarkGap: [2]float64{-0.3, 0.6}, Raised: [2]float64{0.15, 0.8}, Overprint: [2]float64{0.15, 0.7},
		OneType: 1.2, Overlap: 0.4, SpreadStep: 0.7, SpreadEven: 0.2, SpreadMargin: 0.6, SpreadCells: 3,
		Column: 0.9, NumberColumn: 0.3, LabelNumber: 0.15, DigitStep: 1.2, DigitRoom: 0.75, SolidGap: 0.06, NarrowGap: 0.2,
		SameSize: 0.2, TitleSize: 1.2, TitleGap: 2.4, Leading: 1.7, ParagraphGap: 1.5, Indent: 1.2, FullLine: 0.8,
		Centred: 0.04,
		Margin:  0.12, SameHeight: 8, LoneNumber: 2.2, Turned: 0.98, TurnedSteps: 20, Step: [2]float64{0.15, 2.5},
		SlantedBy: 0.3, SheetFormat: 1.2, Gutter: 12, GutterMiddle: 0.08, HalfPage: 20, FoldLine: 0.8,
		CellMargin: 6.5, Foot: 0.45, Head: 0.6, SameWidth: 6, Shift: 40, Askance: 0.05, HeaderCut: 4,
		MostGlyphs: 400,
	}
}

// settings are read by every step and changed by none.
var settings = DefaultSettings()
