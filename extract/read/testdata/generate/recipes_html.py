"""The documents in HTML and text: each recipe yields (name, what it tests, bytes, report)."""
import re
import damage, flat_text, form, html_pages, report

KINDS = ["2019", "2021", "2021one", "hybrid", "2019three"]


def kind(rng, common=False):
    return rng.choice(["2019", "2021", "2021one"] if common else ["2019"] * 4 + ["2021"] * 4 + ["2021one"] * 2 + ["hybrid", "2019three"])


def numbers(rng):
    return rng.choice(["distinct", "distinct", "lawful", "sparse"])


def base(rng, **kw):
    shape = kw.pop("shape", None) or form.Shape(kind=kind(rng))
    return report.make(rng, shape, kw.pop("numbers", None) or numbers(rng), **kw)


def page(rep, rng, **kw):
    return html_pages.render(rep, rng=rng, **kw)


def html(make_rng):
    """All HTML recipes, each several times."""
    for i in range(6):
        r = make_rng("clean", i)
        rep = base(r, shape=form.Shape(kind=KINDS[i % 5]))
        yield f"clean-{i}.html", "clean rowspan and colspan", page(rep, r, th=i % 2 == 1, headings=["p", "strong", "h3"][i % 3]), rep
    for style in ("word", "digits", "padded", "font", "ueditor", "lazy"):
        for i in range(4):
            r = make_rng(style, i)
            rep = base(r)
            yield f"{style}-{i}.html", f"cells marked up in the {style} way", page(rep, r, style=style, para="word" if style == "word" else "p", shell=r.choice(["plain", "trs"])), rep
    for shell in ("trs", "vsb", "tables"):
        for i in range(4):
            r = make_rng("shell" + shell, i)
            rep = base(r)
            yield f"shell-{shell}-{i}.html", "navigation, side bars, scripts and other tables around", page(rep, r, shell=shell, style=r.choice(["clean", "word", "ueditor"]), para=r.choice(["p", "br", "div"])), rep
    for i in range(4):
        r = make_rng("nested", i)
        rep = base(r)
        yield f"nested-{i}.html", "each table in nested layout tables", page(rep, r, nest=True, shell=r.choice(["plain", "tables"])), rep
    for i in range(6):
        r = make_rng("merge2", i)
        rep = base(r, merge2=True)
        yield f"merged-{i}.html", "section 二 as one table", page(rep, r, style=r.choice(["clean", "word"])), rep
    for i in range(4):
        r = make_rng("allinone", i)
        rep = base(r)
        one_table(rep, r)
        yield f"one-table-{i}.html", "all three sections in one table, headings as rows", page(rep, r), rep
    for layout in ("cut", "cut_head", "headless"):
        for i in range(4):
            r = make_rng(layout, i)
            rep = base(r)
            yield f"{layout}-{i}.html", f"section 三 split into two tables ({layout})", page(rep, r, layout=layout, style=r.choice(["clean", "word"])), rep
    for i in range(6):
        r = make_rng("hidden", i)
        rep = base(r)
        yield f"hidden-{i}.html", "hidden cells and rows with other numbers", page(rep, r, hidden=1, hidden_row=i % 2 == 0), rep
    for i in range(6):
        r = make_rng("extracol", i)
        rep = base(r)
        yield f"extra-columns-{i}.html", "empty columns at the start or end", page(rep, r, extra_cols=[("end",), ("start",), ("start", "end")][i % 3]), rep
    for i in range(8):
        r = make_rng("permuted", i)
        order = r.sample(range(7), 7) if i % 2 else [0] + r.sample(range(1, 6), 5) + [6]
        legal = [x for x in order if x not in (0, 6)]
        order = r.choice([[0] + legal + [6], [6, 0] + legal, [6] + legal + [0], legal + [0, 6], [0, 6] + legal])
        shape = form.Shape(kind=kind(r), applicants=order)
        for item, _, names, _ in form.SECTION2[form.KINDS[shape.kind][1]]:
            shape.columns[item] = r.sample(range(len(names)), len(names))
        rep = base(r, shape=shape)
        yield f"permuted-{i}.html", "columns in another order", page(rep, r), rep
    for style in ("repeat", "first", "prefix", "omit"):
        for i in range(4):
            r = make_rng("group" + style, i)
            k = kind(r)
            rep = base(r, shape=form.Shape(kind="2021one" if style == "omit" and form.KINDS[k][2] else k, groups=style))
            yield f"groups-{style}-{i}.html", f"group labels of section 三: {style}", page(rep, r), rep
    for i in range(8):
        r = make_rng("missing", i)
        k = kind(r)
        items = [x[0] for x in form.SECTION2[form.KINDS[k][1]]]
        shape = form.Shape(kind=k)
        if i % 2:
            shape.skip_items = tuple(x for x in items if x != "一" and r.random() < 0.4)
            if k == "2021" and len(shape.skip_items) == len(items):
                shape.skip_items = shape.skip_items[1:]
        else:
            shape.applicants = [a for a in range(7) if a in (0, 6) or r.random() < 0.6]
            if not any(0 < a < 6 for a in shape.applicants):
                shape.applicants = [0, 1, 6]
        rows = [x[3] for x in form.request_rows(form.KINDS[k][2])]
        shape.skip_rows = tuple(r.sample([x for x in rows if "." in x[9:] and not x.startswith("requests.other")], 3)) + (("regulations",) if i > 5 else ())
        rep = base(r, shape=shape, numbers="distinct")
        yield f"missing-{i}.html", "rows, columns or parts left out", page(rep, r), rep
    for i in range(4):
        r = make_rng("local", i)
        shape = form.Shape(kind="2019" if i < 3 else "2021", local_rows=[("一", "其他主动公开文件" if i % 2 else "其他主动公开信息")])
        rep = base(r, shape=shape, numbers="distinct")
        yield f"local-row-{i}.html", "a local row that the national form lacks: no fact", page(rep, r), rep
    for i in range(2):
        r = make_rng("split", i)
        shape = form.Shape(kind="2019", split_services=True)
        rep = base(r, shape=shape, numbers="distinct")
        yield f"split-services-{i}.html", "其他对外管理服务事项 in two rows: no fact for either", page(rep, r), rep
    for name in damage.DAMAGES:
        for i in range(2):
            r = make_rng("damage" + name, i)
            k = {"new_twice": "2019", "change_cut": "2019", "items_short": "2019", "issued_cut": "2021", "issued_year": "2021one", "in_force_cut": "2021",
                 "short_norm": "2021"}.get(name) or kind(r, True)
            rep = base(r, shape=form.Shape(kind=k), numbers=["distinct", "lawful"][i], damage=damage.DAMAGES[name])
            yield f"damage-{name.replace('_', '-')}-{i}.html", f"labels damaged: {name}", page(rep, r, style=["clean", "word"][i]), rep
    for i in range(6):
        r = make_rng("headings", i)
        how = ["none", "reworded", "unnumbered"][i % 3]
        rep = base(r, headings=how)
        yield f"headings-{how}-{i}.html", f"section headings {how}", page(rep, r), rep
    for i in range(3):
        r = make_rng("order", i)
        rep = base(r, order=[[1, 3, 4, 2, 5, 6], [1, 5, 2, 3, 4, 6], [1, 5, 6, 2, 3, 4]][i], headings=["unnumbered", "plain", "none"][i])
        yield f"order-{i}.html", "sections in another order", page(rep, r), rep
    for i in range(4):
        r = make_rng("notice", i)
        rep = base(r, shape=form.Shape(kind=kind(r), notice_rows=True, title_rows=i % 2 == 0))
        yield f"notice-{i}.html", "texts of the notice copied in; title rows left out", page(rep, r), rep
    for i in range(6):
        r = make_rng("gbk", i)
        rep = base(r)
        yield f"gbk-{i}.html", "GBK page", page(rep, r, charset="gbk", declare=["gbk", "gb2312", "none", "utf-8", "GB18030", "gb2312"][i], shell=r.choice(["plain", "trs"])), rep
    for i in range(2):
        r = make_rng("lie", i)
        rep = base(r)
        yield f"utf8-declared-gbk-{i}.html", "UTF-8 bytes declared as gb2312", page(rep, r, declare="gb2312", shell="trs"), rep
    for i in range(12):
        r = make_rng("notation", i)
        how = ["mixed", "fullwidth", "comma", "unit", "nbsp", "signed"][i % 6]
        rep = base(r, numbers="distinct", notation=how, gaps=0.1 if i % 2 else 0, dashes=0.15 if i > 5 else 0, big=how == "comma")
        yield f"notation-{how}-{i}.html", f"numbers written {how}, blanks and dashes", page(rep, r, style=r.choice(["clean", "word", "padded"])), rep
    for i in range(4):
        r = make_rng("blank", i)
        rep = base(r, numbers="sparse", gaps=[0.5, 0.9, 1.0, 0.0][i], dashes=[0, 0, 0, 1.0][i])
        yield f"blank-{i}.html", "mostly blank or dashes", page(rep, r), rep
    for i in range(3):
        r = make_rng("amount", i)
        rep = base(r, shape=form.Shape(kind="2019", amount_unit="（万元）"), numbers="distinct")
        yield f"amount-unit-{i}.html", "采购总金额(万元) in the header", page(rep, r), rep
    for i in range(8):
        r = make_rng("2014", i)
        rep = report.make2014(r, i % 2 == 0, indent=["　　", "", "\u00a0\u00a0", "  "][i % 4], gaps=0.1 if i == 5 else 0, dashes=0.1 if i == 6 else 0, notation="mixed" if i == 7 else "plain")
        yield f"stat2014-{i}.html", "the appendix of 2014 to 2018", page(rep, r, style=["clean", "word", "ueditor", "font"][i % 4], shell=r.choice(["plain", "trs", "tables"])), rep
    for i, year in enumerate([2008, 2009, 2010, 2011, 2012, 2013, 2015, 2018]):
        r = make_rng("prose", i)
        rep = report.make_prose(r, year)
        rep.template = "2008"
        yield f"prose-{year}.html", "text only", page(rep, r, shell=r.choice(["plain", "trs", "vsb"])), rep
    for i in range(4):
        r = make_rng("mirror", i)
        rep = base(r, notation="plain")
        rep.mentions = None
        yield f"mirror-{i}.html", "traditional script with pinyin glosses, as copies on foreign hosts have", page(rep, r, mutate=lambda t: traditional(t, glosses=i % 2 == 0)), rep
    for i in range(6):
        r = make_rng("image", i)
        rep = base(r)
        yield f"image-{i}.html", "tables as pictures", page(rep, r, shell=r.choice(["plain", "trs"])) if pictures(rep, [(2, 3, 4), (3, 4), (4,)][i % 3]) else b"", rep
    yield from flat(make_rng)


