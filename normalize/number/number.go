// Package number is the grammar of published numbers: table cells and counts in text.
// It is a leaf: it imports nothing of ours.
package number
