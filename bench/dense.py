"""A career guide that was imported, for Rungs: N roles whose records and lists are dense, and few articles.

    ./generate.py --dense N FOLDER        makes FOLDER/rungs

Sizes are those of the open data of the United States, of which `rungs import` makes 1,016 roles: of each role some 20
tasks, 60 titles, 30 technologies, 30 rated skills and fields of knowledge, ten related roles by rank, six interests, and
pay in 50 areas. Role i depends on i and N alone. The theme is the one that comes with Rungs.
"""
import json
import random
import shutil
from pathlib import Path

HERE = Path(__file__).resolve().parent
TEXT = json.dumps  # a JSON string is a TOML string

FIELDS = [
    "Aviation", "Banking", "Ceramics", "Dairy", "Energy", "Forestry", "Glass", "Harbour", "Irrigation", "Justice", "Kitchen", "Laboratory",
    "Mining", "Nursing", "Optics", "Printing", "Quarry", "Railway", "Survey", "Textile", "Utilities", "Veterinary", "Water", "Youth",
]
RANKS = ["Assistant", "Chief", "Field", "General", "Industrial", "Junior", "Lead", "Medical", "Night", "Senior", "Technical", "Travelling"]
JOBS = [
    "Administrators", "Analysts", "Assemblers", "Clerks", "Controllers", "Drivers", "Engineers", "Fitters", "Inspectors", "Instructors",
    "Managers", "Mechanics", "Operators", "Planners", "Repairers", "Researchers", "Scientists", "Supervisors", "Technicians", "Therapists",
    "Trainers", "Writers",
]
CATEGORIES = [f"{name} occupations" for name in (
    "Management", "Business", "Computing", "Engineering", "Science", "Community", "Legal", "Teaching", "Arts", "Healthcare", "Care", "Protective",
    "Food", "Cleaning", "Personal service", "Sales", "Office", "Farming", "Construction", "Maintenance", "Production", "Transport",
)]
VERBS = ["Check", "Plan", "Record", "Repair", "Explain", "Measure", "Order", "Compare", "Prepare", "Direct", "Estimate", "Maintain", "Review", "Test"]
THINGS = [
    "equipment", "accounts", "drawings", "samples", "orders", "schedules", "budgets", "reports", "vehicles", "materials", "records", "tools",
    "safety rules", "contracts", "instruments", "customers' needs", "work areas", "deliveries",
]
ENDS = [
    "to meet the standards of the trade", "according to written procedures", "and report what is out of order", "before work begins",
    "with the people who asked for them", "so that nothing has to be done twice", "by the day on which they are due", "in a team of several trades",
]
ABILITIES = ["Speaking", "Writing", "Reading", "Listening", "Judging", "Planning", "Teaching", "Repairing", "Programming", "Negotiating", "Monitoring"]
OBJECTS = ["of people", "of systems", "of money", "of machines", "of time", "of risks"]
SKILLS = [f"{ability} {of}" for ability in ABILITIES for of in OBJECTS]
SOFTWARE = ["Office", "Design", "Ledger", "Route", "Stock", "Chart", "Payroll", "Image", "Query", "Report"]
MAKERS = ["Acme", "Bolt", "Cedar", "Delta", "Ember", "Fjord", "Grove", "Helix", "Iris", "Juno", "Krill", "Lumen"]
AREAS = [f"US-{code}" for code in (
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY"
).split()]
INTERESTS = ["Realistic", "Investigative", "Artistic", "Social", "Enterprising", "Conventional"]
SITE = """title = "Dense Careers"
base_url = "https://careers.example.com/"
description = "A career guide made of records."
og_images = false
icons = false

[figures]
currency = "USD"
period = "year"
area = "US"
source = "survey"
as_of = "2026-05"
"""
ARTICLES = 12


def slug(text):
    return "-".join("".join(c if c.isalnum() else " " for c in text.lower()).split())


