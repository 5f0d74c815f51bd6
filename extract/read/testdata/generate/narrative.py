"""The text of a report with every count that stands in it. A mention: label, count, unit, approximate, cumulative, share_pct, part_of, category."""

CATEGORIES = [("机构职能类信息", "organisation"), ("政策法规类信息", "policy"), ("财政预决算信息", "finance"), ("行政执法类信息", "enforcement"), ("会议类信息", "meeting"),
              ("工作动态类信息", "news"), ("通知公告类信息", "notice"), ("人事任免类信息", "personnel"), ("规划计划类信息", "planning"), ("政府采购类信息", "procurement"),
              ("统计信息", "statistics"), ("环境保护类信息", "environment")]
CHANNELS = ["门户网站", "微信公众号", "政务微博", "信息公开栏"]


class Story:
    """Sentences and the mentions in them."""

    def __init__(self):
        self.parts, self.mentions = [], []

    def say(self, text):
        self.parts.append(text)
        return self

    def count(self, label, n, unit, text=None, approx=False, share=None, part_of=None, category=None, cumulative=False):
        self.mentions.append({"label": label, "count": n, "unit": unit, "approximate": approx, "cumulative": cumulative, "share_pct": share,
                              "part_of": part_of, "category": category})
        self.parts.append(text if text is not None else f"{label}{n}{unit}")
        return len(self.mentions) - 1

    def end(self):
        text, self.parts = "".join(self.parts), []
        return text


def overview(rng, year, who, received=None, level=2, issued=None):
    """Paragraphs of section 一 with their mentions. received, issued: the table's numbers of new requests and of documents issued, told in the text when given."""
    s, out = Story(), []
    out.append(f"{year}年，{who}认真贯彻落实《中华人民共和国政府信息公开条例》（国务院令第711号）和国办公开办函〔2021〕30号要求，"
               f"坚持以公开为常态、不公开为例外，在收到申请之日起20个工作日内予以答复，政府信息公开工作有序推进。")
    out.append("（一）主动公开情况。" + rng.choice(FORMS)(rng, s, year))
    if level > 1:
        out.append("（二）依申请公开情况。" + requests(rng, s, received))
    out.append("（三）政府信息管理情况。严格落实“三审三校”制度，规范信息发布流程。")
    if level > 1:
        out.append("（四）平台建设情况。" + rng.choice(EXTRAS)(rng, s, issued))
    out.append("（五）监督保障情况。将政务公开工作纳入年度绩效考核，公开12345热线，接受社会监督。")
    return out, s.mentions


def _total(rng):
    return rng.randrange(60, 2400)


def _split(rng, total, n):
    cuts = sorted(rng.sample(range(1, total), n - 1))
    return [b - a for a, b in zip([0] + cuts, cuts + [total])]


def shares(rng, s, year):
    t, cats = _total(rng), rng.sample(CATEGORIES, rng.randrange(3, 6))
    parts = _split(rng, t, len(cats))
    k = s.say(rng.choice([f"{year}年，", "全年", ""])).count("主动公开政府信息", t, "条", rng.choice([f"共主动公开政府信息{t}条", f"主动公开政府信息{t}条"]), category="proactive")
    s.say(rng.choice(["。其中，", "，其中：", "。主动公开政府信息主要有："]))
    for i, ((label, cat), n) in enumerate(zip(cats, parts)):
        pct = round(100 * n / t, 2)
        s.say("；" if i else "").count(label, n, "条", f"{label}{n}条，占{pct:g}%", share=pct, part_of=k, category=cat)
    return s.say("。").end()


def plain(rng, s, year):
    t, cats = _total(rng), rng.sample(CATEGORIES, rng.randrange(3, 7))
    parts = _split(rng, t, len(cats))
    k = s.count("公开政府信息", t, "条", f"{year}年累计公开政府信息{t}条" if rng.random() < 0.3 else f"全年共公开政府信息{t}条", category="proactive", cumulative=False)
    s.say(rng.choice(["，其中", "。其中，", "，包括", "，分别为"]))
    for i, ((label, cat), n) in enumerate(zip(cats, parts)):
        s.say(rng.choice(["，", "、"]) if i else "").count(label, n, "条", part_of=k, category=cat)
    return s.say("。").end()


def channels(rng, s, year):
    t = _total(rng)
    parts = _split(rng, t, 3)
    k = s.count("主动公开政府信息", t, "条", f"本年度主动公开政府信息{t}条", category="proactive")
    s.say("，其中，")
    for i, (c, n) in enumerate(zip(rng.sample(CHANNELS, 3), parts)):
        s.say("，" if i else "").count(f"{c}公开", n, "条", rng.choice([f"通过{c}公开{n}条", f"{c}公开{n}条"]), part_of=k, category="channel")
    return s.say("。").end()


