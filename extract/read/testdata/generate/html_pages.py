"""HTML dialects: how a table is marked up, and the page around the report."""
import html as _html
import re
from form import lattice

MSO = "mso-yfti-irow:1;page-break-inside:avoid;height:14.2pt"
WORD_TD = "width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid windowtext .5pt;padding:0cm 5.4pt 0cm 5.4pt"


def esc(t):
    return _html.escape(t, quote=False).replace("\u00a0", "&nbsp;")


def cell_markup(style, cell, rng):
    """Inner HTML of a cell. A \\n in the text is a hard break."""
    t = cell.text
    if style == "word":
        run = lambda s: f'<span style="font-size:10.5pt;font-family:宋体;mso-ascii-font-family:Calibri">{esc(s)}</span>'
        if cell.kind in ("head", "group") and 3 < len(t) < 9 and "\n" not in t and rng.random() < 0.4:
            t = t[:2] + "\n" + t[2:]
        if len(t) > 8 and "\n" not in t and rng.random() < 0.5:
            i = rng.randrange(2, len(t) - 1)
            return f'<p class=MsoNormal align=left style="text-align:left;line-height:14.0pt">{run(t[:i])}{run(t[i:])}<span lang=EN-US><o:p></o:p></span></p>'
        if not t.strip():
            return "<p class=MsoNormal><span lang=EN-US style='font-size:10.5pt'><o:p>&nbsp;</o:p></span></p>"
        return "".join(f'<p class=MsoNormal align=center style="text-align:center">{run(s)}<span lang=EN-US><o:p></o:p></span></p>' for s in t.split("\n"))
    if style == "digits":  # every digit its own font run, as Word does between scripts
        return "<p>" + "".join(f"<span>{esc(c)}</span>" for c in t.replace("\n", "")) + "</p>"
    if style == "padded":  # newline, blanks and empty paragraphs around the text
        return "\n<p></p>\n<p>&nbsp;</p>\n    " + esc(t).replace("\n", "<br>\n") + "\n&nbsp;&nbsp;<p><br></p>\n"
    if style == "font":
        return f"<FONT size=2 face=仿宋_GB2312>{esc(t)}</FONT>".replace("\n", "<BR>")
    if style == "ueditor":
        return f'<p style="margin:0;text-align:center"><span style="font-family:宋体;font-size:14px">{esc(t)}</span></p>'.replace("\n", "<br/>")
    return esc(t).replace("\n", "<br/>")


def table(grid, style="clean", rng=None, hidden=0, extra_cols=(), hidden_row=False, pixel_spans=False, th=False):
    """One table. hidden: number of invisible cells slipped in; extra_cols: where empty columns stand ('end', 'start')."""
    up = style == "font"
    rows, width = [], max(sum(c.cs for c in r) for r in grid)
    for i, row in enumerate(grid):
        tds = []
        if "start" in extra_cols:
            tds.append("<td></td>")
        for c in row:
            tag = "th" if th and c.kind in ("head", "title") else "td"
            a = (f' rowspan="{c.rs}"' if c.rs > 1 else "") + (f' colspan="{c.cs}"' if c.cs > 1 else "")
            if style == "word":
                a += f' style="{WORD_TD}" valign=top'
            if style == "ueditor":
                a += ' style="border:1px solid #000;padding:5px" width="72"'
            if style == "lazy":  # HTML 4: no end tags, no quotes
                a = a.replace('"', "")
                tds.append(f"<{tag}{a}>{cell_markup('clean', c, rng)}")
                continue
            tds.append(f"<{tag}{a}>{cell_markup(style, c, rng)}</{tag}>")
        if hidden and c.kind == "value" and rng.random() < 0.5:
            tds.insert(rng.randrange(len(tds) + 1), rng.choice(['<td style="display:none">77777</td>', '<td hidden>88888</td>', '<td style="DISPLAY: none; width: 0">99999</td>']))
        if "end" in extra_cols:
            tds.append("<td>&nbsp;</td>" if i % 2 else "<td></td>")
        tr = f'<tr style="{MSO}">' if style == "word" else "<tr>"
        rows.append(tr + "".join(tds) + ("" if style == "lazy" else "</tr>"))
        if hidden_row and c.kind == "value" and rng.random() < 0.3:
            rows.append('<tr style="display:none">' + "<td>4321</td>" * width + "</tr>")
    body = ("" if style == "lazy" else "\n").join(rows)
    if style == "word":
        out = f'<table class=MsoNormalTable border=1 cellspacing=0 cellpadding=0 style="border-collapse:collapse;mso-padding-alt:0cm 5.4pt 0cm 5.4pt">{body}</table>'
    else:
        out = f'<table border="1" cellspacing="0"><tbody>\n{body}\n</tbody></table>'
    if up:
        out = re.sub(r"</?(table|tbody|tr|td|th)\b", lambda m: m.group(0).upper(), out)
    return out


