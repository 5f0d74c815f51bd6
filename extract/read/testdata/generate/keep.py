"""Keeps documents of generated folders as the committed corpus: python3 keep.py CORPUS_FOLDER LIST FROM...  LIST holds one file name a line.
Writes corpus.json (file, kind, sha256, what it tests) and leaves floors.json alone: the test refuses a changed corpus until its floors are confirmed."""
import hashlib, json, os, shutil, sys


def main():
    out, listing, sources = sys.argv[1], sys.argv[2], sys.argv[3:]
    tests = {}
    for s in sources:
        for f in os.listdir(s):
            if f.startswith("manifest-"):
                tests.update({e["file"]: (e["tests"], s) for e in json.load(open(os.path.join(s, f)))})
    os.makedirs(out, exist_ok=True)
    for f in os.listdir(out):
        if f not in ("floors.json", "README.md"):
            os.remove(os.path.join(out, f))
    rows = []
    for name in open(listing).read().split():
        what, folder = tests[name]
        for part in (name, name + ".gold.json"):
            shutil.copyfile(os.path.join(folder, part), os.path.join(out, part))
        data = open(os.path.join(out, name), "rb").read()
        rows.append({"file": name, "kind": name.rsplit(".", 1)[1], "sha256": hashlib.sha256(data).hexdigest(), "tests": what})
    rows.sort(key=lambda r: r["file"])
    with open(os.path.join(out, "corpus.json"), "w") as f:
        f.write("[\n" + ",\n".join(json.dumps(r, ensure_ascii=False) for r in rows) + "\n]\n")
    size = sum(os.path.getsize(os.path.join(out, f)) for f in os.listdir(out))
    print(len(rows), "documents", size, "bytes")


if __name__ == "__main__":
    main()
