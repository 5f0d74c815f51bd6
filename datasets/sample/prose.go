package sample

import (
	"fmt"
	"hash/fnv"
	"strings"
	"sync"
)

// phrases are the choices for each slot of a text: other slots in braces are filled in their turn.
var phrases = sync.OnceValue(func() map[string][]string {
	out := map[string][]string{}
	for _, l := range table("prose.csv", proseCSV) {
		out[l["slot"]] = strings.Split(l["text"], "|")
	}
	return out
})

// phrase fills a slot. The choice depends on nothing but the seed and the place in the text, so who is given another's
// seed writes what the other wrote.
func (r *Report) phrase(slot, seed string, n *int) string {
	switch slot {
	case "year":
		return fmt.Sprint(r.Year)
	case "who":
		return r.who
	}
	choices := phrases()[slot]
	if len(choices) == 0 {
		panic("sample: prose.csv has no " + slot)
	}
	h := fnv.New64a()
	fmt.Fprint(h, seed, *n, slot)
	*n++
	text := choices[(h.Sum64()>>7)%uint64(len(choices))]
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(text, "{")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		name, after, _ := strings.Cut(rest, "}")
		b.WriteString(r.phrase(name, seed, n))
		text = after
	}
}

// block is a paragraph or a table of a report.
type block struct {
	text  string
	table grid
}

// blocks are the report from below its title to its end.
func (r *Report) blocks() []block {
	out := []block{{text: fmt.Sprintf("本报告由%s根据《中华人民共和国政府信息公开条例》第五十条的规定编制，所列数据的统计期限为%d年1月1日至%d年12月31日。", r.Name, r.Year, r.Year)}}
	add := func(format string, args ...any) { out = append(out, block{text: fmt.Sprintf(format, args...)}) }
	n := 0
	say := func(slot string) string { return r.phrase(slot, r.text, &n) }
	add("%s", heading(1))
	add("%s", say("overall"))
	web, feed := r.posts*3/5, r.posts*3/10
	add("（一）主动公开情况。全年主动公开政府信息%d条，其中政府网站%d条，微信公众号%d条，公开栏%d条。%s", r.posts, web, feed, r.posts-web-feed, say("open"))
	received := "全年未收到政府信息公开申请。"
	if v := r.total[Cell{"requests.received", "total"}]; v > 0 {
		received = fmt.Sprintf("全年共收到政府信息公开申请%.0f件。", v)
	}
	add("（二）依申请公开情况。%s%s", received, say("asked"))
	add("（三）政府信息管理情况。%s", say("managed"))
	add("（四）平台建设情况。%s", say("platform"))
	add("（五）监督保障情况。%s", say("watched"))
	for section := 2; section <= 4; section++ {
		add("%s", heading(section))
		for _, g := range r.tables(section) {
			out = append(out, block{table: g})
		}
	}
	add("%s", heading(5))
	n = 0
	add("%s", r.phrase("closing", r.closing, &n))
	add("%s", heading(6))
	add("无其他需要报告的事项。")
	return out
}
