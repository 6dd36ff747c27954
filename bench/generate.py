#!/usr/bin/env python3
"""The same career guide for Rungs and for Hugo: N pages, a folder for each.

    ./generate.py N FOLDER          makes FOLDER/rungs and FOLDER/hugo
    ./generate.py --dense N FOLDER  makes FOLDER/rungs alone: N roles as an import writes them (dense.py)

A third of the pages belong to roles, four to a record (the guide itself, its ladder, its pay and its questions, each
with some prose); the others are articles with tags in twelve sections. Page i depends on i and N alone: every run makes
the same files. Python 3 and its standard library; the templates stand beside this file.
"""
import json
import random
import shutil
import sys
from pathlib import Path

import dense

HERE = Path(__file__).resolve().parent
DOMAINS = [
    "Data Platform", "Cloud Infrastructure", "Product", "Customer Success", "Supply Chain", "Clinical Research", "Financial Risk",
    "Brand Marketing", "Mobile", "Security", "Machine Learning", "Sales Operations", "People Operations", "Quality Assurance",
    "Embedded Systems", "Growth", "Technical Support", "Content", "User Research", "Procurement", "Energy", "Manufacturing",
    "Legal Compliance", "Payments", "Solutions", "Network", "Database", "Game", "Robotics", "Biostatistics",
]
JOBS = [
    "Engineer", "Analyst", "Manager", "Designer", "Specialist", "Consultant", "Coordinator", "Architect", "Developer", "Researcher",
    "Strategist", "Administrator", "Planner", "Technician", "Advisor", "Scientist", "Writer", "Auditor", "Trainer", "Director",
]
INDUSTRIES = ["Healthcare", "Fintech", "Retail", "Education", "Aerospace", "Logistics", "Government", "Media", "Gaming", "Telecom", "Insurance", "Agriculture"]
CATEGORIES = [f"{industry} {kind}" for kind in ("Careers", "Leadership") for industry in INDUSTRIES][:20]
SKILLS = [
    "SQL", "Python", "Stakeholder management", "Roadmapping", "Forecasting", "Incident response", "Technical writing", "Mentoring",
    "Budgeting", "Negotiation", "Split testing", "Data modelling", "Kubernetes", "Threat modelling", "User interviews", "Process mapping",
    "Vendor selection", "Public speaking", "Statistics", "Code review", "Capacity planning", "Contract review", "Onboarding",
    "Prioritisation", "Risk assessment", "Dashboard design", "Root-cause analysis", "Change management", "Copy editing",
    "Experiment design", "Financial modelling", "Interface design", "Accessibility audits", "Workshop facilitation", "Hiring",
    "Performance reviews", "Regulatory reporting", "Systems thinking",
]
LEVELS = [("Junior", "entry", 0, 2), ("Mid-level", "mid", 2, 5), ("Senior", "senior", 5, 9), ("Principal", "lead", 9, 15)]

