#!/usr/bin/env python3
"""Whether two finished sites say the same: the numbers of pages, their bytes, their words and their JSON-LD.

    ./compare.py OUT-RUNGS OUT-HUGO      says what it found; ends with 1 when the two are no fair match

A fair match has as many pages within 1%, as many bytes of HTML within 10%, and on every page that both have (up to
200 are looked at, evenly spread) at least 97% of the words in common, the same types of JSON-LD, and a link for a link within 10%.
A list in parts (`roles/page/2/`) counts as one page, of which the words of links count, each once: where one part ends and the
next begins, and what it is called, each tool decides.
"""
import collections
import html.parser
import json
import re
import sys
from pathlib import Path

SAMPLE, WORDS, PAGES, BYTES, LINKS = 200, 0.97, 0.01, 0.10, 0.10


class Page(html.parser.HTMLParser):
    """What a reader and a search engine find on a page."""

    def __init__(self, files):
        super().__init__()
        self.words, self.types, self.links, self.inside = collections.Counter(), [], 0, None
        self.of_links, self.is_link = set(), False
        for path in files:
            self.feed(path.read_text())

    def handle_starttag(self, tag, attributes):
        self.inside = tag if tag in ("script", "style") else self.inside
        self.links += tag == "a"
        self.is_link |= tag == "a"

    def handle_endtag(self, tag):
        self.inside = None if tag == self.inside else self.inside
        self.is_link &= tag != "a"

    def handle_data(self, data):
        if self.inside is None:
            self.words.update(data.split())
            if self.is_link:
                self.of_links.update(data.split())
        elif self.inside == "script" and data.lstrip().startswith("{"):
            self.types.append(json.loads(data)["@type"])


def pages(folder):
    """The files of each page: one, or those of the parts of a list."""
    all = {}
    for path in sorted(Path(folder).rglob("*.html")):
        all.setdefault(re.sub(r"/page/\d+/", "/", str(path.relative_to(folder))), []).append(path)
    return all


def apart(one, other):
    return abs(one - other) / max(one, other, 1)


def differences(ours, theirs):
    """What is wrong with one pair of pages."""
    a, b = Page(ours), Page(theirs)
    in_parts = len(ours) + len(theirs) > 2
    if in_parts:
        a.words, b.words = collections.Counter(a.of_links), collections.Counter(b.of_links)
    common = 2 * (a.words & b.words).total() / max(1, a.words.total() + b.words.total())
    if common < WORDS:
        yield f"{common:.1%} of the words in common; only here: {list(a.words - b.words)[:8]}, only there: {list(b.words - a.words)[:8]}"
    if set(a.types) != set(b.types):
        yield f"JSON-LD of {a.types} and {b.types}"
    if not in_parts and apart(a.links, b.links) > LINKS:
        yield f"{a.links} and {b.links} links"


def compare(ours, theirs):
    """A sentence on both, and everything that makes the match unfair."""
    a, b = pages(ours), pages(theirs)
    size = [sum(path.stat().st_size for files in one.values() for path in files) for one in (a, b)]
    count = [sum(map(len, one.values())) for one in (a, b)]
    faults = []
    if apart(*count) > PAGES:
        faults.append(f"{count[0]} and {count[1]} pages; only here: {sorted(set(a) - set(b))[:5]}, only there: {sorted(set(b) - set(a))[:5]}")
    if apart(*size) > BYTES:
        faults.append(f"{size[0]:,} and {size[1]:,} bytes of HTML")
    both = sorted(set(a) & set(b) - {"404.html"})  # each tool has its own words for it
    sample = both[:: max(1, len(both) // SAMPLE)]
    for name in sample:
        faults += [f"{name}: {fault}" for fault in differences(a[name], b[name])]
    said = f"{count[0]:,} and {count[1]:,} pages of HTML, {size[0] / 1e6:.1f} and {size[1] / 1e6:.1f} MB; {len(sample)} pages compared word by word"
    return said, faults


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    said, faults = compare(*sys.argv[1:])
    print(said, *faults, sep="\n")
    sys.exit(bool(faults))
