"""Writes the corpus: python3 generate.py OUT [--only html,docx,pdf] [--seed N]. Each document gets DOC.gold.json beside it."""
import argparse, hashlib, json, os, random, sys
import recipes_html


def make_rng(seed):
    return lambda *name: random.Random(int.from_bytes(hashlib.sha256(f"{seed}:{name}".encode()).digest()[:8], "big"))


def dump(gold):
    """JSON with one fact or mention a line."""
    c = lambda x: json.dumps(x, ensure_ascii=False, separators=(",", ":"))
    parts = [f'"{k}": ' + ("[\n" + ",\n".join(map(c, v)) + "\n]" if isinstance(v, list) else c(v)) for k, v in gold.items()]
    return "{" + ",\n".join(parts) + "}\n"


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("out")
    p.add_argument("--only", default="html,odd,docx,pdf,more")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--match", default="", help="only documents whose name holds this")
    a = p.parse_args()
    os.makedirs(a.out, exist_ok=True)
    rng = make_rng(a.seed)
    todo = []
    if "html" in a.only:
        todo.append(recipes_html.html(rng))
    if "odd" in a.only:
        import recipes_odd
        import recipes_2014
        todo += [recipes_odd.odd(rng), recipes_2014.odd(rng)]
    if "more" in a.only:
        import recipes_odd_docx
        import recipes_odd_pdf
        todo += [recipes_odd_docx.odd(rng), recipes_odd_pdf.odd(rng)]
    if "docx" in a.only:
        import recipes_docx
        todo.append(recipes_docx.docx(rng))
    if "pdf" in a.only:
        import recipes_pdf
        todo.append(recipes_pdf.pdf(rng, a.out))
    n = 0
    manifest = []
    for recipe in todo:
        for name, tests, data, rep in recipe:
            if a.match not in name:
                continue
            with open(os.path.join(a.out, name), "wb") as f:
                f.write(data)
            with open(os.path.join(a.out, name + ".gold.json"), "w") as f:
                f.write(dump(rep.gold(name)))
            manifest.append({"file": name, "kind": name.rsplit(".", 1)[1], "tests": tests, "sha256": hashlib.sha256(data).hexdigest()})
            n += 1
    with open(os.path.join(a.out, "manifest-" + a.only.replace(",", "-") + ".json"), "w") as f:
        json.dump(manifest, f, ensure_ascii=False, indent=1)
    print(n, "documents", file=sys.stderr)


if __name__ == "__main__":
    main()
