package normalize

import (
	"fmt"
	"github.com/gongkai-data/gongkai/datasets/codebook"
	"math"
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/normalize/rule"
)

// mentionChecks tries mentions.sum on every total with parts and mentions.share on every stated percentage.
func mentionChecks(mentions []extract.Mention) []Check {
	bySeq := make(map[int]*extract.Mention, len(mentions))
	for i := range mentions {
		bySeq[mentions[i].Seq] = &mentions[i]
	}
	parts := map[int][]*extract.Mention{}
	var order []int
	for i := range mentions {
		m := &mentions[i]
		if m.PartOf == nil || bySeq[*m.PartOf] == nil {
			continue
		}
		if parts[*m.PartOf] == nil {
			order = append(order, *m.PartOf)
		}
		parts[*m.PartOf] = append(parts[*m.PartOf], m)
	}
	var checks []Check
	for _, total := range order {
		checks = append(checks, ofAnother(withCarriedIn(sumChecks(bySeq[total], parts[total]), bySeq[total], mentions), parts[total], mentions)...)
	}
	for i := range mentions {
		m := &mentions[i]
		if m.SharePct != nil && m.PartOf != nil && bySeq[*m.PartOf] != nil {
			c := shareCheck(bySeq[*m.PartOf], m)
			for k := i - 1; k >= max(0, i-maxOther) && c.Outcome == rule.Fail; k-- {
				if other := &mentions[k]; other.Unit == m.Unit && other.Count >= m.Count && shareCheck(other, m).Outcome == rule.Pass {
					c.Outcome, c.Note = rule.NotAssessable, codebook.Note("other_share", other.Label)
				}
			}
			checks = append(checks, c)
		}
	}
	return checks
}

// maxOther is how many numbers of the text before one are looked at for the whole that it may be a part of.
const maxOther = 10

// ofAnother spares a breakdown whose parts add up to another number told before them: which of the two they break down
// is not said.
func ofAnother(checks []Check, parts []*extract.Mention, mentions []extract.Mention) []Check {
	for k := range checks {
		c := &checks[k]
		for i := range mentions {
			m := &mentions[i]
			if c.Outcome == rule.Fail && m.Seq < parts[0].Seq && m.Seq >= parts[0].Seq-maxOther && m.Unit == parts[0].Unit && rule.Equal(*c.LHS, m.Count) {
				c.Outcome, c.Note = rule.NotAssessable, codebook.Note("other_total", m.Label)
			}
		}
	}
	return checks
}

func cellOf(m *extract.Mention) string { return "mention:" + strconv.Itoa(m.Seq) }

// sumChecks tries the parts of one total together. A text may break a total down twice, by subject and by channel:
// where the parts together do not make the sum, each breakdown is tried alone.
func sumChecks(total *extract.Mention, parts []*extract.Mention) []Check {
	var channels, subjects []*extract.Mention
	for _, p := range parts {
		if p.Channel {
			channels = append(channels, p)
		} else {
			subjects = append(subjects, p)
		}
	}
	together := sumCheck(total, parts, len(subjects) == 0)
	if results := without(parts, "requests.carried_in"); together.Outcome == rule.Fail && len(results) > 1 && len(results) < len(parts) {
		// 答复1453件，包括上年结转30件。其中，予以公开…: what was carried over is among the results.
		if c := sumCheck(total, results, false); c.Outcome == rule.Pass {
			return []Check{c}
		}
	}
	if together.Outcome == rule.Fail && severalTimes(total, parts) {
		together.Outcome, together.Note = rule.Pass, codebook.Note("several_breakdowns")
		together.LHS, together.Delta = together.RHS, new(float64)
	}
	if together.Outcome == rule.Pass || len(channels) == 0 || len(subjects) == 0 {
		return []Check{together}
	}
	return []Check{sumCheck(total, subjects, false), sumCheck(total, channels, true)}
}

// withCarriedIn lets a breakdown of the requests hold what the sentence says to be carried in beside them:
// 收到9件，上年结转1件，其中网络申请5件，信函申请5件.
func withCarriedIn(checks []Check, total *extract.Mention, mentions []extract.Mention) []Check {
	if total.Indicator != "requests.received" {
		return checks
	}
	for i := range mentions {
		m := &mentions[i]
		if m.Indicator != "requests.carried_in" || m.PartOf != nil || m.Sentence != total.Sentence {
			continue
		}
		for k := range checks {
			if c := &checks[k]; c.Outcome == rule.Fail && rule.Equal(*c.LHS, total.Count+m.Count) {
				c.Outcome, c.Note = rule.Pass, codebook.Note("carry_in_counted")
				rhs, delta := total.Count+m.Count, 0.0
				c.RHS, c.Delta = &rhs, &delta
			}
		}
	}
	return checks
}

