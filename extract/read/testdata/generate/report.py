"""One report before any markup: blocks in order, and its gold."""
from dataclasses import dataclass, field
import form, narrative, places, values

HEADINGS = {1: "一、总体情况", 2: "二、主动公开政府信息情况", 3: "三、收到和处理政府信息公开申请情况", 4: "四、政府信息公开行政复议、行政诉讼情况",
            5: "五、存在的主要问题及改进情况", 6: "六、其他需要报告的事项"}
REWORDED = {1: ["一、总体情况", "一、总体工作情况", "一、概述"], 2: ["二、主动公开政府信息情况", "二、主动公开政府信息的情况", "二、行政机关主动公开政府信息情况"],
            3: ["三、收到和处理政府信息公开申请情况", "三、行政机关收到和处理政府信息公开申请情况", "三、政府信息公开申请情况"],
            4: ["四、政府信息公开行政复议、行政诉讼情况", "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"],
            5: ["五、存在的主要问题及改进情况", "五、政府信息公开工作存在的主要问题及改进情况"], 6: ["六、其他需要报告的事项", "六、需要报告的其他事项"]}
NOTICE = {2: ["主动公开政府信息情况", "该部分以表格形式报告。表格如下："], 3: ["该部分以表格形式报告。表格如下："], 4: ["该部分以表格形式报告。表格如下："]}


@dataclass
class Block:
    kind: str            # title, head, para, table, image
    text: str = ""
    grid: list = None
    part: int = 0        # section of the form that a table belongs to


@dataclass
class Report:
    name: str
    year: int
    template: str
    title: str
    blocks: list
    numbers: dict = field(default_factory=dict)    # key -> values.Published
    mentions: list = None
    trap: bool = False
    extra: dict = field(default_factory=dict)      # further gold keys

    def gold(self, file):
        facts = []
        for (k, a), p in self.numbers.items():
            f = {"indicator": k, "applicant": a, "value": p.value}
            if p.state != "reported":
                f["state"] = p.state
            facts.append(f)
        g = {"file": file, "issuer": self.name, "year": self.year, "template": self.template, "facts": facts}
        if self.trap:
            g["trap"] = True
        if self.mentions is not None:
            g["mentions"] = self.mentions
        g.update(self.extra)
        return g


def make(rng, shape, numbers="distinct", notation="plain", gaps=0.0, dashes=0.0, year=None, headings="plain", order=None, damage=None, merge2=False, big=False):
    """A report with the three tables. numbers: distinct, lawful, sparse, or a dict."""
    ks = form.keys(shape)
    if isinstance(numbers, dict):
        raw = numbers
    elif numbers == "distinct":
        raw = values.distinct(rng, ks, big)
    elif numbers == "lawful":
        full = form.Shape(kind=shape.kind)
        raw = {k: v for k, v in values.lawful(rng, form.keys(full), shape.kind).items() if k in ks}
    elif numbers == "digits":
        raw = {k: rng.randrange(0, 10) for k in ks}
    else:
        raw = {k: v for k, v in values.sparse(rng, shape.kind).items() if k in ks}
        raw.update({k: rng.choice([0, 0, 0, rng.randrange(1, 60)]) for k in ks if k not in raw})
    raw = {k: raw[k] for k in ks}
    cells = values.publish(rng, raw, notation, gaps, dashes)
    template = form.KINDS[shape.kind][0]
    year = year or rng.choice([2019, 2020] if template == "2019" else [2021, 2022, 2023, 2024])
    name, who = places.issuer(rng)
    received = cells.get(("requests.received", "total"))
    issued = cells.get(("normative_documents.issued", None)) or cells.get(("normative_documents.made", None))
    stated = lambda p: int(p.value) if p and p.state == "reported" else None
    text, mentions = narrative.overview(rng, year, who, stated(received), issued=stated(issued))
    five, six, fee = narrative.closing(rng)
    gold = dict(cells)
    if fee is not None:
        gold[("processing_fee.amount", None)] = values.Published(str(fee), fee)
        mentions.append({"label": "收取信息处理费", "count": fee, "unit": "元", "approximate": False, "cumulative": False, "share_pct": None, "part_of": None, "category": "fee"})
    local = iter(rng.sample(range(1000, 1900), 40))
    s2 = form.section2(shape, cells, lambda: str(next(local)))
    tables = {2: [stack(s2)] if merge2 else s2, 3: [form.section3(shape, cells)], 4: [form.section4(shape, cells)]}
    for part in tables:
        for g in tables[part]:
            if damage:
                damage(rng, g)
    title = places.title(rng, name, year)
    blocks = [Block("title", title), Block("para", f"本报告由{name}根据《中华人民共和国政府信息公开条例》第五十条的规定编制，所列数据的统计期限为{year}年1月1日至{year}年12月31日。")]
    body = {1: [Block("para", t) for t in text], 5: [Block("para", t) for t in five], 6: [Block("para", t) for t in six]}
    for part in (2, 3, 4):
        body[part] = ([Block("para", t) for t in NOTICE[part]] if shape.notice_rows else []) + [Block("table", grid=g, part=part) for g in tables[part]]
    for n in order or range(1, 7):
        h = HEADINGS[n] if headings == "plain" else rng.choice(REWORDED[n]) if headings == "reworded" else ""
        if headings == "unnumbered":
            h = HEADINGS[n][2:]
        blocks += ([Block("head", h)] if h else []) + body[n]
    blocks += [Block("para", name), Block("para", f"{year + 1}年1月{rng.randrange(5, 29)}日")]
    return Report(name, year, template, title, blocks, gold, mentions)


def make2014(rng, lawful=True, year=None, notation="plain", gaps=0.0, dashes=0.0, indent="　　"):
    """A report of 2014 to 2018: prose and the national appendix."""
    year = year or rng.choice([2014, 2015, 2016, 2017, 2018])
    cells = values.publish(rng, values.stat2014(rng, lawful), notation, gaps, dashes)
    name, who = places.issuer(rng)
    sections, mentions = narrative.old_report(rng, year, who)
    title = places.title(rng, name, year)
    blocks = [Block("title", title)]
    for h, paras in sections:
        blocks += [Block("head", h)] + [Block("para", p) for p in paras]
    blocks += [Block("para", "附表"), Block("para", "政府信息公开情况统计表"), Block("para", f"（{year}年度）　　填报单位（盖章）：{name}"),
               Block("table", grid=form.stat2014(cells, indent), part=7)]
    return Report(name, year, "2014", title, blocks, dict(cells), mentions)


def make_prose(rng, year):
    """A report that has only text."""
    name, who = places.issuer(rng)
    sections, mentions = narrative.old_report(rng, year, who)
    title = places.title(rng, name, year)
    blocks = [Block("title", title)]
    for h, paras in sections:
        blocks += [Block("head", h)] + [Block("para", p) for p in paras]
    return Report(name, year, "2008", title, blocks, {}, mentions)


def stack(grids):
    """The parts of section 二 as one table: titles and last cells stretch to the common width (60 divides by 2, 3, 4 and 5 columns)."""
    width = max(sum(c.cs for c in row) for g in grids for row in g)
    out = []
    for g in form.copy([r for g in grids for r in g]):
        have = sum(c.cs for c in g)
        g[-1].cs += width - have
        out.append(g)
    return out
