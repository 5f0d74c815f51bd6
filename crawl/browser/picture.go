package browser

import (
	"context"
	"encoding/base64"
	"fmt"
	"os"

	"github.com/chromedp/chromedp"
)

// Picture returns a PNG of a whole page of the caller's own, given as HTML. Nothing is fetched.
func Picture(ctx context.Context, opt Options, html string) ([]byte, error) {
	opt = opt.withDefaults()
	profile, err := os.MkdirTemp("", "gongkai-browser-")
	if err != nil {
		return nil, fmt.Errorf("making a profile for the browser: %w", err)
	}
	defer os.RemoveAll(profile)
	proc := &process{}
	alive, kill := context.WithCancelCause(ctx)
	defer kill(nil)
	allocated, free := chromedp.NewExecAllocator(alive, flags(opt, profile, proc)...)
	defer free()
	tab, closeTab := chromedp.NewContext(allocated, chromedp.WithErrorf(func(string, ...any) {}), chromedp.WithLogf(func(string, ...any) {}))
	defer closeTab()
	limited, cancel := context.WithTimeout(tab, startup)
	defer cancel()
	if _, err := chromedp.Run(limited, chromedp.Navigate("data:text/html;charset=utf-8;base64,"+base64.StdEncoding.EncodeToString([]byte(html)))); err != nil {
		return nil, ended(alive, fmt.Errorf("opening the page in %s: %w", opt.Program, err))
	}
	defer proc.end()
	go proc.watch(alive, opt.Memory, kill)
	picture, err := chromedp.Run(limited, chromedp.FullScreenshot(100))
	if err != nil {
		return nil, ended(alive, fmt.Errorf("drawing the page in %s: %w", opt.Program, err))
	}
	return picture, nil
}
