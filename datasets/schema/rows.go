package schema

import "time"

// Report is one annual report (reports.parquet).
type Report struct {
	ReportID      string    `col:"report_id"`
	IssuerID      string    `col:"issuer_id"`
	IssuerName    string    `col:"issuer_name"`
	IssuerState   string    `col:"issuer_state"`
	IssuerKind    string    `col:"issuer_kind"`
	DivisionCode  *string   `col:"division_code"`
	Province      *string   `col:"province"`
	Prefecture    *string   `col:"prefecture"`
	County        *string   `col:"county"`
	Township      *string   `col:"township"`
	Year          *int32    `col:"year"`
	Title         string    `col:"title"`
	PublishedOn   *Date     `col:"published_on"`
	URL           string    `col:"url"`
	FinalURL      *string   `col:"final_url"`
	FetchedAt     time.Time `col:"fetched_at"`
	SHA256        string    `col:"sha256"`
	WarcFile      string    `col:"warc_file"`
	WarcOffset    int64     `col:"warc_offset"`
	MediaType     *string   `col:"media_type"`
	Charset       *string   `col:"charset"`
	Template      *string   `col:"template"`
	Reader        *string   `col:"reader"`
	Sections      []int32   `col:"sections"`
	CellsExpected int32     `col:"cells_expected"`
	CellsReported int32     `col:"cells_reported"`
	ChecksFailed  int32     `col:"checks_failed"`
	Complete      bool      `col:"complete"`
	Quality       string    `col:"quality"`
	Notes         int32     `col:"notes"`
	Supersedes    *string   `col:"supersedes"`
}

// Fact is one published cell of the forms (facts/year=YYYY/*.parquet).
type Fact struct {
	ReportID     string   `col:"report_id"`
	IssuerID     string   `col:"issuer_id"`
	Year         *int32   `col:"year"`
	Indicator    string   `col:"indicator"`
	Applicant    *string  `col:"applicant"`
	Value        *float64 `col:"value"`
	State        string   `col:"state"`
	Raw          string   `col:"raw"`
	Unit         string   `col:"unit"`
	TableNo      int32    `col:"table_no"`
	Page         *int32   `col:"page"`
	RowNo        int32    `col:"row_no"`
	ColumnNo     int32    `col:"column_no"`
	ReadBy       string   `col:"read_by"`
	Locator      string   `col:"locator"`
	FailedChecks []string `col:"failed_checks"`
}

// Mention is one count stated in the narrative text (mentions/year=YYYY/*.parquet).
type Mention struct {
	ReportID    string   `col:"report_id"`
	IssuerID    string   `col:"issuer_id"`
	Year        *int32   `col:"year"`
	Seq         int32    `col:"seq"`
	Section     *int32   `col:"section"`
	Label       string   `col:"label"`
	Category    *string  `col:"category"`
	Count       float64  `col:"count"`
	Unit        string   `col:"unit"`
	Approximate bool     `col:"approximate"`
	Cumulative  bool     `col:"cumulative"`
	SharePct    *float64 `col:"share_pct"`
	PartOf      *int32   `col:"part_of"`
	Sentence    string   `col:"sentence"`
	StartOffset int32    `col:"start_offset"`
	EndOffset   int32    `col:"end_offset"`
}

// Text is one section of a report's text (texts/year=YYYY/*.parquet).
type Text struct {
	ReportID   string   `col:"report_id"`
	IssuerID   string   `col:"issuer_id"`
	Year       *int32   `col:"year"`
	Section    *int32   `col:"section"`
	Seq        int32    `col:"seq"`
	Heading    string   `col:"heading"`
	Text       string   `col:"text"`
	Characters int32    `col:"characters"`
	Words      []string `col:"words"`
	Locator    string   `col:"locator"`
}

// Reuse is the text that a section of a report shares with another report (reuse/year=YYYY/*.parquet).
type Reuse struct {
	ReportID          string  `col:"report_id"`
	IssuerID          string  `col:"issuer_id"`
	Year              *int32  `col:"year"`
	Section           *int32  `col:"section"`
	OtherReportID     string  `col:"other_report_id"`
	Relation          string  `col:"relation"`
	OtherIsEarlier    *bool   `col:"other_is_earlier"`
	SharedCharacters  int32   `col:"shared_characters"`
	Share             float64 `col:"share"`
	LongestCharacters int32   `col:"longest_characters"`
	Passage           string  `col:"passage"`
	StartOffset       int32   `col:"start_offset"`
	OtherStartOffset  int32   `col:"other_start_offset"`
}

