// Package ocr recognises lines of print with neural networks that two wheels of Python packages carry (PP-OCRv4 and
// PP-OCRv6, Apache-2.0). The two share no weights, so where they agree a misreading is rare. Library and models are no
// part of this program: see Install.
package ocr

import (
	"errors"
	"fmt"
	"strings"

	"github.com/gongkai-data/gongkai/extract/ocr/onnx"
)

// Strip is the picture of one line of print: 0 is black, 255 the paper.
type Strip struct {
	W, H int
	Pix  []uint8 // row by row
}

// Narrow squeezes the strip to a share of its width, by the mean of what falls together.
func (s Strip) Narrow(share float64) Strip {
	out := Strip{W: max(int(float64(s.W)*share+0.5), 1), H: s.H}
	out.Pix = make([]uint8, out.W*out.H)
	step := float64(s.W) / float64(out.W)
	for x := range out.W {
		from, to := float64(x)*step, float64(x+1)*step
		for y := range s.H {
			sum := 0.0
			for i := int(from); i < s.W && float64(i) < to; i++ {
				sum += float64(s.Pix[y*s.W+i]) * (min(to, float64(i+1)) - max(from, float64(i)))
			}
			out.Pix[y*out.W+x] = uint8(min(sum/step+0.5, 255))
		}
	}
	return out
}

// height is what the models want of a line, in pixels.
const height = 48

// Widths of what is given to a model, in pixels: a longer line is squeezed.
const (
	narrowest = 48
	widest    = 2400
)

// Model recognises lines. It is not for use by several goroutines.
type Model struct {
	session    *onnx.Session
	characters []rune  // by class; 0 for the blank
	group      []uint8 // by class: 1 + its place in groups, 0 for what belongs to no number
}

// open reads a model and the characters that its file lists.
func open(library *onnx.Library, path string) (*Model, error) {
	s, err := library.Open(path)
	if err != nil {
		return nil, err
	}
	list, err := s.Metadata("character")
	if err != nil {
		return nil, err
	}
	if list == "" {
		return nil, fmt.Errorf("the model %s lists no characters", path)
	}
	m := &Model{session: s, characters: []rune{0}}
	for _, c := range strings.Split(list, "\n") {
		r := []rune(c)
		if len(r) == 0 {
			r = []rune{' '}
		}
		m.characters = append(m.characters, r[0])
	}
	m.characters = append(m.characters, ' ')
	m.group = make([]uint8, len(m.characters))
	for i, c := range m.characters {
		m.group[i] = uint8(1 + groupOf(c))
	}
	return m, nil
}

// Reading is what a model says of a strip.
type Reading struct {
	Text   string
	At     []float64 // for each character of Text where its middle stands, as a share of the strip's width
	Clear  float64   // probability of the characters of Text, on the mean
	Number string    // the strip read as a number or a mark in place of one; empty where other characters stand there
	Sure   float64   // probability that Number is what stands there
}

// Read recognises a strip. numbers asks for Number too.
func (m *Model) Read(s Strip, numbers bool) (Reading, error) {
	if s.W <= 0 || s.H <= 0 || len(s.Pix) != s.W*s.H {
		return Reading{}, errors.New("recognising a line: it has no pixels")
	}
	in, used := prepare(s)
	var r Reading
	var wrong error
	err := m.session.Run(in, func(out onnx.Tensor) {
		if len(out.Shape) != 3 || int(out.Shape[2]) != len(m.characters) {
			wrong = fmt.Errorf("recognising a line: the model answers in the shape %v and has %d characters", out.Shape, len(m.characters))
			return
		}
		steps := int(out.Shape[1])
		r = m.greedy(out.Data, steps, float64(in.Shape[3])/float64(used))
		if numbers {
			r.Number, r.Sure = m.number(out.Data, steps)
		}
	})
	return r, errors.Join(err, wrong)
}

// prepare scales a strip to the height of the models and from -1 to 1. used is the width that the strip takes.
func prepare(s Strip) (t onnx.Tensor, used int) {
	used = min(max(s.W*height/s.H, 1), widest)
	width := max((used+7)/8*8, narrowest)
	left := (width - used) / 2
	if used > narrowest {
		left = 0
	}
	t = onnx.Tensor{Shape: []int64{1, 3, height, int64(width)}, Data: make([]float32, 3*height*width)}
	plane := t.Data[:height*width]
	for i := range plane {
		plane[i] = 1
	}
	sx, sy := float64(s.W)/float64(used), float64(s.H)/height
	for y := range height {
		for x := range used {
			plane[y*width+left+x] = s.at((float64(x)+0.5)*sx-0.5, (float64(y)+0.5)*sy-0.5)/127.5 - 1
		}
	}
	copy(t.Data[height*width:], plane)
	copy(t.Data[2*height*width:], plane)
	return t, used
}

// at interpolates.
func (s Strip) at(x, y float64) float32 {
	x, y = min(max(x, 0), float64(s.W-1)), min(max(y, 0), float64(s.H-1))
	x0, y0 := int(x), int(y)
	x1, y1 := min(x0+1, s.W-1), min(y0+1, s.H-1)
	fx, fy := float32(x-float64(x0)), float32(y-float64(y0))
	top := float32(s.Pix[y0*s.W+x0])*(1-fx) + float32(s.Pix[y0*s.W+x1])*fx
	bottom := float32(s.Pix[y1*s.W+x0])*(1-fx) + float32(s.Pix[y1*s.W+x1])*fx
	return top*(1-fy) + bottom*fy
}

// greedy takes the likeliest character of each step, repeated ones once. stretch is the width of the input in widths of
// the strip.
func (m *Model) greedy(p []float32, steps int, stretch float64) (r Reading) {
	var text strings.Builder
	before, sure := 0, 0.0
	for t := range steps {
		row := p[t*len(m.characters) : (t+1)*len(m.characters)]
		best := 0
		for c, v := range row {
			if v > row[best] {
				best = c
			}
		}
		if best != 0 && best != before {
			text.WriteRune(m.characters[best])
			sure += float64(row[best])
			r.At = append(r.At, min((float64(t)+0.5)/float64(steps)*stretch, 1))
		}
		before = best
	}
	r.Text, r.Clear = text.String(), sure/float64(max(len(r.At), 1))
	return r
}
