"""Writes the bundled sample site: python3 sample_site.py DATASETS_SAMPLE_FOLDER SIKOU_TXT. Invented places and figures; every page says so."""
import os, random, shutil, subprocess, sys, tempfile
import flat_text, form, html_pages, narrative, recipes_docx, report, values
from generate import dump
from html_pages import esc, render, table
from recipes_pdf import office

BANNER = "样例数据：除栖霞市寺口镇2020年报告外，地名和数字均为虚构（sample: invented places and figures, but for one real report）"
NB = "zfxxgk/nb"


def numbers_for(rng, kind, before=None, error=None):
    """Lawful numbers with every cell its own; carried in is what the year before carried out. error: a rule that the publisher breaks."""
    shape = form.Shape(kind=kind)
    ks = form.keys(shape)
    fixed = {}
    if before:
        fixed = {("requests.carried_in", a): before[("requests.carried_out", a)] for a, _ in form.APPLICANTS[:6]}
    v = values.lawful(rng, ks, kind, top=200, fixed=fixed, dense=1.25)
    pool = [x for x in range(2, 400) if x not in v.values()]
    rng.shuffle(pool)
    if kind.startswith("2021"):
        for b in ("regulations", "normative_documents"):
            last = before.get((f"{b}.in_force", None)) if before else None
            if last is not None:
                gone = v[(f"{b}.repealed", None)] = pool.pop()
                new = v[(f"{b}.issued", None)] = gone + 1 + rng.randrange(60)
                while len({new, last + new - gone} & (set(v.values()) - {new})) > 0 or last + new - gone in v.values():
                    gone = v[(f"{b}.repealed", None)] = pool.pop()
                    new = v[(f"{b}.issued", None)] = gone + 1 + rng.randrange(90)
                v[(f"{b}.in_force", None)] = last + new - gone
        v[("fees.amount", None)] += 0.25
    else:
        v[("procurement.amount", None)] += 0.5
        v[("penalties.items_change", None)] *= -1
    if error == "row":
        v[("requests.received", "business")] += 1
    if error == "litigation":
        v[("review.total", None)] = 0
    if error == "carry":
        keys4 = [(k, a) for k in ("requests.carried_in", "requests.received") for a in ("natural_person", "total")]
        rest = {x for k, x in v.items() if k not in keys4}
        sign = {"requests.carried_in": 1, "requests.received": -1}
        shift = next(d for d in range(3, 200) if not {v[k] + d * sign[k[0]] for k in keys4} & (rest | {0}))
        for k in keys4:
            v[k] += shift * sign[k[0]]
    if error == "in_force":
        v[("normative_documents.in_force", None)] += 2
    return v


def build(rng, name, who, year, kind, v, **kw):
    """A report like those of the corpus, for a given body and with given numbers; its text gives the table's number of requests."""
    report.places.issuer = lambda r: (name, who)
    report.places.title = lambda r, n, y: f"{n}{y}年政府信息公开工作年度报告"
    return report.make(rng, form.Shape(kind=kind), v, year=year, **kw)


def article(rep, body, date, up, attach=""):
    """An article page as a TRS site writes it."""
    tags = (f'<meta name="SiteName" content="样例政府信息公开网"><meta name="SiteDomain" content="sample.invalid"><meta name="ColumnName" content="政府信息公开年报">'
            f'<meta name="ArticleTitle" content="{esc(rep.title)}"><meta name="PubDate" content="{date} 09:30"><meta name="ContentSource" content="{esc(rep.name)}">')
    return (f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">{tags}<title>{esc(rep.title)} - 样例政府信息公开网</title></head>\n<body>\n'
            f'<div class="banner">{BANNER}</div>\n<div class="nav"><a href="{up}../../index.html">首页</a> <a href="{up}index.html">政府信息公开年报</a></div>\n'
            f'<div class="main"><h1>{esc(rep.title)}</h1>\n<p class="info">发布时间：{date} 来源：{esc(rep.name)}</p>\n<div class="TRS_Editor">\n{body}\n{attach}</div></div>\n'
            f'<div class="footer">样例网站，仅用于演示</div>\n</body></html>\n').encode()


def body_of(rep, rng, **kw):
    rep = report.Report(**{**rep.__dict__, "blocks": [b for b in rep.blocks if b.kind != "title"]})
    return render(rep, rng=rng, shell="fragment", **kw).decode()


