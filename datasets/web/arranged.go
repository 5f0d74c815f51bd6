package web

import (
	"fmt"
	"html/template"
	"net/url"
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/compare"
)

// arrange lays the table of a comparison out as the address asks: order=year for years first, changes=1 for columns of
// differences, per=10000 for counts by the denominators that the user brought.
func (r *request) arrange(c *comparison) error {
	q := r.URL.Query()
	for key, known := range map[string]string{"order": "year", "changes": "1", "per": "10000"} {
		if v := q.Get(key); v != "" && v != known {
			return badRequest(fmt.Errorf(r.T("bad_choice"), key, r.Plain(v)))
		}
	}
	if r.static != nil || len(c.Table.Rows) == 0 {
		return nil
	}
	byYear := q.Get("order") == "year"
	c.Changes = q.Get("changes") != ""
	if r.server.opt.Denominators != nil {
		c.Per = q.Get("per") != ""
		c.Measured = r.either(q, "per", "10000", "as_counts", "per_inhabitants")
	}
	c.Views = r.either(q, "order", "year", "by_place", "by_year")
	c.Beside = r.either(q, "changes", "1", "without_changes", "with_changes")
	if c.Per {
		c.Table, c.Lacking = c.Table.Per(r.server.opt.Denominators, compare.Governments(c.Places))
	}
	if byYear {
		c.Table = c.Table.ByYear()
	}
	return nil
}

// either is the choice of a key of the address: without it, or with its one value.
func (r *request) either(q url.Values, key, value, without, with string) []choice {
	var out []choice
	for _, v := range []string{"", value} {
		address := url.Values{}
		for k, all := range q {
			if k != key {
				address[k] = all
			}
		}
		label := without
		if v != "" {
			address.Set(key, v)
			label = with
		}
		out = append(out, choice{r.T(label), r.address("/"+r.lang+"/compare", address), q.Get(key) == v})
	}
	return out
}

// DrawnOf are the charts of a comparison: of what was published, in no other measure.
func (r *request) DrawnOf(c *comparison) []compare.Row {
	if c.Per {
		return nil
	}
	return r.Drawn(c.Table)
}

// Denominators are the sources of the numbers of inhabitants that the user brought.
func (r *request) Denominators() []string { return r.server.opt.Denominators.Sources() }

// ends is the first column of the group that ends with column k, and whether one ends there.
func ends(t compare.Table, k int) (first int, last bool) {
	if k+1 < len(t.Columns) && !t.First(k+1) {
		return 0, false
	}
	for first = k; !t.First(first); first-- {
	}
	return first, true
}

// changeHeads writes the heads of the columns of change behind the group that ends with column k.
func (r *request) changeHeads(b text, t compare.Table, k int) {
	first, last := ends(t, k)
	if !last || first == k {
		return
	}
	between := func(i int) string {
		if t.IsByYear() {
			return strconv.Itoa(i - first + 1)
		}
		return r.yearOf(t.Columns[i].Year)
	}
	span := `<span class="of">` + between(first) + "→" + between(k) + `</span>`
	for _, key := range []string{"difference", "change"} {
		b.WriteString(`<th scope="col" class="change">` + template.HTMLEscapeString(r.T(key)) + span + `</th>`)
	}
}

// changeCells writes what lies between the first and the last column of the group that ends with column k.
func (r *request) changeCells(b text, t compare.Table, row compare.Row, k int) {
	first, last := ends(t, k)
	if !last || first == k {
		return
	}
	c := row.Change(first, k)
	if c.Delta == nil {
		none := `<td class="change"><span class="absent" title="` + template.HTMLEscapeString(r.T(c.Why)) + `">–<span class="hear"> ` + template.HTMLEscapeString(r.T(c.Why)) + `</span></span></td>`
		b.WriteString(none + none)
		return
	}
	delta := signed(*c.Delta, row.Unit)
	if row.Unit == codebook.Share {
		delta += ` <span class="unit">` + template.HTMLEscapeString(r.T("points")) + `</span>`
	}
	ratio := "–"
	if c.Ratio != nil {
		ratio = signed(*c.Ratio, codebook.Share) + "%"
	}
	b.WriteString(`<td class="change">` + delta + `</td><td class="change">` + ratio + `</td>`)
}

// signed prints a difference with its sign; of shares in points.
func signed(v float64, unit string) string {
	text := grouped(strconv.FormatFloat(v, 'f', -1, 64))
	if unit == codebook.Share {
		text = grouped(strconv.FormatFloat(v*100, 'f', 1, 64))
	} else if strings.Contains(text, ".") {
		text = grouped(strconv.FormatFloat(v, 'f', 2, 64))
	}
	if v > 0 {
		return "+" + text
	}
	return text
}
