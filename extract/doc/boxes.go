package doc

// boxes maps the characters where text boxes are anchored to the characters of their text (PlcfSpa, PlcftxbxTxt; [MS-DOC] 2.8.37, 2.8.32).
func (f *file) boxes() map[int][2]int {
	const anchor, box = 26, 22 // bytes of Spa and FTXBXS
	texts := map[uint32][2]int{}
	if plc := f.pair(pairBoxes); len(plc) > 4 {
		count := (len(plc) - 4) / (4 + box)
		for i := range count {
			from, to := f.boxStart+int(u32(plc, 4*i)), f.boxStart+int(u32(plc, 4*i+4))
			if shape := u32(plc, 4*(count+1)+box*i+14); from < to && to <= f.boxEnd {
				texts[shape] = [2]int{from, to}
			}
		}
	}
	at := map[int][2]int{}
	if plc := f.pair(pairAnchors); len(plc) > 4 {
		count := (len(plc) - 4) / (4 + anchor)
		for i := range count {
			if text, ok := texts[u32(plc, 4*(count+1)+anchor*i)]; ok {
				at[int(u32(plc, 4*i))] = text
			}
		}
	}
	return at
}
