package doc

import (
	"context"
	"strconv"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/word"
)

// builder makes blocks of the paragraphs.
type builder struct {
	file     *file
	boxes    map[int][][2]int // by the character where they are anchored
	inBox    bool
	fields   word.Fields
	numbers  *word.Numbering
	problems []extract.Problem
}

// story reads the characters [from, to) into a story. The error is ctx's.
func (b *builder) story(ctx context.Context, s *word.Story, from, to int) error {
	if b.numbers == nil {
		b.numbers = b.file.numbering()
	}
	t := &tables{builder: b, body: s}
	for n := 0; from < to; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		p, ok := b.file.paragraph(from, to)
		if !ok {
			break
		}
		t.enter(p.depth)
		switch {
		case p.rowEnd:
			t.endRow(p)
		default:
			if err := b.paragraph(ctx, t.story(), p); err != nil {
				return err
			}
			if p.cellEnd {
				t.endCell(p)
			}
		}
		if p.err != nil && p.depth > 0 {
			t.spoil(p.err.Error())
		}
		from = p.mark + 1
	}
	t.enter(0)
	s.End()
	return nil
}

// paragraph adds the text of one paragraph, then the pictures and text boxes that are anchored in it.
func (b *builder) paragraph(ctx context.Context, s *word.Story, p paragraph) error {
	text := b.prose(p)
	lines := text.Lines()
	number := ""
	if p.list > 0 {
		number = word.Number(lines, b.numbers.Next(strconv.Itoa(p.list), p.at))
	}
	s.Note(&text.Text, number)
	s.Paragraph(place(p), lines...)
	if len(text.images) > 0 {
		s.Add(text.images...)
	}
	for _, cp := range text.anchors {
		if len(b.boxes[cp]) == 0 || b.inBox {
			s.Add(extract.Block{Kind: extract.Image, Source: "WordDocument/drawing[" + strconv.Itoa(cp) + "]", Place: place(p)})
			continue
		}
		for _, box := range b.boxes[cp] {
			if err := b.box(ctx, s, box); err != nil {
				return err
			}
		}
	}
	return nil
}

// box adds the blocks of a text box.
func (b *builder) box(ctx context.Context, s *word.Story, box [2]int) error {
	var inside word.Story
	outer := b.fields
	b.fields, b.inBox = word.Fields{}, true
	err := b.story(ctx, &inside, box[0], box[1])
	b.inBox, b.fields = false, outer
	if err == nil {
		s.Add(inside.Blocks...)
	}
	return err
}
