package mention

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/extract/celltext"
)

// view is a text folded for matching: full-width forms to ASCII, traditional characters of the field to simplified ones, spaces inside phrases
// and pinyin glosses dropped. Every folded rune knows where it stands in the source, so that offsets and labels are those of the text as published.
type view struct {
	src []rune  // the text as published
	run []rune  // the folded text
	at  []int   // at[i] is the index in src of run[i]; at[len(run)] is len(src)
	of  *string // the year reported on, once looked for
	// text is src as bytes and bytes[i] the offset in it of src[i], so that sentences share the memory of the text.
	text  string
	bytes []uint32
	// ends[i] counts the sentence ends before run[i], so that a look-back over many counts need not read the text between.
	ends []uint32
}

func newView(text string) *view {
	src := []rune(text)
	if !utf8.ValidString(text) {
		text = string(src)
	}
	v := &view{src: src, run: make([]rune, 0, len(src)), at: make([]int, 0, len(src)+1), text: text, bytes: offsets(text, len(src))}
	v.fold()
	return v
}

// countEnds fills ends. The text must not change behind it.
func (v *view) countEnds() {
	v.ends = make([]uint32, len(v.run)+1)
	for i, r := range v.run {
		v.ends[i+1] = v.ends[i]
		if isFullStop(r) && r != ';' {
			v.ends[i+1]++
		}
	}
}

// offsets returns the byte at which each rune of s begins, and the length of s.
func offsets(s string, runes int) []uint32 {
	out := make([]uint32, 0, runes+1)
	for i := range s {
		out = append(out, uint32(i))
	}
	return append(out, uint32(len(s)))
}

// fold fills run and at from src.
func (v *view) fold() {
	src := v.src
	torn := false // the line at hand is a number torn out of its sentence
	for i := 0; i < len(src); i++ {
		r := fold(src[i])
		switch {
		case r == 0:
			continue
		case r == '\n' && (torn || isHan(v.last()) && tornOut(src, i+1)):
			torn = !torn
			continue
		case r == '[' && i+1 < len(src) && src[i+1] == '^':
			if end := markEnd(src, i); end > 0 {
				i = end
				continue
			}
		case r == '(':
			if end := glossEnd(src, i); end > 0 {
				i = end
				continue
			}
		case r == ' ':
			end := spacesEnd(src, i)
			if !isWord(v.last()) || end == len(src) || !isWord(fold(src[end])) {
				i = end - 1
				continue
			}
			v.run, v.at = append(v.run, ' '), append(v.at, i)
			i = end - 1
			continue
		case r == '?' && v.last() >= 0x2e80 && i+1 < len(src) && isDigit(fold(src[i+1])):
			continue // a no-break space that an exporter turned into a question mark: 信息?10条
		}
		v.run = append(v.run, r)
		v.at = append(v.at, i)
	}
	v.at = append(v.at, len(src))
}

// tornOut reports that the line of src at i is a number alone that belongs into the sentence around it: 公开信息⏎5928⏎条，….
func tornOut(src []rune, i int) bool {
	j := i
	for j < len(src) && j < i+12 && (isDigit(fold(src[j])) || fold(src[j]) == '.' || fold(src[j]) == '%' || fold(src[j]) == ' ') {
		j++
	}
	if j == i || j+1 >= len(src) || fold(src[j]) != '\n' {
		return false
	}
	for j++; j < len(src) && fold(src[j]) == ' '; j++ {
	}
	return j+1 < len(src) && (fold(src[j]) == ',' || fold(src[j]) == '。' || strings.ContainsRune("条件次篇份期", fold(src[j])) && isStop(fold(src[j+1])) && fold(src[j+1]) != '\n')
}

// fold maps one rune; 0 means that it is to be dropped.
func fold(r rune) rune {
	switch {
	case r < 0x80:
		if r == '\t' || r == '\r' || r == '\v' || r == '\f' {
			return ' '
		}
		return r
	case r >= 0xff01 && r <= 0xff5e:
		return r - 0xfee0
	case r == 0x3000 || r == 0xa0 || r >= 0x2000 && r <= 0x200a || r == 0x202f:
		return ' '
	case celltext.Harmless(r):
		return 0
	case r == '—' || r == '–' || r == '―' || r == '－' || r == '～' || r == '〜':
		return '~' // range signs
	case r == '〈' || r == '〖':
		return '《'
	case r == '〉' || r == '〗':
		return '》'
	case r == '﹪' || r == '％':
		return '%'
	case r == '｡':
		return '。'
	}
	if s, ok := simplified[r]; ok {
		return s
	}
	return r
}

func (v *view) last() rune {
	if len(v.run) == 0 {
		return '\n'
	}
	return v.run[len(v.run)-1]
}

// spacesEnd returns where the spaces and invisible characters at src[i] end. Spaces part two words in ASCII; beside a Chinese character they mean nothing.
func spacesEnd(src []rune, i int) int {
	for i++; i < len(src) && (fold(src[i]) == ' ' || fold(src[i]) == 0); i++ {
	}
	return i
}

// glossEnd returns the index of the bracket that closes a pinyin gloss opening at src[i], as mirrors in traditional script print it: 報(bào)告. 0 when it is none.
func glossEnd(src []rune, i int) int {
	if i == 0 || src[i-1] < 0x2e80 {
		return 0
	}
	for j := i + 1; j < len(src) && j < i+9; j++ {
		switch r := src[j]; {
		case r == ')' || r == '）':
			if j > i+1 {
				return j
			}
			return 0
		case r >= 'a' && r <= 'z' || r >= 0xe0 && r <= 0x1dc || r >= 0x300 && r <= 0x30f:
		default:
			return 0
		}
	}
	return 0
}

