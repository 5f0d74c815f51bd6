package schema

// Outcomes of a capture (captures.outcome). A closed list: a new reason is a schema change.
const (
	OutcomeOK           = "ok"
	OutcomeUnchanged    = "unchanged"      // the server, or the digest, says that nothing changed since the capture before
	OutcomeDuplicate    = "duplicate"      // the same bytes as a capture of another address
	OutcomeRobots       = "robots"         // robots.txt forbids it
	OutcomeChallenge    = "challenge"      // a captcha or a script challenge stands before it
	OutcomeHTTPError    = "http_error"     // status 4xx or 5xx
	OutcomeTimeout      = "timeout"        //
	OutcomeTooLarge     = "too_large"      // beyond the size limit
	OutcomeTLSError     = "tls_error"      //
	OutcomeUnreachable  = "unreachable"    // no address, no route, connection refused or broken
	OutcomeSoft404      = "soft_404"       // status 200 on a page that says there is none
	OutcomeNotADocument = "not_a_document" // something else than the type that was asked for
	OutcomeNotAReport   = "not_a_report"   // a document, but no annual report
	OutcomeNeedsBrowser = "needs_browser"
	OutcomeNeedsPerson  = "needs_person"
)

// States of coverage (coverage.status).
const (
	CoverageFound       = "found"
	CoverageNotFound    = "not_found"
	CoverageUnreadable  = "unreadable"
	CoverageBlocked     = "blocked"
	CoverageUnreachable = "unreachable"
	CoverageForbidden   = "forbidden"
	CoverageNotTried    = "not_tried"
)

var (
	issuerStates    = []string{"resolved", "ambiguous", "unresolved"}
	issuerKinds     = []string{"township", "county", "prefecture", "province", "department", "other"}
	comparabilities = []string{"same", "approximate", "break"}
	qualities       = []string{"A", "B", "C", "D"}
	applicants      = []string{"natural_person", "business", "research", "social_org", "legal_service", "other_org", "total"}
	units           = []string{"count", "CNY", "CNY_10k", "unstated"}
)

// enums holds the closed lists of values by table.column. problems.kind and checks.rule are open: they grow with the
// readers.
var enums = map[string][]string{
	"reports.issuer_state":  issuerStates,
	"reports.issuer_kind":   issuerKinds,
	"panel.issuer_state":    issuerStates,
	"panel.issuer_kind":     issuerKinds,
	"issuers.issuer_kind":   issuerKinds,
	"issuers.succession":    {"renamed", "merged", "split"},
	"reports.template":      {"2008", "2014", "2019", "2021", "mixed"},
	"reports.quality":       qualities,
	"panel.quality":         qualities,
	"series.quality":        qualities,
	"facts.applicant":       applicants,
	"problems.applicant":    applicants,
	"corrections.applicant": applicants,
	"facts.state":           {"reported", "blank", "not_applicable", "unreadable", "image"},
	"facts.unit":            units,
	"series.unit":           units,
	"indicators.unit":       units,
	"facts.read_by":         {"text", "ocr"},
	"checks.class":          {"arithmetic", "years", "text", "unusual", "copy", "aggregate"},
	"reuse.relation":        {"own_earlier", "same_county", "same_prefecture", "same_province", "elsewhere"},
	"checks.outcome":        {"pass", "fail", "not_assessable"},
	"captures.outcome": {OutcomeOK, OutcomeUnchanged, OutcomeDuplicate, OutcomeRobots, OutcomeChallenge, OutcomeHTTPError, OutcomeTimeout, OutcomeTooLarge,
		OutcomeTLSError, OutcomeUnreachable, OutcomeSoft404, OutcomeNotADocument, OutcomeNotAReport, OutcomeNeedsBrowser, OutcomeNeedsPerson},
	"series.comparability":     comparabilities,
	"indicators.comparability": comparabilities,
	"coverage.status":          {CoverageFound, CoverageNotFound, CoverageUnreadable, CoverageBlocked, CoverageUnreachable, CoverageForbidden, CoverageNotTried},
	"changes.change":           {"added", "removed", "changed"},
	"divisions.level":          {"province", "prefecture", "county", "township"},
}

// columnUnits are the units of the panel's columns that are no indicators.
var columnUnits = map[string]string{
	"grant_rate": "share", "grant_rate_numerator": "count", "grant_rate_denominator": "count",
	"denial_rate": "share", "denial_rate_numerator": "count", "denial_rate_denominator": "count",
	"review_correction_rate": "share", "review_correction_rate_numerator": "count", "review_correction_rate_denominator": "count",
	"text_new_share": "share", "suit_loss_rate": "share", "suit_loss_rate_numerator": "count", "suit_loss_rate_denominator": "count",
}
