package mention

// percent is one percentage of the text.
type percent struct {
	start, end int
	value      float64
}

// ratio is a percentage behind a count, on which the rules of shares.csv are tried.
type ratio struct {
	*view
	between span // the text between the count and the percentage
	p       *percent
}

func (r *ratio) unitOf() uint8     { return 0 }
func (r *ratio) place() (int, int) { return r.p.start, r.p.end }

var ratioFacts = facts[*ratio]{spans: map[string]func(*ratio) span{
	"between": func(r *ratio) span { return r.between },
	"behind":  func(r *ratio) span { return span{r.p.end, min(len(r.run), r.p.end+2)} },
}}

// maxToShare bounds the text between a count and its share, in characters.
const maxToShare = 40

// shares puts the percentages that are shares on the counts they belong to.
func (v *view) shares(drafts []draft, percents []percent) {
	k := -1
	for i := 0; i < len(percents); i++ {
		p := &percents[i]
		for k+1 < len(drafts) && drafts[k+1].start < p.start {
			k++
		}
		if k < 0 || p.start < drafts[k].end || p.start-drafts[k].end > maxToShare {
			continue
		}
		switch v.rules.shares.does(&ratio{view: v, between: span{drafts[k].end, p.start}, p: p}) {
		case "share":
			if drafts[k].share == nil {
				drafts[k].share = &p.value
			}
		case "respective":
			n := 1
			for i+n < len(percents) && percents[i+n].start-percents[i+n-1].end <= 2 {
				n++
			}
			for j := 0; j < n && k-n+1 >= 0; j++ {
				drafts[k-n+1+j].share = &percents[i+j].value
			}
			i += n - 1
		}
	}
}
