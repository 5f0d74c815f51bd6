package text

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Producers (Chromium among them) map glyphs that a radical and a character share to the radical: ⽇ for 日, ⻚ for 页.
// Unify gives the character instead, after Unicode's EquivalentUnifiedIdeograph.txt; a radical without a character of
// its own stays.
const (
	kangxiFirst     = 0x2F00
	supplementFirst = 0x2E80
	radicalsEnd     = 0x2FE0
)

var kangxi = []rune("一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢" +
	"尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火" +
	"爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿" +
	"肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹" +
	"雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠")

var supplement = []rune("⺀厂⺂乚乙亻冂几刀刂卜㔾小小兀尣尢⺑巳幺彑彐忄心扌攵⺚旡日月歺母民氵氺灬爫爫丬⺧犭王疋" +
	"目示礻竹糹纟罓罒冈⺴⺵羊羊⺸耂⺺⺻月⺽艹艹艹虎衤覀西见角⻇讠贝足车辶辶辶阝钅長镸长门⻕" +
	"阝雨青韦页风飞食食食饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟")

// Unify gives the character of which r is the sign as a radical or a copy for compatibility, the dash for one of two
// em, or r.
func Unify(r rune) rune {
	switch {
	case r == 0x2e3a: // a dash of two em, as Chinese text has it
		return '—'
	case r >= 0xf900 && r < 0xfb00, r >= 0x2f800 && r < 0x2fa20: // compatibility ideographs: a second 年 for one of its readings
		one, _ := utf8.DecodeRuneInString(norm.NFC.String(string(r)))
		return one
	case r >= kangxiFirst && int(r-kangxiFirst) < len(kangxi):
		return kangxi[r-kangxiFirst]
	case r >= supplementFirst && int(r-supplementFirst) < len(supplement):
		return supplement[r-supplementFirst]
	}
	return r
}