def approx(rng, s, year):
    t = rng.randrange(12, 90) * 10
    s.count("主动公开各类政府信息", t, "条", rng.choice([f"全年主动公开各类政府信息{t}余条", f"全年主动公开各类政府信息约{t}条", f"全年主动公开各类政府信息{t}多条"]), approx=True, category="proactive")
    m = rng.randrange(20, 300)
    s.say("，").count("在微信公众号推送信息", m, "篇", f"在微信公众号推送信息{m}篇", category="channel")
    return s.say("，公开及时率100%。").end()


def brackets(rng, s, year):
    t = _total(rng)
    a, b = _split(rng, t, 2)
    k = s.count("发布政府信息", t, "条", f"截至{year}年12月31日，通过各类渠道发布政府信息{t}条", category="proactive")
    s.say("（其中").count("政府网站公开", a, "条", part_of=k, category="channel")
    s.say("，").count("公开栏公开", b, "条", part_of=k, category="channel")
    return s.say("）。").end()


def reversed_unit(rng, s, year):
    """The unit before its number, once, as 其他信息条122."""
    t, cats = _total(rng), rng.sample(CATEGORIES, 2)
    parts = _split(rng, t, 3)
    k = s.count("主动公开政府信息", t, "条", f"{year}年，主动公开政府信息{t}条", category="proactive")
    s.say("。其中：")
    for (label, cat), n in zip(cats, parts):
        s.count(label, n, "条", part_of=k, category=cat)
        s.say("；")
    s.count("其他信息", parts[2], "条", f"其他信息条{parts[2]}", part_of=k, category="other")
    return s.say("。").end()


def myriads(rng, s, year):
    a, b = rng.randrange(11, 99) / 10, rng.randrange(12, 300)
    s.count("主动公开政府信息", round(a * 10000), "条", f"全年主动公开政府信息{a:g}万条", category="proactive")
    s.say("，").count("发布政策解读稿件", b, "篇", category="interpretation")
    return s.say(f"，同比增长{rng.randrange(2, 30)}.5%。").end()


def before(rng, s, year):
    a, b, c = rng.randrange(3, 60), rng.randrange(3, 60), rng.randrange(61, 90)
    s.say("全年发布了").count("财政预决算信息", a, "条", f"{a}条财政预决算信息", category="finance")
    s.say("、").count("人事任免信息", b, "条", f"{b}条人事任免信息", category="personnel")
    s.say("，").count("公开会议信息", c, "条", f"公开会议信息（{c}条）", category="meeting")
    return s.say("。").end()


def chinese(rng, s, year):
    n, word = rng.choice([(12, "十二"), (23, "二十三"), (105, "一百零五"), (36, "三十六"), (208, "二百零八")])
    t = rng.randrange(300, 900)
    s.count("主动公开政府信息", t, "条", f"本年度主动公开政府信息{t}条", category="proactive")
    s.say("，").count("发布通知公告", n, "条", f"发布通知公告{word}条", category="notice")
    return s.say("，内容涵盖教育、医疗等方面。").end()


def spaced(rng, s, year):
    """Blanks around numbers, separators, full-width digits."""
    t, m, n = rng.randrange(1100, 9000), rng.randrange(12, 99), rng.randrange(2, 9)
    s.count("主动公开政府信息", t, "条", f"全年主动公开政府信息 {t:,} 条", category="proactive")
    s.say("，").count("发布政策解读", m, "篇", f"发布政策解读 {m} 篇", category="interpretation")
    s.say("，").count("召开新闻发布会", n, "场", "召开新闻发布会" + str(n).translate(str.maketrans("0123456789", "０１２３４５６７８９")) + "场", category="training")
    return s.say(" 。").end()


def traps(rng, s, year):
    """Numbers that are no counts stand around two that are."""
    t, m = _total(rng), rng.randrange(5, 60)
    s.say(f"认真落实{year}年政务公开工作要点，按照国办发〔{year}〕12号文件第三条要求，配合第七次全国人口普查，截至{year}年12月31日，")
    s.count("主动公开政府信息", t, "条", f"主动公开政府信息{t}条", category="proactive")
    s.say(f"，公开率100%，较上年增长12.5%，12345热线办结率99.8%。监督电话：0530-8123456，邮编274000。").count("办理政协提案", m, "件", f"办理政协提案{m}件", category="proposals")
    return s.say("，在15个工作日内全部答复，办理工作位列全市第3位。").end()


def two_levels(rng, s, year):
    t = _total(rng) + 200
    a, b = _split(rng, t, 2)
    k = s.count("主动公开政府信息", t, "条", f"{year}年全年主动公开政府信息{t}条", category="proactive")
    s.say("，其中政府网站公开").count("政府网站公开", a, "条", f"{a}条", part_of=k, category="channel")
    s.say("，政务新媒体公开").count("政务新媒体公开", b, "条", f"{b}条", part_of=k, category="channel")
    n = rng.randrange(2, 30)
    s.say("；").count("回应公众关切", n, "次", category="response")
    return s.say("。").end()