// Check is one rule tried on a report (checks/year=YYYY/*.parquet).
type Check struct {
	ReportID   string   `col:"report_id"`
	IssuerID   string   `col:"issuer_id"`
	Year       *int32   `col:"year"`
	Rule       string   `col:"rule"`
	Class      string   `col:"class"`
	Expression string   `col:"expression"`
	LHS        *float64 `col:"lhs"`
	RHS        *float64 `col:"rhs"`
	Delta      *float64 `col:"delta"`
	Outcome    string   `col:"outcome"`
	Note       string   `col:"note"`
	Cells      []string `col:"cells"`
}

// Problem is one thing that could not be read, or was read with doubt (problems/year=YYYY/*.parquet).
type Problem struct {
	ReportID  string   `col:"report_id"`
	Year      *int32   `col:"year"`
	Kind      string   `col:"kind"`
	Code      *string  `col:"code"`
	Args      []string `col:"args"`
	Indicator *string  `col:"indicator"`
	Applicant *string  `col:"applicant"`
	Detail    string   `col:"detail"`
	TableNo   *int32   `col:"table_no"`
	Page      *int32   `col:"page"`
	RowNo     *int32   `col:"row_no"`
	ColumnNo  *int32   `col:"column_no"`
	Locator   *string  `col:"locator"`
	Raw       *string  `col:"raw"`
}

// Capture is one fetch or import tried, also the failed ones (captures.parquet).
type Capture struct {
	URL        string    `col:"url"`
	FinalURL   *string   `col:"final_url"`
	Seed       *string   `col:"seed"`
	FoundOn    *string   `col:"found_on"`
	Depth      int32     `col:"depth"`
	FetchedAt  time.Time `col:"fetched_at"`
	Status     *int32    `col:"status"`
	MediaType  *string   `col:"media_type"`
	Charset    *string   `col:"charset"`
	Bytes      *int64    `col:"bytes"`
	SHA256     *string   `col:"sha256"`
	WarcFile   string    `col:"warc_file"`
	WarcOffset int64     `col:"warc_offset"`
	Outcome    string    `col:"outcome"`
}

// Series is one value of one issuer that may be compared over years and templates (series.parquet).
type Series struct {
	IssuerID       string   `col:"issuer_id"`
	Series         string   `col:"series"`
	Year           int32    `col:"year"`
	Value          *float64 `col:"value"`
	Comparability  string   `col:"comparability"`
	Indicator      string   `col:"indicator"`
	Unit           string   `col:"unit"`
	ReportID       string   `col:"report_id"`
	Quality        string   `col:"quality"`
	Flagged        bool     `col:"flagged"`
	CorrectedValue *float64 `col:"corrected_value"`
}

// Correction is what a person found a published value to be (corrections.parquet, absent where there is none).
type Correction struct {
	ReportID       string   `col:"report_id"`
	IssuerID       string   `col:"issuer_id"`
	Year           *int32   `col:"year"`
	Indicator      string   `col:"indicator"`
	Applicant      *string  `col:"applicant"`
	PublishedValue *float64 `col:"published_value"`
	CorrectedValue *float64 `col:"corrected_value"`
	Reason         string   `col:"reason"`
	Evidence       string   `col:"evidence"`
	Author         string   `col:"author"`
	CorrectedOn    Date     `col:"corrected_on"`
	Applied        bool     `col:"applied"`
}

// Issuer is one body, with what it became (issuers.parquet).
type Issuer struct {
	IssuerID     string   `col:"issuer_id"`
	Name         string   `col:"name"`
	Aliases      []string `col:"aliases"`
	IssuerKind   string   `col:"issuer_kind"`
	DivisionCode *string  `col:"division_code"`
	FirstYear    *int32   `col:"first_year"`
	LastYear     *int32   `col:"last_year"`
	SuccessorID  *string  `col:"successor_id"`
	Succession   *string  `col:"succession"`
	Source       string   `col:"source"`
}

// Coverage is one expected issuer and year: found, or why not (coverage.parquet).
type Coverage struct {
	IssuerID     string  `col:"issuer_id"`
	IssuerName   string  `col:"issuer_name"`
	DivisionCode *string `col:"division_code"`
	Year         *int32  `col:"year"`
	Status       string  `col:"status"`
	Detail       string  `col:"detail"`
	ReportID     *string `col:"report_id"`
}

// Division is one administrative division of the gazetteer (divisions.parquet).
type Division struct {
	Code      string   `col:"code"`
	Name      string   `col:"name"`
	Level     string   `col:"level"`
	Parent    *string  `col:"parent"`
	ValidFrom *Date    `col:"valid_from"`
	ValidTo   *Date    `col:"valid_to"`
	Aliases   []string `col:"aliases"`
}

