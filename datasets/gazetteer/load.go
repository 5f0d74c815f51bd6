package gazetteer

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/gongkai-data/gongkai/extract/lazyregexp"
	"github.com/klauspost/compress/zstd"
)

// divisions holds codes in order, each as its difference to the one before, an empty line, and the names: a quarter
// smaller than with code and name on one line.
//
//go:embed data/divisions.zst
var divisions []byte

//go:embed data/history.tsv.zst
var historyTSV []byte

//go:embed data/changes.csv
var changesCSV string

// sampleCSV holds the divisions of the bundled sample: places that do not exist, under a province code that nobody has.
//
//go:embed data/sample.csv
var sampleCSV string

// firstEdition is the cut-off date of the oldest edition used: what ended before it and has no date ended then at the
// latest.
const firstEdition = "2015-09-30"

// editions are the cut-off dates of the editions used.
var editions = []string{firstEdition, "2016-07-31", "2017-10-31", "2019-10-31", "2020-06-30", "2021-10-31", "2022-10-31", "2023-06-30"}

type book struct {
	all     []*Division
	made    []*Division // those of the sample
	byCode  map[string]*Division
	oldCode map[string]*Division // codes out of use -> the division that goes on
	byName  map[string][]Name
	block   []Name            // what most slices of byName point into
	names   map[string][]Name // parent's code -> names of what is or was directly below it
	became  []Became          // in the order of applied changes
}

// load decodes the embedded files once. They are part of the program, so a fault in them is a fault of the build and
// panics; a test loads them.
var load = sync.OnceValue(func() *book {
	b, err := decode(divisions, historyTSV, changesCSV)
	if err != nil {
		panic("gazetteer: " + err.Error())
	}
	return b
})

func unpack(what string, packed []byte) (string, error) {
	raw, err := zstd.DecodeTo(nil, packed)
	if err != nil {
		return "", fmt.Errorf("unpacking embedded %s: %w", what, err)
	}
	return string(raw), nil
}

// change is one line of history: what a division was called, or that it is gone.
type change struct{ oldCode, oldName, kind, code, until, evidence string }

func decode(divisions, history []byte, changes string) (*book, error) {
	rows, err := unpack("divisions", divisions)
	if err != nil {
		return nil, err
	}
	b := &book{
		byCode: make(map[string]*Division, 50_000), oldCode: make(map[string]*Division, 2_000),
		byName: make(map[string][]Name, 48_000), names: make(map[string][]Name, 4_000), block: make([]Name, 0, 48_000), all: make([]*Division, 0, 50_000),
	}
	store := make([]Division, 0, 50_000) // one block instead of 50,000 small ones
	codes, names, err := codesAndNames(rows)
	if err != nil {
		return nil, fmt.Errorf("reading embedded divisions: %w", err)
	}
	for i, code := range codes {
		store = append(store, Division{Code: code, Name: names[i]})
		b.put(&store[i])
	}
	if err := b.applyChanges(history, changes); err != nil {
		return nil, err
	}
	for _, d := range b.all {
		slices.Sort(d.Aliases)
		d.Aliases = slices.Compact(d.Aliases)
	}
	slices.SortFunc(b.all, func(x, y *Division) int { return strings.Compare(x.Code, y.Code) })
	return b, b.addSample(sampleCSV)
}

func codesAndNames(rows string) (codes, names []string, err error) {
	above, below, _ := strings.Cut(rows, "\n\n")
	codes, names = strings.Split(above, "\n"), strings.Split(strings.TrimSuffix(below, "\n"), "\n")
	if len(codes) != len(names) {
		return nil, nil, fmt.Errorf("%d codes and %d names", len(codes), len(names))
	}
	const digits = 12
	all := make([]byte, 0, digits*len(codes)) // one block instead of 45,000 small ones
	code := int64(0)
	for _, step := range codes {
		n, err := strconv.ParseInt(step, 10, 64)
		if code += n; err != nil || n <= 0 || code < 1e11 || code >= 1e12 {
			return nil, nil, fmt.Errorf("the step %q from code to code", step)
		}
		all = strconv.AppendInt(all, code, 10)
	}
	block := string(all)
	for i := range codes {
		codes[i] = block[digits*i : digits*(i+1)]
	}
	return codes, names, nil
}

