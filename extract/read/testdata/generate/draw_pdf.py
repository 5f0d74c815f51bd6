"""PDFs drawn directly, the way Word and WPS lay a report out: rules as strokes or thin rectangles, filled cells, tables cut by pages."""
import io
from form import lattice

FONT = "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"
W, H = 595.0, 842.0


class Reportlab:
    """Simple fonts in subsets of 256 glyphs, one string operator a line."""

    def __init__(self, size=(W, H), compress=True):
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont
        from reportlab.pdfgen import canvas
        if "zh" not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont("zh", FONT, subfontIndex=0))
        self.out = io.BytesIO()
        self.c = canvas.Canvas(self.out, pagesize=size, pageCompression=1 if compress else 0, invariant=1)
        self.h = size[1]

    def text(self, x, y, s, size):
        self.c.setFont("zh", size)
        self.c.setFillGray(0)
        self.c.drawString(x, self.h - y, s)

    def line(self, x0, y0, x1, y1, w):
        self.c.setLineWidth(w)
        self.c.line(x0, self.h - y0, x1, self.h - y1)

    def box(self, x0, y0, x1, y1, w):
        self.c.setLineWidth(w)
        self.c.rect(x0, self.h - y1, x1 - x0, y1 - y0, stroke=1, fill=0)

    def fill(self, x0, y0, x1, y1, rgb):
        self.c.setFillColorRGB(*rgb)
        self.c.rect(x0, self.h - y1, x1 - x0, y1 - y0, stroke=0, fill=1)

    def page(self):
        self.c.showPage()

    def bytes(self):
        self.c.save()
        return self.out.getvalue()


class Fpdf:
    """A CID font with Identity-H."""

    def __init__(self, size=(W, H), compress=True):
        from fpdf import FPDF
        self.p = FPDF(unit="pt", format=size)
        self.p.set_compression(compress)
        self.p.set_auto_page_break(False)
        self.p.add_font("zh", fname=FONT)
        self.p.add_page()

    def text(self, x, y, s, size):
        self.p.set_font("zh", size=size)
        self.p.text(x, y, s)

    def line(self, x0, y0, x1, y1, w):
        self.p.set_line_width(w)
        self.p.line(x0, y0, x1, y1)

    def box(self, x0, y0, x1, y1, w):
        self.p.set_line_width(w)
        self.p.rect(x0, y0, x1 - x0, y1 - y0)

    def fill(self, x0, y0, x1, y1, rgb):
        self.p.set_fill_color(*(int(255 * v) for v in rgb))
        self.p.rect(x0, y0, x1 - x0, y1 - y0, style="F")

    def page(self):
        self.p.add_page()

    def bytes(self):
        return bytes(self.p.output())


def width(s, size):
    return sum(size if ord(ch) > 0x2E7F else size * 0.55 for ch in s)


def wrap(s, room, size):
    """Lines of s that fit the room; one glyph a line where the room is narrower than two."""
    lines, cur = [], ""
    for ch in s:
        if ch == "\n" or (cur and width(cur + ch, size) > room):
            lines.append(cur)
            cur = "" if ch == "\n" else ch
        else:
            cur += ch
    return lines + [cur] if cur or not lines else lines


