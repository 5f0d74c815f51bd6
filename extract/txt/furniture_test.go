package txt

import (
	"context"
	"testing"
)

// TestFurniture: what the margins of pages hold is no part of the text, what could be a cell stays, and characters that
// nobody sees part nothing.
func TestFurniture(t *testing.T) {
	text := "甲县2023年政府信息公开工作年度报告\n规章\n12\n- 3 -\n甲县2023年政府信息公开工作年度报告\n1\u200b3\n—4—\n第5页 共8页\n\ufeff14\n甲县2023年政府信息公开工作年度报告\n3\n-\n3 / 8\n本报告是2023年年度报告，共8页\n"
	doc, err := Read(context.Background(), []byte(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := "甲县2023年政府信息公开工作年度报告\n规章\n12\n13\n14\n3\n-\n3 / 8\n本报告是2023年年度报告，共8页\n"
	if got := doc.Text(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if p := doc.Blocks[len(doc.Blocks)-1].Place.LineStart; p != 14 {
		t.Errorf("last line is %d", p)
	}
}