class Site:
    """What there is in a site of N roles, by number."""

    def __init__(self, n):
        self.roles = n

    def title(self, i):
        job, rank, field = JOBS[i % 22], RANKS[i // 22 % 12], FIELDS[i // 264 % 24]
        again = i // 6336
        return f"{rank} {field} {job}" + (f" of Grade {again + 1}" if again else "")

    def id(self, i):
        return slug(self.title(i))

    def related(self, i):
        near = [(i + step) % self.roles for step in (1, 22, 23, 264, 2, 44, 3, 66, 4, 88)]
        return [j for j in dict.fromkeys(near) if j != i]


def sentence(chance):
    return f"{chance.choice(VERBS)} {chance.choice(THINGS)} and {chance.choice(THINGS)} {chance.choice(ENDS)}."


def record(site, i):
    chance = random.Random(f"dense {i}")
    title = site.title(i)
    tasks = list(dict.fromkeys(sentence(chance) for _ in range(chance.randint(14, 26))))
    out = [
        f"title = {TEXT(title)}\ncategory = {TEXT(slug(CATEGORIES[i % 22]))}\n"
        f"definition = {TEXT(' '.join(sentence(chance) for _ in range(3)))}\nresponsibilities = {TEXT(tasks)}\n"
    ]
    titles = [f"{rank} {word} {title.split()[-1][:-1]}" for rank in RANKS for word in chance.sample(FIELDS, 5)]
    for at, name in enumerate(dict.fromkeys(titles)):
        out.append(f"\n[[titles]]\nname = {TEXT(name)}\nkind = \"{'reported' if at < 8 else 'alternate'}\"\n")
    for rank, j in enumerate(site.related(i)):
        out.append(f"\n[[related]]\nrole = {TEXT(site.id(j))}\nrank = {rank + 1}\n")
    for skill in chance.sample(SKILLS, chance.randint(26, 34)):
        importance = chance.randint(25, 48) / 10
        out.append(f"\n[[requires]]\nskill = {TEXT(slug(skill))}\nimportance = {{ value = {importance}, min = 1, max = 5 }}\n")
    for maker, name in chance.sample([(maker, name) for maker in MAKERS for name in SOFTWARE], chance.randint(24, 40)):
        hot = "hot = true\n" if chance.random() < 0.3 else ""
        out.append(f"\n[[technologies]]\nname = {TEXT(f'{maker} {name}')}\ncategory = {TEXT(f'{name} software')}\n{hot}")
    out += [f"\n[[interests]]\nname = {TEXT(name)}\nvalue = {chance.randint(10, 70) / 10}\nmin = 1\nmax = 7\n" for name in INTERESTS]
    out.append(f"\n[outlook]\nbase_year = 2024\ntarget_year = 2034\nchange_percent = {chance.randint(-80, 150) / 10}\n")
    return "".join(out)


def pay(i):
    chance = random.Random(f"pay {i}")
    rows = ["area,p10,p25,p50,p75,p90"]
    for area in ["US", *map(slug, AREAS)]:
        low = chance.randint(24, 60) * 1000
        rows.append(",".join([area, *(str(low + k * 9500) for k in range(5))]))
    return "\n".join(rows) + "\n"


def article(site, i):
    chance = random.Random(f"article {i}")
    title = f"How to become one of the {site.title(i % site.roles)}, {i + 1}"
    links = [chance.randrange(site.roles) for _ in range(4)]
    lines = [f"{sentence(chance)} See [{site.title(j)}](/roles/{site.id(j)}/index.md)." for j in links]
    return f"+++\ntitle = {TEXT(title)}\ndate = 2026-01-{i + 1:02d}\ntags = [\"starting out\"]\n+++\n" + "\n\n".join(lines) + "\n"


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def generate(n, folder):
    """Makes a site of N roles below a folder."""
    site = Site(n)
    shutil.rmtree(folder, ignore_errors=True)
    content = folder / "content"
    write(folder / "site.toml", SITE)
    # A template of the site's own that is on every page.
    frame = Path("templates/components/frame.html")
    write(folder / frame, (HERE.parent / "themes/default" / frame).read_text())
    write(content / "categories.toml", "".join(f"[[categories]]\nid = {TEXT(slug(c))}\ntitle = {TEXT(c)}\n\n" for c in CATEGORIES))
    write(content / "skills.toml", "".join(f"[[skills]]\nid = {TEXT(slug(s))}\nname = {TEXT(s)}\n\n" for s in SKILLS))
    write(content / "areas.toml", "".join(f"[[areas]]\nid = {TEXT(slug(area))}\nname = {TEXT(f'State of {area[3:]}')}\nkind = \"state\"\nparent = \"US\"\ncode = {TEXT(area)}\n\n" for area in AREAS))
    write(content / "sources.toml", '[[sources]]\nid = "survey"\ntitle = "Survey of all occupations"\nkind = "statistics"\nurl = "https://example.com/survey"\n')
    write(content / "articles/_index.md", "+++\ntitle = \"Articles\"\n+++\n")
    for i in range(ARTICLES):
        write(content / f"articles/article-{i + 1}.md", article(site, i))
    for i in range(n):
        write(content / f"roles/{site.id(i)}/role.toml", record(site, i))
        write(content / f"roles/{site.id(i)}/salary.csv", pay(i))
    print(f"{n} roles, {len(SKILLS)} skills, {len(CATEGORIES)} categories, {ARTICLES} articles")
