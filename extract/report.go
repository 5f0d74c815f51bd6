package extract

// Report is one annual report as published. It knows nothing of other reports, of issuers' codes, or of years: package
// normalize does.
type Report struct {
	Title     string            // as the document writes it: first heading that names a report, else the title tag
	Reader    string            // Document.Reader
	MediaType string            // Document.MediaType
	Charset   string            // Document.Charset
	Meta      map[string]string // Document.Meta
	Text      string            // the report's own text, paragraphs joined by "\n", tables left out; offsets of mentions count its characters (runes)
	Opening   string            // locator of the text's first paragraph
	Sections  []Section
	Templates []string // template evidenced by the column headers of each form table, in order of tables: "2014", "2019", "2021", "" where the headers do not tell
	Facts     []Fact
	Mentions  []Mention
	Problems  []Problem
	// Companions is Document.Companions: what the reading rests on beside the document's own bytes.
	Companions []Companion
	// Expected is the number of cells of the forms that the document uses (dataset contract: cells_expected).
	Expected int
}

// Section is one of the six legal sections found in the document.
type Section struct {
	Number int    `json:"number"` // 1 to 6, by meaning and not by the printed numeral
	Title  string `json:"title"`  // as published
	Start  int    `json:"start"`  // character offset in Report.Text of its heading
	End    int    `json:"end"`    // character offset after its last character
	// Locator is the place of its heading in the source, see Place.Locator.
	Locator string `json:"locator"`
}

// States of a Fact.
const (
	Reported      = "reported"       // a number was read
	Blank         = "blank"          // an empty cell; blank is not zero
	NotApplicable = "not_applicable" // a dash, a slash or 无
	Unreadable    = "unreadable"     // something is there that is no number, or that allows two readings
	InImage       = "image"          // the table is a picture
)

// What a Fact was read by.
const (
	ReadByText = "text" // the characters that the document holds
	ReadByOCR  = "ocr"  // recognition on a picture
)

// Fact is one published cell of the forms.
type Fact struct {
	Indicator    string   `json:"indicator"`
	Applicant    *string  `json:"applicant"` // null where the table has no applicant columns
	Value        *float64 `json:"value"`     // null unless State is reported
	State        string   `json:"state"`
	Raw          string   `json:"raw"`  // the cell's text as published
	Unit         string   `json:"unit"` // count, CNY, CNY_10k, unstated
	TableNo      int      `json:"table_no"`
	Page         *int     `json:"page"`
	RowNo        int      `json:"row_no"`
	ColumnNo     int      `json:"column_no"`
	Locator      string   `json:"locator"`
	FailedChecks []string `json:"failed_checks"` // rules that fail on this cell; filled by package normalize
	LabelPath    []string `json:"label_path,omitempty"`
	ReadBy       string   `json:"read_by"` // text, ocr; see ReadByText
	// Unconfirmed: the number in Raw was recognised in a picture, and State is unreadable for want of something that
	// confirms it.
	Unconfirmed bool `json:"-"`
}

// Mention is one count stated in the narrative text.
type Mention struct {
	Seq         int      `json:"seq"`     // 0-based order in the report
	Section     *int     `json:"section"` // 1 to 6, null outside the sections
	Label       string   `json:"label"`   // as written, without the number where it stands inside
	Category    *string  `json:"category"`
	Count       float64  `json:"count"`
	Unit        string   `json:"unit"` // 条, 件, ... empty where the text gives none
	Approximate bool     `json:"approximate"`
	Cumulative  bool     `json:"cumulative"`
	SharePct    *float64 `json:"share_pct"`
	PartOf      *int     `json:"part_of"` // Seq of the total that this is a part of
	Sentence    string   `json:"sentence"`
	StartOffset int      `json:"start_offset"` // characters (runes) of Report.Text
	EndOffset   int      `json:"end_offset"`
	// Partial: the list this part stands in ends in 等 or opens with 主要包括, so its sum may stay below the total.
	Partial bool `json:"-"`
	// Channel: the part is a publication channel; channels overlap, so they never sum.
	Channel bool `json:"-"`
	// Indicator is the table indicator that the text restates (requests.received, review.total, ...), empty where none.
	Indicator string `json:"-"`
}
