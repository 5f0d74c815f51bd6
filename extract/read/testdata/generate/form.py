"""The printed form of each template: labels, indicators and grids of cells. Nothing here is shared with the Go readers."""
from dataclasses import dataclass, field, replace

APPLICANTS = [("natural_person", "自然人"), ("business", "商业企业"), ("research", "科研机构"), ("social_org", "社会公益组织"),
              ("legal_service", "法律服务机构"), ("other_org", "其他"), ("total", "总计")]
OUTCOMES = [("upheld", "结果维持"), ("corrected", "结果纠正"), ("other", "其他结果"), ("pending", "尚未审结"), ("total", "总计")]
NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
GROUP3 = "三、本年度办理结果"

_STOCK = (["上一年项目数量", "本年增/减", "处理决定数量"], ["items_last_year", "items_change", "decisions"])
# item of article 20, column labels, column names, rows
SECTION2 = {
    "2019": [
        ("一", ["本年新制作数量", "本年新公开数量", "对外公开总数量"], ["made", "newly_disclosed", "disclosed_total"],
         [("规章", "regulations"), ("规范性文件", "normative_documents")]),
        ("五", *_STOCK, [("行政许可", "licensing"), ("其他对外管理服务事项", "other_services")]),
        ("六", *_STOCK, [("行政处罚", "penalties"), ("行政强制", "coercion")]),
        ("八", _STOCK[0][:2], _STOCK[1][:2], [("行政事业性收费", "fees")]),
        ("九", ["采购项目数量", "采购总金额"], ["items", "amount"], [("政府集中采购", "procurement")]),
    ],
    "2021": [
        ("一", ["本年制发件数", "本年废止件数", "现行有效件数"], ["issued", "repealed", "in_force"],
         [("规章", "regulations"), ("行政规范性文件", "normative_documents")]),
        ("五", ["本年处理决定数量"], ["decisions"], [("行政许可", "licensing")]),
        ("六", ["本年处理决定数量"], ["decisions"], [("行政处罚", "penalties"), ("行政强制", "coercion")]),
        ("八", ["本年收费金额（单位：万元）"], ["amount"], [("行政事业性收费", "fees")]),
    ],
}
SECTION2["hybrid"] = [SECTION2["2019"][0]] + SECTION2["2021"][1:]

# group of level 2, label, indicator; a row of level 1 has no group
_RESULTS = [
    ("", "（一）予以公开", "requests.granted"),
    ("", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "requests.granted_in_part"),
] + [("（三）不予公开", f"{i}.{t}", "requests.denied." + k) for i, (t, k) in enumerate([
    ("属于国家秘密", "state_secret"), ("其他法律行政法规禁止公开", "prohibited_by_law"), ("危及“三安全一稳定”", "safety_stability"),
    ("保护第三方合法权益", "third_party_rights"), ("属于三类内部事务信息", "internal_affairs"), ("属于四类过程性信息", "process_information"),
    ("属于行政执法案卷", "enforcement_files"), ("属于行政查询事项", "administrative_inquiry")], 1)
] + [("（四）无法提供", f"{i}.{t}", "requests.unavailable." + k) for i, (t, k) in enumerate([
    ("本机关不掌握相关政府信息", "not_held"), ("没有现成信息需要另行制作", "no_existing_information"),
    ("补正后申请内容仍不明确", "unclear_after_correction")], 1)
] + [("（五）不予处理", f"{i}.{t}", "requests.not_processed." + k) for i, (t, k) in enumerate([
    ("信访举报投诉类申请", "complaint"), ("重复申请", "repeated"), ("要求提供公开出版物", "publication"),
    ("无正当理由大量反复申请", "excessive"), ("要求行政机关确认或重新出具已获取信息", "confirm_obtained")], 1)]