SUBJECTS = [
    "Most teams", "Hiring managers", "A strong candidate", "The person in this seat", "New starters", "Experienced practitioners",
    "Recruiters", "Peers in adjacent functions", "Smaller companies", "Regulated employers", "The best mentors", "Interview panels",
]
VERBS = ["expect", "look for", "rarely reward", "measure", "underestimate", "document", "ask about", "talk through", "build on", "compare", "budget for"]
OBJECTS = [
    "clear written decisions", "a record of shipped work", "hands-on experience with {s}", "the ability to explain {s} to a non-specialist",
    "steady progress in {s}", "two or three projects that show **ownership** from idea to result", "evidence of *judgement* under pressure",
    "a portfolio that mentions {s} and {t}", "practical knowledge of `{s}`", "calm communication when plans change",
    "a habit of reviewing numbers weekly", "references who can describe {t} in detail",
]
TAILS = [
    "especially in the first ninety days", "and the pay band reflects it", "because the work crosses several departments",
    "although the title differs between employers", "so plan at least one quarter for it", "which is why the interview has a case study",
    "and most job adverts say so", "even when the advert asks for a degree", "as the market note below shows",
    "while remote roles put more weight on writing", "and it is the usual reason for a promotion", "but few courses teach it well",
]
HEADINGS = [
    "What the job involves", "A typical week", "Skills that matter", "How to get started", "Education and training", "Benefits",
    "Career progression", "Interview preparation", "Working conditions", "Tools of the trade", "Common mistakes", "Moving sideways",
    "Certifications worth having", "Building a portfolio", "Negotiating an offer", "Remote and hybrid work", "The first months", "Outlook to 2030",
]
SUBHEADINGS = ["In a small company", "In a large company", "For career changers", "For recent graduates", "Signals of readiness", "What to avoid"]
CODE = [
    ("python", 'def band(level, base=42000):\n    """Pay for a level."""\n    step = {"junior": 1.0, "mid": 1.35, "senior": 1.8}\n    low = base * step[level]\n    return round(low), round(low * 1.22)\n\nfor name in ("junior", "mid", "senior"):\n    print(name, band(name))\n'),
    ("sql", "SELECT level, percentile_cont(0.5) WITHIN GROUP (ORDER BY salary) AS median\nFROM offers\nWHERE role = 'analyst' AND year >= 2024\nGROUP BY level\nORDER BY median DESC;\n"),
    ("yaml", "ladder:\n  - level: junior\n    reviews: 2\n  - level: senior\n    reviews: 1\n    mentors: true\n"),
]
# Rungs answers these from the record when nobody does. Here the record does, under the same ids: neither tool invents any.
QUESTIONS = [
    *((f"{kind}-{stage}", ask) for _, stage, _, _ in LEVELS for kind, ask in (("skills", "What must {level} know"), ("years", "How long does it take to become {level}"))),
    ("salary", "How much is paid to {family}"),
    *((f"advance-{stage}", "What comes after being {level}") for _, stage, _, _ in LEVELS[:-1]),
]
ON_HUB = 5  # so many of the questions stand on the guide as well
ROLE_PAGES = {  # the title of each page, its name in menus, and how many sections of prose it has
    "index": ("{}", "Overview", 5),
    "ladder": ("Career ladder: {}", "Career ladder", 6),
    "salary": ("Pay: {}", "Pay", 8),
    "faq": ("Questions: {}", "Questions", 5),
}


def sentences():
    chance = random.Random(20261122)
    for _ in range(6000):
        s, t = chance.sample(SKILLS, 2)
        yield f"{chance.choice(SUBJECTS)} {chance.choice(VERBS)} {chance.choice(OBJECTS).format(s=s, t=t)}, {chance.choice(TAILS)}."


POOL = list(sentences())
TEXT = json.dumps  # a JSON string is a TOML string


def slug(text):
    return "-".join("".join(c if c.isalnum() else " " for c in text.lower()).split())


