"""Further HTML and text documents: oddities of exports, broken markup, cells that are no numbers, other parts' shapes."""
import gzip, quopri, re
import damage, flat_text, form, html_pages, report, values
from recipes_html import base, kind, numbers, page, traditional

NOT_NUMBERS = ["详见附件", "XX", "?", "若干", "3 5", "12；7", "2至3", "1（含上年2件）", "O", "待统计"]


def odd(make_rng):
    for i in range(4):
        r = make_rng("garbage", i)
        rep = base(r, numbers="distinct")
        picked = [k for k in rep.numbers if k[0] != "processing_fee.amount"]
        for k in r.sample(picked, 8):
            retext(rep, k, values.Published(r.choice(NOT_NUMBERS), None, "unreadable"))
        yield f"no-number-{i}.html", "cells that hold something that is no number: unreadable", page(rep, r), rep
    for i in range(4):
        r = make_rng("excel", i)
        rep = base(r)
        yield f"excel-export-{i}.html", "positions under a span stand as hidden cells", excel(rep, r), rep
    for i in range(3):
        r = make_rng("overspan", i)
        rep = base(r)
        t = page(rep, r).decode()
        t = re.sub(r'rowspan="(\d+)"', lambda m: f'rowspan="{int(m[1]) + (60 if int(m[1]) > 9 and i == 0 else 0)}"', t)
        if i == 1:
            t = t.replace('colspan="7"', 'colspan="12"')
        if i == 2:
            t = t.replace("<tbody>", "").replace("</tbody>", "").replace("</tr>", "")
        yield f"overspan-{i}.html", "spans that reach beyond the table; row ends missing", t.encode(), rep
    for i in range(3):
        r = make_rng("litsplit", i)
        rep = base(r)
        litigation(rep, i)
        yield f"litigation-{['split', 'rows', 'pairs'][i]}-{i}.html", "section 四 as two tables, as three rows, as pairs of label and number", page(rep, r), rep
    for i in range(3):
        r = make_rng("titles", i)
        shape = form.Shape(kind=kind(r), title_rows=False)
        rep = base(r, shape=shape)
        blocks, items = [], iter(x[0] for x in form.SECTION2[form.KINDS[shape.kind][1]])
        for b in rep.blocks:
            if b.kind == "table" and b.part == 2:
                blocks.append(report.Block("para", f"第二十条第（{next(items)}）项"))
            blocks.append(b)
        rep.blocks = blocks
        yield f"title-outside-{i}.html", "第二十条第（一）项 as a paragraph above its table", page(rep, r, style=r.choice(["clean", "word"])), rep
    for i in range(3):
        r = make_rng("twice", i)
        rep = base(r)
        t = page(rep, r).decode()
        a, b = t.index("<table"), t.rindex("</table>") + 8
        other = re.sub(r">(\d+)<", ">7<", t[a:b])
        t = t[:b] + [f'<div style="display:none">{other}</div>', f"<!-- {other} -->", f"<noscript></noscript><template>{other}</template>"][i] + t[b:]
        yield f"twice-{i}.html", "the tables a second time, unseen: in a hidden block, a comment, a template", t.encode(), rep
    for i in range(3):
        r = make_rng("localtable", i)
        rep = base(r)
        g = [[form.Cell("公开渠道", kind="head"), form.Cell("数量（条）", kind="head"), form.Cell("占比", kind="head")]] + \
            [[form.Cell(c), form.Cell(str(r.randrange(10, 999)), kind="x"), form.Cell(f"{r.randrange(1, 99)}%", kind="x")] for c in ("门户网站", "微信公众号", "其他", "总计")]
        at = next(k for k, b in enumerate(rep.blocks) if b.text.startswith("（五）监督"))
        rep.blocks.insert(at, report.Block("table", grid=g, part=0))
        yield f"local-table-{i}.html", "a table of the body's own in section 一: no fact", page(rep, r), rep
    for i in range(4):
        r = make_rng("markup", i)
        rep = base(r, numbers="distinct")
        t = page(rep, r).decode()
        split = [lambda m: f">{m[1][0]}<!-- -->{m[1][1:]}<", lambda m: f">{m[1][0]}<b></b>{m[1][1:]}<", lambda m: f">&#{ord(m[1][0])};{m[1][1:]}<", lambda m: f">\u200b{m[1][0]}\u200b{m[1][1:]}\ufeff<"][i]
        t = re.sub(r">(\d+)<", split, t)
        yield f"cut-digits-{i}.html", "digits cut by comments, empty tags, entities, zero-width characters", t.encode(), rep
    for i in range(2):
        r = make_rng("inputs", i)
        rep = base(r)
        t = re.sub(r"<td>(-?[\d.+]+)</td>", lambda m: f'<td><input type="text" value="{m[1]}" readonly></td>', page(rep, r).decode())
        rep.extra["hard"] = True
        yield f"inputs-{i}.html", "numbers as values of read-only input fields", t.encode(), rep
    for i in range(2):
        r = make_rng("xhtml", i)
        rep = base(r)
        t = page(rep, r, style=["ueditor", "word"][i]).decode()
        t = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "x.dtd">\n' + t.replace("<!DOCTYPE html>", "").replace("<html>", '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:o="urn:schemas-microsoft-com:office:office">')
        t = t.replace("<head>", "<head><!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml><![endif]-->")
        yield f"xhtml-{i}.html", "XHTML with an XML line and conditional comments", t.encode(), rep
    for i in range(3):
        r = make_rng("charset", i)
        rep = base(r)
        if i == 2:
            rep.mentions = None
            data = page(rep, r, declare="big5", mutate=lambda t: traditional(t, False)).decode().encode("big5", "xmlcharrefreplace")
        else:
            data = page(rep, r, declare="none").decode().encode(["utf-16", "utf-8-sig"][i])
        yield f"charset-{['utf16', 'bom', 'big5'][i]}-{i}.html", "UTF-16 with BOM, UTF-8 with BOM, Big5 in traditional script", data, rep
    for i in range(2):
        r = make_rng("saved", i)
        rep = base(r)
        data = page(rep, r, shell="trs")
        yield (f"saved-{i}.mhtml", "page saved as a web archive", mhtml(data), rep) if i else (f"saved-{i}.html.gz", "page packed with gzip", gzip.compress(data, mtime=0), rep)
    for i in range(2):
        r = make_rng("divs", i)
        rep = base(r)
        t = page(rep, r).decode()
        t = re.sub(r"<table[^>]*>", '<div style="display:table">', t).replace("</table>", "</div>").replace("<tbody>", "").replace("</tbody>", "")
        rep.trap = True
        t = re.sub(r"<tr>", '<div style="display:table-row">', t).replace("</tr>", "</div>")
        t = re.sub(r"<(td|th)( [^>]*)?>", '<div style="display:table-cell">', t)
        t = re.sub(r"</(td|th)>", "</div>", t)
        yield f"div-tables-{i}.html", "tables built of div: spans are lost, must not be guessed wrongly", t.encode(), rep
    for i in range(4):
        r = make_rng("textfile", i)
        rep = base(r)
        t = flat_text.text(rep, ["F9full", "F5", "F4", "F9full"][i], r)
        data = [t.encode("utf-16"), t.replace("\n", "\r").encode(), t.replace("\n", "\r\n").encode("gb18030"), ("\ufeff" + t).encode("utf-16-be")][i]
        yield f"textfile-{['utf16', 'cr', 'crlf-gbk', 'utf16be'][i]}-{i}.txt", "text file in UTF-16, with CR line ends, with CRLF in GBK", data, rep
    for i in range(3):
        r = make_rng("gridtext", i)
        rep = base(r)
        flat_text.FLAT["box"] = box_drawn if i else plus_drawn
        yield f"box-drawn-{i}.txt", "tables drawn with box characters or + and -", flat_text.text(rep, "box", r).encode(), rep
    for i in range(3):
        r = make_rng("pagenumbers", i)
        rep = base(r)
        t = flat_text.text(rep, "F9full", r).split("\n")
        for at in sorted(r.sample(range(20, len(t) - 10), 3), reverse=True):
            if t[at].startswith("\t") or not t[at]:
                t.insert(at, ["- 3 -", "第 3 页 共 5 页", "-4-"][i])
        yield f"page-numbers-{i}.txt", "page numbers between the rows of a table", "\n".join(t).encode(), rep
    for i in range(4):
        r = make_rng("damagemix", i)
        names = r.sample(sorted(set(damage.DAMAGES) - {"new_twice", "blank_regulations", "no_numbers", "short_norm", "no_note", "note_cut"}), 5)
        rep = base(r, damage=damage.chain(*(damage.DAMAGES[n] for n in names)), headings=r.choice(["plain", "reworded"]), merge2=i % 2 == 0, gaps=0.1, dashes=0.1, notation="mixed")
        yield f"everything-{i}.html", "several damages, notations and shells at once: " + " ".join(names), page(rep, r, style=r.choice(["word", "padded", "ueditor"]), shell=r.choice(["trs", "tables", "vsb"]), layout=r.choice(["cut", "cut_head", "separate"]), hidden=i % 2), rep
    for i in range(3):
        r = make_rng("total", i)
        shape = form.Shape(kind=kind(r), applicants=[[0, 6, 1, 2, 3, 4, 5], [0, 1, 2, 3, 4, 5], [6]][i])
        rep = base(r, shape=shape, numbers="distinct")
        yield f"applicants-{['total-second', 'no-total', 'total-only'][i]}-{i}.html", "applicant columns in other sets", page(rep, r), rep


    yield from shapes(make_rng)


