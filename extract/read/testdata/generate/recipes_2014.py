"""The appendix of 2014 to 2018 in the shapes local forms give it."""
import re
import damage, flat_text, form, html_pages, recipes_docx, report
from draw_pdf import Fpdf, Reportlab, draw
from recipes_html import page


def table_of(rep):
    return next(b for b in rep.blocks if b.kind == "table")


def change(rep, how, rng):
    g = table_of(rep).grid
    if how == "serial":
        g[0].insert(0, form.Cell("序号", kind="head"))
        for i, row in enumerate(g[1:], 1):
            row.insert(0, form.Cell(str(i), kind="unit"))
    elif how == "code":
        g[0].insert(2, form.Cell("代码", kind="head"))
        for i, row in enumerate(g[1:], 1):
            row.insert(2, form.Cell(f"{i:02d}", kind="unit"))
    elif how == "no-unit":
        for row in g:
            del row[1]
    elif how == "unit-in-label":
        for i, row in enumerate(g):
            unit = row.pop(1).text
            if i and unit != "——":
                row[0].text += f"（单位：{unit}）"
    elif how == "no-notes":
        for row in g:
            row[0].text = re.sub(r"（(不同|不包括).*?）", "", row[0].text)
    elif how == "half-width":
        damage.half_width(rng, g)
    elif how == "heads":
        for c, t in zip(g[0], ["指标名称", "计量单位", "数据统计数"]):
            c.text = t
    elif how == "title-row":
        g.insert(0, [form.Cell("政府信息公开情况统计表", cs=3, kind="title")])
        g.insert(1, [form.Cell(f"（{rep.year}年度）", cs=3, kind="title")])
    elif how == "levels":  # headings span the row
        for row in g[1:]:
            if row[1].text == "——":
                row[0].cs, row[1:] = 3, []
    elif how == "unit-in-cell":
        for row in g[1:]:
            if row[2].text and row[1].text != "万元":
                row[2].text += row[1].text
    elif how == "signature":  # a last row for signatures and dates
        g.append([form.Cell("单位负责人：某某　　审核人：某某　　填报人：某某　　联系电话：0530-8123456　　填报日期：2018年1月12日", cs=3)])
    elif how == "dots":
        for row in g[1:]:
            row[0].text = row[0].text.replace(".", "、").replace("：", "")


def odd(make_rng):
    hows = ["serial", "code", "no-unit", "unit-in-label", "no-notes", "half-width", "heads", "title-row", "levels", "unit-in-cell", "signature", "dots"]
    for i, how in enumerate(hows):
        for j in range(2):
            r = make_rng("stat" + how, j)
            rep = report.make2014(r, j == 0, indent=["　　", "", "\u00a0\u00a0"][(i + j) % 3])
            change(rep, how, r)
            yield f"stat2014-{how}-{j}.html", f"appendix of 2014: {how}", page(rep, r, style=["clean", "word", "ueditor"][(i + j) % 3], shell=r.choice(["plain", "trs", "tables"])), rep
    for i, how in enumerate(["F1", "F2", "F3", "F4", "F5", "F9full", "F10", "F12"]):
        r = make_rng("statflat", i)
        rep = report.make2014(r, True, indent=["　　", ""][i % 2])
        yield f"stat2014-flat-{how.lower()}.txt", f"appendix of 2014 flattened as {how}", flat_text.text(rep, how, r).encode(), rep
    for i in range(4):
        r = make_rng("statpdf", i)
        rep = report.make2014(r)
        change(rep, ["levels", "serial", "signature", "heads"][i], r)
        if i == 3:
            yield f"stat2014-{i}.docx", "appendix of 2014 in a Word file", recipes_docx.write(rep, r), rep
        else:
            yield f"stat2014-drawn-{i}.pdf", "appendix of 2014, drawn, cut by pages", draw(rep, r, [Fpdf, Reportlab][i % 2], split_rows=i == 1, repeat=i == 2), rep
    for i in range(2):  # a report of 2019 that still carries the old appendix beside the tables of its year
        r = make_rng("both", i)
        rep = report.make(r, form.Shape(kind="2019"), "lawful")
        old = report.make2014(r, True, 2018)
        rep.blocks += [report.Block("para", "附件：政府信息公开情况统计表"), table_of(old)]
        rep.numbers.update(old.numbers)
        rep.template = "mixed"
        rep.extra["hard"] = True
        yield f"stat2014-beside-2019-{i}.html", "the tables of 2019 and the appendix of 2014 in one report", page(rep, r), rep
