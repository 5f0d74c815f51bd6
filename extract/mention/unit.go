package mention

import (
	"sort"
	"strings"
)

// units are the measure words that follow counts in the reports, longest first. Measures of size, time and degree are left out: they count nothing.
var units = func() []string {
	u := strings.Fields(`条(次) 件(次) 人(次) 条/次 件/次 人/次 篇/次 篇(条) 条(篇) 件(条) 条(件) 份(件) 件(份) 篇(次) 场(次) 期(次) 起(件) 件(起) 宗(件) 次(条) 个(次) 家(次) 户(次)
人次 件次 条次 篇次 场次 户次 批次 期次 家次 班次 车次 频次 个次 份次 轮次
元 美元
大类 小类 门类
条 件 起 宗 份 只 次 篇 期 部 册 张 个 名 人 户 家 场 批 则 幅 段 项 类 本 块 处 台 套 页 封 通 组 支 所 座 辆 种 位 例 卷 盒 字 株 笔 栋 幢 间 轮 帖 款 面 副 架 枚 堂 版`)
	sort.SliceStable(u, func(i, j int) bool { return len(u[i]) > len(u[j]) })
	return u
}()

// unitsByFirst speeds the look-up.
var unitsByFirst = func() map[rune][][]rune {
	m := map[rune][][]rune{}
	for _, u := range units {
		r := []rune(u)
		m[r[0]] = append(m[r[0]], r)
	}
	return m
}()

// notUnit lists words that begin with a measure word and are none: 12部门, 5次日, 3名单, 20个工作日.
var notUnit = map[rune][]string{
	'部': {"部门", "部委", "部署", "部分", "部长", "部级"},
	'条': {"条例", "条线", "条块"},
	'项': {"项目"},
	'次': {"次日", "次年", "次月", "次要"},
	'名': {"名单", "名称", "名录"},
	'期': {"期间", "期限", "期满"},
	'份': {"份额"},
	'人': {"人民", "人员", "人大", "人事", "人均", "人社", "人力"},
	'家': {"家庭", "家长"},
	'个': {"个人", "个体", "个性"},
	'本': {"本级", "本年", "本机关", "本单位", "本报告", "本次", "本网"},
	'位': {"位于", "位居", "位列"},
	'场': {"场所", "场景", "场地"},
	'处': {"处理", "处置", "处罚", "处于", "处级", "处室"},
	'所': {"所有", "所属", "所在"},
	'套': {"套路"},
	'组': {"组织", "组成"},
	'张': {"张贴"},
	'类': {"类型", "类别", "类似"},
	'批': {"批准", "批复", "批示"},
	'通': {"通过", "通知", "通报", "通告", "通用"},
	'段': {"段落"},
	'面': {"面向", "面对", "面积"},
	'间': {"间隔"},
	'版': {"版本", "版面", "版块"},
	'起': {"起至", "起到", "起草"},
	'件': {"件套"},
	'只': {"只有", "只要", "只能"},
	'户': {"户籍", "户外"},
	'字': {"字号", "字体"},
}

// unitAt returns the length of the measure word at i, 0 where there is none.
func (v *view) unitAt(i int) int {
	for _, u := range unitsByFirst[v.rune(i)] {
		if !v.matches(i, u) {
			continue
		}
		for _, w := range notUnit[u[0]] {
			if v.has(i, w) {
				return 0
			}
		}
		return len(u)
	}
	return 0
}

func (v *view) matches(i int, w []rune) bool {
	if i+len(w) > len(v.run) {
		return false
	}
	for k, r := range w {
		if v.run[i+k] != r {
			return false
		}
	}
	return true
}
