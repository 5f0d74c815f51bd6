package codebook

import "github.com/gongkai-data/gongkai/extract/lazyregexp"

// chinese holds the definitions, notes and reasons of the code book, which are written in English, in Chinese.
var chinese = func() map[string]string {
	m := map[string]string{}
	for _, r := range embedded("chinese.csv", 2) {
		m[r[0]] = r[1]
	}
	return m
}()

// of2014 is the definition of what the statistics form of 2014 counts: its label and unit.
var of2014 = lazyregexp.New(`, as the statistics form of 2014 \(国办发〔2014〕32号\) counts it, in (.+)\.$`)

// Chinese returns a definition, note or reason of the code book in Chinese.
func Chinese(text string) string {
	if zh, ok := chinese[text]; ok {
		return zh
	}
	if m := of2014.FindStringSubmatch(text); m != nil {
		return "按2014年统计表（国办发〔2014〕32号）统计，单位：" + m[1] + "。"
	}
	return text
}
