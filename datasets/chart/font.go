package chart

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
)

// ErrNoFont says that this machine has no font with Chinese characters, so no picture can be drawn here; SVG needs
// none.
var ErrNoFont = errors.New("no font with Chinese characters is installed here (fonts-noto-cjk or fonts-wqy-zenhei): take the SVG")

// fontFiles are where systems keep a Chinese font without serifs.
var fontFiles = []string{
	"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc", "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
	"/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
	"/System/Library/Fonts/PingFang.ttc", "/System/Library/Fonts/STHeiti Light.ttc", `C:\Windows\Fonts\msyh.ttc`, `C:\Windows\Fonts\simhei.ttf`,
}

// chinese opens the first font there is; GONGKAI_FONT names another.
var chinese = sync.OnceValues(func() (*opentype.Font, error) {
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
			return nil, fmt.Errorf("reading the font %s: %w", name, err)
		}
		parsed, err := parse(body)
		if err != nil {
			return nil, fmt.Errorf("reading the font %s: %w", name, err)
		}
		return parsed, nil
	}
	return nil, ErrNoFont
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
