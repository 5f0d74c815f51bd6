"""Word files, by python-docx and by direct XML: merges, splits, repeated heads, nested tables."""
import io
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
import damage, form, html_pages, report
from recipes_html import kind, numbers, one_table, pictures

FONTS = ["宋体", "仿宋_GB2312", "Noto Serif CJK SC", "Noto Sans CJK SC", "WenQuanYi Zen Hei"]


def docx(make_rng):
    plans = [("clean", {}), ("clean", {}), ("wps", {"look": "wps"}), ("wps", {"look": "wps"}), ("merged", {"merge2": True}), ("merged", {"merge2": True, "look": "wps"}),
             ("nested", {"nest": True}), ("cut", {"layout": "cut"}), ("cut-head", {"layout": "cut_head"}), ("headless", {"layout": "headless"}),
             ("repeat-header", {"repeat": True}), ("repeat-header", {"repeat": True, "look": "wps"}), ("one-table", {"one": True}), ("hybrid", {"kind": "hybrid"}),
             ("2021one", {"kind": "2021one"}), ("stat2014", {"stat": True}), ("stat2014", {"stat": True}), ("mixed-notation", {"notation": "mixed", "gaps": 0.1, "dashes": 0.1}),
             ("damaged", {"damage": "all_small"}), ("line-breaks", {"damage": "line_breaks"}), ("runs", {"runs": True}), ("runs", {"runs": True}), ("groups-repeat", {"groups": "repeat"}),
             ("groups-first", {"groups": "first"}), ("tracked", {"tracked": True}), ("tracked", {"tracked": True}), ("grid-before", {"before": True}), ("landscape", {"landscape": True}),
             ("missing", {"missing": True}), ("permuted", {"permuted": True}), ("prose", {"prose": 2012}), ("blank", {"gaps": 0.6}), ("hidden-text", {"hidden": True}), ("image", {"image": True})]
    for i, (name, o) in enumerate(plans):
        r = make_rng("docx" + name, i)
        rep = build(r, o)
        yield f"word-{name}-{i}.docx", f"Word file: {name}", write(rep, r, **{k: o[k] for k in ("look", "nest", "layout", "repeat", "runs", "tracked", "before", "landscape", "hidden") if k in o}), rep


def build(r, o):
    if o.get("stat"):
        return report.make2014(r)
    if o.get("prose"):
        rep = report.make_prose(r, o["prose"])
        rep.template = "2008"
        return rep
    shape = form.Shape(kind=o.get("kind") or kind(r), groups=o.get("groups", "span"))
    if o.get("permuted"):
        shape.applicants = [0, 3, 1, 5, 2, 4, 6]
    if o.get("missing"):
        shape.skip_items = ("八",)
        shape.applicants = [0, 1, 5, 6]
    rep = report.make(r, shape, numbers(r), notation=o.get("notation", "plain"), gaps=o.get("gaps", 0), dashes=o.get("dashes", 0), merge2=o.get("merge2", False),
                      damage=damage.DAMAGES[o["damage"]] if "damage" in o else None)
    if o.get("one"):
        one_table(rep, r)
    if o.get("image"):
        pictures(rep, (3, 4))
    return rep


def write(rep, rng, look="word", nest=False, layout="separate", repeat=False, runs=False, tracked=False, before=False, landscape=False, hidden=False, font=None, size=None, margins=None,
          row_height=None, cant_split=False, page_numbers=False, vertical=False):
    """The report as the bytes of a DOCX file."""
    doc = Document()
    doc.core_properties.title = rep.title if rng.random() < 0.5 else ""
    st = doc.styles["Normal"]
    font = font or rng.choice(FONTS)
    st.font.name, st.font.size = "Times New Roman", Pt(size or rng.choice([10.5, 12, 14]))
    st.element.rPr.rFonts.set(qn("w:eastAsia"), font)
    sec = doc.sections[0]
    sec.page_width, sec.page_height = Cm(21), Cm(29.7)
    if landscape:
        sec.orientation, sec.page_width, sec.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21)
    m = margins or (2.54, 2.54, 2.8, 2.6)
    sec.top_margin, sec.bottom_margin, sec.left_margin, sec.right_margin = (Cm(x) for x in m)
    if page_numbers:
        _page_number(sec.footer.paragraphs[0])
        if rng.random() < 0.5:
            sec.header.paragraphs[0].text = "政府信息公开工作年度报告"
    for b in rep.blocks:
        if b.kind == "table":
            parts = [b.grid]
            if b.part == 3 and layout != "separate":
                parts = html_pages.cut(b.grid, 3 if layout == "headless" else 3 + rng.randrange(4, 18), layout == "cut_head")
            for g in parts:
                host = doc
                if nest:
                    outer = doc.add_table(1, 1)
                    host = outer.cell(0, 0)
                _table(host, g, rng, look, repeat, runs, tracked, before, size, row_height, cant_split, vertical and b.part == 3)
                if not nest:
                    doc.add_paragraph("")
        elif b.kind == "image":
            doc.add_picture(_picture(), width=Cm(12))
        else:
            p = doc.add_paragraph()
            if b.kind == "title":
                p.alignment = 1
            if hidden and b.kind == "para":
                h = p.add_run("隐藏文字共主动公开政府信息99999条。")
                h.font.hidden = True
            if runs:
                for ch in b.text:
                    p.add_run(ch)
            else:
                r = p.add_run(b.text)
                r.bold = b.kind != "para"
            if look == "wps":
                p.paragraph_format.first_line_indent = Pt(24) if b.kind == "para" else None
                p.paragraph_format.line_spacing = Pt(28)
    out = io.BytesIO()
    doc.save(out)
    return out.getvalue()


