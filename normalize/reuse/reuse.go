// Package reuse finds the text that annual reports share with each other: by winnowing (Schleimer, Wilkerson, Aiken,
// SIGMOD 2003), which keeps of all substrings of K characters so few that an index of a country's reports can be
// sorted, and enough that a long common passage always shows; then by comparing those that show, character by
// character.
//
// Text is folded before it is compared: widths and cases of letters, spaces left out, a number and a name of a place
// each one character. So this year's report is seen to repeat last year's where only the figures differ, and a
// neighbour's where only the place does.
//
// What everybody writes is boilerplate and does not count: the law, the form, and every substring that stands in more
// than one in a hundred reports of a form and with twenty issuers or more. Which those are is a Table: a build makes
// it, or is given it, and then gives the same rows whatever made it.
//
// Limits: a passage is found for certain where at least Sure characters of it are left when numbers, places and spaces
// are folded. Of a passage that more than Links+1 reports have and that is no boilerplate, a report is linked with
// Links of them, the nearest in the order of division codes. A substring that a report repeats more than 16 times
// begins no further passage. A paraphrase is not found.
package reuse

// Lengths in characters, folded.
const (
	K      = 10             // of a fingerprint
	Window = 7              // fingerprints of which at least one is kept
	Sure   = K + Window - 1 // a common passage of that many is found for certain
)

// Least is the length of a passage in characters as published: a shorter one is not reported, nor one of which less
// than Sure characters are no boilerplate. (The two differ so that a passage is not lost with the full stop that it has
// in common with a sentence of the form.)
const Least = 24

// Bounds on what is kept of a report.
const (
	Others   = 10 // other reports, those of the longest passages
	Links    = 10 // other reports that one fingerprint leads to
	compared = 24 // other reports that are compared character by character, beside the issuer's own
	repeats  = 16 // places of one fingerprint in a report
)

// Share of the reports of a form, and number of issuers, from which on a fingerprint is boilerplate.
const (
	CommonShare   = 0.01
	CommonIssuers = 20
)
