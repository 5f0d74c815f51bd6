// Package extract turns the bytes of one published document into a Report: what the document says, as published, with
// its place in the source.
//
// Document is the waist of the program. Every reader (packages html, pdf, docx, doc, ofd, sheet, txt below this one)
// yields a Document: paragraphs and grids of cells in reading order, without any idea of what they mean. Package report
// below this one puts meaning on a Document by matching label paths to the code book, so a new format is one new reader
// and nothing else.
package extract

import (
	"fmt"
	"slices"
	"strings"
)

// Document is one document as a reader saw it: blocks in reading order, before any meaning is put on them.
type Document struct {
	Reader    string            // the engine that read it: html, pdfium, pdf, docx, doc, ofd, xlsx, txt, or of a converted one its ending; empty when the document could not be read
	MediaType string            // told from the first bytes, e.g. application/pdf
	Charset   string            // character set used to decode it, empty for formats that carry their own
	Title     string            // best title outside the text: ArticleTitle tag, <title>, core properties
	Meta      map[string]string // page tags by lower-case name (siteidcode, sitename, columnname, articletitle, pubdate, contentsource, ...)
	Blocks    []Block
	Problems  []Problem
	Elsewhere []string // addresses to which a page leads that holds no report of its own by its looks: files, frames, what takes its place
	Scripted  bool     // scripts may fill such a page
	// Companions are the pictures beside the document that its reading asked for.
	Companions []Companion
}

// Companion is a file that a document names by its address and that is read as a part of it.
type Companion struct {
	Address string
	SHA256  string // of its bytes; empty where it could not be had
}

// BlockKind says what a Block holds.
type BlockKind uint8

const (
	Paragraph BlockKind = iota // Text
	Table                      // Grid
	Image                      // Source: the address of the picture; Text: its alt text
)

// Block is one paragraph, table or picture, in reading order.
type Block struct {
	Kind   BlockKind
	Text   string // of a paragraph, without line ends except where the source had a hard break
	Grid   *Grid  // of a table
	Source string // of an image
	Place  Place
	// Recognised: the text of a paragraph was recognised in a picture; see Cell.
	Recognised bool
	Pieces     []Piece // of text that may stand in columns; nil where the source does not say where it stands
	Open       bool    // of a paragraph: nothing closes it before the source ends, so its last token may be a piece
}

// Piece is a text that stands clear of others on its line. Which pieces are cells of a table, and which of them are one
// label, only the form tells.
type Piece struct {
	Text     string
	Place    Place
	Line     int     // of the document, counted downwards
	From, To float64 // along the line, in widths of an ideograph
	Strip    int     // between which two horizontal rules it stands, by number; 0 where none are drawn
	Doubt    string  // see Cell
}

// Grid is one table as drawn: cells with spans on a lattice of Rows x Cols positions.
// A grid keeps what it saw (spans, blanks, page breaks); it is not repaired here.
type Grid struct {
	Rows, Cols int
	Cells      []Cell // ordered by Row, then Col; no two cells cover one position; positions no cell covers are absent, not blank
	Place      Place
	Continues  bool // the geometry says that this grid continues the one before it (no text between, same columns, page break)
	// Flat: the cells were cut out of text by tabs or bars, so every cell is 1 x 1, an empty cell may be a published
	// blank or a position that a span covered, rows may be ragged, and a row without its group label may stand shifted
	// to the left.
	Flat bool
	// Aligned: a Flat grid whose cells were apart by runs of spaces of any width, so a blank cannot be seen: in a row
	// with fewer cells than the table has columns any of them may be the missing one.
	Aligned bool
}

// Cell is one cell of a Grid.
type Cell struct {
	Row, Col         int // zero-based position of its top left corner
	RowSpan, ColSpan int // at least 1
	Text             string
	Image            string // address of a picture that stands in the cell, if any
	// Doubt says why the text may not be what the page shows; empty: it is. A number in doubt stands only where the
	// sums of the form confirm it, and not where it is DigitsDiffer.
	Doubt string
	// Recognised: the text was recognised in a picture. A number of it stands only where no sum of the form fails.
	Recognised bool
	// Readings are the numbers that the recognitions of a picture see where Text is unreadable because they differ. The
	// sums of the form may choose among them; nothing else may. One a line.
	Readings string
	Place    Place
	Open     bool // nothing closes the cell before the source ends, so its text may be a piece
}

// At returns the cell that covers position (row, col), or nil.
func (g *Grid) At(row, col int) *Cell {
	for i := range g.Cells {
		c := &g.Cells[i]
		if row >= c.Row && row < c.Row+c.RowSpan && col >= c.Col && col < c.Col+c.ColSpan {
			return c
		}
	}
	return nil
}

