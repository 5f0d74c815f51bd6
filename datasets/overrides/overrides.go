// Package overrides holds decisions by people about what the program cannot tell. The files are append-only: a mistaken
// line is corrected by a later one, and each line gives its reason and its evidence.
package overrides

import _ "embed"

// Issuers is the override file of package normalize/issuer (CSV, see package inputs).
//
//go:embed issuers.csv
var Issuers string