def _table(host, grid, rng, look, repeat, runs, tracked, before, size, row_height, cant_split, vertical):
    lat = form.lattice(grid)
    rows, cols = len(lat), len(lat[0])
    t = host.add_table(rows, cols)
    _borders(t._tbl)
    at = list(t._cells)  # python-docx builds this list anew on every access
    label_cols = next((sum(1 for p in row if p and p[0].kind in ("label", "group", "note")) for row in lat if row[-1] and row[-1][0].kind == "value"), 1)
    for c in range(cols):  # narrow number columns, room for labels
        w = Cm(1.5) if cols > 5 and c >= label_cols else Cm(15.0 / cols)
        if cols == 10:
            w = Cm([1.0, 2.2, 4.2][c]) if c < 3 else Cm(1.15)
        if cols == 15:
            w = Cm(1.0)
        t.columns[c].width = w
        for r in range(rows):
            at[r * cols + c].width = w
    done = set()
    for r in range(rows):
        for c in range(cols):
            p = lat[r][c]
            if p is None or id(p[0]) in done:
                continue
            cell = p[0]
            done.add(id(cell))
            x = at[r * cols + c]
            if cell.rs > 1 or cell.cs > 1:
                x = x.merge(at[(r + cell.rs - 1) * cols + c + cell.cs - 1])
            _fill(x, cell, rng, look, runs, tracked, size, vertical)
    if repeat or row_height or cant_split:
        head = 3 if cols == 10 else 1
        for i, row in enumerate(t.rows):
            pr = row._tr.get_or_add_trPr()
            if repeat and i < head:
                pr.append(OxmlElement("w:tblHeader"))
            if cant_split:
                pr.append(OxmlElement("w:cantSplit"))
            if row_height:
                row.height = Pt(row_height)
    if before:  # rows that begin one grid column later, as Word writes after a cell was deleted
        for row in t._tbl.tr_lst:
            pr = row.get_or_add_trPr()
            e = OxmlElement("w:gridBefore")
            e.set(qn("w:val"), "1")
            pr.insert(0, e)
        g = OxmlElement("w:gridCol")
        g.set(qn("w:w"), "120")
        t._tbl.tblGrid.insert(0, g)


def _fill(x, cell, rng, look, runs, tracked, size, vertical):
    for p in x.paragraphs[1:]:
        p._p.getparent().remove(p._p)
    lines = cell.text.split("\n")
    for i, s in enumerate(lines):
        p = x.paragraphs[0] if i == 0 else x.add_paragraph()
        if cell.kind in ("value", "head", "title", "group"):
            p.alignment = 1
        if runs:
            for ch in s:
                p.add_run(ch)
        elif s:
            p.add_run(s)
        for r in p.runs:
            r.font.size = Pt(min(size or 10.5, 10.5))
            r.bold = look == "wps" and cell.kind == "head"
    if tracked and cell.kind == "value" and rng.random() < 0.4:  # a deleted number beside the kept one
        d, r, t = OxmlElement("w:del"), OxmlElement("w:r"), OxmlElement("w:delText")
        d.set(qn("w:id"), str(rng.randrange(10 ** 6)))
        d.set(qn("w:author"), "样例")
        t.text = "55"
        r.append(t)
        d.append(r)
        x.paragraphs[0]._p.append(d)
        if x.paragraphs[0].runs and rng.random() < 0.5:
            ins, kept = OxmlElement("w:ins"), x.paragraphs[0].runs[0]._r
            ins.set(qn("w:id"), str(rng.randrange(10 ** 6)))
            ins.set(qn("w:author"), "样例")
            kept.addprevious(ins)
            ins.append(kept)
    pr = x._tc.get_or_add_tcPr()
    if look == "wps" and cell.kind == "title":
        sh = OxmlElement("w:shd")
        sh.set(qn("w:val"), "clear")
        sh.set(qn("w:fill"), "C6D9F0")
        pr.append(sh)
    if vertical and cell.kind == "group" and cell.rs > 9:
        d = OxmlElement("w:textDirection")
        d.set(qn("w:val"), "tbRlV")
        pr.append(d)


def _borders(tbl):
    pr = tbl.tblPr
    b = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        e = OxmlElement("w:" + side)
        for k, v in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "000000")):
            e.set(qn("w:" + k), v)
        b.append(e)
    pr.append(b)


def _page_number(p):
    p.alignment = 1
    for kind_, text in (("t", "- "), ("begin", ""), ("instr", "PAGE"), ("end", ""), ("t", " -")):
        r = p.add_run(text if kind_ == "t" else "")
        if kind_ in ("begin", "end"):
            e = OxmlElement("w:fldChar")
            e.set(qn("w:fldCharType"), kind_)
            r._r.append(e)
        elif kind_ == "instr":
            e = OxmlElement("w:instrText")
            e.text = text
            r._r.append(e)


def _picture():
    from PIL import Image, ImageDraw
    im = Image.new("1", (300, 120), 1)
    d = ImageDraw.Draw(im)
    for i in range(0, 300, 30):
        d.line((i, 0, i, 119), 0)
    for i in range(0, 120, 20):
        d.line((0, i, 299, i), 0)
    out = io.BytesIO()
    im.save(out, "PNG")
    out.seek(0)
    return out