def flat(make_rng):
    for how in flat_text.FLAT:
        for i in range(5):
            r = make_rng("flat" + how, i)
            nums = "digits" if how == "F6" else numbers(r)
            k = kind(r)
            rep = base(r, shape=form.Shape(kind=k), numbers=nums, dashes=0.05 if i == 3 and how != "F6" else 0, gaps=0.05 if i == 4 and how in ("F2", "F9", "F9full", "F4", "F5", "F10") else 0)
            if i < 3:
                t = flat_text.text(rep, how, r, blank_lines=i != 1, cut=how in ("F9", "F9full") and i == 2)
                data = t.encode("gb18030" if i == 1 else "utf-8")
                if how == "F9full" and i == 0:
                    data = b"\xef\xbb\xbf" + t.replace("\n", "\r\n").encode()
                yield f"flat-{how.lower()}-{i}.txt", f"text file, tables flattened as {how}", data, rep
            else:
                if i == 4 and how.startswith("F9"):
                    rep.trap = True  # blanks of tabs that became no-break spaces: a blank cell cannot be told from padding
                body = flat_text.paragraphs(rep, how, r, ["p", "br"][i % 2])
                yield f"flat-{how.lower()}-{i}.html", f"HTML paragraphs, tables flattened as {how}", html_pages.page(body, rep.title, r.choice(["plain", "trs"]), rng=r).encode(), rep
    for i in range(4):  # ambiguous: 规章1120
        r = make_rng("trap6", i)
        rep = base(r, numbers=["distinct", "sparse"][i % 2])
        rep.trap = True
        yield f"trap-f6-{i}.txt", "concatenated numbers of unknown length: must not be guessed", flat_text.text(rep, "F6", r).encode(), rep
    for i in range(4):  # repeated lines dropped
        r = make_rng("trap8", i)
        rep = base(r, numbers="sparse")
        rep.trap = True
        lines = flat_text.text(rep, "F1", r, blank_lines=False).split("\n")
        keep = []
        for x in lines:
            if x and not (keep and keep[-1] == x):
                keep.append(x)
        if i % 2:
            seen, keep2 = set(), []
            for x in keep:
                if x not in seen:
                    keep2.append(x)
                seen.add(x)
            keep = keep2
        yield f"trap-f8-{i}.txt", "repeated lines dropped by the exporter: must not be guessed", "\n".join(keep).encode(), rep


