"""Further Word files: what other programs write, and formats that are only to be recognised."""
import io, os, re, tempfile, zipfile
import damage, flat_text, form, html_pages, recipes_docx, report
from recipes_html import base, kind, numbers
from recipes_pdf import office


def edit(data, fn, part="word/document.xml"):
    """The package with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as z, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as w:
        for name in z.namelist():
            body = z.read(name)
            w.writestr(zipfile.ZipInfo(name, (2024, 1, 2, 3, 4, 6)), fn(body.decode()).encode() if name == part else body, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def sdt(x):
    return re.sub(r"(<w:tbl>.*?</w:tbl>)", r'<w:sdt><w:sdtPr><w:id w:val="7"/></w:sdtPr><w:sdtContent>\1</w:sdtContent></w:sdt>', x, flags=re.S)


def cell_sdt(x):
    return re.sub(r"(<w:p>(?:(?!<w:p>).)*?<w:t>\d+</w:t>.*?</w:p>)", r"<w:sdt><w:sdtPr/><w:sdtContent>\1</w:sdtContent></w:sdt>", x, flags=re.S)


def row_sdt(x):
    return re.sub(r"(<w:tr>(?:(?!<w:tr>).)*?</w:tr>)", r"<w:sdt><w:sdtPr/><w:sdtContent>\1</w:sdtContent></w:sdt>", x, flags=re.S)


def field(x):
    return re.sub(r"<w:t>(\d+)</w:t>", r'<w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> =SUM(LEFT) 777 </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>\1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/>', x)


def strict(x):
    return x.replace("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main")


def prefix(x):
    return re.sub(r"(</?)w:", r"\1ns0:", x).replace("xmlns:w=", "xmlns:ns0=").replace(" w:", " ns0:")


def textbox(x):
    box = ('<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="wps"><w:drawing><w:txbxContent><w:p><w:r><w:t>印章 2024</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice>'
           '<mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>印章 2024</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>')
    return x.replace("<w:body>", "<w:body>" + box, 1)


def vmerge_plain(x):
    return x.replace('<w:vMerge w:val="continue"/>', "<w:vMerge/>")


def hmerge(x):
    """Column merges in the old way: hMerge restart and continue in place of gridSpan."""
    def cell(m):
        n = int(m[2])
        first = m[1].replace(f'<w:gridSpan w:val="{n}"/>', '<w:hMerge w:val="restart"/>')
        return first + '<w:tc><w:tcPr><w:hMerge/></w:tcPr><w:p/></w:tc>' * (n - 1)
    return re.sub(r'(<w:tc>(?:(?!</w:tc>).)*?<w:gridSpan w:val="(\d+)"/>(?:(?!</w:tc>).)*?</w:tc>)', cell, x, flags=re.S)


EDITS = {"table-control": sdt, "cell-control": cell_sdt, "row-control": row_sdt, "fields": field, "other-prefix": prefix, "textbox": textbox, "vmerge-plain": vmerge_plain, "hmerge": hmerge}


def odd(make_rng):
    for name, fn in EDITS.items():
        for i in range(2):
            r = make_rng("docxodd" + name, i)
            rep = base(r)
            yield f"docx-{name}-{i}.docx", f"Word file with {name}", edit(recipes_docx.write(rep, r, look=["word", "wps"][i]), fn), rep
    for i in range(2):
        r = make_rng("auto", i)
        rep = base(r, damage=damage.DAMAGES["no_numbers"], headings="unnumbered")
        yield f"docx-auto-numbers-{i}.docx", "numbers of labels and headings made by automatic numbering, so not in the text", recipes_docx.write(rep, r), rep
    for i in range(3):
        r = make_rng("docxtabs", i)
        rep = base(r)
        how = ["F9full", "F1", "F4"][i]
        blocks = []
        for b in rep.blocks:
            blocks += [report.Block("para", x) for x in flat_text.FLAT[how](b.grid, r)] if b.kind == "table" else [b]
        rep.blocks = blocks
        yield f"docx-flat-{how.lower()}-{i}.docx", f"Word file whose tables are paragraphs ({how})", recipes_docx.write(rep, r), rep
    with tempfile.TemporaryDirectory() as tmp:
        made = []
        for i in range(4):
            r = make_rng("docxoffice", i)
            rep = base(r) if i else report.make2014(r)
            os.makedirs(f"{tmp}/{i}", exist_ok=True)
            open(f"{tmp}/{i}/a.docx", "wb").write(recipes_docx.write(rep, r, look="wps", nest=i == 3))
            made.append(rep)
        for i, rep in enumerate(made):
            office(f"{tmp}/{i}", [f"{tmp}/{i}/a.docx"], "odt")
            os.remove(f"{tmp}/{i}/a.docx")
            office(f"{tmp}/{i}", [f"{tmp}/{i}/a.odt"], "docx")
            yield f"docx-libreoffice-{i}.docx", "Word file saved by LibreOffice", open(f"{tmp}/{i}/a.docx", "rb").read(), rep
        r = make_rng("foreign", 0)
        rep = base(r)
        open(f"{tmp}/f.docx", "wb").write(recipes_docx.write(rep, r))
        html_of = html_pages.render(rep, rng=r)
        rep.trap, rep.mentions = True, None
        rep.extra["expect_problem"] = "unreadable_document"
        for ext in ("doc", "rtf", "odt"):
            office(tmp, [f"{tmp}/f.docx"], ext)
            yield f"foreign-{ext}.{ext}", f"a .{ext} file: recognised, not read", open(f"{tmp}/f.{ext}", "rb").read(), rep
        z = io.BytesIO()
        with zipfile.ZipFile(z, "w") as w:
            w.writestr("年报.html", html_of)
        yield "foreign-zip.pdf", "a .zip called .pdf", z.getvalue(), rep
        yield "foreign-empty.html", "an empty file", b"", rep
        yield "foreign-blank.html", "a page with nothing in it", b"<html><body>\n\n</body></html>", rep
        yield "foreign-cut.docx", "a truncated Word file", open(f"{tmp}/f.docx", "rb").read()[:9000], rep
        yield "foreign-wps.wps", "an OLE file with nothing of a report", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1600), rep
