package mention

import "regexp"

// shareLead is what stands between a count and a percentage that is its share of the total: ，占总数的. A rate (答复率100%) or a growth (同比增长2.3%) is none.
var shareLead = regexp.MustCompile(`^[,、;(\s]*(?:约|大约|均|各)?(?:所?(?:占|占比)[^,。;\n]{0,20}|(?:主动)?(?:公开)?(?:政府)?(?:信息)?(?:公开)?总[量数]的)$`)

// bracketShare: 3条（15.79%）, also with more in the bracket: 212件（26.5%，含撤回95件）.
var (
	bracketShare = regexp.MustCompile(`^\((?:约)?$`)
	shareEnds    = regexp.MustCompile(`^(?:[),、;]|含|其中|包括)`)
)

var respectively = regexp.MustCompile(`^[,;(]*分别占[^,。;\n]{0,20}$`)

// shares puts the percentages that are shares on the counts they belong to.
func (v *view) shares(drafts []draft, percents []percent) {
	k := -1
	for i := 0; i < len(percents); i++ {
		p := &percents[i]
		for k+1 < len(drafts) && drafts[k+1].start < p.start {
			k++
		}
		if k < 0 || p.start < drafts[k].end || p.start-drafts[k].end > 40 {
			continue
		}
		between := string(v.run[drafts[k].end:p.start])
		switch {
		case respectively.MatchString(between):
			n := 1
			for i+n < len(percents) && percents[i+n].start-percents[i+n-1].end <= 2 {
				n++
			}
			for j := 0; j < n && k-n+1 >= 0; j++ {
				drafts[k-n+1+j].share = &percents[i+j].value
			}
			i += n - 1
		case drafts[k].share == nil && (shareLead.MatchString(between) || bracketShare.MatchString(between) && shareEnds.MatchString(string(v.run[p.end:min(len(v.run), p.end+2)]))):
			drafts[k].share = &p.value
		}
	}
}
