"""Tables flattened the way text exports flatten them (variants.md §3). Each function gives the lines of one grid."""
from form import lattice


def cells(grid):
    return [[c for c in row] for row in grid]


def one_a_line(grid, rng):  # F1
    out = []
    for row in grid:
        for c in row:
            if c.text.strip() or c.kind == "value":
                out += [c.text.replace("\n", ""), ""]
    return out


def bar_after(grid, rng):  # F2: `label |`, a column span as more bars
    out = []
    for row in grid:
        for c in row:
            out.append(c.text.replace("\n", "") + " " + "|" * c.cs)
    return out


def bar_lines(grid, rng):  # F3: a line with only | between every two cells
    out = []
    for row in grid:
        for i, c in enumerate(row):
            if i:
                out.append("|")
            out.append(c.text.replace("\n", ""))
        out.append("|")
    return out


def bars(grid, rng):  # F4: one row a line, spans only once
    return [" | ".join(c.text.replace("\n", "") for c in row) + " |" for row in grid]


def markdown(grid, rng, full=False, rule=True):  # F5; full: covered positions stand as empty cells
    lines = []
    for i, row in enumerate(lattice(grid)):
        if full:
            t = [p[0].text.replace("\n", "") if p and p[1] == 0 and p[2] == 0 else "" for p in row]
        else:
            t = [c.text.replace("\n", "") for c in grid[i]]
        lines.append("| " + " | ".join(x.ljust(8) for x in t) + " |")
        if i == 0 and rule:
            lines.append("|" + " --- |" * len(t))
    return lines


def joined(grid, rng):  # F6
    return ["".join(c.text.replace("\n", "") for c in row) for row in grid]


def heavy_bars(grid, rng):  # F7: a layout table's bars before the text
    out = ["|" * rng.randrange(40, 300)]
    for row in grid:
        out.append("|" * rng.choice([1, 2, 3]) + " " + " | ".join(c.text.replace("\n", "") for c in row) + " |")
    return out + ["|" * 60]


def tabs(grid, rng, lead="full", span="full"):  # F9: the seed's shape
    out = []
    for row in lattice(grid):
        t = []
        for p in row:
            if p is None:
                continue
            cell, i, j = p
            if i == 0 and j == 0:
                t.append(cell.text.replace("\n", ""))
            elif i > 0 and j == 0:
                if lead == "full" or (lead == "some" and rng.random() < 0.5):
                    t.append("")
            elif i == 0 and j > 0 and span == "full":
                t.append("")
        out.append("\t".join(t))
    return out


def seed_tabs(grid, rng):
    return tabs(grid, rng, lead="some", span="none" if rng.random() < 0.5 else "full")


def extra_bar(grid, rng):  # F10
    return ["| " + " | ".join(c.text.replace("\n", "") for c in row) + " | |" for row in grid]


def pdf_text(grid, rng):  # F11: blanks between columns; the vertical label one character a line
    out = []
    for row in grid:
        t = []
        for c in row:
            x = c.text.replace("\n", "")
            if c.kind == "group" and c.rs > 9:
                out += list(x)
            elif x:
                t.append(x)
        out.append("   ".join(t))
    return out


def padded_columns(grid, rng):
    """Columns by blanks, as a text viewer aligns them."""
    out = []
    for row in lattice(grid):
        line = ""
        for p in row:
            first = p and p[1] == 0 and p[2] == 0
            t = p[0].text.replace("\n", "") if first else ""
            line += t + " " * max(2, 12 - 2 * len(t)) if (first or not p) else " " * 12
        out.append(line.rstrip())
    return out


def row_a_line_spaces(grid, rng):
    return ["  ".join(c.text.replace("\n", "") for c in row if c.text.strip()) for row in grid]


FLAT = {"F1": one_a_line, "F2": bar_after, "F3": bar_lines, "F4": bars, "F5": markdown, "F6": joined, "F7": heavy_bars, "F9": seed_tabs,
        "F9full": tabs, "F10": extra_bar, "F11": pdf_text, "F12": row_a_line_spaces}


def text(rep, how, rng, blank_lines=True, cut=False):
    """The report as a text file."""
    out = []
    for b in rep.blocks:
        if b.kind == "table":
            lines = FLAT[how](b.grid, rng)
            if cut and b.part == 3:
                lines = page_cut(lines, rng)
            out += lines + [""]
        elif b.kind != "image":
            out += [b.text] + ([""] if blank_lines else [])
    return "\n".join(out)


def page_cut(lines, rng):
    """A page ends inside the table: one label is cut in two and the head stands twice (as in tab-separated exports of Word)."""
    at = rng.randrange(8, len(lines) - 5)
    line = lines[at]
    parts = line.split("\t")
    k = max(range(len(parts)), key=lambda i: len(parts[i]))
    half = len(parts[k]) - 2
    head = parts[:k] + [parts[k][:half]] + parts[k + 1:]
    tail = [""] * k + [parts[k][half:]]
    return lines[:at] + ["\t".join(head), ""] + lines[:3] + ["\t".join(tail)] + lines[at + 1:]


def paragraphs(rep, how, rng, tag="p"):
    """The flattened report as HTML paragraphs (or lines with <br>)."""
    import html_pages
    out = []
    for b in rep.blocks:
        lines = FLAT[how](b.grid, rng) if b.kind == "table" else [b.text] if b.kind != "image" else []
        for x in lines:
            x = html_pages.esc(x.replace("\t", "\u00a0\u00a0"))
            out.append(f"<p>{x}</p>" if tag == "p" else x + "<br>" if tag == "br" else f"<div>{x}</div>")
    return "\n".join(out)
