"""What the cells of a report say: the number, its state, and the text as published."""
from dataclasses import dataclass
from form import APPLICANTS, KINDS, OUTCOMES, STAT2014, request_rows

MONEY = ("fees.amount", "procurement.amount", "stat2014.fee_collected_10k_yuan", "stat2014.budget_10k_yuan")
DASHES = ["-", "—", "/", "无", "——", "－"]


@dataclass
class Published:
    text: str
    value: float = None
    state: str = "reported"


def write(rng, key, v, notation):
    """The text of one number. notation: plain, fullwidth, comma, unit, nbsp, signed."""
    name = key[0]
    money = name in MONEY
    s = f"{v:g}" if isinstance(v, int) or float(v).is_integer() else f"{v:.2f}".rstrip("0")
    if isinstance(v, int) or float(v).is_integer():
        s = str(int(v))
    if notation == "fullwidth":
        return s.translate(str.maketrans("0123456789.-", "０１２３４５６７８９．－"))
    if notation == "comma" and abs(v) >= 1000:
        whole, _, rest = s.partition(".")
        return f"{int(whole):,}" + ("." + rest if rest else "")
    if notation == "unit":
        return s + ("万元" if name in ("fees.amount",) else "" if money else "件" if not name.endswith("items_change") else "项")
    if notation == "nbsp":
        return "\u00a0" + s + "\u00a0"
    if name.endswith("items_change") and v > 0 and notation in ("signed", "mixed"):
        return "+" + s
    return s


def distinct(rng, keys, big=False):
    """Every cell its own number."""
    top = 10 ** rng.choice([3, 3, 4, 5]) + 400 if big else rng.choice([400, 700, 999])
    pool = rng.sample(range(1, max(top, len(keys) + 200)), len(keys))
    out = {}
    for key, n in zip(keys, pool):
        v = n
        if key[0] in MONEY and rng.random() < 0.6:
            v = n + rng.randrange(1, 100) / 100
        if key[0].endswith("items_change") and rng.random() < 0.5:
            v = -n
        out[key] = v
    return out


def sparse(rng, kind, rules=True):
    """A small town's year: mostly zero, sums right."""
    v = {}
    rows = [r[3] for r in request_rows(KINDS[kind][2])]
    inner = [k for k in rows if k not in ("requests.received", "requests.carried_in", "requests.resolved", "requests.carried_out")]
    for a, _ in APPLICANTS[:6]:
        n = {k: 0 for k in inner}
        for _ in range(rng.choice([0, 1, 2, 5]) if a != "natural_person" else rng.choice([1, 3, 8, 20])):
            n[rng.choice(inner[:2] * 4 + inner)] += rng.choice([1, 1, 2, 3])
        resolved, out = sum(n.values()), rng.choice([0, 0, 1, 2])
        came = rng.randrange(0, resolved + out + 1) if rng.random() < 0.3 else 0
        n.update({"requests.resolved": resolved, "requests.carried_out": out, "requests.carried_in": came, "requests.received": resolved + out - came})
        v.update({(k, a): x for k, x in n.items()})
    for k in rows:
        v[(k, "total")] = sum(v[(k, a)] for a, _ in APPLICANTS[:6])
    for b in ("review", "suit_direct", "suit_after_review"):
        parts = [rng.choice([0, 0, 0, 1, 2, 5]) for _ in range(4)]
        for (k, _), x in zip(OUTCOMES, parts + [sum(parts)]):
            v[(f"{b}.{k}", None)] = x
    if not rules:
        v[("review.total", None)] += 1
    return v


def lawful(rng, keys, kind, top=900, fixed=None, dense=3):
    """Every cell its own number and every sum right. fixed: numbers given, such as what the year before carried out; the pool of draws is dense times its use."""
    fixed = fixed or {}
    rows = [r[3] for r in request_rows(KINDS[kind][2])]
    ends = ["requests.received", "requests.carried_in", "requests.resolved", "requests.carried_out"]
    inner = [k for k in rows if k not in ends]
    six = [a for a, _ in APPLICANTS[:6]]
    flat = [k for k in keys if k[1] is None and not k[0].startswith(("review.", "suit_"))]
    while True:
        n = len(inner) * 6 + 12 + 12 + len(flat)
        pool = rng.sample([x for x in range(1, max(top, int(n * dense))) if x not in fixed.values()], n)
        v = {(k, a): pool.pop() for k in inner for a in six}
        for a in six:
            done = sum(v[(k, a)] for k in inner)
            out, came = pool.pop(), fixed.get(("requests.carried_in", a), pool.pop())
            v.update({("requests.resolved", a): done, ("requests.carried_out", a): out, ("requests.carried_in", a): came, ("requests.received", a): done + out - came})
        for k in rows:
            v[(k, "total")] = sum(v[(k, a)] for a in six)
        for b in ("review", "suit_direct", "suit_after_review"):
            parts = [pool.pop() for _ in range(4)]
            v.update({(f"{b}.{k}", None): x for (k, _), x in zip(OUTCOMES, parts + [sum(parts)])})
        v.update({k: fixed.get(k, pool.pop()) for k in flat})
        if len(set(v.values())) == len(v) and all(x >= 0 for x in v.values()):
            return {k: v[k] for k in keys}


def stat2014(rng, lawful=True):
    """Figures for the appendix of 2014; with lawful its sums hold."""
    names = [n for _, _, _, n in STAT2014 if n]
    pool = rng.sample(range(1, 900), len(names))
    v = dict(zip(names, pool))
    if lawful:
        add = lambda total, parts: v.__setitem__(total, sum(v[p] for p in parts))
        add("req_received", ["req_received_in_person", "req_received_fax", "req_received_online", "req_received_letter"])
        add("req_closed", ["req_closed_on_time", "req_closed_extended"])
        add("reply_denied", [n for n in names if n.startswith("denied_")])
        add("req_replied", ["reply_already_public", "reply_granted", "reply_partial", "reply_denied", "reply_not_this_agency", "reply_not_exist",
                            "reply_asked_to_correct", "reply_other_channel"])
        add("review_total", ["review_upheld", "review_corrected", "review_other"])
        add("suit_total", ["suit_upheld", "suit_corrected", "suit_other"])
        add("staff_total", ["staff_fulltime", "staff_parttime"])
        for leader, total in (("press_conferences_by_leader", "press_conferences"), ("online_interviews_by_leader", "online_interviews")):
            v[leader], v[total] = sorted((v[leader], v[total]))
        v["proactive_total"] = sum(v[n] for n in names if n.startswith("channel_"))
    v["fee_collected_10k_yuan"] += 0.25
    v["budget_10k_yuan"] = round(v["budget_10k_yuan"] + 0.5, 2)
    return {("stat2014." + k, None): x for k, x in v.items()}


def publish(rng, numbers, notation="plain", gaps=0.0, dashes=0.0):
    """The texts of all cells. notation 'mixed' draws one for each cell; gaps and dashes are shares of cells that say nothing."""
    out = {}
    kinds = ["plain", "plain", "fullwidth", "comma", "unit", "nbsp", "signed"]
    dash = rng.choice(DASHES)
    for key, v in numbers.items():
        x = rng.random()
        if x < gaps:
            out[key] = Published(rng.choice(["", "", "\u00a0"]), None, "blank")
        elif x < gaps + dashes:
            out[key] = Published(dash if rng.random() < 0.7 else rng.choice(DASHES), None, "not_applicable")
        else:
            how = rng.choice(kinds) if notation == "mixed" else notation
            out[key] = Published(write(rng, key, v, how), v, "reported")
    return out
