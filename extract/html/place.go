package html

import (
	"strconv"
	"strings"
)

// spanOf reads a span as browsers do: leading digits; nonsense is 1. least is the smallest value that has a meaning.
func spanOf(v string, least int) int {
	v = strings.TrimSpace(v)
	end := 0
	for end < len(v) && v[end] >= '0' && v[end] <= '9' {
		end++
	}
	n, err := strconv.Atoi(v[:end])
	switch {
	case err != nil && end > 0:
		return maxRows // beyond any number: as large as can be
	case err != nil || n < least:
		return 1
	}
	return n
}

// place gives every cell its position. Row spans end with their row group; a span that would run over an occupied
// position ends before it, so no two cells cover one position.
func place(rows []*tableRow) {
	var below []int // rows that a cell from above still covers, by column
	var from []*rawCell
	ends := make([]int, len(rows)) // index after the last row of each row's group
	for r := len(rows) - 1; r >= 0; r-- {
		ends[r] = r + 1
		if r+1 < len(rows) && rows[r+1].group == rows[r].group {
			ends[r] = ends[r+1]
		}
	}
	for r, row := range rows {
		if r == 0 || rows[r-1].group != row.group {
			below, from = below[:0], from[:0]
		}
		left, col := ends[r]-r, 0
		for _, c := range row.cells {
			for col < len(below) && below[col] > 0 {
				col++
			}
			c.row, c.col, c.rowSpan, c.colSpan = r, col, min(c.rows, left), 0
			if c.rows == 0 {
				c.rowSpan = left
			}
			for c.colSpan < c.cols && col < widest {
				if col == len(below) {
					below, from = append(below, 0), append(from, nil)
				}
				if below[col] > 0 {
					break
				}
				below[col], from[col] = c.rowSpan, c
				col++
				c.colSpan++
			}
		}
		var only *rawCell
		one := true
		for k := range below {
			if below[k] == 0 {
				continue
			}
			if below[k]--; only == nil {
				only = from[k]
			}
			one = one && from[k] == only
		}
		if one && only != nil && only.row == r && only.rowSpan == 1 {
			row.alone = only
		}
	}
}
