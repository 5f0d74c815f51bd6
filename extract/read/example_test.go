package read_test

import (
	"context"
	"fmt"

	"github.com/gongkai-data/gongkai/extract/read"
)

// A report in text becomes facts, each with the place of its cell, and counts of the text. A dash is no number, and a
// sentence of the same number is a mention and no fact.
func ExampleReport() {
	text := `青溪县教育局2023年政府信息公开工作年度报告
一、总体情况
全年收到政府信息公开申请3件。
四、政府信息公开行政复议、行政诉讼情况
行政复议
结果维持 结果纠正 其他结果 尚未审结 总计
1 0 - 0 1
`
	r, err := read.Report(context.Background(), "report.txt", []byte(text), read.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range r.Facts {
		fmt.Println(f.Indicator, f.State, f.Raw, f.Locator)
	}
	for _, m := range r.Mentions {
		fmt.Println(m.Label, m.Count, m.Unit)
	}
	// Output:
	// review.upheld reported 1 line:7-7
	// review.corrected reported 0 line:7-7
	// review.other not_applicable - line:7-7
	// review.pending reported 0 line:7-7
	// review.total reported 1 line:7-7
	// 收到政府信息公开申请 3 件
}