// markEnd returns the index of the bracket that ends a note's mark opening at src[i]: 1510[^2]件. 0 when it is none.
func markEnd(src []rune, i int) int {
	for j := i + 2; j < len(src) && j < i+9; j++ {
		if src[j] == ']' {
			return j
		}
	}
	return 0
}

// original returns the published text of the folded range [from, to), without spaces at its ends and line breaks inside.
func (v *view) original(from, to int) string {
	if from >= to {
		return ""
	}
	s := strings.TrimSpace(v.text[v.bytes[v.at[from]]:v.bytes[v.at[to-1]+1]])
	if strings.ContainsAny(s, "\n\r\t") {
		s = strings.NewReplacer("\r", "", "\n", "", "\t", "").Replace(s)
	}
	return s
}

// has reports whether the folded text at position i starts with word.
func (v *view) has(i int, word string) bool {
	for _, r := range word {
		if i < 0 || i >= len(v.run) || v.run[i] != r {
			return false
		}
		i++
	}
	return true
}

// endsWith reports whether the folded text before position i ends with word; n is the number of runes of word.
func (v *view) endsWith(i int, word string) (n int, ok bool) {
	w := []rune(word)
	if i < len(w) {
		return 0, false
	}
	for k, r := range w {
		if v.run[i-len(w)+k] != r {
			return 0, false
		}
	}
	return len(w), true
}

// rune returns the folded rune at i, or a line end outside the text.
func (v *view) rune(i int) rune {
	if i < 0 || i >= len(v.run) {
		return '\n'
	}
	return v.run[i]
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }
func isLatin(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }
func isWord(r rune) bool  { return isDigit(r) || isLatin(r) }

// marred reports what stands in the place of a lost character or changes the one before it: a number beside it may be another.
func marred(r rune) bool {
	if r >= ' ' && r < 0x7f || isHan(r) || r == '\n' {
		return false
	}
	return celltext.Damage(r) || r == unicode.ReplacementChar || r == 0xfffc || unicode.Is(unicode.Co, r) || unicode.Is(unicode.M, r)
}

// isHan reports a Chinese character; punctuation is none.
func isHan(r rune) bool { return r >= 0x3400 && r <= 0x9fff || r >= 0x20000 && r <= 0x3ffff }

// isStop reports a mark that ends a clause.
func isStop(r rune) bool { return isFullStop(r) || r == ',' || r == ':' || r == '、' }

// isFullStop reports a mark that ends a sentence or a member of a list of sentences.
func isFullStop(r rune) bool {
	return r == '。' || r == '\n' || r == ';' || r == '!' || r == '?'
}

var simplified = pairs("條条萬万億亿個个號号項项類类規规範范復复覆复議议訴诉訟讼轉转結结發发佈布開开資资訊讯網网絡络請请辦办團团務务動动態态領领導导報报紙纸電电視视會会舉举場场聞闻點点擊击閱阅讀读費费員员專专職职設设備备佔占總总數数約约餘余過过達达應应對对與与關关於于產产處处罰罚強强許许執执財财採采購购計计劃划統统預预決决單单門门鎮镇鄉乡縣县區区國国級级熱热線线話话傳传書书狀状現现諮咨詢询無无沒没為为爲为屆届歷历續续終终繼继廢废製制訂订頒颁檔档庫库頁页體体眾众衆众語语環环衛卫療疗醫医學学業业農农災灾險险補补貼贴廣广冊册張张圖图簡简戶户館馆廳厅黨党時时間间從从來来覽览標标準准監监權权責责離离幹干擬拟變变臨临幾几兩两參参釋释屬属歲岁際际協协證证經经濟济實实質质長长該该還还較较們们後后機机構构審审查查閉闭創创觀观護护貫贯徹彻優优積积極极穩稳優优雙双讓让認认談谈調调論论識识試试誤误讀读譯译選选遞递邊边鏈链錄录錢钱隊队陽阳階阶隨随難难電电靜静頻频題题願愿額额顯显風风養养館馆驗验體体鳥鸟齊齐編编緩缓緊紧縮缩績绩織织繳缴聯联職职臺台與与舊旧號号術术裝装補补製制複复規规記记訪访詳详誌志課课譽誉貨货販贩貧贫賬账贈赠趨趋軟软輛辆輯辑農农運运進进適适遷迁鄰邻醒醒針针鐵铁銷销錯错鍵键門门閣阁陳陈陸陆頭头顧顾飛飞餐餐馬马並并係系傢家僅仅償偿內内別别則则剋克匯汇問问嚮向圍围堅坚塊块寀采將将層层帳帐徑径徵征懸悬捲卷掛挂搶抢據据攝摄敗败斷断昇升暫暂曆历棟栋樣样橫横檢检欄栏歸归況况洩泄減减測测滿满瀏浏獲获畝亩畢毕當当確确礎础礙碍祕秘種种稱称穫获筆笔節节簽签籤签糾纠納纳組组絕绝給给綫线維维練练緻致繞绕羣群習习聽听脩修興兴藥药蘇苏裏里裡里覈核見见討讨訓训託托註注評评說说説说讚赞負负買买貸贷賠赔贊赞踰逾車车載载輪轮轄辖這这週周郵邮錶表鍼针鎭镇閲阅闆板闢辟隻只頃顷順顺須须颱台饋馈駁驳驟骤")

func pairs(s string) map[rune]rune {
	r := []rune(s)
	m := make(map[rune]rune, len(r)/2)
	for i := 0; i+1 < len(r); i += 2 {
		if r[i] != r[i+1] {
			m[r[i]] = r[i+1]
		}
	}
	return m
}
