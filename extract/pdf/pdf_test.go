package pdf

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/shared"
	"github.com/gongkai-data/gongkai/extract"
)

func readFile(t testing.TB, path string) []byte {
	t.Helper()
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func read(t testing.TB, path string, opt Options) *extract.Document {
	t.Helper()
	d, err := Read(context.Background(), path, readFile(t, path), opt)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func grids(d *extract.Document) []*extract.Grid {
	var out []*extract.Grid
	for _, b := range d.Blocks {
		if b.Kind == extract.Table {
			out = append(out, b.Grid)
		}
	}
	return out
}

// rows prints a grid with one line a row, cells that start there parted by '|'.
func rows(g *extract.Grid) []string {
	out := make([]string, g.Rows)
	for _, c := range g.Cells {
		if out[c.Row] != "" {
			out[c.Row] += "|"
		}
		out[c.Row] += c.Text
	}
	return out
}

func TestReal(t *testing.T) {
	for _, year := range []string{"2023", "2024"} {
		t.Run(year, func(t *testing.T) {
			d := read(t, shared.Path(t, "real/hongze-"+year+".pdf"), Options{})
			g := grids(d)
			if len(g) != 3 {
				t.Fatalf("%d grids, want the forms of sections 二, 三 and 四", len(g))
			}
			for i, size := range [][2]int{{14, 4}, {26, 10}, {4, 15}} {
				if g[i].Rows != size[0] || g[i].Cols != size[1] {
					t.Errorf("grid %d is %d by %d, want %v", i, g[i].Rows, g[i].Cols, size)
				}
			}
			checkGold(t, g[1], shared.Path(t, "gold/hongze-"+year+".json"))
		})
	}
}

// checkGold compares the seven value columns of section 三 row by row with the gold facts, in the order of the form.
func checkGold(t *testing.T, g *extract.Grid, path string) {
	var gold struct {
		Facts []struct {
			Indicator string
			Applicant *string
			Value     float64
		}
	}
	if err := json.Unmarshal(readFile(t, path), &gold); err != nil {
		t.Fatal(err)
	}
	var want []string
	last := ""
	for _, f := range gold.Facts {
		if !strings.HasPrefix(f.Indicator, "requests.") {
			continue
		}
		if f.Indicator != last {
			want = append(want, "")
			last = f.Indicator
		}
		want[len(want)-1] += fmt.Sprintf("|%g", f.Value)
	}
	var got []string
	for r := 3; r < g.Rows; r++ {
		line := ""
		for c := 3; c < g.Cols; c++ {
			line += "|" + g.At(r, c).Text
		}
		got = append(got, line)
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("section 三:\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