// addSample adds the divisions of the sample, which are found by code and name like any other and stand apart from
// those that exist.
func (b *book) addSample(text string) error {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		return fmt.Errorf("reading embedded sample.csv: %w", err)
	}
	real := len(b.all)
	for _, r := range rows[1:] {
		b.put(&Division{Code: r[0], Name: r[1], Invented: true})
	}
	b.all, b.made = b.all[:real:real], b.all[real:]
	return nil
}

// put adds a division whose parent is already there (code order sees to that).
func (b *book) put(d *Division) {
	d.Level, d.Parent = rank(d.Code)
	if p := b.byCode[d.Parent]; p == nil && d.Level == Township {
		d.Parent = d.Code[:4] + "00000000" // 东莞, 中山, 儋州: towns directly below the city
	} else if p == nil && d.Level == County {
		d.Parent = d.Code[:2] + "0000000000" // a former county of a prefecture that is gone as well
	} else if p != nil {
		d.Parent = p.Code // the same string, not a copy
	}
	d.Pseudo = pseudo(d)
	b.all = append(b.all, d)
	b.byCode[d.Code] = d
	if p := b.byCode[d.Parent]; p != nil {
		p.children = append(p.children, d)
	}
	b.name(Name{Text: d.Name, Division: d, Parent: d.Parent, Until: d.ValidTo})
}

func (b *book) name(n Name) {
	if old := b.byName[n.Text]; old != nil {
		b.byName[n.Text] = append(old, n)
	} else { // most names are borne once: they share one block
		b.block = append(b.block, n)
		b.byName[n.Text] = b.block[len(b.block)-1 : len(b.block) : len(b.block)]
	}
	b.names[n.Parent] = append(b.names[n.Parent], n)
}

// rank finds level and parent from the digits: 2 province, 2 prefecture, 2 county, 3 township, 3 village (GB/T 2260 and
// GB/T 10114).
func rank(code string) (Level, string) {
	switch {
	case code[2:] == "0000000000":
		return Province, ""
	case code[4:] == "00000000":
		return Prefecture, code[:2] + "0000000000"
	case code[6:] == "000000":
		return County, code[:4] + "00000000"
	}
	return Township, code[:6] + "000000"
}

var townName = lazyregexp.New(`(街道|街道办事处|镇|乡|苏木|地区)$`)

// level reports the rows that stand for a level and not for a place: 市辖区, 县, 省直辖县级行政区划, 向阳区直辖村级区划.
func level(name string) bool {
	return name == "市辖区" || name == "县" || strings.Contains(name, "直辖村级") || strings.Contains(name, "直辖县级")
}

// pseudo reports the units that are no division by law. Codes 400 to 599 of the third group are units that act like a
// township; those named as a street office, town or 乡 are real ones whose code is provisional. County codes 71 to 79
// are the bureau's own (development zones).
func pseudo(d *Division) bool {
	switch d.Level {
	case Prefecture:
		return level(d.Name)
	case County:
		return d.Code[4] == '7' || d.Code == "620201000000" || level(d.Name)
	case Township:
		return level(d.Name) || d.Code[6] >= '4' && !townName.MatchString(d.Name)
	}
	return false
}

