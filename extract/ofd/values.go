package ofd

import (
	"math"
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/extract/pdf/geometry"
)

// millimetre is its length in points.
const millimetre = 72 / 25.4

// numbers reads an array of numbers (ST_Array, 7.2); what is none is left out.
func numbers(s string) []float64 {
	var out []float64
	for _, f := range strings.Fields(s) {
		if n, err := strconv.ParseFloat(f, 64); err == nil && !math.IsNaN(n) && !math.IsInf(n, 0) {
			out = append(out, n)
		}
	}
	return out
}

func number(s string, otherwise float64) float64 {
	if n := numbers(s); len(n) == 1 {
		return n[0]
	}
	return otherwise
}

// truth reads a Boolean (xs:boolean).
func truth(s string, otherwise bool) bool {
	switch strings.TrimSpace(s) {
	case "true", "1":
		return true
	case "false", "0":
		return false
	}
	return otherwise
}

// maxDeltas bounds the distances of one run of text.
const maxDeltas = 20_000

// deltas reads the distances between characters (11.3): numbers, and "g n d" for n times d.
func deltas(s string) []float64 {
	fields := strings.Fields(s)
	var out []float64
	for i := 0; i < len(fields) && len(out) < maxDeltas; i++ {
		if fields[i] == "g" && i+2 < len(fields) {
			n, err := strconv.Atoi(fields[i+1])
			d := number(fields[i+2], 0)
			if err == nil {
				for range min(max(n, 0), maxDeltas-len(out)) {
					out = append(out, d)
				}
			}
			i += 2
			continue
		}
		out = append(out, number(fields[i], 0))
	}
	return out
}

// matrix maps (x, y) to (a·x + c·y + e, b·x + d·y + f).
type matrix struct{ a, b, c, d, e, f float64 }

var identity = matrix{a: 1, d: 1}

// transform reads a CTM (7.2).
func transform(s string) matrix {
	if n := numbers(s); len(n) == 6 {
		return matrix{n[0], n[1], n[2], n[3], n[4], n[5]}
	}
	return identity
}

// then applies m first, n after it.
func (m matrix) then(n matrix) matrix {
	return matrix{
		m.a*n.a + m.b*n.c, m.a*n.b + m.b*n.d,
		m.c*n.a + m.d*n.c, m.c*n.b + m.d*n.d,
		m.e*n.a + m.f*n.c + n.e, m.e*n.b + m.f*n.d + n.f,
	}
}

func (m matrix) point(x, y float64) geometry.Point {
	return geometry.Point{X: m.a*x + m.c*y + m.e, Y: m.b*x + m.d*y + m.f}
}

// scale is by how much lengths grow.
func (m matrix) scale() float64 { return math.Sqrt(math.Abs(m.a*m.d - m.b*m.c)) }

// box is the upright rectangle around the corners.
func (m matrix) box(x0, y0, x1, y1 float64) geometry.Box {
	b := geometry.Box{X0: math.Inf(1), Y0: math.Inf(1), X1: math.Inf(-1), Y1: math.Inf(-1)}
	for _, p := range []geometry.Point{m.point(x0, y0), m.point(x1, y0), m.point(x0, y1), m.point(x1, y1)} {
		b = geometry.Box{X0: min(b.X0, p.X), Y0: min(b.Y0, p.Y), X1: max(b.X1, p.X), Y1: max(b.Y1, p.Y)}
	}
	return b
}