def pictures(rep, parts):
    """Replaces the tables of some sections by a picture each; their facts have no value."""
    blocks, seen = [], set()
    for b in rep.blocks:
        if b.kind == "table" and b.part in parts:
            if b.part not in seen:
                blocks.append(report.Block("image", f"W02024012{b.part}.png", part=b.part))
            seen.add(b.part)
        else:
            blocks.append(b)
    rep.blocks = blocks
    own = {2: lambda k: not k.startswith(("requests.", "review.", "suit_", "processing_fee")), 3: lambda k: k.startswith("requests."), 4: lambda k: k.startswith(("review.", "suit_"))}
    for (k, a), p in list(rep.numbers.items()):
        if any(own[s](k) for s in parts):
            rep.numbers[(k, a)] = report.values.Published("", None, "image")
    rep.trap = True
    rep.extra["expect_problem"] = "table_is_image"
    return True


def one_table(rep, rng):
    """Headings 二, 三 and 四 become rows of one table that holds all parts."""
    width = 30
    rows, at, keep, inside = [], None, [], False
    heads = {report.HEADINGS[n] for n in (2, 3, 4)}
    for b in rep.blocks:
        if b.kind == "head" and b.text in heads:
            inside = True
            rows.append([form.Cell(b.text, cs=width, kind="title")])
            continue
        if b.kind == "head":
            inside = False
        if inside and b.kind == "table":
            if at is None:
                at = len(keep)
            rows += widen(b.grid, width)
            continue
        keep.append(b)
    keep.insert(at, report.Block("table", grid=rows, part=0))
    rep.blocks = keep


def widen(grid, width):
    """The grid on a lattice of `width` columns: each column takes width // columns of it, the first takes the rest."""
    lat = form.lattice(grid)
    n = len(lat[0])
    unit = width // n
    first = width - unit * (n - 1)
    out = form.copy(grid)
    start = {}
    for r, row in enumerate(lat):
        for c, pos in enumerate(row):
            if pos and pos[1] == 0 and pos[2] == 0:
                start[id(pos[0])] = c
    for r, row in enumerate(grid):
        for old, new in zip(row, out[r]):
            new.cs = old.cs * unit + (first - unit if start[id(old)] == 0 else 0)
    return out


_CC = None


def traditional(text, glosses=True):
    """Traditional script; with glosses, pinyin in brackets behind converted characters, as automatic copies show."""
    global _CC
    from opencc import OpenCC
    from pypinyin import Style, pinyin
    _CC = _CC or OpenCC("s2t")
    out = []
    for part in re.split(r"(<[^>]*>|&\w+;)", text):
        if part.startswith(("<", "&")):
            out.append(part)
            continue
        for ch in part:
            t = _CC.convert(ch)
            out.append(t + (f"({pinyin(ch, style=Style.TONE)[0][0]})" if glosses and t != ch else ""))
    return "".join(out)