class Pages:
    """Flows paragraphs and tables down pages."""

    def __init__(self, engine, rng, size=10.5, body=14, rules="lines", fills=False, numbers="- {} -", margins=(72, 72, 80, 80), landscape=False, repeat=False,
                 split_rows=False, per_glyph=False, keep=None, thin=0.5, valign="middle", head_text="", wrap_numbers=False):
        self.size_page = (H, W) if landscape else (W, H)
        self.e, self.rng = engine(self.size_page), rng
        self.size, self.body, self.rules, self.fills, self.numbers, self.m = size, body, rules, fills, numbers, margins
        self.repeat, self.split_rows, self.per_glyph, self.thin, self.valign, self.head_text = repeat, split_rows, per_glyph, thin, valign, head_text
        self.wrap_numbers, self.no, self.y = wrap_numbers, 1, margins[0]
        self._top()

    @property
    def room(self):
        return self.size_page[0] - self.m[2] - self.m[3]

    @property
    def bottom(self):
        return self.size_page[1] - self.m[1]

    def _top(self):
        if self.head_text:
            self.put(self.m[2], self.m[0] - 30, self.head_text, 9)

    def put(self, x, y, s, size):
        if self.per_glyph:  # as producers that place every glyph
            for ch in s:
                if ch.strip():
                    self.e.text(x, y, ch, size)
                x += width(ch, size)
        elif s.strip():
            self.e.text(x, y, s, size)

    def feed(self):
        if self.numbers:
            t = self.numbers.format(self.no)
            self.put(self.size_page[0] / 2 - 10, self.bottom + 30, t, 10)
        self.e.page()
        self.no += 1
        self.y = self.m[0]
        self._top()

    def paragraph(self, s, indent=2, centre=False):
        lh = self.body * 1.6
        for k, line in enumerate(wrap("　" * indent + s, self.room, self.body)):
            if self.y + lh > self.bottom:
                self.feed()
            x = self.m[2] + (max(0, self.room - width(line, self.body)) / 2 if centre else 0)
            self.put(x, self.y + self.body, line, self.body)
            self.y += lh

    def columns(self, lat):
        n = len(lat[0])
        if n == 10:
            w = [22, 62, 120] + [0] * 7
            w[3:] = [(self.room - 204) / 7] * 7
        elif n == 8:
            w = [190] + [(self.room - 190) / 7] * 7
        elif n == 3:
            w = [self.room * 0.7, self.room * 0.12, self.room * 0.18]
        else:
            w = [self.room / n] * n
        x = [self.m[2]]
        for v in w:
            x.append(x[-1] + v)
        return x

    def table(self, grid, head_rows=1):
        lat = lattice(grid)
        x = self.columns(lat)
        size, pad = self.size if len(x) < 14 else self.size - 1.5, 3.0
        lh = size * 1.25
        cells = {}
        for r, row in enumerate(lat):
            for c, p in enumerate(row):
                if p and p[1] == 0 and p[2] == 0:
                    room = x[c + p[0].cs] - x[c] - 2 * pad
                    cells[(r, c)] = p[0], [p[0].text] if p[0].kind == "value" and not self.wrap_numbers else wrap(p[0].text, room, size)
        heights = [lh + 2 * pad] * len(lat)
        for (r, c), (cell, lines) in sorted(cells.items(), key=lambda kv: kv[1][0].rs):
            need = len(lines) * lh + 2 * pad
            have = sum(heights[r:r + cell.rs])
            if need > have and cell.rs < 10:
                heights[r + cell.rs - 1] += need - have
        left = {k: list(v[1]) for k, v in cells.items()}  # lines not drawn yet
        r = 0
        part = heights[:]
        while r < len(lat):
            start, y = r, self.y
            tops = []
            if r and self.repeat:
                y = self._segment(lat, cells, None, x, heights, 0, head_rows, y, size, lh, pad, [heights[i] for i in range(head_rows)])
            y0, hs = y, []
            while r < len(lat) and y + part[r] <= self.bottom:
                hs.append(part[r])
                y += part[r]
                r += 1
            cut = False
            room = self.bottom - y
            if r < len(lat) and self.split_rows and part[r] > 1.8 * lh + 2 * pad and room > lh + pad:
                hs.append(room)
                cut = True
            if not hs:
                self.feed()
                continue
            end = r + (1 if cut else 0)
            self.y = self._segment(lat, cells, left, x, heights, start, end, y0, size, lh, pad, hs)
            if cut:
                rest = max((len(left[k]) for k in left if k[0] <= r < k[0] + cells[k][0].rs and cells[k][0].rs == 1), default=0)
                part[r] = max(rest, 1) * lh + 2 * pad
            if r < len(lat):
                self.feed()
        self.y += 10

    def _segment(self, lat, cells, left, x, heights, start, end, y, size, lh, pad, hs):
        """Draws rows start..end of the table on this page; left is None for a repeated head. Returns the y below."""
        tops = [y]
        for h in hs:
            tops.append(tops[-1] + h)
        for (r, c), (cell, lines) in cells.items():
            lo, hi = max(r, start), min(r + cell.rs, end)
            if lo >= hi:
                continue
            y0, y1, x0, x1 = tops[lo - start], tops[hi - start], x[c], x[c + cell.cs]
            if self.fills and cell.kind == "title":
                self.e.fill(x0, y0, x1, y1, (0.78, 0.85, 0.95))
            if self.fills and cell.kind == "value":
                self.e.fill(x0 + 0.2, y0 + 0.2, x1 - 0.2, y1 - 0.2, (1, 1, 1))
            self._rules(x0, y0, x1, y1)
            if left is None:
                draw = lines
            else:
                fit = max(1, int((y1 - y0 - pad) // lh)) if hi < r + cell.rs or (hi == end and end < len(lat)) or len(left[(r, c)]) < len(lines) else 999
                draw, left[(r, c)] = left[(r, c)][:fit], left[(r, c)][fit:]
            ty = y0 + pad if self.valign == "top" else y0 + max(pad, (y1 - y0 - len(draw) * lh) / 2)
            for i, s in enumerate(draw):
                if cell.kind == "value" and width(s, size) > x1 - x0 - 2:
                    size_here = size * (x1 - x0 - 2) / width(s, size)
                    self.put(x0 + 1, ty + i * lh + size, s, size_here)
                    continue
                tx = x0 + pad if cell.kind == "label" else x0 + max(1, (x1 - x0 - width(s, size)) / 2)
                self.put(tx, ty + i * lh + size, s, size)
        return tops[-1]

    def _rules(self, x0, y0, x1, y1):
        t = self.thin
        if self.rules == "lines":
            for a in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
                self.e.line(*a, t)
        elif self.rules == "boxes":
            self.e.box(x0, y0, x1, y1, t)
        elif self.rules == "fills":
            for a in ((x0, y0, x1, y0 + t), (x0, y1, x1, y1 + t), (x0, y0, x0 + t, y1), (x1, y0, x1 + t, y1)):
                self.e.fill(*a, (0, 0, 0))
        elif self.rules == "horizontal":
            self.e.line(x0, y0, x1, y0, t)
            self.e.line(x0, y1, x1, y1, t)

    def finish(self):
        if self.numbers:
            self.put(self.size_page[0] / 2 - 10, self.bottom + 30, self.numbers.format(self.no), 10)
        return self.e.bytes()


def draw(rep, rng, engine, gap=0, before_table=None, **kw):
    """The report as a PDF. before_table: {part: points}: room to leave on the page before that table begins, so that a page cuts it where wanted."""
    p = Pages(engine, rng, **kw)
    for b in rep.blocks:
        if b.kind == "table":
            if before_table and b.part in before_table:
                want = p.bottom - before_table[b.part]
                if p.y > want:
                    p.feed()
                p.y = want
            p.table(b.grid, 3 if b.part in (3, 4) else 1)
        elif b.kind == "title":
            p.paragraph(b.text, 0, True)
        elif b.kind != "image":
            p.paragraph(b.text, 0 if b.kind == "head" else 2)
    return p.finish()