// severalTimes reports parts that make the total again and again: 按方式分，网络12件、信函3件；按申请人分，公民14件、法人1件.
func severalTimes(total *extract.Mention, parts []*extract.Mention) bool {
	sum, times := 0.0, 0
	for _, p := range parts {
		if sum += p.Count; rule.Equal(sum, total.Count) {
			sum, times = 0, times+1
		}
	}
	return sum == 0 && times > 1 && total.Count > 0
}

func without(parts []*extract.Mention, indicator string) (rest []*extract.Mention) {
	for _, p := range parts {
		if p.Indicator != indicator {
			rest = append(rest, p)
		}
	}
	return rest
}

// sumCheck is mentions.sum: the parts of a stated total add up to it. An approximate total N passes for a sum in [N,
// 1.1 N]. Channels overlap (one item on the web site and in the newspaper counts once in the total), and lists that end
// in 等, that open with 其中 and name no rest, or that name one part, are partial: neither has to sum.
func sumCheck(total *extract.Mention, parts []*extract.Mention, channel bool) Check {
	c := Check{Rule: "mentions.sum", Cells: []string{}}
	sum, largest, vague, partial, scope := 0.0, 0.0, false, len(parts) == 1, false
	var words []string
	for _, p := range parts {
		sum += p.Count
		largest = math.Max(largest, p.Count)
		vague = vague || p.Approximate
		partial = partial || p.Partial
		scope = scope || p.Cumulative != total.Cumulative
		words = append(words, p.Label)
		c.Cells = append(c.Cells, cellOf(p))
	}
	c.Cells = append(c.Cells, cellOf(total))
	c.Expression = strings.Join(words, " + ") + " = " + total.Label
	n := total.Count
	c.LHS, c.RHS = &sum, &n
	delta := sum - n
	c.Delta = &delta
	equal := rule.Equal(sum, n) || total.Approximate && sum >= n && sum <= 1.1*n
	switch {
	case mixedUnits(total, parts):
		c.Outcome, c.Note = rule.NotAssessable, codebook.Note("units_differ")
	case scope:
		c.Outcome, c.Note = rule.NotAssessable, codebook.Note("years_differ")
	case channel && largest > n && !total.Approximate:
		c.Outcome, c.Note = rule.Fail, codebook.Note("channel_exceeds")
	case equal:
		c.Outcome = rule.Pass
	case channel:
		c.Outcome, c.Note = rule.NotAssessable, codebook.Note("channels_overlap")
	case vague:
		c.Outcome, c.Note = rule.NotAssessable, codebook.Note("part_approximate")
	case partial && sum < n:
		c.Outcome, c.Note = rule.NotAssessable, codebook.Note("list_partial")
	default:
		c.Outcome = rule.Fail
	}
	if total.Approximate {
		c.Note = strings.TrimPrefix(c.Note+"; "+codebook.Note("total_approximate", strconv.FormatFloat(sum, 'f', -1, 64)), "; ")
	}
	return c
}

func mixedUnits(total *extract.Mention, parts []*extract.Mention) bool {
	for _, p := range parts {
		if p.Unit != "" && total.Unit != "" && p.Unit != total.Unit {
			return true
		}
	}
	return false
}

// shareCheck is mentions.share: count / total is the stated percentage within its rounding.
func shareCheck(total, m *extract.Mention) Check {
	printed := strconv.FormatFloat(*m.SharePct, 'f', -1, 64)
	decimals := 0
	if _, fraction, ok := strings.Cut(printed, "."); ok {
		decimals = len(fraction)
	}
	c := Check{Rule: "mentions.share", Cells: []string{cellOf(m), cellOf(total)}, RHS: m.SharePct,
		Expression: fmt.Sprintf("100 × %s / %s = %s%%", m.Label, total.Label, printed)}
	if total.Count == 0 {
		c.Outcome, c.Note = rule.NotAssessable, codebook.Note("total_zero")
		return c
	}
	share := 100 * m.Count / total.Count
	delta := share - *m.SharePct
	c.LHS, c.Delta = &share, &delta
	switch {
	case math.Abs(delta) <= 0.5*math.Pow10(-decimals)+1e-9:
		c.Outcome = rule.Pass
	case m.Approximate:
		c.Outcome, c.Note = rule.NotAssessable, codebook.Note("count_approximate")
	default:
		c.Outcome = rule.Fail
	}
	return c
}