def together(rng, s, year):
    t = _total(rng)
    k = s.count("公开信息", t, "条", f"全年共公开信息{t}条", category="proactive")
    cats = rng.sample(CATEGORIES, 4)
    s.say("，具体为：")
    for i, ((label, cat), n) in enumerate(zip(cats, _split(rng, t, 4))):
        s.count(label, n, "条", f"{label[:-2] if label.endswith('类信息') else label}{n}条", part_of=k, category=cat)
        s.say("，" if i < 3 else "")
    return s.say("。").end()


FORMS = [shares, plain, channels, approx, brackets, reversed_unit, myriads, before, chinese, traps, two_levels, together, spaced]


def requests(rng, s, received):
    """Requests received, agreeing with the table when it gives a number."""
    n = rng.randrange(0, 40) if received is None else received
    if n == 0:
        pick = rng.randrange(3)
        if pick == 0:
            s.count("收到政府信息公开申请", 0, "件", category="requests")
        elif pick == 1:
            s.count("收到政府信息公开申请", 0, "", "全年未收到政府信息公开申请", category="requests")
        else:
            s.count("收到公民、法人和其他组织政府信息公开申请", 0, "件", "全年收到公民、法人和其他组织政府信息公开申请0件", category="requests")
        return s.say("。").end()
    s.count("收到政府信息公开申请", n, "件", f"全年共收到政府信息公开申请{n}件", category="requests")
    return s.say("，均在法定时限内答复，按时答复率100%。").end()


def meetings(rng, s, issued=None):
    a, b, c = rng.randrange(1, 9), rng.randrange(1, 6), rng.randrange(20, 200)
    s.say("全年").count("召开政务公开工作会议", a, "次", category="training")
    s.say("，").count("举办业务培训班", b, "期", category="training")
    s.say("，").count("培训", c, "人次", f"培训{c}人次", category="training")
    return s.say("。").end()


def media(rng, s, issued=None):
    a, b = rng.randrange(100, 900), rng.randrange(10, 80)
    s.say("政务微信公众号").count("推送信息", a, "篇", category="channel")
    s.say("，").count("阅读量", b * 10000, "次", f"阅读量{b}万次", category="audience")
    return s.say("。").end()


def documents(rng, s, issued=None):
    a, b = rng.randrange(1, 20), rng.randrange(1, 9)
    a = a if issued is None else issued
    s.say("全年").count("制发规范性文件", a, "件", category="policy")
    s.say("，").count("发布政策解读材料", b, "篇", category="interpretation")
    return s.say("。").end()


EXTRAS = [meetings, media, documents]


def closing(rng, fee=None):
    """Sections 五 and 六: (paragraphs, paragraphs, fee stated or None)."""
    five = [rng.choice(["存在的主要问题：一是公开内容还不够丰富；二是业务能力有待提升。", "政府信息公开工作虽取得一定成绩，但与群众期盼仍有差距，主要是公开的及时性有待加强。"]),
            rng.choice(["改进措施：一是加强学习培训；二是完善工作机制；三是强化监督检查。", "下一步，将进一步提高思想认识，完善公开目录，提升公开质量。"])]
    pick = rng.randrange(4) if fee is None else 3
    if pick == 0:
        return five, ["无"], None
    if pick == 1:
        return five, ["无其他需要报告的事项。"], None
    if pick == 2:
        return five, ["本年度没有其他需要报告的事项。"], None
    n = rng.choice([0, 0, 120, 3940]) if fee is None else fee
    return five, [f"根据《政府信息公开信息处理费管理办法》，本年度收取信息处理费{n}元。"], n


def old_report(rng, year, who):
    """A report of 2008 to 2013: prose only. Returns sections [(heading, paragraphs)] and mentions."""
    s = Story()
    one = shares(rng, s, year)
    base, new = rng.randrange(900, 6000), rng.randrange(30, 400)
    k = s.count("累计主动公开政府信息", base, "条", f"自2008年5月1日以来，累计主动公开政府信息{base}条", cumulative=True, category="proactive")
    s.say("，其中").count("本年度新增", new, "条", f"本年度新增{new}条", part_of=k)
    two = s.say("，全文电子化率100%。").end()
    three = requests(rng, s, rng.choice([None, 0]))
    s.count("行政复议", 0, "件", "因政府信息公开申请行政复议0件", category="review")
    s.say("，").count("行政诉讼", 0, "件", "提起行政诉讼0件", category="lawsuit")
    four = s.say("。").end()
    n = rng.randrange(1, 4)
    s.say("配备").count("兼职工作人员", n, "名", f"兼职工作人员{n}名", category="staff")
    five = s.say("，设立专用电话0530-8123456。").end()
    return [("一、概述", [f"本报告由{who}根据《中华人民共和国政府信息公开条例》编制，统计期限自{year}年1月1日起至{year}年12月31日止。", five]),
            ("二、主动公开政府信息的情况", [one, two]), ("三、依申请公开政府信息的情况", [three]),
            ("四、政府信息公开的收费及减免情况", ["本年度没有收费及减免事项。"]), ("五、因政府信息公开申请行政复议、提起行政诉讼的情况", [four]),
            ("六、存在的主要问题及改进情况", ["公开内容的深度还需加强。"])], s.mentions
