package scan

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/png"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/extract/ocr"
)

// needModels skips where library and models are not installed: a clone has none, continuous integration installs them.
func needModels(t *testing.T) {
	t.Helper()
	if !ocr.Installed() {
		t.Skip("gongkai ocr install was not run")
	}
	t.Cleanup(Close)
}

func TestCheck(t *testing.T) {
	needModels(t)
	if err := Check(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func TestHostilePictures(t *testing.T) {
	needModels(t)
	huge := pngHeader(30_000, 30_000)
	for name, body := range map[string][]byte{
		"30,000 by 30,000 pixels":  huge,
		"a strip":                  pngHeader(3_000_000, 1),
		"cut PNG":                  sample[:len(sample)/2],
		"cut header":               sample[:20],
		"JPEG without a picture":   []byte("\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"),
		"TIFF that points nowhere": []byte("II*\x00\xff\xff\xff\x7f"),
		"TIFF in a circle":         []byte("II*\x00\x08\x00\x00\x00\x00\x00\x08\x00\x00\x00\x00\x00"),
		"one pixel":                encoded(t, image.NewGray(image.Rect(0, 0, 1, 1))),
	} {
		if _, _, err := File(context.Background(), body, 0); err == nil || strings.Contains(err.Error(), "died") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := Check(context.Background()); err != nil {
		t.Errorf("after hostile pictures: %v", err)
	}
}

// TestPicturesOfNothing: no table and no text is made of what shows none.
func TestPicturesOfNothing(t *testing.T) {
	needModels(t)
	black, checks := image.NewGray(image.Rect(0, 0, 900, 600)), image.NewGray(image.Rect(0, 0, 900, 600))
	for i := range checks.Pix {
		checks.Pix[i] = uint8(255 * ((i/7 + i/900/7) % 2))
	}
	white := image.NewRGBA(image.Rect(0, 0, 900, 600))
	for i := range white.Pix {
		white.Pix[i] = 255
	}
	for name, p := range map[string]image.Image{"black": black, "checks": checks, "white": white, "transparent": image.NewNRGBA(image.Rect(0, 0, 900, 600))} {
		s, _, err := File(context.Background(), encoded(t, p), 0)
		if err != nil && !errors.Is(err, errTooMuch) {
			t.Errorf("%s: %v", name, err)
		}
		if s != nil && numbersOf(s) != "" {
			t.Errorf("%s: read as %q", name, numbersOf(s))
		}
	}
}

func TestWithoutModels(t *testing.T) {
	t.Setenv(ocr.FolderVariable, t.TempDir())
	if err := Able(); !errors.Is(err, ocr.ErrMissing) {
		t.Errorf("able without models: %v", err)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(sample, 0)
	f.Add(pngHeader(30_000, 30_000), 0)
	f.Add([]byte("II*\x00\x08\x00\x00\x00\x00\x00\x08\x00\x00\x00\x00\x00"), 1)
	f.Fuzz(func(t *testing.T, body []byte, frame int) {
		p, frames, err := decode(body, max(frame, 0))
		if err != nil {
			return
		}
		if b := p.Bounds(); b.Dx()*b.Dy() > maxPixels || frames < 1 {
			t.Errorf("%v pixels, %d pictures", b, frames)
		}
	})
}

func encoded(t *testing.T, p image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// pngHeader is a PNG that promises pixels and has none.
func pngHeader(w, h uint32) []byte {
	head := append([]byte("IHDR"), make([]byte, 13)...)
	binary.BigEndian.PutUint32(head[4:], w)
	binary.BigEndian.PutUint32(head[8:], h)
	head[12] = 8
	out := append([]byte("\x89PNG\r\n\x1a\n"), 0, 0, 0, 13)
	out = append(out, head...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(head))
}