TITLES = ["{y}年政府信息公开年报", "（文字版）{y}年{n}政府信息公开工作年度报告", "{n}{y}年政府信息公开工作年度报", "{n}关于{y}年度政府信息公开工作情况的报告", "{c}年{n}政府信息公开工作年度报告",
          "{w}年{n}政府信息公开工作年度报告", "{n}政府信息公开工作年度报告", "关于公布{n}{y}年政府信息公开工作年度报告的通告", "{n}{y}信息公开年度报告", "【年报】{n}{y}年政府信息公开工作年度报告"]


def shapes(make_rng):
    for i, form_of in enumerate(TITLES):
        r = make_rng("title", i)
        rep = base(r)
        y = str(rep.year)
        rep.title = form_of.format(y=y, n=rep.name, c=y.translate(str.maketrans("0123456789", "〇一二三四五六七八九")), w=y.translate(str.maketrans("0123456789", "０１２３４５６７８９")))
        rep.blocks[0].text = rep.title
        yield f"title-{i}.html", f"title: {form_of}", page(rep, r, shell=r.choice(["plain", "trs", "vsb"])), rep
    for i in range(4):
        r = make_rng("ragged", i)
        rep = base(r, shape=form.Shape(kind=kind(r), groups="ragged"))
        yield f"groups-ragged-{i}.html", "group labels on the first row only, the rows below begin further left", page(rep, r, style=["clean", "word"][i % 2]), rep
    for i in range(4):
        r = make_rng("nospans", i)
        rep = base(r, merge2=i % 2 == 1)
        t = re.sub(r' (rowspan|colspan)="?\d+"?', "", page(rep, r, style=["clean", "ueditor"][i // 2]).decode())
        yield f"no-spans-{i}.html", "rowspan and colspan lost, as a site's filter strips them", t.encode(), rep
    for i in range(2):
        r = make_rng("glued", i)
        rep = base(r, numbers="distinct")
        g = next(b for b in rep.blocks if b.part == 3).grid
        at = next(k for k, row in enumerate(g) if any(c.text.startswith("（三）不予公开") for c in row))
        rows = g[at:at + 8]
        for c in range(-8, 0):  # eight rows printed as one, a line each
            rows[0][c].text = "\n".join(row[c].text for row in rows)
        for c in rows[0]:
            c.rs = 1 if c.rs == 8 else c.rs - 7 if c.rs > 8 else c.rs
        g[at:at + 8] = [rows[0]]
        for row in g[:at]:
            for c in row:
                if c.rs > 9:
                    c.rs -= 7
        rep.trap = True
        yield f"glued-rows-{i}.html", "eight rows in one, labels and numbers a line each: read right or not at all", page(rep, r), rep


def retext(rep, key, published):
    rep.numbers[key] = published
    for b in rep.blocks:
        for row in b.grid or []:
            for c in row:
                if c.key == key:
                    c.text = published.text


def excel(rep, rng):
    """As spreadsheets export merged cells: the covered positions stand too, as hidden cells."""
    for b in rep.blocks:
        if b.kind == "table":
            lat = form.lattice(b.grid)
            b.rows = []
            for r, row in enumerate(lat):
                tds = []
                for p in row:
                    if p is None:
                        continue
                    cell, dr, dc = p
                    if dr == 0 and dc == 0:
                        a = (f' rowspan="{cell.rs}"' if cell.rs > 1 else "") + (f' colspan="{cell.cs}"' if cell.cs > 1 else "")
                        tds.append(f"<td{a}>{html_pages.cell_markup('clean', cell, rng)}</td>")
                    else:
                        tds.append('<td style="display: none;">' + (html_pages.esc(cell.text) if rng.random() < 0.3 else "") + "</td>")
                b.rows.append("<tr>" + "".join(tds) + "</tr>")
    real = html_pages.table
    at = iter([b for b in rep.blocks if b.kind == "table"])
    html_pages.table = lambda grid, **kw: "<table border=1>" + "\n".join(next(at).rows) + "</table>"
    try:
        return html_pages.render(rep, rng=rng)
    finally:
        html_pages.table = real


def litigation(rep, how):
    """Section 四 in another shape."""
    at = next(k for k, b in enumerate(rep.blocks) if b.kind == "table" and b.part == 4)
    g = rep.blocks[at].grid
    nums = g[-1]
    heads = [form.Cell(t, kind="head") for _, t in form.OUTCOMES]
    if how == 0:
        a = [[form.Cell("行政复议", cs=5, kind="head")], heads, nums[:5]]
        b = [[form.Cell("行政诉讼", cs=10, kind="head")], [form.Cell("未经复议直接起诉", cs=5, kind="head"), form.Cell("复议后起诉", cs=5, kind="head")], form.copy([heads])[0] + form.copy([heads])[0], nums[5:]]
        new = [a, b]
    elif how == 1:
        new = [[[form.Cell("类别", cs=2, kind="head")] + heads, [form.Cell("行政复议", cs=2)] + nums[:5],
                [form.Cell("行政诉讼", rs=2, kind="group"), form.Cell("未经复议直接起诉")] + nums[5:10], [form.Cell("复议后起诉")] + nums[10:]]]
    else:
        rows = []
        for i, (name, n) in enumerate([("行政复议", nums[:5]), ("未经复议直接起诉", nums[5:10]), ("复议后起诉", nums[10:])]):
            first = [form.Cell(name, rs=5, cs=2, kind="group")] if i == 0 else [form.Cell("行政诉讼", rs=10, kind="group"), form.Cell(name, rs=5, kind="group")] if i == 1 else [form.Cell(name, rs=5, kind="group")]
            for k in range(5):
                rows.append((first if k == 0 else []) + [form.Cell(form.OUTCOMES[k][1]), n[k]])
        new = [rows]
    rep.blocks[at:at + 1] = [report.Block("table", grid=x, part=4) for x in new]


def mhtml(page):
    b = "----=_NextPart_000_0000_01D"
    return (f"From: <Saved by Blink>\r\nSnapshot-Content-Location: http://sample.invalid/nb.html\r\nSubject: =?utf-8?Q?nb?=\r\nMIME-Version: 1.0\r\n"
            f'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="{b}"\r\n\r\n--{b}\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n'
            "Content-Location: http://sample.invalid/nb.html\r\n\r\n").encode() + quopri.encodestring(page).replace(b"\n", b"\r\n") + f"\r\n--{b}--\r\n".encode()


def _cells(grid):
    lat = form.lattice(grid)
    text = [[(p[0].text.replace("\n", "") if p and p[1] == 0 and p[2] == 0 else "") for p in row] for row in lat]
    size = [max(sum(2 if ord(ch) > 255 else 1 for ch in row[c]) for row in text) for c in range(len(text[0]))]
    pad = lambda s, n: s + " " * (n - sum(2 if ord(ch) > 255 else 1 for ch in s))
    return text, size, pad


def box_drawn(grid, rng):
    text, size, pad = _cells(grid)
    rule = lambda a, b, c: a + b.join("─" * n for n in size) + c
    out = [rule("┌", "┬", "┐")]
    for i, row in enumerate(text):
        out += ["│" + "│".join(pad(t, n) for t, n in zip(row, size)) + "│"] + ([rule("├", "┼", "┤")] if i < len(text) - 1 else [])
    return out + [rule("└", "┴", "┘")]


def plus_drawn(grid, rng):
    text, size, pad = _cells(grid)
    rule = "+" + "+".join("-" * (n + 2) for n in size) + "+"
    out = [rule]
    for row in text:
        out += ["|" + "|".join(" " + pad(t, n) + " " for t, n in zip(row, size)) + "|", rule]
    return out
