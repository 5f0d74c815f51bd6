"""What real pages do to labels (variants.md §1). Each function changes a grid in place; none leaves a label that fits two places."""
import re
from form import Cell

HALF = str.maketrans("（）：，．", "():,.")


def each(grid, kinds=("title", "head", "group", "label", "note")):
    return [c for row in grid for c in row if c.kind in kinds]


def _sub(pairs, kinds=("title", "head", "group", "label", "note")):
    def damage(rng, grid):
        for c in each(grid, kinds):
            for a, b in pairs:
                c.text = re.sub(a, b, c.text)
    return damage


def half_width(rng, grid):
    for c in each(grid):
        c.text = c.text.translate(HALF)


def inner_space(rng, grid):
    for c in each(grid, ("group", "label", "head")):
        c.text = re.sub(r"^（(.)）", r"（\1） ", c.text)
        if len(c.text) > 6 and rng.random() < 0.5:
            i = rng.randrange(3, len(c.text) - 1)
            c.text = c.text[:i] + rng.choice([" ", "\u00a0", "　"]) + c.text[i:]


def line_breaks(rng, grid):
    """\n stands for a hard break inside a cell."""
    for c in each(grid, ("head", "group", "label")):
        if len(c.text) >= 4:
            i = rng.randrange(2, len(c.text) - 1)
            c.text = c.text[:i] + "\n" + c.text[i:]


def blank_regulations(rng, grid):
    for row in grid:
        for c in row:
            if c.text == "规章":
                c.text = ""


def numbering(rng, grid):
    """、 or a full stop of another width after the number, or a circled one."""
    mark = rng.choice(["、", "．", "。", " "])
    for c in each(grid, ("label",)):
        c.text = re.sub(r"^(\d)\.", lambda m: m.group(1) + mark, c.text)


def quotes(rng, grid):
    for c in each(grid, ("label",)):
        c.text = c.text.replace("“三安全一稳定”", rng.choice(['"三安全一稳定"', "三安全一稳定", "「三安全一稳定」", "‘三安全一稳定’"]))


def no_numbers(rng, grid):
    """The numbering lost altogether."""
    for c in each(grid, ("label", "group")):
        c.text = re.sub(r"^(（.）|\d\.)", "", c.text)


def chain(*fns):
    def damage(rng, grid):
        for f in fns:
            f(rng, grid)
    return damage


DAMAGES = {
    "new_twice": _sub([("本年新制作数量|本年新公开数量", "本年新")]),
    "change_cut": _sub([("本年增/减", "本年增/")]),
    "issued_cut": _sub([("本年制发件数", "本年发件"), ("现行有效件数", "现行有效件")]),
    "issued_year": _sub([("本年制发件数", "本年(2023)制发件数")]),
    "in_force_cut": _sub([("现行有效件数", "现行有效件")]),
    "short_norm": _sub([("行政规范性文件", "规范性文件")]),
    "article_cut": _sub([("第二十条第（.）项", "第二十条第")]),
    "article_form": _sub([("第二十条第（(.)）项", r"第二十条(\1)项")]),
    "article_space": _sub([("第二十条第（(.)）项", r"第二十条 第(\1)项")]),
    "blank_regulations": blank_regulations,
    "filling_note": _sub([("^规章$", "规章(设区的市、自治州人民政府应提供相关数据)")]),
    "items_short": _sub([("采购项目数量", "采购项目数")]),
    "prohibited_cut": _sub([("其他法律行政法规禁止公开", "其他法律行政止公开")]),
    "split_words": _sub([("大量反复申请", "大量反复 申请"), ("重新出具", "重 新出具"), ("商业企业", "商 业 企\n业")]),
    "half_width": half_width, "inner_space": inner_space, "line_breaks": line_breaks, "numbering": numbering, "quotes": quotes, "no_numbers": no_numbers,
    "heads_cut": _sub([("处理决定数量", "处理决定数"), ("上一年项目数量", "上年项目数量"), ("对外公开总数量", "对外公开总数")], ("head",)),
    "labels_cut": _sub([("五、|四、结转下年度继续办理", "四、结转下年度办理"), ("本年新收政府信息公开申请数量", "本年新收政府信息公开申请数"), ("补正后申请内容仍不明确", "补正后申请内容仍不明")]),
    "note_cut": _sub([("（本列数据的勾稽关系为.*）", "（本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)")]),
    "no_note": _sub([("（本列数据的勾稽关系为.*）", "")]),
    "all_small": chain(half_width, inner_space, numbering, quotes),
}
