package doc

import "github.com/gongkai-data/gongkai/extract"

// readBoxes maps the characters where drawings are anchored to the characters of the text boxes in them (PlcfSpa,
// PlcftxbxTxt; [MS-DOC] 2.8.37, 2.8.32), in the order of their text. Boxes that no anchor leads to are a problem: their
// text stands somewhere on the page and is not read.
func (f *file) readBoxes() map[int][][2]int {
	const anchor, box = 26, 22 // bytes of Spa and FTXBXS
	anchors := map[uint32]int{}
	if plc := f.pair(pairAnchors); len(plc) > 4 {
		count := (len(plc) - 4) / (4 + anchor)
		for i := range count {
			anchors[u32(plc, 4*(count+1)+anchor*i)] = int(u32(plc, 4*i))
		}
	}
	at := map[int][][2]int{}
	plc := f.pair(pairBoxes)
	if len(plc) <= 4 {
		return at
	}
	groups := f.groups()
	count := (len(plc) - 4) / (4 + box)
	for i := range count {
		from, to := f.boxStart+int(u32(plc, 4*i)), f.boxStart+int(u32(plc, 4*i+4))
		shape := u32(plc, 4*(count+1)+box*i+14)
		if from >= to || to > f.boxEnd || shape == 0 { // the last one is none
			continue
		}
		cp, ok := anchors[shape]
		if !ok {
			cp, ok = anchors[groups[shape]]
		}
		if !ok {
			p := extract.Tell(extract.Truncated, "doc.box")
			p.Locator = span(from, to).Path
			f.problems = append(f.problems, p)
			continue
		}
		at[cp] = append(at[cp], [2]int{from, to})
	}
	return at
}

// Records of drawings ([MS-ODRAW] 2.2).
const (
	drawingRecord = 0xF002
	groupRecord   = 0xF003
	shapeRecord   = 0xF004
	shapeIDRecord = 0xF00A
	maxGroups     = 20 // nested in each other
)

// groups maps shapes to the outermost group that they are part of: the drawing that is anchored (OfficeArtContent,
// [MS-DOC] 2.9.172).
func (f *file) groups() map[uint32]uint32 {
	in := map[uint32]uint32{}
	b := f.pair(pairDrawings)
	for first := true; len(b) > 8; first = false {
		if !first { // a byte before each drawing says whether it is one of the main text
			b = b[1:]
		}
		kind, body, rest := record(b)
		if kind == 0 {
			break
		}
		if kind == drawingRecord {
			eachRecord(body, func(kind uint16, body []byte) {
				if kind != groupRecord {
					return
				}
				eachRecord(body, func(kind uint16, body []byte) { // what stands on the page itself
					if kind == groupRecord {
						collect(body, new(uint32), in, maxGroups)
					}
				})
			})
		}
		b = rest
	}
	return in
}

// collect notes the shapes of a group; its first shape stands for the group itself.
func collect(group []byte, outermost *uint32, in map[uint32]uint32, left int) {
	eachRecord(group, func(kind uint16, body []byte) {
		switch {
		case kind == groupRecord && left > 0:
			collect(body, outermost, in, left-1)
		case kind == shapeRecord:
			eachRecord(body, func(kind uint16, body []byte) {
				if id := u32(body, 0); kind == shapeIDRecord && id != 0 {
					if *outermost == 0 {
						*outermost = id
					}
					in[id] = *outermost
				}
			})
		}
	})
}

// record reads the header of a record (2.2.1): version and instance, type, length. kind is 0 where it is cut.
func record(b []byte) (kind uint16, body, rest []byte) {
	n := int(u32(b, 4))
	if len(b) < 8 || n < 0 || n > len(b)-8 {
		return 0, nil, nil
	}
	return u16(b, 2), b[8 : 8+n], b[8+n:]
}

func eachRecord(b []byte, do func(kind uint16, body []byte)) {
	for len(b) >= 8 {
		kind, body, rest := record(b)
		if kind == 0 {
			return
		}
		do(kind, body)
		b = rest
	}
}
