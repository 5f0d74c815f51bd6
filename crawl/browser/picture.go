package browser

import (
	"context"
	"encoding/base64"
	"fmt"

	"github.com/chromedp/chromedp"
)

// Picture returns a PNG of a whole page of the caller's own, given as HTML. Nothing is fetched.
func Picture(ctx context.Context, opt Options, html string) ([]byte, error) {
	opt = opt.withDefaults()
	b, err := newRunning(ctx, opt)
	if err != nil {
		return nil, err
	}
	defer b.end()
	limited, cancel := context.WithTimeout(b.tab, startup)
	defer cancel()
	if _, err := chromedp.Run(limited, chromedp.Navigate("data:text/html;charset=utf-8;base64,"+base64.StdEncoding.EncodeToString([]byte(html)))); err != nil {
		return nil, b.ended(fmt.Errorf("opening the page in %s: %w", opt.Program, err))
	}
	b.started()
	picture, err := chromedp.Run(limited, chromedp.FullScreenshot(100))
	if err != nil {
		return nil, b.ended(fmt.Errorf("drawing the page in %s: %w", opt.Program, err))
	}
	return picture, nil
}