func (b *book) applyChanges(history []byte, changes string) error {
	hand, err := csv.NewReader(strings.NewReader(changes)).ReadAll()
	if err != nil {
		return fmt.Errorf("reading embedded changes.csv: %w", err)
	}
	rows, err := unpack("history", history)
	if err != nil {
		return err
	}
	var list []change
	dated := map[string]int{} // lines of the hand list that take their date from the editions
	mine := map[string]bool{} // the hand list is read first and wins over what the editions suggest
	for i, r := range hand {
		if i == 0 {
			continue
		}
		c := change{Pad(r[0]), r[1], r[2], "", r[4], r[5]}
		if r[3] != "" {
			c.code = Pad(r[3])
		}
		if c.until == "" {
			c.until = firstEdition
			dated[c.oldCode+c.oldName] = len(list)
		}
		mine[c.oldCode+c.oldName] = true
		list = append(list, c)
	}
	for line := range strings.Lines(rows) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) != 5 {
			return fmt.Errorf("reading embedded history: line %q", line)
		}
		if !mine[f[0]+f[1]] {
			list = append(list, change{f[0], f[1], f[2], f[3], f[4], "editions of the statistics bureau's division codes: not in that of " + f[4]})
		} else if i, ok := dated[f[0]+f[1]]; ok {
			list[i].until = f[4]
		}
	}
	// Parents first, so that a former town finds its county.
	slices.SortStableFunc(list, func(x, y change) int {
		lx, _ := rank(x.oldCode)
		ly, _ := rank(y.oldCode)
		return int(lx) - int(ly)
	})
	for _, c := range list {
		if err := b.apply(c); err != nil {
			return err
		}
		b.noteBecame(c)
	}
	return nil
}

func (b *book) apply(c change) error {
	now := b.byCode[c.code]
	if c.code != "" && now == nil {
		return fmt.Errorf("change of %s %s: no division %s", c.oldCode, c.oldName, c.code)
	}
	rankOld, parent := rank(c.oldCode)
	if strings.Contains(c.oldCode, "-") { // a township whose own old code is not known: 220581---
		rankOld, parent = Township, c.oldCode[:6]+"000000"
	}
	if p := b.byCode[parent]; p == nil && b.oldCode[parent] != nil {
		parent = b.oldCode[parent].Code
	}
	if b.byCode[parent] == nil && now != nil {
		parent = now.Parent // 310200, the counties of 上海: the level itself is gone
	}
	if c.kind == "former" || c.kind == "split" {
		if b.byCode[c.oldCode] != nil {
			return nil // its code was given to another division: the name alone would mislead
		}
		d := &Division{Code: c.oldCode, Name: c.oldName, ValidTo: c.until, Successor: c.code}
		b.put(d)
		if d.Parent != parent && rankOld == Township && b.byCode[parent] != nil {
			b.adopt(d, parent)
		}
		return nil
	}
	if now == nil {
		return fmt.Errorf("change of %s %s: %s without a code of today", c.oldCode, c.oldName, c.kind)
	}
	if b.byCode[c.oldCode] == nil && !strings.Contains(c.oldCode, "-") {
		b.oldCode[c.oldCode] = now
	}
	if c.oldName == now.Name && parent == now.Parent {
		return nil
	}
	b.name(Name{Text: c.oldName, Division: now, Parent: parent, Until: c.until})
	if c.oldName != now.Name {
		now.Aliases = append(now.Aliases, c.oldName)
		b.since(now, earliest(c.until))
	}
	return nil
}

// adopt puts a former township below the county that goes on for its own.
func (b *book) adopt(d *Division, parent string) {
	drop := func(of string) {
		if p := b.byCode[of]; p != nil {
			p.children = slices.DeleteFunc(p.children, func(x *Division) bool { return x == d })
		}
		b.names[of] = slices.DeleteFunc(b.names[of], func(n Name) bool { return n.Division == d })
	}
	drop(d.Parent)
	d.Parent = parent
	b.byCode[parent].children = append(b.byCode[parent].children, d)
	b.names[parent] = append(b.names[parent], Name{Text: d.Name, Division: d, Parent: parent, Until: d.ValidTo})
	for i, n := range b.byName[d.Name] {
		if n.Division == d {
			b.byName[d.Name][i].Parent = parent
		}
	}
}

// since notes from when on at the earliest a division bears its present name.
func (b *book) since(d *Division, from string) {
	for _, l := range [][]Name{b.byName[d.Name], b.names[d.Parent]} {
		for i := range l {
			if l[i].Division == d && l[i].Text == d.Name && from > l[i].Since {
				l[i].Since = from
			}
		}
	}
}

// earliest is the earliest day on which a name that ended by until can have ended: the day itself where it is known,
// else the edition before.
func earliest(until string) string {
	for i, e := range editions {
		if e == until {
			if i == 0 {
				return ""
			}
			return editions[i-1]
		}
	}
	return until
}
