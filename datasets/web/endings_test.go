package web

import "testing"

// A page of an OFD document has a number as one of a PDF has, yet its view is a page and no picture.
func TestEndings(t *testing.T) {
	for media, want := range map[string][2]string{"application/pdf": {".pdf", ".png"}, "application/ofd": {".ofd", ".html"}, "application/msword": {".doc", ".html"}, "image/png": {"", ""}} {
		if extension(&media) != want[0] || shownAs(&media) != want[1] {
			t.Errorf("%s: file %q, view %q", media, extension(&media), shownAs(&media))
		}
	}
	if shownAs(nil) != "" || extension(nil) != "" {
		t.Error("a document without a media type has an ending")
	}
	for name, want := range map[string]string{"370686107000-2020-9d67a0a8.ofd": "370686107000-2020-9d67a0a8", "370686107000-2020-9d67a0a8": "370686107000-2020-9d67a0a8", "x-2020-1.xlsx": "x-2020-1", "x.unknown": "x.unknown"} {
		if got := bare(name); got != want {
			t.Errorf("bare(%s) = %s, want %s", name, got, want)
		}
	}
}
