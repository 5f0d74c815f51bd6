"""PDFs from LibreOffice, Chromium and drawn directly, and scans."""
import io, os, re, subprocess, tempfile
import damage, form, html_pages, recipes_docx, report
from draw_pdf import Fpdf, Reportlab, draw
from recipes_html import kind, numbers, one_table

FONTS = ["Noto Serif CJK SC", "Noto Sans CJK SC", "WenQuanYi Zen Hei"]


def pdf(make_rng, out):
    yield from drawn(make_rng)
    with tempfile.TemporaryDirectory() as tmp:
        yield from office_docx(make_rng, tmp)
        yield from office_html(make_rng, tmp)
        yield from chromium(make_rng, tmp)
    yield from scanned(make_rng)


def a_report(r, **kw):
    shape = kw.pop("shape", None) or form.Shape(kind=kind(r))
    return report.make(r, shape, kw.pop("numbers", None) or numbers(r), **kw)


def drawn(make_rng):
    for i in range(28):
        r = make_rng("drawn", i)
        engine = [Reportlab, Fpdf][i % 2]
        rep = report.make2014(r) if i in (20, 21) else a_report(r, merge2=i % 3 == 0, notation="mixed" if i in (8, 9) else "plain", gaps=0.15 if i in (8, 10) else 0,
                                                                   dashes=0.1 if i == 11 else 0, damage=damage.DAMAGES["prohibited_cut"] if i in (4, 5) else None)
        kw = dict(rules=["lines", "fills", "boxes", "lines"][i % 4], fills=i % 3 == 1, size=r.choice([9, 10, 10.5]), repeat=i % 5 == 2, split_rows=i % 2 == 1 or i % 5 == 0,
                  per_glyph=i % 4 == 1, numbers=["-{}-", "- {} -", "{}", "— {} —", "第 {} 页"][i % 5], landscape=i == 13, valign=["middle", "top"][i % 3 == 2],
                  head_text=rep.title if i % 6 == 4 else "", wrap_numbers=i in (5, 16))
        before = {3: r.randrange(140, 700)} if i % 4 != 3 else {}
        if i % 4 in (1, 2):
            before[4] = r.choice([70, 80, 90, 60, 50])
        yield f"drawn-{i:02d}.pdf", f"drawn by {engine.__name__.lower()}: {kw['rules']}, tables cut by pages", draw(rep, r, engine, before_table=before, **kw), rep
    for i in range(3):
        r = make_rng("norules", i)
        rep = a_report(r)
        yield f"drawn-norules-{i}.pdf", "drawn without any rule", draw(rep, r, [Reportlab, Fpdf][i % 2], rules=["none", "horizontal", "none"][i]), rep


def office(tmp, files, fmt="pdf"):
    """LibreOffice converts all files in one run."""
    env = dict(os.environ, HOME=tmp)
    subprocess.run(["soffice", "--headless", "--convert-to", fmt, "--outdir", tmp] + files, env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=900)


def office_docx(make_rng, tmp):
    made = []
    for i in range(22):
        r = make_rng("office", i)
        rep = report.make2014(r) if i in (18, 19) else a_report(r, merge2=i % 4 == 0, notation="mixed" if i == 7 else "plain", gaps=0.2 if i == 8 else 0)
        if i == 16:
            one_table(rep, r)
        path = os.path.join(tmp, f"office-docx-{i:02d}.docx")
        m = (r.uniform(1.5, 3.7), r.uniform(1.5, 3.5), r.uniform(1.5, 3.0), r.uniform(1.5, 2.8))
        data = recipes_docx.write(rep, r, look=["word", "wps"][i % 2], repeat=i % 3 == 0, font=FONTS[i % 3], size=r.choice([9, 10.5, 12, 14, 16]), margins=m, landscape=i in (5, 14),
                                  row_height=r.choice([None, None, 14, 20, 30]), cant_split=i % 4 == 1, page_numbers=i % 2 == 0, vertical=i % 3 == 1, nest=i == 11,
                                  layout=["separate", "separate", "cut"][i % 3] if i != 16 else "separate")
        open(path, "wb").write(data)
        made.append((path, i, rep))
    office(tmp, [p for p, _, _ in made])
    for path, i, rep in made:
        yield f"office-docx-{i:02d}.pdf", "LibreOffice from a Word file", open(path[:-5] + ".pdf", "rb").read(), rep