_OTHER1 = [("", "（六）其他处理", "requests.other")]
_OTHER3 = [("（六）其他处理", t, "requests.other." + k) for t, k in [
    ("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "overdue_correction"),
    ("2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "overdue_fee"), ("3.其他", "remaining")]]


def request_rows(three):
    """Rows of section 三: (level 1 label or '', group, label, indicator)."""
    rows = [("一、本年新收政府信息公开申请数量", "", "", "requests.received"), ("二、上年结转政府信息公开申请数量", "", "", "requests.carried_in")]
    rows += [(GROUP3, g, t, k) for g, t, k in _RESULTS + (_OTHER3 if three else _OTHER1) + [("", "（七）总计", "requests.resolved")]]
    return rows + [("四、结转下年度继续办理", "", "", "requests.carried_out")]


# kinds of form: template told by section 二's headers, rows of section 二, three rows of （六）
KINDS = {"2019": ("2019", "2019", False), "2021": ("2021", "2021", True), "2021one": ("2021", "2021", False),
         "2019three": ("2019", "2019", True), "hybrid": ("mixed", "hybrid", True)}

STAT2014 = [  # indent, label, unit, name ('' for a heading)
    (0, "一、主动公开情况", "——", ""), (1, "（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）", "条", "proactive_total"),
    (2, "其中：主动公开规范性文件数", "条", "proactive_normdocs_disclosed"), (3, "制发规范性文件总数", "件", "normdocs_issued"),
    (1, "（二）通过不同渠道和方式公开政府信息的情况", "——", ""), (2, "1.政府公报公开政府信息数", "条", "channel_gazette"),
    (2, "2.政府网站公开政府信息数", "条", "channel_website"), (2, "3.政务微博公开政府信息数", "条", "channel_weibo"),
    (2, "4.政务微信公开政府信息数", "条", "channel_wechat"), (2, "5.其他方式公开政府信息数", "条", "channel_other"),
    (0, "二、回应解读情况", "——", ""), (1, "（一）回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次）", "次", "responses_total"),
    (1, "（二）通过不同渠道和方式回应解读的情况", "——", ""), (2, "1.参加或举办新闻发布会总次数", "次", "press_conferences"),
    (3, "其中：主要负责同志参加新闻发布会次数", "次", "press_conferences_by_leader"), (2, "2.政府网站在线访谈次数", "次", "online_interviews"),
    (3, "其中：主要负责同志参加政府网站在线访谈次数", "次", "online_interviews_by_leader"), (2, "3.政策解读稿件发布数", "篇", "policy_interpretations"),
    (2, "4.微博微信回应事件数", "次", "social_media_responses"), (2, "5.其他方式回应事件数", "次", "other_responses"),
    (0, "三、依申请公开情况", "——", ""), (1, "（一）收到申请数", "件", "req_received"), (2, "1.当面申请数", "件", "req_received_in_person"),
    (2, "2.传真申请数", "件", "req_received_fax"), (2, "3.网络申请数", "件", "req_received_online"), (2, "4.信函申请数", "件", "req_received_letter"),
    (1, "（二）申请办结数", "件", "req_closed"), (2, "1.按时办结数", "件", "req_closed_on_time"), (2, "2.延期办结数", "件", "req_closed_extended"),
    (1, "（三）申请答复数", "件", "req_replied"), (2, "1.属于已主动公开范围数", "件", "reply_already_public"), (2, "2.同意公开答复数", "件", "reply_granted"),
    (2, "3.同意部分公开答复数", "件", "reply_partial"), (2, "4.不同意公开答复数", "件", "reply_denied"), (3, "其中：涉及国家秘密", "件", "denied_state_secret"),
    (4, "涉及商业秘密", "件", "denied_trade_secret"), (4, "涉及个人隐私", "件", "denied_privacy"),
    (4, "危及国家安全、公共安全、经济安全和社会稳定", "件", "denied_security_stability"), (4, "不是《条例》所指政府信息", "件", "denied_not_gov_info"),
    (4, "法律法规规定的其他情形", "件", "denied_other_legal"), (2, "5.不属于本行政机关公开数", "件", "reply_not_this_agency"),
    (2, "6.申请信息不存在数", "件", "reply_not_exist"), (2, "7.告知作出更改补充数", "件", "reply_asked_to_correct"),
    (2, "8.告知通过其他途径办理数", "件", "reply_other_channel"), (0, "四、行政复议数量", "件", "review_total"),
    (1, "（一）维持具体行政行为数", "件", "review_upheld"), (1, "（二）被依法纠错数", "件", "review_corrected"), (1, "（三）其他情形数", "件", "review_other"),
    (0, "五、行政诉讼数量", "件", "suit_total"), (1, "（一）维持具体行政行为或者驳回原告诉讼请求数", "件", "suit_upheld"),
    (1, "（二）被依法纠错数", "件", "suit_corrected"), (1, "（三）其他情形数", "件", "suit_other"), (0, "六、举报投诉数量", "件", "complaints"),
    (0, "七、依申请公开信息收取的费用", "万元", "fee_collected_10k_yuan"), (0, "八、机构建设和保障经费情况", "——", ""),
    (1, "（一）政府信息公开工作专门机构数", "个", "dedicated_offices"), (1, "（二）设置政府信息公开查阅点数", "个", "reading_points"),
    (1, "（三）从事政府信息公开工作人员数", "人", "staff_total"), (2, "1.专职人员数（不包括政府公报及政府网站工作人员数）", "人", "staff_fulltime"),
    (2, "2.兼职人员数", "人", "staff_parttime"),
    (1, "（四）政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）", "万元", "budget_10k_yuan"),
    (0, "九、政府信息公开会议和培训情况", "——", ""), (1, "（一）召开政府信息公开工作会议或专题会议数", "次", "meetings"),
    (1, "（二）举办各类培训班数", "次", "trainings"), (1, "（三）接受培训人员数", "人次", "trainees")]


@dataclass
class Cell:
    text: str
    rs: int = 1
    cs: int = 1
    kind: str = "label"  # title, head, note, group, label, value, unit, empty
    key: tuple = None


@dataclass
class Shape:
    """What this report's form looks like, before any markup."""
    kind: str = "2019"
    applicants: list = field(default_factory=lambda: list(range(7)))
    columns: dict = field(default_factory=dict)     # item -> order of its columns
    skip_items: tuple = ()                          # items of section 二 left out
    skip_rows: tuple = ()                           # indicators of section 三 (or row names of 二) left out
    local_rows: list = field(default_factory=list)  # (item, label): rows that the national form lacks
    split_services: bool = False                    # 其他对外管理服务事项 in two rows
    groups: str = "span"                            # span, repeat, first, ragged, prefix, omit
    title_rows: bool = True                         # 第二十条第（一）项 above each part of section 二
    notice_rows: bool = False                       # header texts of the notice copied in
    note: str = NOTE
    amount_unit: str = ""                           # '(万元)' printed in the header 采购总金额


def keys(shape):
    """Every (indicator, applicant) that the form of this shape prints, in printed order."""
    out = [c.key for g in section2(shape, {}) + [section3(shape, {}), section4(shape, {})] for row in g for c in row if c.key and c.key[0]]
    return list(dict.fromkeys(out))


def _value(values, key, **kw):
    return Cell(values[key].text if key in values else "", kind="value", key=key, **kw)


def section2(shape, values, local=lambda: "0"):
    """One grid for each item of article 20."""
    grids = []
    for item, labels, names, rows in SECTION2[KINDS[shape.kind][1]]:
        if item in shape.skip_items:
            continue
        order = shape.columns.get(item, list(range(len(labels))))
        labels = [labels[i] + (shape.amount_unit if names[i] == "amount" and item == "九" else "") for i in order]
        names = [names[i] for i in order]
        split = shape.split_services and any(r[1] == "other_services" for r in rows)
        lab = 2 if split else 1
        g = []
        if shape.title_rows:
            g.append([Cell(f"第二十条第（{item}）项", cs=lab + len(labels), kind="title")])
        g.append([Cell("信息内容", cs=lab, kind="head")] + [Cell(t, kind="head") for t in labels])
        for text, row in rows:
            if row in shape.skip_rows:
                continue
            if split and row == "other_services":
                for i, sub in enumerate(["行政检查", "行政确认"]):
                    head = [Cell(text, rs=2, kind="group")] if i == 0 else []
                    g.append(head + [Cell(sub)] + [Cell(local(), kind="value", key=("", sub)) for _ in names])
                continue
            g.append([Cell(text, cs=lab)] + [_value(values, (f"{row}.{n}", None)) for n in names])
        for i, text in shape.local_rows:
            if i == item:
                g.append([Cell(text, cs=lab)] + [Cell(local(), kind="value", key=("", text)) for _ in names])
        grids.append(g)
    return grids


def section3(shape, values):
    """The grid of section 三: three label columns (as spans or as the shape wants them) and the applicants."""
    app = [APPLICANTS[i] for i in shape.applicants]
    flat = shape.groups in ("prefix", "omit")
    lab = 1 if flat else 3
    g = header3(app, lab, shape.note)
    rows = [r for r in request_rows(KINDS[shape.kind][2]) if r[3] not in shape.skip_rows]
    inner = [r for r in rows if r[0] == GROUP3]
    seen = set()
    for one, group, label, key in rows:
        cells = []
        if one != GROUP3:
            cells = [Cell(one, cs=lab)]
        elif flat:
            cells = [Cell(label if shape.groups == "omit" or not group else group + label)]
        else:
            cells += _group(shape, one, len(inner), seen)
            if group:
                cells += _group(shape, group, sum(r[1] == group for r in inner), seen) + [Cell(label)]
            else:
                cells += [Cell(label, cs=2)]
        g.append(cells + [_value(values, (key, a)) for a, _ in app])
    return g


def _group(shape, text, n, seen):
    first = text not in seen
    seen.add(text)
    if shape.groups == "span":
        return [Cell(text, rs=n, kind="group")] if first else []
    if shape.groups == "ragged":  # only on the first row, and nothing in its place below
        return [Cell(text, kind="group")] if first else []
    return [Cell(text if first or shape.groups == "repeat" else "", kind="group")]


def header3(app, lab, note=NOTE):
    """Three header rows; the legal persons stand under one head, in any order of the columns."""
    legal = [a for a, _ in app if a not in ("natural_person", "total")]
    top = [Cell(note, rs=3, cs=lab, kind="note"), Cell("申请人情况", cs=len(app), kind="head")]
    mid, low, done = [], [], 0
    for i, (a, t) in enumerate(app):
        if a in legal:
            run = 0 if i and app[i - 1][0] in legal else next((j for j in range(i, len(app)) if app[j][0] not in legal), len(app)) - i
            if run:
                mid.append(Cell("法人或其他组织", cs=run, kind="head"))
            low.append(Cell(t, kind="head"))
        else:
            mid.append(Cell(t, rs=2, kind="head"))
    return [top, mid, low]


def section4(shape, values):
    """The grid of section 四: one row of 15 numbers."""
    g = [[Cell("行政复议", cs=5, kind="head"), Cell("行政诉讼", cs=10, kind="head")],
         [Cell(t, rs=2, kind="head") for _, t in OUTCOMES] + [Cell("未经复议直接起诉", cs=5, kind="head"), Cell("复议后起诉", cs=5, kind="head")],
         [Cell(t, kind="head") for _ in range(2) for _, t in OUTCOMES]]
    g.append([_value(values, (f"{b}.{k}", None)) for b in ("review", "suit_direct", "suit_after_review") for k, _ in OUTCOMES])
    return g


def stat2014(values, indent="　　"):
    """The appendix 政府信息公开情况统计表 of 2014 to 2018."""
    g = [[Cell("统计指标", kind="head"), Cell("单位", kind="head"), Cell("统计数", kind="head")]]
    for depth, label, unit, name in STAT2014:
        last = _value(values, ("stat2014." + name, None)) if name else Cell("", kind="empty")
        g.append([Cell(indent * depth + label), Cell(unit, kind="unit"), last])
    return g


def lattice(grid):
    """Matrix of (cell, row offset, column offset) for every position of a grid with spans; None where nothing is."""
    rows = len(grid)
    taken, width = {}, 0
    for r, row in enumerate(grid):
        c = 0
        for cell in row:
            while (r, c) in taken:
                c += 1
            for i in range(cell.rs):
                for j in range(cell.cs):
                    taken[(r + i, c + j)] = (cell, i, j)
            c += cell.cs
            width = max(width, c)
    width = max(width, 1 + max(c for _, c in taken))
    return [[taken.get((r, c)) for c in range(width)] for r in range(rows)]


def copy(grid):
    return [[replace(c) for c in row] for row in grid]
