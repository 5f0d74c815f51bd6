"""Further PDFs: other producers and what is done to files afterwards."""
import io, os, subprocess, tempfile
import draw_pdf, form, html_pages, recipes_docx, report
from draw_pdf import Fpdf, Reportlab, draw
from recipes_html import base, kind, numbers
from recipes_pdf import office, print_page


class Watermarked(Reportlab):
    """A pale diagonal text across every page, drawn before the rest."""

    def __init__(self, *a, **kw):
        super().__init__(*a, **kw)
        self.mark()

    def mark(self):
        c = self.c
        c.saveState()
        c.setFont("zh", 44)
        c.setFillGray(0.85)
        c.translate(150, 250)
        c.rotate(45)
        c.drawString(0, 0, "样例文件 仅供参考")
        c.restoreState()

    def page(self):
        super().page()
        self.mark()


class Doubled(Fpdf):
    """Bold by drawing every text twice, a little apart."""

    def text(self, x, y, s, size):
        super().text(x, y, s, size)
        super().text(x + 0.25, y, s, size)


class Rough(Reportlab):
    """Rules that miss each other by up to a point."""

    def line(self, x0, y0, x1, y1, w):
        k = (int(x0 * 7 + y0 * 3 + x1 + y1) % 5 - 2) * 0.4  # ends too long or too short
        off = (int(x0 + y0 * 5 + x1) % 3 - 1) * 0.25  # a little beside its place
        if y0 == y1:
            super().line(x0 - k, y0 + off, x1 + k, y1 + off, w)
        else:
            super().line(x0 + off, y0 - k, x1 + off, y1 + k, w)


class Ghosts(Fpdf):
    """White rules that nobody sees."""

    def page(self):
        super().page()
        self.p.set_draw_color(255, 255, 255)
        for x in range(60, 560, 37):
            self.line(x, 50, x, 800, 0.6)
        self.p.set_draw_color(0, 0, 0)


class Sealed(Reportlab):
    """A red round seal over the page, a line under the head."""

    def page(self):
        c = self.c
        c.saveState()
        c.setStrokeColorRGB(1, 0, 0)
        c.setLineWidth(2)
        c.circle(420, 330, 60)
        c.line(70, 790, 520, 790)
        c.restoreState()
        super().page()


def odd(make_rng):
    for i in range(10):
        engine = [Watermarked, Doubled, Rough, Ghosts, Sealed][i % 5]
        r = make_rng("oddpdf", i)
        rep = base(r, merge2=i % 2 == 0)
        yield f"drawn-{engine.__name__.lower()}-{i}.pdf", " ".join((engine.__doc__ or "").split()), draw(rep, r, engine, rules=["lines", "lines", "lines", "boxes", "fills"][i % 5], split_rows=i > 4, before_table={3: r.randrange(150, 650)}), rep
    for i in range(4):
        r = make_rng("hyphen", i)
        rep = base(r, numbers="lawful", notation="plain")
        yield f"drawn-narrow-{i}.pdf", "numbers wrapped in cells too narrow for them", draw(rep, r, [Reportlab, Fpdf][i % 2], wrap_numbers=True, size=10.5, margins=(72, 72, 110, 110), valign=["middle", "top"][i // 2]), rep
    yield from changed(make_rng)
    yield from texts(make_rng)


def changed(make_rng):
    """Files that went through another program, or were turned, locked or cut to size."""
    import pikepdf
    with tempfile.TemporaryDirectory() as tmp:
        for i in range(12):
            r = make_rng("changed", i)
            rep = base(r)
            path, done = f"{tmp}/{i}.pdf", f"{tmp}/{i}-done.pdf"
            if i % 2:
                open(f"{tmp}/{i}.docx", "wb").write(recipes_docx.write(rep, r, font=["Noto Serif CJK SC", "WenQuanYi Zen Hei"][i % 4 // 2], page_numbers=True))
                office(tmp, [f"{tmp}/{i}.docx"])
            else:
                open(path, "wb").write(draw(rep, r, [Fpdf, Reportlab][i % 4 // 2], rules="boxes"))
            how = ["cairo", "rotate90", "encrypt", "objectstreams", "cropbox", "rotate270", "cairo", "offset"][i % 8]
            if how == "cairo":
                subprocess.run(["pdftocairo", "-pdf", path, done], check=True)
            else:
                with pikepdf.open(path) as p:
                    kw = {}
                    for q in p.pages:
                        if how.startswith("rotate"):
                            q.Rotate = int(how[6:])
                        if how == "cropbox":
                            q.CropBox = [20, 20, 575, 822]
                        if how == "offset":
                            w, h = float(q.MediaBox[2]), float(q.MediaBox[3])
                            q.MediaBox = [100, 200, 100 + w, 200 + h]
                            q.contents_add(b"q 1 0 0 1 100 200 cm", prepend=True)
                            q.contents_add(b"Q")
                    if how == "encrypt":
                        kw = {"encryption": pikepdf.Encryption(owner="x", user="", R=[4, 6][i % 16 // 8])}
                    if how == "objectstreams":
                        kw = {"object_stream_mode": pikepdf.ObjectStreamMode.generate, "linearize": True}
                    p.save(done, **kw)
            yield f"changed-{how}-{i}.pdf", f"PDF after {how}", open(done, "rb").read(), rep


def texts(make_rng):
    """Text made from PDFs and pages by common tools: hard, kept apart from the floors."""
    with tempfile.TemporaryDirectory() as tmp:
        for i in range(3):
            r = make_rng("pdftotext", i)
            rep = base(r)
            open(f"{tmp}/a.pdf", "wb").write(draw(rep, r, Fpdf))
            subprocess.run(["pdftotext", "-layout", f"{tmp}/a.pdf", f"{tmp}/a.txt"], check=True)
            rep.trap = True
            yield f"pdftotext-layout-{i}.txt", "text of a PDF by pdftotext -layout: labels in pieces around their numbers; nothing wrong may be read", open(f"{tmp}/a.txt", "rb").read(), rep