// Indicator is one line of the code book (indicators.parquet).
type Indicator struct {
	Indicator     string   `col:"indicator"`
	LabelZH       string   `col:"label_zh"`
	LabelEN       string   `col:"label_en"`
	Definition    string   `col:"definition"`
	Unit          string   `col:"unit"`
	Templates     []string `col:"templates"`
	Series        *string  `col:"series"`
	Comparability *string  `col:"comparability"`
	Note          *string  `col:"note"`
}

// Panel is one issuer and year, wide (panel.parquet): the identity columns of the report, one column per indicator
// (Values), and the derived rates with the counts that they stand on.
type Panel struct {
	ReportID     string  `col:"report_id"`
	IssuerID     string  `col:"issuer_id"`
	IssuerName   string  `col:"issuer_name"`
	IssuerState  string  `col:"issuer_state"`
	IssuerKind   string  `col:"issuer_kind"`
	DivisionCode *string `col:"division_code"`
	Province     *string `col:"province"`
	Prefecture   *string `col:"prefecture"`
	County       *string `col:"county"`
	Township     *string `col:"township"`
	Year         *int32  `col:"year"`

	// Values holds the headline values by indicator id (requests.received). An indicator that is absent here is null in
	// the file; one that the table's list of indicators does not know is an error when written.
	Values map[string]float64 `col:"*"`

	GrantRate                       *float64 `col:"grant_rate"`
	GrantRateNumerator              *float64 `col:"grant_rate_numerator"`
	GrantRateDenominator            *float64 `col:"grant_rate_denominator"`
	DenialRate                      *float64 `col:"denial_rate"`
	DenialRateNumerator             *float64 `col:"denial_rate_numerator"`
	DenialRateDenominator           *float64 `col:"denial_rate_denominator"`
	ReviewCorrectionRate            *float64 `col:"review_correction_rate"`
	ReviewCorrectionRateNumerator   *float64 `col:"review_correction_rate_numerator"`
	ReviewCorrectionRateDenominator *float64 `col:"review_correction_rate_denominator"`
	SuitLossRate                    *float64 `col:"suit_loss_rate"`
	SuitLossRateNumerator           *float64 `col:"suit_loss_rate_numerator"`
	SuitLossRateDenominator         *float64 `col:"suit_loss_rate_denominator"`
	SmallSample                     bool     `col:"small_sample"`

	Quality   string   `col:"quality"`
	Complete  bool     `col:"complete"`
	Flagged   []string `col:"flagged"`
	Corrected []string `col:"corrected"`

	TextNewShare *float64 `col:"text_new_share"`
}

// Change is one report or one cell that differs between two releases. It is no table of a release: `gongkai diff`
// writes it. Indicator is null where a whole report was added or removed; the cells of such a report are not listed one
// by one.
type Change struct {
	Change     string   `col:"change" json:"change"`
	IssuerID   string   `col:"issuer_id" json:"issuer_id"`
	IssuerName string   `col:"issuer_name" json:"issuer_name"`
	Year       *int32   `col:"year" json:"year"`
	Indicator  *string  `col:"indicator" json:"indicator"`
	Applicant  *string  `col:"applicant" json:"applicant"`
	OldValue   *float64 `col:"old_value" json:"old_value"`
	NewValue   *float64 `col:"new_value" json:"new_value"`
	OldState   *string  `col:"old_state" json:"old_state"`
	NewState   *string  `col:"new_state" json:"new_state"`
	OldRaw     *string  `col:"old_raw" json:"old_raw"`
	NewRaw     *string  `col:"new_raw" json:"new_raw"`
	OldReport  *string  `col:"old_report" json:"old_report"`
	NewReport  *string  `col:"new_report" json:"new_report"`
}

// RateColumns are the fields of one rate in a row of the panel.
type RateColumns struct{ Share, Numerator, Denominator **float64 }

// Rate returns the fields of the rate whose column is called so. It panics on a name that is no rate.
func (p *Panel) Rate(column string) RateColumns {
	switch column {
	case "grant_rate":
		return RateColumns{&p.GrantRate, &p.GrantRateNumerator, &p.GrantRateDenominator}
	case "denial_rate":
		return RateColumns{&p.DenialRate, &p.DenialRateNumerator, &p.DenialRateDenominator}
	case "review_correction_rate":
		return RateColumns{&p.ReviewCorrectionRate, &p.ReviewCorrectionRateNumerator, &p.ReviewCorrectionRateDenominator}
	case "suit_loss_rate":
		return RateColumns{&p.SuitLossRate, &p.SuitLossRateNumerator, &p.SuitLossRateDenominator}
	}
	panic("schema: the panel has no rate " + column)
}
