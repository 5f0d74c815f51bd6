package doc

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"
)

// The header of a compound file ([MS-CFB] 2.2) and its directory entries (2.6).
const (
	cfbShift       = 0x1E // of the size of sectors
	cfbDirectory   = 0x30 // first sector
	cfbMini        = 0x3C
	cfbMore        = 0x44 // first sector of the table of tables
	cfbTables      = 0x4C
	cfbFirstTables = 109
	miniStream     = 4096 // smaller streams lie in the mini stream
	miniSector     = 64
	endOfChain     = 0xFFFFFFFE
	lastSector     = 0xFFFFFFFA
	entrySize      = 128
)

// allocation is how the sectors of a compound file are chained.
type allocation struct {
	body   []byte
	sector int
	fat    []uint32
	mini   []uint32 // of the mini stream
}

var errChain = errors.New("the sectors of the compound file are chained in a circle, into each other or to nowhere")

// checkChains reports whether the streams that are wanted have their sectors to themselves. The library follows any
// chain as far as the size of the stream: one that runs in a circle or into another would show other text as if it were
// the document's.
func checkChains(body []byte, wanted func(name string) bool) error {
	a := &allocation{body: body, sector: 1 << min(u16(body, cfbShift), 12)}
	if a.sector < 512 {
		return errChain
	}
	a.readTables()
	directory, err := a.chain(a.fat, u32(body, cfbDirectory))
	if err != nil {
		return err
	}
	a.readMini()
	owned := map[uint32]bool{}
	for _, first := range []bool{true, false} { // the streams that are wanted, then the others: those may be odd, but share no sector with them
		for _, no := range directory {
			for sector := a.at(no); len(sector) >= entrySize; sector = sector[entrySize:] {
				if s, ok := newStream(sector); ok && first == (s.root || wanted(s.name)) {
					if err := a.own(s, owned, first); err != nil {
						return fmt.Errorf("%w (%s)", err, s.name)
					}
				}
			}
		}
	}
	return nil
}

// stream is an entry of the directory.
type stream struct {
	name        string
	root        bool // it is the mini stream
	start, size uint32
}

func newStream(entry []byte) (s stream, ok bool) {
	const ordinary, root = 2, 5
	kind := entry[66]
	s = stream{name: entryName(entry), root: kind == root, start: u32(entry, 0x74), size: u32(entry, 0x78)}
	return s, (kind == ordinary || kind == root) && s.size > 0
}

// own takes the sectors of a stream for it, those of the mini stream with the highest bit set.
func (a *allocation) own(s stream, owned map[uint32]bool, first bool) error {
	table, sector, mark := a.fat, a.sector, uint32(0)
	if !s.root && s.size < miniStream {
		table, sector, mark = a.mini, miniSector, 1<<31
	}
	chain, err := a.chain(table, s.start)
	if first && (err != nil || !s.root && len(chain)*sector < int(s.size)) {
		return errChain
	}
	for _, no := range chain {
		if owned[no|mark] {
			return errChain
		}
		if first {
			owned[no|mark] = true
		}
	}
	return nil
}

func entryName(entry []byte) string {
	units := make([]uint16, 0, 32)
	for i := 0; i < 64 && u16(entry, i) != 0; i += 2 {
		units = append(units, u16(entry, i))
	}
	return strings.TrimSpace(string(utf16.Decode(units)))
}

// at returns the bytes of a sector, fewer where the file is cut.
func (a *allocation) at(no uint32) []byte {
	from := (int(no) + 1) * a.sector
	if from > len(a.body) {
		return nil
	}
	return a.body[from:min(from+a.sector, len(a.body))]
}

// readTables reads the table of sectors: the header names its first parts, a chain of sectors the others (2.5).
func (a *allocation) readTables() {
	add := func(no uint32) {
		if no >= lastSector {
			return
		}
		for b := a.at(no); len(b) >= 4; b = b[4:] {
			a.fat = append(a.fat, u32(b, 0))
		}
	}
	for i := range cfbFirstTables {
		add(u32(a.body, cfbTables+4*i))
	}
	more := u32(a.body, cfbMore)
	for n := 0; more < lastSector && n*a.sector < len(a.body); n++ {
		b := a.at(more)
		if len(b) < a.sector {
			return
		}
		for i := 0; i < a.sector-4; i += 4 {
			if len(a.fat)*a.sector > len(a.body)+a.sector*a.sector {
				return
			}
			add(u32(b, i))
		}
		more = u32(b, a.sector-4)
	}
}

// readMini reads the table of the mini stream, as far as its chain leads.
func (a *allocation) readMini() {
	start := u32(a.body, cfbMini)
	if start >= lastSector {
		return
	}
	chain, _ := a.chain(a.fat, start)
	for _, no := range chain {
		for b := a.at(no); len(b) >= 4; b = b[4:] {
			a.mini = append(a.mini, u32(b, 0))
		}
	}
}

// chain follows a chain to its end.
func (a *allocation) chain(table []uint32, start uint32) ([]uint32, error) {
	var all []uint32
	for no := start; no != endOfChain; no = table[no] {
		if int(no) >= len(table) || len(all) > len(table) {
			return all, errChain
		}
		all = append(all, no)
	}
	return all, nil
}