def nested(inner):
    """A layout table around the content, as pages of 2005 have it."""
    return ('<table width="100%"><tr><td width="10">&nbsp;</td><td><table width="98%" align="center"><tr><td>\n' + inner +
            '\n</td></tr></table></td><td width="10">&nbsp;</td></tr></table>')


def paragraph(t, style):
    if style == "word":
        return f'<p class=MsoNormal style="text-indent:32.0pt;line-height:28.0pt"><span style="font-size:16.0pt;font-family:仿宋_GB2312">{esc(t)}<span lang=EN-US><o:p></o:p></span></span></p>'
    if style == "br":
        return f"&nbsp;&nbsp;&nbsp;&nbsp;{esc(t)}<br>"
    if style == "div":
        return f"<div>{esc(t)}</div>"
    return f"<p>{esc(t)}</p>"


def page(body, title, shell="plain", charset="utf-8", declare=None, rng=None, date="2024-01-26"):
    """The page around the report: none, or the navigation, side bars, scripts and other tables of a site."""
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declare or charset}">' if declare != "none" else ""
    if shell == "fragment":
        return body
    if shell == "plain":
        return f"<!DOCTYPE html><html><head>{meta}<title>{esc(title)}</title></head><body>\n<h1>{esc(title)}</h1>\n{body}\n</body></html>"
    nav = "<ul class=nav>" + "".join(f'<li><a href="/{i}/">{t}</a></li>' for i, t in enumerate(["首页", "政务公开", "政府信息公开年度报告", "办事服务", "互动交流", "一、总体情况介绍"])) + "</ul>"
    menu = ('<table class="menu"><tr><td><a href="#">政府信息公开指南</a></td><td><a href="#">政府信息公开制度</a></td></tr>'
            '<tr><td><a href="#">法定主动公开内容</a></td><td><a href="#">政府信息公开年报</a></td></tr></table>')
    cal = "<table class=calendar><tr><th>日</th><th>一</th><th>二</th><th>三</th><th>四</th><th>五</th><th>六</th></tr>" + "".join(
        "<tr>" + "".join(f"<td>{d}</td>" for d in range(w, w + 7)) + "</tr>" for w in (1, 8, 15, 22)) + "</table>"
    contact = "<table><tr><td>联系电话</td><td>0530-8123456</td></tr><tr><td>邮政编码</td><td>274000</td></tr><tr><td>访问量</td><td>15873</td></tr></table>"
    script = "<script>var total=138; document.write('<table><tr><td>规章</td><td>9</td></tr></table>');</script><style>td{border:1px solid}</style>"
    if shell == "trs":
        tags = f'<meta name="SiteName" content="样例"><meta name="ArticleTitle" content="{esc(title)}"><meta name="PubDate" content="{date} 10:02"><meta name="ColumnName" content="政府信息公开年报">'
        return (f"<!DOCTYPE html><html><head>{meta}{tags}<title>{esc(title)}_样例政府网</title>{script}</head><body><!-- 导航 -->{nav}<div class=left>{menu}</div>"
                f'<div class="view TRS_UEDITOR trs_paper_default"><h1>{esc(title)}</h1><p>发布时间：{date} 来源：办公室 浏览次数：<span>382</span></p>{body}</div><div class=right>{cal}{contact}</div></body></html>')
    if shell == "vsb":
        return (f"<html><head>{meta}<title>{esc(title)}-样例</title><!--Announced by Visual SiteBuilder 9-->{script}</head><body>{nav}"
                f'<form name="_newscontent_fromname"><h2>{esc(title)}</h2><div id="vsb_content"><div class="v_news_content">{body}</div></div>'
                f"<ul><li>附件【<a href=\"/system/_content/download.jsp\">年报.pdf</a>】已下载<span>3</span>次</li></ul></form>{contact}{cal}</body></html>")
    # tables all the way down
    return (f"<html><head>{meta}<title>{esc(title)}</title>{script}</head><body bgcolor=#ffffff><table width=1000 align=center><tr><td colspan=2>{nav}</td></tr>"
            f"<tr><td width=220 valign=top>{menu}{cal}</td><td valign=top><table width=100%><tr><td align=center><b>{esc(title)}</b></td></tr>"
            f"<tr><td>日期：{date} 点击：1286</td></tr><tr><td>{body}</td></tr></table></td></tr><tr><td colspan=2>{contact}</td></tr></table></body></html>")


