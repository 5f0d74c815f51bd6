package main

import (
	"strings"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/extract"
)

// headings of the six legal sections.
var headings = [6]string{"一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况",
	"五、存在的主要问题及改进情况", "六、其他需要报告的事项"}

// sentences are what towns choose from for the running text of a section, as real reports put it.
var sentences = map[int][]string{
	1: {
		"坚持以公开为常态、不公开为例外，不断深化公开内容，拓宽公开渠道，提升公开实效。", "依托门户网站和政务微信公众号，及时发布政策文件和解读材料，回应社会关切。",
		"成立政务公开领导小组，由分管领导具体负责，党政办公室承担日常工作。", "严格执行信息发布审核制度，落实三审三校，确保内容准确、及时、安全。",
		"加强政府信息管理，做好公开属性源头认定，规范性文件及时公开。", "在便民服务中心设立政务公开专区，配备查阅设备，方便群众查询。",
		"组织业务培训两次，提高工作人员的政务公开意识和能力。", "聚焦乡村振兴、社会救助、征地补偿等重点领域，持续加大公开力度。",
	},
	5: {
		"存在的主要问题：一是公开内容的针对性不强，二是政策解读形式单一，三是专职人员力量薄弱。", "公开信息的时效性有待提高，部分栏目更新不及时。",
		"对政务公开工作的重要性认识不足，工作机制还不够健全。", "下一步，将加强业务培训，丰富解读形式，采用图文、视频等方式提高可读性。",
		"健全长效机制，强化考核监督，推动政务公开工作标准化、规范化。", "进一步拓宽公众参与渠道，扩大政民互动的广度和深度。",
	},
	6: {"本年度未收取信息处理费。", "无其他需要报告的事项。", "本机关按照规定办理人大代表建议和政协委员提案，结果已主动公开。"},
}

// prose is a paragraph of a section: a town's own choice and order of its sentences.
func (t *town) prose(section int) string {
	from := sentences[section]
	var b strings.Builder
	for range (len(from) + 1) / 2 {
		b.WriteString(from[t.random.IntN(len(from))])
	}
	return b.String()
}

// sections writes what follows section one, of which the text holds the heading and the paragraphs, and says where each
// stands.
func (t *town) sections(r *extract.Report) {
	start := utf8.RuneCountInString(r.Title) + 1
	for i, heading := range headings {
		if i > 0 {
			start = utf8.RuneCountInString(r.Text)
			r.Text += heading + "\n"
			if len(sentences[i+1]) > 0 {
				r.Text += t.prose(i+1) + "\n"
			}
		}
		r.Sections = append(r.Sections, extract.Section{Number: i + 1, Title: heading, Start: start, End: utf8.RuneCountInString(r.Text) - 1, Locator: "body > h2:nth-of-type(" + string(rune('1'+i)) + ")"})
	}
}
