package scan

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	_ "image/gif"
	_ "image/jpeg"
	_ "image/png"

	_ "golang.org/x/image/bmp"
	_ "golang.org/x/image/tiff"
	_ "golang.org/x/image/webp"
)

// Limits of a picture: A4 at 600 dots an inch has 35 million pixels.
const (
	maxPixels = 40 << 20
	maxSide   = 20_000
	leastSide = 60
)

var errTooMuch = errors.New("the page has more cells and lines than any report")

// decode reads picture number frame of a file. frames is how many pictures the file holds.
func decode(file []byte, frame int) (picture image.Image, frames int, err error) {
	file, frames, err = turnTo(file, frame)
	if err != nil {
		return nil, 0, err
	}
	size, format, err := image.DecodeConfig(bytes.NewReader(file))
	if err != nil {
		return nil, 0, fmt.Errorf("the picture is damaged: %w", err)
	}
	switch {
	case size.Width > maxSide || size.Height > maxSide || size.Width > maxPixels/max(size.Height, 1):
		return nil, 0, fmt.Errorf("the picture has %d by %d pixels, more than are read", size.Width, size.Height)
	case size.Width < leastSide || size.Height < leastSide:
		return nil, 0, fmt.Errorf("the picture has %d by %d pixels, too few for a page", size.Width, size.Height)
	}
	picture, _, err = image.Decode(bytes.NewReader(file))
	if err != nil {
		return nil, 0, fmt.Errorf("the %s picture is damaged: %w", format, err)
	}
	return picture, frames, nil
}

// maxFrames bounds the pictures of one TIFF file.
const maxFrames = 100

// turnTo makes a TIFF file begin with picture number frame and counts its pictures (TIFF 6.0, section 2: the header
// points to the first directory, each directory to the next).
func turnTo(file []byte, frame int) ([]byte, int, error) {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(file, []byte("II*\x00")):
		order = binary.LittleEndian
	case bytes.HasPrefix(file, []byte("MM\x00*")):
		order = binary.BigEndian
	default:
		return file, 1, nil
	}
	if len(file) < 8 {
		return nil, 0, errors.New("the picture is damaged: it ends within its header")
	}
	var starts []uint32
	for at := order.Uint32(file[4:]); at != 0 && len(starts) < maxFrames; {
		if int64(at)+2 > int64(len(file)) {
			return nil, 0, errors.New("the picture is damaged: a directory lies beyond its end")
		}
		starts = append(starts, at)
		next := int64(at) + 2 + 12*int64(order.Uint16(file[at:]))
		if next+4 > int64(len(file)) {
			break
		}
		at = order.Uint32(file[next:])
	}
	if frame >= len(starts) {
		return nil, 0, fmt.Errorf("the file has no picture %d", frame+1)
	}
	out := bytes.Clone(file)
	order.PutUint32(out[4:], starts[frame])
	return out, len(starts), nil
}