def main():
    out, sikou = sys.argv[1:3]
    site, gold = os.path.join(out, "site"), os.path.join(out, "testdata")
    for d in (site, gold):
        shutil.rmtree(d, ignore_errors=True)
        os.makedirs(d)
    entries, golds = [], {}

    def put(path, data):
        full = os.path.join(site, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "wb") as f:
            f.write(data)

    def publish(rep, path, date, text=None):
        golds[path] = rep
        entries.append((date, path, text or rep.title))

    # a town over four years: two templates, carried over rightly, in force rightly
    v = None
    for year, kind, how in ((2019, "2019", "clean"), (2020, "2019", "word"), (2021, "2021", "clean"), (2022, "2021", "ueditor")):
        r = random.Random(f"feibei{year}")
        v = numbers_for(r, kind, v)
        rep = build(r, "蘅平县霏陂镇人民政府", "全镇", year, kind, v, merge2=year == 2022)
        path = f"{NB}/{year + 1}01/t{year + 1}0118_10{year - 2000}.html"
        put(path, article(rep, body_of(rep, r, style=how, para="word" if how == "word" else "p"), f"{year + 1}-01-18", "../"))
        publish(rep, path, f"{year + 1}-01-18")
    # a town whose 2022 report does not carry in what 2021 carried out, and whose 2023 in force does not follow
    v = None
    for year, kind, error in ((2021, "2021one", None), (2022, "2021one", "carry"), (2023, "2021one", "in_force")):
        r = random.Random(f"xingxi{year}")
        v = numbers_for(r, kind, v, error)
        rep = build(r, "旻州县荇溪镇人民政府", "全镇", year, kind, v, damage=lambda g, t: report_damage(g, t) if year == 2023 else None)
        path = f"{NB}/{year + 1}01/t{year + 1}0126_20{year - 2000}.html"
        body = flat_text.paragraphs(report.Report(**{**rep.__dict__, "blocks": rep.blocks[1:]}), "F4", r) if year == 2022 else body_of(rep, r, layout="cut_head" if year == 2023 else "separate", nest=year == 2021)
        put(path, article(rep, body, f"{year + 1}-01-26", "../"))
        publish(rep, path, f"{year + 1}-01-26")
    # a bureau with a publisher's errors
    r = random.Random("shuiwu")
    rep = build(r, "峤川市水务局", "我局", 2021, "2019", numbers_for(r, "2019", None, "row"))
    path = f"{NB}/202201/t20220121_3021.html"
    put(path, article(rep, body_of(rep, r, style="padded"), "2022-01-21", "../"))
    publish(rep, path, "2022-01-21")
    # a report of 2018 with the national appendix
    r = random.Random("lingwan")
    report.places.issuer, report.places.title = (lambda r: ("芷丰县苓湾乡人民政府", "我乡")), (lambda r, n, y: f"{n}{y}年政府信息公开工作年度报告")
    rep = report.make2014(r, True, 2018)
    path = f"{NB}/201901/t20190122_4018.html"
    put(path, article(rep, body_of(rep, r), "2019-01-22", "../"))
    publish(rep, path, "2019-01-22")
    # the seed report, as published: a text document
    seed = open(sikou, "rb").read()
    put(f"{NB}/202101/sikou-2020.txt", seed)
    entries.append(("2021-01-29", f"{NB}/202101/sikou-2020.txt", "2020年栖霞市寺口镇政府信息公开年报"))
    # a district: a PDF attached to an article, a Word file linked from the list, a GBK page
    with tempfile.TemporaryDirectory() as tmp:
        v = None
        for year in (2021, 2022, 2023):
            r = random.Random(f"feian{year}")
            v = numbers_for(r, "2021", v, "litigation" if year == 2023 else None)
            rep = build(r, "霏安区人民政府", "全区", year, "2021", v)
            date = f"{year + 1}-03-1{year - 2020}"
            if year == 2023:
                path = f"fa/info/1103/{year}.htm"
                put(path, gbk_article(rep, body_of(rep, r), date))
                publish(rep, path, date)
                continue
            word = recipes_docx.write(rep, r, look="wps", font="Noto Serif CJK SC", size=12, page_numbers=True, repeat=year == 2022)
            if year == 2021:
                path = f"fa/info/1103/files/{year}.docx"
                put(path, word)
                publish(rep, path, date)
                continue
            src = os.path.join(tmp, "a.docx")
            open(src, "wb").write(word)
            office(tmp, [src])
            path = f"fa/info/1103/files/{year}.pdf"
            put(path, open(os.path.join(tmp, "a.pdf"), "rb").read())
            golds[path] = rep
            attach = f'<ul><li>附件【<a href="files/{year}.pdf">{rep.title}.pdf</a>】</li></ul>'
            short = report.Report(**{**rep.__dict__, "blocks": [report.Block("para", f"现公布{rep.title}，全文见附件。")]})
            put(f"fa/info/1103/{year}.htm", gbk_article(rep, body_of(short, r), date, attach))
            entries.append((date, f"fa/info/1103/{year}.htm", rep.title))
    lists(put, entries)
    for path, rep in golds.items():
        name = path.replace("/", "_")
        with open(os.path.join(gold, name + ".gold.json"), "w") as f:
            f.write(dump(rep.gold(path)))
    print(len(golds), "reports with gold")


def report_damage(rng, grid):
    from damage import DAMAGES
    DAMAGES["all_small"](rng, grid)