def render(rep, style="clean", para="p", shell="plain", rng=None, layout="separate", hidden=0, extra_cols=(), hidden_row=False, th=False, nest=False,
           charset="utf-8", declare=None, mutate=None, headings="p"):
    """The report as the bytes of an HTML page. layout: separate, cut (section 三 in two tables), cut_head (with its head again), headless (head table apart)."""
    out = []
    opts = dict(style=style, rng=rng, hidden=hidden, extra_cols=extra_cols, hidden_row=hidden_row, th=th)
    for b in rep.blocks:
        if b.kind == "title":
            if shell in ("plain", "fragment"):
                out.append(f"<p align=center><strong>{esc(b.text)}</strong></p>")
        elif b.kind == "head":
            out.append({"p": paragraph(b.text, para), "strong": f"<p><strong>{esc(b.text)}</strong></p>", "h3": f"<h3>{esc(b.text)}</h3>"}[headings])
        elif b.kind == "para":
            out.append(paragraph(b.text, para))
        elif b.kind == "image":
            out.append(f'<p style="text-align:center"><img src="./{b.text}" alt=""></p>')
        else:
            parts = [b.grid]
            if b.part == 3 and layout in ("cut", "cut_head", "headless"):
                parts = cut(b.grid, 3 if layout == "headless" else 3 + rng.randrange(4, 18), layout == "cut_head")
            for g in parts:
                t = table(g, **opts)
                out.append(nested(t) if nest else t)
    body = "\n".join(out)
    text = page(body, rep.title, shell, charset, declare, rng)
    if mutate:
        text = mutate(text)
    return text.encode("gb18030" if charset.lower() in ("gbk", "gb2312", "gb18030") else charset)


def cut(grid, at, repeat_head=False, head=3):
    """A grid with spans cut before row `at` into two: spanning cells are cut too and their label stands in the first piece only."""
    import form
    lat = lattice(grid)
    def piece(lo, hi):
        rows = []
        for r in range(lo, hi):
            row, done = [], set()
            for c, pos in enumerate(lat[r]):
                if pos is None or id(pos[0]) in done:
                    continue
                cell, i, _ = pos
                done.add(id(cell))
                if i == 0 or r == lo:
                    rest = min(cell.rs - i, hi - r)
                    row.append(form.replace(cell, rs=rest, text=cell.text if i == 0 else "", kind=cell.kind))
            rows.append(row)
        return rows
    first, second = piece(0, at), piece(at, len(lat))
    return [first, (form.copy(grid[:head]) + second) if repeat_head else second]
