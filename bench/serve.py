#!/usr/bin/env python3
"""Measures the live previews of Rungs and of Hugo on the same career guide, in turn, and prints a table in Markdown.

    bench/serve.py                                   1,000 and 10,000 pages
    bench/serve.py --edits 20 10000
    bench/serve.py --write docs/performance.md       puts the tables between the markers of that file

A page is asked for every 2 ms over one connection while a file is written in place: what counts is the time from the write
to the first answer with the new text. Once it is there, it must stay, and other pages that show the change are asked once
more: an answer without it is stale. The machine's other work is in all figures; look at the ratios.
"""
import argparse
import datetime
import http.client
import os
import random
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time
from pathlib import Path

import bench

MARKERS = ("<!-- figures: bench/serve.py --write -->", "<!-- end of figures -->")
EDITS = {
    "an article": (bench.ARTICLE, bench.ARTICLE),
    "a template (on every page)": tuple(bench.STEPS["one template changed (on every page)"].values()),
    "a record": tuple(bench.STEPS["one record changed"].values()),
    "the configuration": (
        ("site.toml", lambda old, mark: old.replace('\ntitle = "', f'\ntitle = "{mark} ', 1) if "\ntitle" in old else old.replace('title = "', f'title = "{mark} ', 1)),
        ("hugo.toml", lambda old, mark: old.replace('title = "', f'title = "{mark} ', 1)),
    ),
}
START = {"rungs": ["serve", "--port"], "hugo": ["server", "--bind", "127.0.0.1", "--noBuildLock", "--quiet", "--port"]}


class Preview:
    """A server of one tool on its copy of the site."""

    def __init__(self, tool, command, folder):
        self.folder, self.connection = folder, None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.start = time.perf_counter()
        command = [command, *START[tool], str(self.port)]
        self.process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def get(self, path):
        """Status and text of a page; nothing when there is no answer."""
        try:
            self.connection = self.connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
            self.connection.request("GET", path)
            answer = self.connection.getresponse()
            return answer.status, answer.read().decode()
        except (OSError, http.client.HTTPException):
            self.connection = None
            return 0, ""

    def until(self, path, text, since):
        """Seconds until a page has a text."""
        while time.perf_counter() - since < 300:
            status, page = self.get(path)
            if status == 200 and text in page:
                return time.perf_counter() - since
            if self.process.poll() is not None:
                sys.exit(f"the server ended with {self.process.returncode}")
            time.sleep(0.002)
        sys.exit(f"{path} never has {text!r}")

    def memory(self):
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
        return 0

    def end(self):
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def edit(preview, path, text, pages, mark):
    """Seconds from a write to the first of some pages having a text, and how many of the others lack it then."""
    start = time.perf_counter()
    file = os.open(path, os.O_WRONLY | os.O_TRUNC)
    os.write(file, text.encode())
    os.close(file)
    seconds = preview.until(pages[0], mark, start)
    stale = sum(mark not in preview.get(page)[1] for page in pages for _ in range(3))
    return seconds, stale


def address(path, tool, folder):
    """The page that a source is shown on."""
    inner = path.relative_to(folder / "content")
    return "/" + str(inner.parent if inner.name in ("role.toml", "_index.md") else inner.with_suffix("")) + "/"


def measure(tool, command, folder, options, rows):
    dice = random.Random(1)
    for name in ("first page, nothing remembered", "first page, started again"):
        preview = Preview(tool, command, folder)
        rows.setdefault((name, tool), []).append(preview.until("/", "<html", preview.start))
        if name.startswith("first page, nothing"):
            # Rungs checks all pages behind the scenes, and remembers them; the other has built them by now.
            time.sleep(options.settle)
            preview.end()
    time.sleep(options.settle)
    article = sorted(folder.glob(bench.ARTICLE[0]))[0]
    shown, other = address(article, tool, folder), "/"
    stale = 0
    for what, edits in EDITS.items():
        pattern, change = edits[0 if tool == "rungs" else 1]
        path = sorted(folder.glob(pattern))[0]
        pages = [shown, other] if "template" in what else [address(path, tool, folder)] if "record" in what else [shown]
        old = path.read_text()
        for number in range(options.edits):
            time.sleep(0.7 + dice.random() * 0.6)
            mark = f"mark{number}x{dice.randrange(10**6)}"
            new = change(old, mark)
            assert new != old, f"{path} has no place for the change"
            seconds, lacking = edit(preview, path, new, pages, mark)
            rows.setdefault((f"edit of {what}", tool), []).append(seconds)
            stale += lacking
        path.write_text(old)
        time.sleep(1)
    rows.setdefault(("peak memory, MiB", tool), []).append(preview.memory())
    rows.setdefault(("stale answers", tool), []).append(stale)
    preview.end()


def table(pages, rows):
    lines = [f"### {pages:,} pages, live", "", "| | Rungs, ms | Hugo, ms | Rungs, of Hugo's |", "|---|---:|---:|---:|"]
    for what in dict.fromkeys(what for what, _ in rows):
        rungs, hugo = (rows[(what, tool)] for tool in bench.TOOLS)
        if what == "stale answers":
            lines.append(f"| {what} | {sum(rungs)} | {sum(hugo)} | |")
            continue
        scale = 1 if "MiB" in what else 1000
        mine, other = statistics.median(rungs) * scale, statistics.median(hugo) * scale
        worst = f" (worst {max(rungs) * scale:,.0f})" if len(rungs) > 1 else ""
        lines.append(f"| {what} | {mine:,.0f}{worst} | {other:,.0f} | {mine / other:.3f} |")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=int, nargs="*", default=[1000, 10000])
    parser.add_argument("--edits", type=int, default=9, help="edits of each kind")
    parser.add_argument("--settle", type=float, default=15, help="seconds after a start in which nothing is asked")
    parser.add_argument("--rungs", help="a binary of Rungs, instead of building it")
    parser.add_argument("--hugo", help="a binary of Hugo, instead of looking for it")
    parser.add_argument("--folder", default="/dev/shm" if os.path.isdir("/dev/shm") else "/tmp", help="where to work; best in memory")
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the tables between the markers of this file")
    options = parser.parse_args()
    options.minify = False
    commands = {"rungs": options.rungs or bench.rungs_command(), "hugo": options.hugo or bench.hugo_command()}
    options.rungs, options.hugo = commands["rungs"], commands["hugo"]
    parts = [f"{datetime.date.today()}: {bench.versions(options)}, on {bench.machine(options)}.\n"]
    for pages in options.pages:
        folder, rows = Path(options.folder) / f"rungs-serve-{pages}", {}
        subprocess.run([sys.executable, bench.HERE / "generate.py", str(pages), folder], check=True, stdout=sys.stderr)
        for tool in bench.TOOLS:
            measure(tool, commands[tool], folder / tool, options, rows)
        parts.append(table(pages, rows))
        print(parts[-1], file=sys.stderr)
        shutil.rmtree(folder)
    print("\n".join(parts))
    if options.write:
        bench.write(options.write, "\n".join(parts), MARKERS)


if __name__ == "__main__":
    main()
