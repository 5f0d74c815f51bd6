package chart

import (
	"errors"
	"fmt"
	"image/color"
	"os"
	"path/filepath"
	"sync"

	stdfnt "golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/font/liberation"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// ErrNoFont says that this machine has no font with Chinese characters, so no picture can be drawn here; SVG needs
// none.
var ErrNoFont = errors.New("no font with Chinese characters is installed here (fonts-noto-cjk or fonts-wqy-zenhei): take the SVG")

// face is a font to draw with.
type face struct {
	font    font.Font
	handler text.Handler
}

func (f face) style(size float64, c color.Color) draw.TextStyle {
	fnt := f.font
	fnt.Size = vg.Points(size)
	return draw.TextStyle{Color: c, Font: fnt, Handler: f.handler, XAlign: draw.XLeft, YAlign: draw.YBottom}
}

// latin comes with the library; it measures the text of an SVG.
var latin = face{font.Font{Typeface: "Liberation", Variant: "Sans"}, text.Plain{Fonts: font.NewCache(liberation.Collection())}}

// fontFiles are where systems keep a Chinese font without serifs.
var fontFiles = []string{
	"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc", "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
	"/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
	"/System/Library/Fonts/PingFang.ttc", "/System/Library/Fonts/STHeiti Light.ttc", `C:\Windows\Fonts\msyh.ttc`, `C:\Windows\Fonts\simhei.ttf`,
}

// chinese opens the first font there is; GONGKAI_FONT names another.
var chinese = sync.OnceValues(func() (face, error) {
	files := fontFiles
	if own := os.Getenv("GONGKAI_FONT"); own != "" {
		files = []string{own}
	}
	for _, name := range files {
		body, err := os.ReadFile(filepath.FromSlash(name))
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return face{}, fmt.Errorf("reading the font %s: %w", name, err)
		}
		parsed, err := parse(body)
		if err != nil {
			return face{}, fmt.Errorf("reading the font %s: %w", name, err)
		}
		f := font.Font{Typeface: "Chinese", Variant: "Sans", Weight: stdfnt.WeightNormal}
		return face{f, text.Plain{Fonts: font.NewCache(font.Collection{{Font: f, Face: parsed}})}}, nil
	}
	return face{}, ErrNoFont
})

// parse reads a font, or of a collection the one for simplified Chinese (else the first).
func parse(body []byte) (*opentype.Font, error) {
	c, err := opentype.ParseCollection(body)
	if err != nil {
		return nil, err
	}
	first, err := c.Font(0)
	if err != nil {
		return nil, err
	}
	for i := range c.NumFonts() {
		f, err := c.Font(i)
		if err != nil {
			return nil, err
		}
		if name, err := f.Name(nil, sfnt.NameIDFull); err == nil && (name == "Noto Sans CJK SC" || name == "Noto Sans CJK SC Regular") {
			return f, nil
		}
	}
	return first, nil
}
