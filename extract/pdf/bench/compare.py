"""Processor time (user and system, children included) of three programs on the same PDFs; called by compare.sh.

gongkai and pdfplumber read all files in one process (gongkai with its child), pdftotext is started for each, as it is made.
"""

import pathlib
import resource
import statistics
import subprocess
import sys

program, folder, runs = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
files = sorted(str(f) for f in folder.rglob("*.pdf"))
if not files:
    sys.exit(f"no PDFs under {folder}")

PLUMBER = """
import sys, pdfplumber
for name in sys.argv[1:]:
    try:
        with pdfplumber.open(name) as document:
            for page in document.pages:
                page.extract_tables()
                page.close()
    except Exception as fault:  # a damaged file
        print(name, fault, file=sys.stderr)
"""


def run(*command):
    # some of the files are damaged or pictures of pages: gongkai ends with 3 then, pdftotext with 1
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if done.returncode not in (0, 1, 3):
        sys.exit(f"{command[0]} ended with {done.returncode}: {done.stderr[-500:]}")


programs = {
    "gongkai": lambda: run(program, "extract", "--no-ocr", *files),
    "pdftotext -layout": lambda: [run("pdftotext", "-layout", f, "-") for f in files],
    "pdfplumber extract_tables": lambda: run(sys.executable, "-c", PLUMBER, *files),
}


def cpu(work):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


programs["gongkai"]()  # PDFium is compiled once a machine
took = {name: [] for name in programs}
for _ in range(runs):
    for name, work in programs.items():
        took[name].append(cpu(work))
ours = statistics.median(took["gongkai"])
print(f"{len(files)} PDFs, {runs} runs")
for name, all_runs in took.items():
    median = statistics.median(all_runs)
    print(f"{name:28} {median:7.2f} s   gongkai takes {ours / median:.2f} times as long")
