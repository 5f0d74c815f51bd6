package doc

import (
	"errors"
	"fmt"
	"sort"
)

// run says which properties the characters at [from, to) of the WordDocument stream have.
type run struct {
	from, to int
	style    uint16 // of a paragraph
	list     []byte // sprms
}

// pageSize is that of a formatted disk page ([MS-DOC] 2.9.24 ChpxFkp, 2.9.181 PapxFkp).
const pageSize = 512

// maxPages bounds the pages of one file; each holds at least one run.
const maxPages = maxStream / pageSize

var errRuns = errors.New("their table is damaged")

// page reads the runs of one page; bytes that do not lie in it are an error.
type page func(b []byte) ([]run, error)

// runs follows a PlcBte (2.8.5, 2.8.6): file offsets, then numbers of pages.
func (f *file) runs(plc []byte, read page) ([]run, error) {
	count := (len(plc) - 4) / 8
	if count < 1 {
		return nil, fmt.Errorf("%w: it is missing", errRuns)
	}
	if count > maxPages {
		return nil, errRuns
	}
	var all []run
	for i := range count {
		no := int(u32(plc, 4*(count+1)+4*i) & 0x3FFFFF)
		if (no+1)*pageSize > len(f.streams.main) {
			return nil, fmt.Errorf("%w: page %d lies outside", errRuns, no)
		}
		runs, err := read(f.streams.main[no*pageSize : (no+1)*pageSize])
		if err != nil {
			return nil, err
		}
		all = append(all, runs...)
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].from < all[j].from })
	return all, nil
}

// find returns the run that holds an offset.
func find(runs []run, at int) run {
	i := sort.Search(len(runs), func(i int) bool { return runs[i].from > at })
	if i == 0 || runs[i-1].to <= at {
		return run{from: at, to: at + 1}
	}
	return runs[i-1]
}

func papxPage(b []byte) ([]run, error) {
	n := int(b[pageSize-1])
	if 4*(n+1)+13*n > pageSize-1 {
		return nil, errRuns
	}
	runs := make([]run, 0, n)
	for i := range n {
		r := run{from: int(u32(b, 4*i)), to: int(u32(b, 4*i+4))}
		if at := 2 * int(b[4*(n+1)+13*i]); at > 0 {
			size := 2*int(b[at]) - 1
			at++
			if size < 0 {
				if at >= pageSize {
					return nil, errRuns
				}
				size = 2 * int(b[at])
				at++
			}
			if size < 2 || at+size > pageSize {
				return nil, errRuns
			}
			r.style, r.list = u16(b, at), b[at+2:at+size]
		}
		runs = append(runs, r)
	}
	return runs, nil
}

func chpxPage(b []byte) ([]run, error) {
	n := int(b[pageSize-1])
	if 4*(n+1)+n > pageSize-1 {
		return nil, errRuns
	}
	runs := make([]run, 0, n)
	for i := range n {
		r := run{from: int(u32(b, 4*i)), to: int(u32(b, 4*i+4))}
		if at := 2 * int(b[4*(n+1)+i]); at > 0 {
			size := int(b[at])
			if at+1+size > pageSize {
				return nil, errRuns
			}
			r.list = b[at+1 : at+1+size]
		}
		runs = append(runs, r)
	}
	return runs, nil
}
