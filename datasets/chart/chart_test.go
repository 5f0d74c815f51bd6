package chart

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"slices"
	"strings"
	"testing"
)

func line(values ...any) Series {
	s := Series{Name: "栖霞市寺口镇"}
	for i, v := range values {
		p := Point{Year: 2018 + i, Form: "2019"}
		if n, ok := v.(float64); ok {
			p.Value = &n
		}
		s.Points = append(s.Points, p)
	}
	return s
}

func svg(t *testing.T, d drawing) string {
	t.Helper()
	var b bytes.Buffer
	if err := WriteSVG(&b, d); err != nil {
		t.Fatal(err)
	}
	for dec := xml.NewDecoder(strings.NewReader(b.String())); ; {
		if _, err := dec.Token(); err == io.EOF {
			return b.String()
		} else if err != nil {
			t.Fatalf("the SVG is no XML: %v", err)
		}
	}
}

func TestAxisBeginsAtZero(t *testing.T) {
	for _, s := range []string{svg(t, Lines{Title: "新收申请", Series: []Series{line(900.0, 950.0, 1000.0)}}), svg(t, Lines{Series: []Series{line(0.0, 0.0)}})} {
		if !strings.Contains(s, ">0</text>") {
			t.Errorf("the value axis does not begin at zero:\n%s", s)
		}
	}
	if s := svg(t, Lines{Title: "新收申请", Series: []Series{line(1.0)}}); !strings.Contains(s, "新收申请") || !strings.Contains(s, "Noto Sans CJK SC") {
		t.Error("the Chinese title or its font is lacking")
	}
}

// strokes counts the drawn lines of the first colour.
func strokes(s string) int {
	_, s, _ = strings.Cut(s, "stroke:#1B5EA6")
	s, _, _ = strings.Cut(s, "/>")
	return strings.Count(s, "M")
}

func TestGapsAndBreaksAreNotBridged(t *testing.T) {
	whole := strokes(svg(t, Lines{Series: []Series{line(1.0, 2.0, 3.0, 4.0)}}))
	gap := strokes(svg(t, Lines{Series: []Series{line(1.0, 2.0, nil, 3.0, 4.0)}}))
	if gap != whole+1 {
		t.Errorf("a gap draws %d pieces, a whole line %d", gap, whole)
	}
	s := line(1.0, 2.0, 3.0, 4.0)
	s.Points[0].Form, s.Points[1].Form, s.Points[0].Break, s.Points[1].Break = "2014", "2014", true, true
	broken := svg(t, Lines{Series: []Series{s}})
	if strokes(broken) != whole+1 || !strings.Contains(broken, "stroke-dasharray") {
		t.Error("a break is bridged or has no rule")
	}
}

func TestTextIsInert(t *testing.T) {
	s := line(1.0, 2.0)
	s.Name = "<script>alert(1)</script>\u202eevil\x00"
	out := svg(t, Lines{Title: `"><image href=x>` + "\u2067", Series: []Series{s, s}})
	if strings.Contains(out, "<script") || strings.Contains(out, "<image") || strings.ContainsAny(out, "\u202e\u2067\x00") {
		t.Errorf("foreign text is live:\n%s", out)
	}
}

func TestEmptyIsAnError(t *testing.T) {
	var b bytes.Buffer
	if err := WriteSVG(&b, Lines{Series: []Series{line(nil, nil)}}); !errors.Is(err, ErrEmpty) {
		t.Errorf("error %v", err)
	}
	if err := WriteSVG(&b, Histogram{}); !errors.Is(err, ErrEmpty) {
		t.Errorf("error %v", err)
	}
}

func TestHistogram(t *testing.T) {
	v := 12.0
	if s := svg(t, Histogram{Title: "分布", Bins: []Bin{{0, 10, 4}, {10, 20, 7}, {20, 30, 0}}, Mark: &v}); !strings.Contains(s, ">20</text>") {
		t.Error("the axis lacks a label")
	}
	if s := svg(t, Histogram{Bins: []Bin{{0, 1, 10}, {1, 2, 7}}}); strings.Contains(s, ">2.5</text>") || !strings.Contains(s, ">5</text>") {
		t.Errorf("an axis of numbers of places marks parts of one, or nothing:\n%s", s)
	}
}

func TestPNG(t *testing.T) {
	if _, err := chinese(); errors.Is(err, ErrNoFont) {
		t.Skip("no Chinese font here")
	}
	var b bytes.Buffer
	if err := WritePNG(&b, Lines{Title: "新收政府信息公开申请数量", Unit: "件", Series: []Series{line(1.0, 5.0, 3.0), line(2.0, nil, 4.0)}}); err != nil {
		t.Fatal(err)
	}
	if p, err := png.Decode(&b); err != nil || p.Bounds().Dx() != 1200 {
		t.Fatalf("%v %v", p.Bounds(), err)
	}
}

// Long titles and names are broken or end in an ellipsis, never outside the chart.
func TestFitted(t *testing.T) {
	for _, c := range []struct {
		text string
		most int
		want []string
	}{
		{"Grant rate: granted", 2, []string{"Grant rate:", "granted"}},
		{"公开率（予以公开与部分公开占办结）", 2, []string{"公开率（予以公", "开与部分公开…"}},
		{"一二三四五六七", 1, []string{"一二三四五六七"}},
		{"", 1, []string{""}},
	} {
		if got := fitted(c.text, 10, 70, c.most); !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}