def office_html(make_rng, tmp):
    made = []
    for i in range(6):
        r = make_rng("officehtml", i)
        rep = a_report(r)
        path = os.path.join(tmp, f"office-html-{i:02d}.html")
        open(path, "wb").write(html_pages.render(rep, rng=r, style=["clean", "ueditor", "word"][i % 3]))
        made.append((path, i, rep))
    office(tmp, [p for p, _, _ in made], "pdf:writer_web_pdf_Export")
    for path, i, rep in made:
        yield f"office-html-{i:02d}.pdf", "LibreOffice from HTML (no rules)", open(path[:-5] + ".pdf", "rb").read(), rep


def chromium(make_rng, tmp):
    for i in range(20):
        r = make_rng("chromium", i)
        rep = report.make2014(r) if i in (15,) else a_report(r, merge2=i % 5 == 1, notation="mixed" if i == 6 else "plain", gaps=0.2 if i == 9 else 0)
        style = ["clean", "word", "ueditor", "font", "padded"][i % 5]
        shell = ["plain", "trs", "tables", "vsb"][i % 4]
        page = html_pages.render(rep, rng=r, style=style, shell=shell, th=i % 2 == 0, nest=i == 12, para=r.choice(["p", "br"])).decode()
        size = ["A4", "A4 landscape", "A4", "A3", "A4", "letter"][i % 6]
        css = (f"<style>@page{{size:{size};margin:{r.choice([10, 15, 20, 25])}mm}} body{{font-size:{r.choice([10, 12, 14, 16])}px;font-family:'{FONTS[i % 3]}'}}"
               f"table{{border-collapse:{r.choice(['collapse', 'separate'])};width:100%}} td,th{{border:1px solid {r.choice(['#000', '#999', 'black'])};padding:{r.choice([1, 4, 8])}px}}"
               + ("tr:nth-child(even){background:#eef}" if i % 4 == 2 else "") + ("th,td[colspan]{background:#c6d9f0}" if i % 4 == 3 else "")
               + (f"body{{zoom:{r.choice([0.7, 0.85, 1.2])}}}" if i % 5 == 4 else "") + "</style>")
        src, dst = os.path.join(tmp, f"c{i}.html"), os.path.join(tmp, f"c{i}.pdf")
        page = re.sub(r"<script>.*?</script>", "", page)  # a browser would run it
        open(src, "w").write(page.replace("</head>", css + "</head>", 1))
        print_page(src, dst, header=i % 2 == 0)
        yield f"chromium-{i:02d}.pdf", f"Chromium print, {style} in {shell}, {size}", open(dst, "rb").read(), rep


def print_page(src, dst, header=False):
    args = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={dst}", "file://" + src]
    if not header:
        args.insert(1, "--no-pdf-header-footer")
    subprocess.run(args, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120)


def scanned(make_rng):
    """Pictures of pages only: nothing to read."""
    from PIL import Image
    for i in range(2):
        r = make_rng("scan", i)
        rep = a_report(r)
        data = draw(rep, r, Fpdf)
        with tempfile.TemporaryDirectory() as tmp:
            open(tmp + "/a.pdf", "wb").write(data)
            subprocess.run(["pdftoppm", "-r", "70", "-gray", "-png", tmp + "/a.pdf", tmp + "/p"], check=True)
            pages = [Image.open(os.path.join(tmp, f)).convert("1") for f in sorted(os.listdir(tmp)) if f.endswith(".png")]
            out = io.BytesIO()
            pages[0].save(out, "PDF", save_all=True, append_images=pages[1:])
        for k in list(rep.numbers):
            rep.numbers[k] = report.values.Published("", None, "image")
        rep.trap, rep.mentions = True, None
        rep.extra["expect_problem"] = "unreadable_document|table_is_image"
        yield f"scanned-{i}.pdf", "scan: pictures of pages, no text", out.getvalue(), rep