def gbk_article(rep, body, date, attach=""):
    """An article page as a VSB site writes it, in GBK."""
    return (f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>{esc(rep.title)}-样例区信息公开</title><!--Announced by Visual SiteBuilder 9--></head>\n'
            f'<body><div>{BANNER}</div><div><a href="../../../index.html">首页</a> &gt; <a href="../../nb.htm">年度报告</a></div>\n'
            f'<form name="_newscontent_fromname"><h2>{esc(rep.title)}</h2><p>{date}</p><div id="vsb_content"><div class="v_news_content">\n{body}\n</div></div>{attach}</form></body></html>\n').encode("gb18030")


def lists(put, entries):
    """Home page, robots.txt, a TRS list of two pages, a VSB list of two pages that counts down, and pages that are no reports."""
    put("robots.txt", "User-agent: *\nDisallow: /zfxxgk/nb/draft/\nCrawl-delay: 0\n".encode())
    head = lambda t, enc="utf-8": f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="{enc}"><title>{t} - 样例政府信息公开网</title>'
    put("index.html", (head("首页") + f'</head><body><div class="banner">{BANNER}</div><h1>样例政府信息公开网</h1>\n<ul>\n<li><a href="zfxxgk/nb/index.html">政府信息公开年报</a></li>\n'
                       '<li><a href="fa/nb.htm">霏安区年度报告</a></li>\n<li><a href="zfxxgk/zn/index.html">政府信息公开指南</a></li>\n</ul></body></html>\n').encode())
    put("zfxxgk/zn/index.html", (head("政府信息公开指南") + f'</head><body><div class="banner">{BANNER}</div><h1>政府信息公开指南</h1>\n<p>为方便公民、法人和其他组织获取政府信息，编制本指南。</p>\n'
                                 '<p><a href="../nb/index.html">政府信息公开年报</a> <a href="../../index.html">首页</a></p></body></html>\n').encode())
    put("zfxxgk/nb/zd.html", (head("政府信息公开工作年度报告制度") + f'</head><body><div class="banner">{BANNER}</div><h1>政府信息公开工作年度报告制度</h1>\n'
                              '<p>第一条　各单位应当于每年1月31日前报送上一年度政府信息公开工作年度报告。</p>\n<p>第二条　年度报告应当包括总体情况等内容。</p>\n<p><a href="index.html">返回列表</a></p></body></html>\n').encode())
    put("zfxxgk/nb/draft/2024.html", (head("草稿") + f'</head><body><div class="banner">{BANNER}</div><p>本页不得抓取。</p><p><a href="../index.html">返回</a></p></body></html>\n').encode())
    town = sorted((e for e in entries if e[1].startswith(NB)), reverse=True)
    extra = [("2018-05-08", f"{NB}/zd.html", "政府信息公开工作年度报告制度"), ("2024-02-02", f"{NB}/draft/2024.html", "2024年年度报告（草稿）")]
    town = sorted(town + extra, reverse=True)
    cut = (len(town) + 1) // 2
    for i, page in enumerate((town[:cut], town[cut:])):
        items = "\n".join(f'<li><a href="./{p[len(NB) + 1:]}" title="{t}">{t if len(t) < 24 else t[:22] + "…"}</a><span>{d}</span></li>' for d, p, t in page)
        nav = ('<a href="index_1.html">下一页</a> <a href="index_1.html">尾页</a>' if i == 0 else '<a href="index.html">首页</a> <a href="index.html">上一页</a>')
        put(f"{NB}/index{'' if i == 0 else '_1'}.html", (
            head("政府信息公开年报") + '<meta name="SiteName" content="样例政府信息公开网"><meta name="ColumnName" content="政府信息公开年报"></head>\n'
            f'<body><div class="banner">{BANNER}</div><div class="nav"><a href="../../index.html">首页</a> <a href="../zn/index.html">指南</a></div>\n<ul class="list">\n{items}\n</ul>\n'
            f'<div class="page">共2页 {nav}<script>createPageHTML(2, {i}, "index", "html");</script></div></body></html>\n').encode())
    area = sorted((e for e in entries if e[1].startswith("fa/")), reverse=True)
    for i, page in enumerate((area[:2], area[2:])):
        up = "" if i == 0 else "../"
        items = "\n".join(f'<li id="line_u6_{k}"><a href="{up}{p[3:]}" title="{t}">{t}</a><span>{d}</span></li>' for k, (d, p, t) in enumerate(page))
        nav = '<a href="nb/1.htm">下页</a> <a href="nb/1.htm">尾页</a>' if i == 0 else '<a href="../nb.htm">首页</a> <a href="../nb.htm">上页</a>'
        put("fa/nb.htm" if i == 0 else "fa/nb/1.htm", (
            f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>年度报告-霏安区（样例）</title><!--Announced by Visual SiteBuilder 9--></head>\n'
            f'<body><div>{BANNER}</div><a href="{up}../index.html">首页</a><ul>\n{items}\n</ul>共{len(area)}条 {i + 1}/2 {nav}</body></html>\n').encode("gb18030"))


if __name__ == "__main__":
    main()