class Site:
    """What there is in a site of N pages, by number."""

    def __init__(self, n):
        self.roles = n // 12
        self.articles = n - 4 * self.roles
        self.tags = [SKILLS[i % len(SKILLS)] + (f" {i // len(SKILLS) + 1}" if i >= len(SKILLS) else "") for i in range(max(60, n // 100))]

    def role_title(self, i):
        return f"{DOMAINS[(i * 7 + i // 30) % 30]} {JOBS[(i * 3 + i // 600) % 20]} in {INDUSTRIES[i // 5 % 12]}"

    def role_id(self, i):
        return f"{slug(self.role_title(i))}-{i}"

    def article_title(self, i):
        # After 5,400 articles the words come again.
        again = f", part {i // 5400 + 1}" if i >= 5400 else ""
        return f"{HEADINGS[i % 18]} for a {DOMAINS[(i * 11 + i // 18) % 30]} {JOBS[(i * 3 + i // 90) % 20]}{again}"

    def section(self, i):
        return slug(INDUSTRIES[i % 12])

    def article_id(self, i):
        return f"{slug(self.article_title(i))}-{i}"

    def article_tags(self, i):
        return list(dict.fromkeys(self.tags[(i * m + o) % len(self.tags)] for m, o in ((1, 0), (3, 7), (7, 19), (13, 41))))

    def link(self, chance, to):
        """A link to any page, as the generator in question writes it."""
        if self.roles and chance.random() < 0.3:
            i = chance.randrange(self.roles)
            return f"See also [{self.role_title(i)}]({to('roles', self.role_id(i))}) for a nearby path."
        i = chance.randrange(self.articles)
        return f"See also [{self.article_title(i)}]({to(f'articles/{self.section(i)}', self.article_id(i))}) for a nearby path."


def rungs_link(folder, name):
    return f"/{folder}/{name}/index.md" if folder == "roles" else f"/{folder}/{name}.md"


def hugo_link(folder, name):
    return f"/{folder}/{name}/"


def paragraph(chance, low=2, high=4):
    return " ".join(chance.choices(POOL, k=chance.randint(low, high)))


def plain(chance, count):
    return " ".join(chance.choices(POOL, k=count)).replace("*", "").replace("`", "")


def table(chance):
    base = chance.randint(30, 70)
    rows = [f"| {name} | {low}-{high} | {base + 22 * k},{chance.randint(100, 999)} | {chance.choice(SKILLS)} and {chance.choice(SKILLS)} |" for k, (name, _, low, high) in enumerate(LEVELS)]
    return "\n".join(["| Stage | Years | Base pay | Focus |", "|---|---:|---:|---|", *rows])


def bullets(chance, numbered):
    return "\n".join(f"{f'{k + 1}.' if numbered else '-'} **{chance.choice(SKILLS)}**: {chance.choice(POOL)}" for k in range(chance.randint(4, 6)))


def body(site, seed, sections, code, to):
    """Prose: the same for both generators, but for the addresses in it."""
    chance = random.Random(seed)
    out = [paragraph(chance), paragraph(chance)]
    tables, lists = set(chance.sample(range(sections), 1 + sections // 6)), set(chance.sample(range(sections), 1 + sections // 6))
    for at, heading in enumerate(chance.sample(HEADINGS, sections)):
        out += [f"## {heading}", paragraph(chance)]
        if at in tables:
            out.append(table(chance))
        if at in lists:
            out.append(bullets(chance, at % 2 == 1))
        if at % 3 == 1:
            for subheading in chance.sample(SUBHEADINGS, 2):
                out += [f"### {subheading}", paragraph(chance, 2, 3)]
        out.append(paragraph(chance, 1, 2) + " " + site.link(chance, to))
    if code is not None:
        language, text = CODE[code % 3]
        out += ["## Worked example", f"```{language}\n{text}```"]
    return "\n\n".join(out) + "\n"


def record(site, i):
    chance = random.Random(f"role {i}")
    title = site.role_title(i)
    family, base = title.split(" in ")[0], chance.randint(28, 64) * 1000
    names = {id: f"{name} {family}" for id, _ in QUESTIONS for name, stage, _, _ in LEVELS if id.endswith(stage)} | {"salary": family}
    levels, low, skills = [], base, chance.sample(SKILLS, 20)
    for k, (name, stage, first, last) in enumerate(LEVELS):
        levels.append(dict(
            id=stage, stage=stage, title=f"{name} {family}", min_years=first, max_years=last, min=low, max=low + chance.randint(9, 30) * 1000,
            summary=plain(chance, 1), tasks=[plain(chance, 1) for _ in range(3)], skills=skills[5 * k : 5 * k + 5],
        ))
        low += chance.randint(14, 24) * 1000
    return dict(
        id=site.role_id(i), title=title, category=CATEGORIES[i * 11 % len(CATEGORIES)], summary=plain(chance, 1), definition=plain(chance, 2),
        responsibilities=[plain(chance, 1) for _ in range(5)], levels=levels, percentiles=[base + k * 17_000 for k in range(5)],
        change=chance.randint(-40, 180) / 10,
        titles=[f"{family} {suffix}" for suffix in ("I", "II", "III", "Partner", "Lead", "Associate")],
        education=[("Degree in a related field", "bachelor"), ("Certificate of practice", "certificate")],
        faqs=[(id, question.format(level=f"a {names[id]}", family=f"a {family}") + "?", plain(chance, 2)) for id, question in QUESTIONS],
        related=[site.role_id(j) for j in dict.fromkeys(chance.randrange(site.roles) for _ in range(6)) if j != i],
    )


def date(i):
    return f"{2022 + i % 4}-{1 + i % 12:02d}-{1 + i // 12 % 28:02d}"


def rungs_record(r):
    out = [f"title = {TEXT(r['title'])}\ncategory = {TEXT(slug(r['category']))}\nsummary = {TEXT(r['summary'])}\ndefinition = {TEXT(r['definition'])}\nresponsibilities = {TEXT(r['responsibilities'])}\n"]
    for level in r["levels"]:
        out.append(
            f"\n[[levels]]\nid = {TEXT(level['id'])}\nstage = {TEXT(level['stage'])}\ntitle = {TEXT(level['title'])}\n"
            f"experience = {{ min_years = {level['min_years']}, max_years = {level['max_years']} }}\nsalary = {{ min = {level['min']}, max = {level['max']} }}\n"
            f"summary = {TEXT(level['summary'])}\nresponsibilities = {TEXT(level['tasks'])}\nskills = {TEXT([slug(skill) for skill in level['skills']])}\n"
        )
    out.append("\n[[salary]]\npercentiles = { " + ", ".join(f"p{p} = {v}" for p, v in zip((10, 25, 50, 75, 90), r["percentiles"])) + " }\n")
    out.append(f"\n[outlook]\nbase_year = 2024\ntarget_year = 2034\nchange_percent = {r['change']}\n")
    out += [f"\n[[titles]]\nname = {TEXT(title)}\n" for title in r["titles"]]
    out += [f"\n[[education]]\nname = {TEXT(name)}\nlevel = {TEXT(level)}\n" for name, level in r["education"]]
    out += [f"\n[[faqs]]\nid = {TEXT(id)}\nquestion = {TEXT(question)}\nanswer = {TEXT(answer)}\npages = {TEXT(['hub', 'faq'] if at < ON_HUB else ['faq'])}\n" for at, (id, question, answer) in enumerate(r["faqs"])]
    out += [f"\n[[related]]\nrole = {TEXT(id)}\nkind = \"similar\"\n" for id in r["related"]]
    return "".join(out)


def hugo_record(r, titles):
    out = [f"layout = \"hub\"\noutputs = [\"html\", \"json\"]\nsummary = {TEXT(r['summary'])}\ndefinition = {TEXT(r['definition'])}\nresponsibilities = {TEXT(r['responsibilities'])}\ntitles = {TEXT(r['titles'])}\nchange = {r['change']}\n"]
    out.append(f"categories = {TEXT([r['category']])}\nskills = {TEXT(sorted({skill for level in r['levels'] for skill in level['skills']}))}\n")
    out.append("[percentiles]\n" + "".join(f"p{p} = {v}\n" for p, v in zip((10, 25, 50, 75, 90), r["percentiles"])))
    for level in r["levels"]:
        out.append("\n[[levels]]\n" + "".join(f"{key} = {TEXT(level[key])}\n" for key in ("id", "stage", "title", "min_years", "max_years", "min", "max", "summary", "tasks", "skills")))
    out += [f"\n[[education]]\nname = {TEXT(name)}\nlevel = {TEXT(level)}\n" for name, level in r["education"]]
    out += [f"\n[[faqs]]\nid = {TEXT(id)}\nq = {TEXT(question)}\na = {TEXT(answer)}\n" for id, question, answer in r["faqs"]]
    out += [f"\n[[related]]\ntitle = {TEXT(titles[id])}\nurl = \"/roles/{id}/\"\n" for id in r["related"]]
    return "".join(out)


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def shared_files(site, rungs, hugo):
    css = "\n".join(f".c{k}{{margin:{k}px;padding:{k % 7}px;color:#{k * 991 % 4096:03x}}}" for k in range(300))
    write(rungs / "themes/bench/static/css/site.css", css)
    write(hugo / "static/css/site.css", css)
    for folder in (rungs, hugo):
        (folder / "static").mkdir(parents=True, exist_ok=True)
        shutil.copy(HERE / "share.png", folder / "static/share.png")
    write(rungs / "content/categories.toml", "".join(f"[[categories]]\nid = \"{slug(c)}\"\ntitle = {TEXT(c)}\nsummary = \"{c}, from the first job to the last.\"\n\n" for c in CATEGORIES))
    write(rungs / "content/skills.toml", "".join(f"[[skills]]\nid = \"{slug(s)}\"\nname = {TEXT(s)}\n\n" for s in SKILLS))
    write(rungs / "content/sources.toml", '[[sources]]\nid = "editors"\ntitle = "Career Atlas"\nkind = "own"\nas_of = "2026-10"\n')
    used = [c for k, c in enumerate(CATEGORIES) if any(i * 11 % len(CATEGORIES) == k for i in range(min(site.roles, len(CATEGORIES))))]
    nav = "".join(f"  {{ title = {TEXT(c)}, to = \"categories/{slug(c)}.md\" }},\n" for c in used)
    with open(rungs / "site.toml", "a") as file:
        file.write(f"\n[[nav]]\ntitle = \"Categories\"\nchildren = [\n{nav}]\n")
    write(hugo / "data/nav.json", TEXT([dict(title=c, url=f"/categories/{slug(c)}/") for c in used]))
    terms(hugo, "categories", used, "{}", "{}, from the first job to the last.")
    terms(hugo, "skills", SKILLS, "{}", "Which roles ask for {}, from which level on.")
    terms(hugo, "tags", site.tags, "Articles about {}", "Everything on this site about {}, the newest articles first.")
    for industry in INDUSTRIES:
        head = f"+++\ntitle = {TEXT(industry)}\ndescription = \"Articles on work in {industry.lower()}.\"\n+++\n"
        write(rungs / f"content/articles/{slug(industry)}/_index.md", head)
        write(hugo / f"content/articles/{slug(industry)}/_index.md", head)


def terms(hugo, taxonomy, names, title, description):
    """What Rungs says of a category, a skill or a tag by itself, Hugo is told."""
    for name in names:
        head = f"+++\ntitle = {TEXT(title.format(name))}\nlinkTitle = {TEXT(name)}\ndescription = {TEXT(description.format(name))}\n+++\n"
        write(hugo / f"content/{taxonomy}/{slug(name)}/_index.md", head)


def main():
    if len(sys.argv) == 4 and sys.argv[1] == "--dense":
        return dense.generate(int(sys.argv[2]), Path(sys.argv[3]) / "rungs")
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    site, out = Site(int(sys.argv[1])), Path(sys.argv[2])
    rungs, hugo = out / "rungs", out / "hugo"
    for folder, template in ((rungs, "rungs"), (hugo, "hugo")):
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(HERE / template, folder)
    shared_files(site, rungs, hugo)
    for i in range(site.roles):
        r = record(site, i)
        id = r["id"]
        write(rungs / f"content/roles/{id}/role.toml", rungs_record(r))
        titles = {site.role_id(j): site.role_title(j) for j in (int(other.rsplit("-", 1)[1]) for other in r["related"])}
        for page, (words, name, sections) in ROLE_PAGES.items():
            title = words.format(r["title"])
            words = f"title = {TEXT(title)}\ndescription = {TEXT(title + ': duties, skills, pay and the ladder from the first level to the last.')}\n"
            more = f"linkTitle = {TEXT(name)}\n" + (hugo_record(r, titles) if page == "index" else f"layout = \"{page}\"\n")
            of_page = lambda to: body(site, f"role {i} {page}", sections, None, to)
            # The tables of contents list the prose alone, as the other generator's do.
            write(rungs / f"content/roles/{id}/{page}.md", f"+++\n{words}generated = false\n+++\n{of_page(rungs_link)}")
            write(hugo / f"content/roles/{id}/{'_index' if page == 'index' else page}.md", f"+++\n{words}{more}+++\n{of_page(hugo_link)}")
    for i in range(site.articles):
        head = f"+++\ntitle = {TEXT(site.article_title(i))}\ndescription = {TEXT(site.article_title(i) + ': what employers ask for, what it pays, and how others did it.')}\ndate = {date(i)}\ntags = {TEXT(site.article_tags(i))}\n+++\n"
        code = i // 10 if i % 10 == 3 else None
        for folder, to in ((rungs, rungs_link), (hugo, hugo_link)):
            write(folder / f"content/articles/{site.section(i)}/{site.article_id(i)}.md", head + body(site, f"article {i}", 8 + i % 4, code, to))
    print(f"{site.articles} articles, {site.roles} roles with {4 * site.roles} pages, {len(site.tags)} tags")


main()