// Lattice resolves the spans: for each position the index in Cells of the cell that covers it, or -1. Shape Rows x
// Cols.
func (g *Grid) Lattice() [][]int {
	flat := make([]int, g.Rows*g.Cols)
	for i := range flat {
		flat[i] = -1
	}
	rows := make([][]int, g.Rows)
	for r := range rows {
		rows[r] = flat[r*g.Cols : (r+1)*g.Cols]
	}
	for i, c := range g.Cells {
		for r := c.Row; r < min(c.Row+c.RowSpan, g.Rows); r++ {
			for k := c.Col; k < min(c.Col+c.ColSpan, g.Cols); k++ {
				if rows[r][k] < 0 {
					rows[r][k] = i
				}
			}
		}
	}
	return rows
}

// Place is where something stands in the source. Only the fields of its kind are set.
type Place struct {
	Page               int        // 1-based; 0 where the format has no pages
	Box                [4]float64 // x0, y0, x1, y1 in PDF points from the bottom left of the page
	Path               string     // CSS path from the root of an HTML document, or part and path for DOCX
	LineStart, LineEnd int        // 1-based, of a text file
}

// Locator prints the place as the dataset contract writes it: page:x0,y0,x1,y1, a CSS path, or line:start-end.
func (p Place) Locator() string {
	switch {
	case p.Path != "":
		return p.Path
	case p.Page > 0:
		return fmt.Sprintf("%d:%.1f,%.1f,%.1f,%.1f", p.Page, p.Box[0], p.Box[1], p.Box[2], p.Box[3])
	case p.LineStart > 0:
		return fmt.Sprintf("line:%d-%d", p.LineStart, p.LineEnd)
	}
	return ""
}

// Problem is one thing that could not be read, or was read with doubt, and why.
type Problem struct {
	Kind     string `json:"kind"`   // one of the Problem* constants
	Detail   string `json:"detail"` // one English sentence for a person
	TableNo  int    `json:"table_no,omitempty"`
	Page     int    `json:"page,omitempty"`
	RowNo    int    `json:"row_no,omitempty"`
	ColumnNo int    `json:"column_no,omitempty"`
	Locator  string `json:"locator,omitempty"`
	Raw      string `json:"raw,omitempty"`
	// Code names the sentence that Detail words and Args what stands in it, so that machines and translations need not
	// parse Detail.
	Code string   `json:"code,omitempty"`
	Args []string `json:"args,omitempty"`
	// Indicator and Applicant name the cell of the form that the problem is about, where that is known.
	Indicator string  `json:"indicator,omitempty"`
	Applicant *string `json:"applicant,omitempty"`
}

// Kinds of Problem.
const (
	UnreadableDocument = "unreadable_document" // nothing could be read: truncated, encrypted, wrong format, empty
	UnmatchedLabel     = "unmatched_label"     // a row or column label that the code book does not know there
	AmbiguousLabel     = "ambiguous_label"     // a label that fits two places of the form equally
	AmbiguousReading   = "ambiguous_reading"   // two readings of the geometry or of a flattened table are possible
	ReadersDisagree    = "readers_disagree"    // the two PDF engines differ
	LeftoverCell       = "leftover_cell"       // a non-empty cell of the three tables that ended in no fact
	TableIsImage       = "table_is_image"      // a table that is a picture
	Truncated          = "truncated"           // the document ends early, or a limit cut it
	DamagedText        = "damaged_text"        // replacement, private-use or control characters beyond the tolerated share
	ForeignCopy        = "foreign_copy"        // a copy on a foreign host: traditional script, pinyin glosses, swapped words
	UnreadNumber       = "unread_number"       // text in a value cell that is no number
	DuplicateFact      = "duplicate_fact"      // a second, different value for a cell of the form
	DoubtfulIdentity   = "doubtful_identity"   // issuer or year are determined from weak or contradicting evidence
	MissingTable       = "missing_table"       // a section of the form stands in the document without its table
	DocumentElsewhere  = "document_elsewhere"  // the page only leads to the report: a link, a frame, a script
	ReadingFailed      = "reading_failed"      // a fault of the program in one stage of the reading; the other stages stand
)

// LeaveOpen marks the last paragraph, or the last cell of the last table, as not closed: the source ends there.
func (d *Document) LeaveOpen() {
	if len(d.Blocks) == 0 {
		return
	}
	last := &d.Blocks[len(d.Blocks)-1]
	switch {
	case last.Kind == Paragraph:
		last.Open = true
	case last.Grid != nil && len(last.Grid.Cells) > 0:
		last.Grid.Cells[len(last.Grid.Cells)-1].Open = true
	}
}

// Text returns the plain text of the document: paragraphs in order, one a line, tables left out.
func (d *Document) Text() string {
	var b strings.Builder
	for _, k := range d.Blocks {
		if k.Kind == Paragraph {
			b.WriteString(k.Text)
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// IsOpen reports whether nothing closes the block, or a cell of its grid, before the source ends.
func (b *Block) IsOpen() bool {
	return b.Open || b.Grid != nil && slices.ContainsFunc(b.Grid.Cells, func(c Cell) bool { return c.Open })
}
