package ofd

import (
	"bytes"
	"encoding/binary"
	"io"

	"github.com/gongkai-data/gongkai/extract/pdf/geometry"
)

// image draws an image object (10): what was painted below an opaque one is not seen.
func (c *canvas) image(o *node, at matrix) {
	c.images++
	c.order++
	m := transform(o.attr("CTM")).then(place(o)).then(at)
	box := m.box(0, 0, 1, 1)
	c.page.Images = append(c.page.Images, box)
	if !c.clipOf(o, at).any && o.attr("ImageMask") == "" && number(o.attr("Alpha"), 255) == 255 && c.opaque(o.attr("ResourceID")) {
		c.page.Pictures = append(c.page.Pictures, geometry.Picture{Box: box, Order: c.order, Whole: box})
	}
}

const maxHead = 64 << 10 // bytes of a picture that are looked at

// opaque reports whether nothing shines through a picture: a JPEG, a bitmap, or a PNG without transparency. Of other
// formats it is not known.
func (c *canvas) opaque(id string) bool {
	f := c.files.files[c.media[id]]
	if f == nil {
		return false
	}
	in, err := f.Open()
	if err != nil {
		return false
	}
	defer in.Close()
	head, _ := io.ReadAll(io.LimitReader(in, maxHead)) // a cut picture is looked at as far as it goes
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xd8")), bytes.HasPrefix(head, []byte("BM")):
		return true
	case bytes.HasPrefix(head, []byte("\x89PNG\r\n\x1a\n")) && len(head) > 25:
		const alpha = 4 // bit of the kind of colour
		return head[25]&alpha == 0 && !transparent(head[8:])
	}
	return false
}

// transparent reports whether the chunks of a PNG before its pixels hold one on transparency.
func transparent(chunks []byte) bool {
	for len(chunks) >= 12 {
		n := binary.BigEndian.Uint32(chunks)
		switch kind := string(chunks[4:8]); {
		case kind == "tRNS":
			return true
		case kind == "IDAT":
			return false
		case uint64(n)+12 > uint64(len(chunks)):
			return true // not known
		}
		chunks = chunks[12+n:]
	}
	return true
}
