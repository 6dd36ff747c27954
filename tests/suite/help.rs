//! Help that works: a mistake as people make it, words that the message about it has, and the text
//! that it tells to write, which builds.

use rayon::prelude::*;

use crate::harness::Site;

/// A file with a mistake, what is said of it, and the file as the message says.
struct Case {
    path: &'static str,
    wrong: String,
    says: &'static str,
    right: String,
}

const ROLE: &str = "content/roles/nurse/role.toml";
const HEAD: &str = "title = \"Nurse\"\ncategory = \"work\"\n";
const LEVEL: &str = "title = \"Nurse\"\ncategory = \"work\"\n[[levels]]\ntitle = \"A\"\n";
const SITE: &str =
    "title = \"Test\"\nbase_url = \"https://example.com/\"\nog_images = false\nicons = false\n";

/// What every case stands in.
const AROUND: &str = "
=== site.toml
title = \"Test\"
base_url = \"https://example.com/\"
og_images = false
icons = false
[figures]
currency = \"USD\"
period = \"year\"
area = \"US\"
source = \"editors\"
=== content/about.md
+++
title = \"About\"
+++
## Our team

Text.
=== content/guides/start.md
Text.
=== content/skills.toml
[[skills]]
id = \"sql\"
name = \"Structured Query Language\"
=== content/areas.toml
[[areas]]
id = \"bay\"
name = \"Bay Area\"
=== static/paper.pdf
x
";

fn case(
    path: &'static str,
    (before, wrong, after): (&str, &str, &str),
    says: &'static str,
    right: &str,
) -> Case {
    Case {
        path,
        wrong: format!("{before}{wrong}{after}"),
        says,
        right: format!("{before}{right}{after}"),
    }
}

/// A role whose lines follow its head.
fn role(wrong: &str, says: &'static str, right: &str) -> Case {
    case(ROLE, (HEAD, wrong, "\n"), says, right)
}

/// A role with a level, of which these are lines.
fn level(wrong: &str, says: &'static str, right: &str) -> Case {
    case(ROLE, (LEVEL, wrong, "\n"), says, right)
}

/// The whole record.
fn record(wrong: &str, says: &'static str, right: &str) -> Case {
    case(ROLE, ("", wrong, "\n"), says, right)
}

/// A link in an article.
fn link(wrong: &str, says: &'static str, right: &str) -> Case {
    case(
        "content/links.md",
        ("See [this](", wrong, ").\n"),
        says,
        right,
    )
}

/// The front matter of an article.
fn front(wrong: &str, says: &'static str, right: &str) -> Case {
    case("content/front.md", ("", wrong, "\nText.\n"), says, right)
}

/// The content of a template.
fn template(wrong: &str, says: &'static str, right: &str) -> Case {
    case(
        "templates/article.html",
        (
            "{% extends \"page.html\" %}{% block content %}",
            wrong,
            "{% endblock content %}",
        ),
        says,
        right,
    )
}

fn check(cases: Vec<Case>) {
    let failures: Vec<String> = cases
        .par_iter()
        .filter_map(|case| fails(case).err())
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn fails(
    Case {
        path,
        wrong,
        says,
        right,
    }: &Case,
) -> Result<(), String> {
    let mut site = Site::from(AROUND);
    let built = edit(&mut site, path, wrong).build_once();
    let said: Vec<String> = built
        .reports
        .iter()
        .map(|report| format!("{} | {}", report.message, report.help.join(" | ")))
        .collect();
    if !said.iter().any(|said| said.contains(says)) {
        return Err(format!(
            "{wrong}\ndoes not say: {says}\nbut: {}\n",
            said.join("\n")
        ));
    }
    let built = edit(&mut site, path, right).build_once();
    let errors = built
        .said()
        .lines()
        .filter(|line| line.starts_with("error"))
        .map(str::to_owned)
        .collect::<Vec<_>>();
    if built.failed {
        Err(format!(
            "{right}\nis what it says to write, and says: {}\n",
            errors.join("\n")
        ))
    } else {
        Ok(())
    }
}

/// Writes a file, and the record that it stands beside.
fn edit<'s>(site: &'s mut Site, path: &str, text: &str) -> &'s mut Site {
    if path != ROLE && path.starts_with("content/roles/") {
        site.edit(ROLE, HEAD);
    }
    site.edit(path, text)
}

#[test]
fn texts_and_numbers_as_people_write_them() {
    check(vec![
        level(
            "salary = 55000",
            "write { value = 55_000 }",
            "salary = { value = 55_000 }",
        ),
        level(
            "salary = \"$55k\"",
            "write { value = 55_000 }",
            "salary = { value = 55_000 }",
        ),
        level(
            "salary = \"55,000\"",
            "write { value = 55_000 }",
            "salary = { value = 55_000 }",
        ),
        level(
            "salary = { min = \"$55k\", max = 60_000 }",
            "write it in digits, without quotes: 55_000",
            "salary = { min = 55_000, max = 60_000 }",
        ),
        level(
            "salary = { min = 55,000, max = 60,000 }",
            "write salary = { min = 55_000, max = 60_000 }",
            "salary = { min = 55_000, max = 60_000 }",
        ),
        role(
            "salary = 55000",
            "[{ value = 55_000 }]",
            "salary = [{ value = 55_000 }]",
        ),
        role(
            "[[salary]]\nvalue = 55,000",
            "write value = 55_000",
            "[[salary]]\nvalue = 55_000",
        ),
        role(
            "[[salary]]\nvalue = $55k",
            "write value = 55_000",
            "[[salary]]\nvalue = 55_000",
        ),
        role(
            "[[salary]]\nvalue = €55.000",
            "write value = 55_000",
            "[[salary]]\nvalue = 55_000",
        ),
        role(
            "[[statistics]]\nlabel = \"Share\"\nvalue = 5%",
            "write value = 5",
            "[[statistics]]\nlabel = \"Share\"\nvalue = 5",
        ),
        role(
            "[[statistics]]\nlabel = \"Share\"",
            "add `value = …`",
            "[[statistics]]\nlabel = \"Share\"\nvalue = 5",
        ),
        role(
            "[[statistics]]\nlabel = \"Share\"\nmin = 5",
            "write `value` for `min`",
            "[[statistics]]\nlabel = \"Share\"\nvalue = 5",
        ),
        role("draft = yes", "write draft = true", "draft = true"),
        role("noindex = Off", "write noindex = false", "noindex = false"),
        role("draft = \"yes\"", "write true", "draft = true"),
        role("draft = 0", "write false", "draft = false"),
        role("weight = 0x", "this number has no digits", "weight = 42"),
        role("weight = \"12\"", "write 12", "weight = 12"),
        role("summary = null", "remove the line", ""),
        role("summary = 5", "put it in quotes: \"5\"", "summary = \"5\""),
        role(
            "summary = [\"x\"]",
            "write it without brackets: summary = \"x\"",
            "summary = \"x\"",
        ),
        role(
            "locations = \"Berlin\"",
            "[\"Berlin\"]",
            "locations = [\"Berlin\"]",
        ),
        level(
            "experience = \"2 to 5 years\"",
            "write { min_years = 2, max_years = 5 }",
            "experience = { min_years = 2, max_years = 5 }",
        ),
        level(
            "experience = 3",
            "write { min_years = 3 }",
            "experience = { min_years = 3 }",
        ),
        level(
            "experience = { min_years = \"2\" }",
            "write 2",
            "experience = { min_years = 2 }",
        ),
        case(
            "content/roles/nurse/salary.csv",
            ("area,min,max\n", "US,\"55,000\",60k\n", ""),
            "write 55000",
            "US,55000,60000\n",
        ),
    ]);
}

#[test]
fn mistakes_of_quotes_and_signs() {
    check(vec![
        record(
            "title = “Nurse”\ncategory = \"work\"",
            "write title = \"Nurse\"",
            "title = \"Nurse\"\ncategory = \"work\"",
        ),
        record(
            "title = „Nurse“\ncategory = \"work\"",
            "write title = \"Nurse\"",
            "title = \"Nurse\"\ncategory = \"work\"",
        ),
        record(
            "title = ‘Nurse’\ncategory = \"work\"",
            "write title = \"Nurse\"",
            "title = \"Nurse\"\ncategory = \"work\"",
        ),
        record(
            "“title” = \"Nurse\"\ncategory = \"work\"",
            "write title = \"Nurse\"",
            "title = \"Nurse\"\ncategory = \"work\"",
        ),
        record(
            "title = \"Nurse\ncategory = \"work\"",
            "write title = \"Nurse\"",
            "title = \"Nurse\"\ncategory = \"work\"",
        ),
        record(
            "title = 'Nurse's aide'\ncategory = \"work\"",
            "write title = \"Nurse's aide\"",
            "title = \"Nurse's aide\"\ncategory = \"work\"",
        ),
        record(
            "title = \"A \"big\" nurse\"\ncategory = \"work\"",
            "write title = 'A \"big\" nurse'",
            "title = 'A \"big\" nurse'\ncategory = \"work\"",
        ),
        record(
            "title = \"\"\"Nurse\"\ncategory = \"work\"",
            "close it with `\"\"\"`",
            "title = \"\"\"Nurse\"\"\"\ncategory = \"work\"",
        ),
        record(
            "title = '''Nurse''\ncategory = \"work\"",
            "close it with `'''`",
            "title = '''Nurse'''\ncategory = \"work\"",
        ),
        record(
            "title: Nurse\ncategory = \"work\"",
            "write title = \"Nurse\"",
            "title = \"Nurse\"\ncategory = \"work\"",
        ),
        record(
            "title = Senior Nurse\ncategory = \"work\"",
            "write title = \"Senior Nurse\"",
            "title = \"Senior Nurse\"\ncategory = \"work\"",
        ),
        record(
            "title \"Nurse\"\ncategory = \"work\"",
            "write title = \"Nurse\"",
            "title = \"Nurse\"\ncategory = \"work\"",
        ),
        record(
            "title =\ncategory = \"work\"",
            "write one behind the `=`, such as title = \"…\"",
            "title = \"…\"\ncategory = \"work\"",
        ),
        record(
            "title = \"Nurse\";\ncategory = \"work\"",
            "write title = \"Nurse\"",
            "title = \"Nurse\"\ncategory = \"work\"",
        ),
        record(
            "title = \"Nurse\",\ncategory = \"work\"",
            "write title = \"Nurse\"",
            "title = \"Nurse\"\ncategory = \"work\"",
        ),
        record(
            "title\u{a0}= \"Nurse\"\ncategory = \"work\"",
            "write title = \"Nurse\"",
            "title = \"Nurse\"\ncategory = \"work\"",
        ),
        role("// words", "put a `#` before it", "#// words"),
        role(
            "image_alt = \"a\\photo\"",
            "write image_alt = 'a\\photo'",
            "image_alt = 'a\\photo'",
        ),
        role(
            "locations = [\"a\" \"b\"]",
            "put a comma between the two",
            "locations = [\"a\", \"b\"]",
        ),
        role(
            "locations = [Berlin, Bonn]",
            "write locations = [\"Berlin\", \"Bonn\"]",
            "locations = [\"Berlin\", \"Bonn\"]",
        ),
        role(
            "locations = [\n  \"a\",\n[[levels]]\ntitle = \"A\"",
            "close it with `]`",
            "locations = [\n  \"a\",\n]\n[[levels]]\ntitle = \"A\"",
        ),
        level(
            "salary = { value: 5000 }",
            "write salary = { value = 5000 }",
            "salary = { value = 5000 }",
        ),
        level(
            "salary = { value = 5000",
            "close it with `}`",
            "salary = { value = 5000 }",
        ),
        front(
            "---\ntitle: A\ndraft: no\n---",
            "write false",
            "---\ntitle: A\ndraft: false\n---",
        ),
        front(
            "---\ntitle: Nurse: a guide\n---",
            "title: \"Nurse: a guide\"",
            "---\ntitle: \"Nurse: a guide\"\n---",
        ),
        front(
            "---\ntitle: @home\n---",
            "title: \"@home\"",
            "---\ntitle: \"@home\"\n---",
        ),
        front(
            "---\ntitle: \"Nurse\n---",
            "write title: \"Nurse\"",
            "---\ntitle: \"Nurse\"\n---",
        ),
        front(
            "---\ntitle: A\ntags:\n\t- x\n---",
            "put two spaces in its place",
            "---\ntitle: A\ntags:\n  - x\n---",
        ),
        front(
            "---\ntitle: A\n  draft: false\n---",
            "without the spaces before it: draft: false",
            "---\ntitle: A\ndraft: false\n---",
        ),
        front(
            "---\ntitle = \"A\"\n---",
            "put `+++` above and below it",
            "+++\ntitle = \"A\"\n+++",
        ),
        front(
            "+++\ntitle: A\ndraft: false\n+++",
            "write title = \"A\"",
            "+++\ntitle = \"A\"\ndraft = false\n+++",
        ),
    ]);
}

#[test]
fn tables_and_keys() {
    check(vec![
        role(
            "levels = [\"A\", \"B\"]",
            "write { title = \"A\" }",
            "levels = [{ title = \"A\" }, { title = \"B\" }]",
        ),
        role(
            "[levels]\ntitle = \"A\"",
            "begins with two brackets: [[levels]]",
            "[[levels]]\ntitle = \"A\"",
        ),
        role(
            "[levels]\ntitle = \"A\"\n[levels]\ntitle = \"B\"",
            "write [[levels]] at each of them",
            "[[levels]]\ntitle = \"A\"\n[[levels]]\ntitle = \"B\"",
        ),
        role(
            "[[levels]\ntitle = \"A\"",
            "write [[levels]]",
            "[[levels]]\ntitle = \"A\"",
        ),
        role(
            "[levels]]\ntitle = \"A\"",
            "write [[levels]]",
            "[[levels]]\ntitle = \"A\"",
        ),
        role(
            "[[levels\ntitle = \"A\"",
            "write [[levels]]",
            "[[levels]]\ntitle = \"A\"",
        ),
        role(
            "[figures\ncurrency = \"USD\"",
            "write [figures]",
            "[figures]\ncurrency = \"USD\"",
        ),
        role(
            "[[figures]]\ncurrency = \"USD\"",
            "in single brackets: [figures]",
            "[figures]\ncurrency = \"USD\"",
        ),
        role(
            "related = [\"Porter\"]",
            "write { name = \"Porter\" }",
            "related = [{ name = \"Porter\" }]",
        ),
        role(
            "draft = true\ndraft = true",
            "keep one of the two",
            "draft = true",
        ),
        level(
            "experience = { min-years = 1 }",
            "did you mean `min_years`?",
            "experience = { min_years = 1 }",
        ),
        level(
            "experience = { minYears = 1 }",
            "did you mean `min_years`?",
            "experience = { min_years = 1 }",
        ),
        level(
            "experience = { min = 1 }",
            "did you mean `min_years`?",
            "experience = { min_years = 1 }",
        ),
        record(
            "Title = \"Nurse\"\ncategory = \"work\"",
            "did you mean `title`?",
            "title = \"Nurse\"\ncategory = \"work\"",
        ),
        role(
            "[[tips]]\ntitle = \"T\"\ntext = \"x\"",
            "did you mean `name`?",
            "[[tips]]\nname = \"T\"\ntext = \"x\"",
        ),
        role(
            "[[tips]]\nname = \"T\"\ndescription = \"x\"",
            "did you mean `text`?",
            "[[tips]]\nname = \"T\"\ntext = \"x\"",
        ),
        role(
            "[[faqs]]\nquestion = \"T?\"\ntext = \"x\"",
            "did you mean `answer`?",
            "[[faqs]]\nquestion = \"T?\"\nanswer = \"x\"",
        ),
        role(
            "[[tips]]\nname = \"T\"\ntext = \"x\"\nsummary = \"S\"",
            "move it above the first [header]",
            "summary = \"S\"\n[[tips]]\nname = \"T\"\ntext = \"x\"",
        ),
        role(
            "[[tips]]\nname = \"T\"\ntext = \"x\"\n[extra]\nsummary = \"S\"",
            "above the first [header]",
            "summary = \"S\"\n[[tips]]\nname = \"T\"\ntext = \"x\"\n[extra]",
        ),
        case(
            "site.toml",
            (SITE, "[nav]\ntitle = \"About\"\nto = \"about.md\"", "\n"),
            "[[nav]]",
            "[[nav]]\ntitle = \"About\"\nto = \"about.md\"",
        ),
        case(
            "site.toml",
            (SITE, "[params]\npaginate_by = 5", "\n"),
            "to the top of site.toml",
            "paginate_by = 5",
        ),
    ]);
}

#[test]
fn values_that_are_called_otherwise() {
    check(vec![
        role(
            "workplace = [\"onsite\"]",
            "did you mean `on-site`?",
            "workplace = [\"on-site\"]",
        ),
        role(
            "workplace = \"remote\"",
            "[\"remote\"]",
            "workplace = [\"remote\"]",
        ),
        role(
            "[[education]]\nname = \"x\"\nlevel = \"phd\"",
            "write \"doctorate\"",
            "[[education]]\nname = \"x\"\nlevel = \"doctorate\"",
        ),
        role(
            "[[salary]]\nvalue = 5000\nperiod = \"annual\"",
            "write \"year\"",
            "[[salary]]\nvalue = 5000\nperiod = \"year\"",
        ),
        role(
            "[figures]\narea = \"United States\"",
            "write \"US\"",
            "[figures]\narea = \"US\"",
        ),
        role(
            "[figures]\narea = \"USA\"",
            "did you mean `US`?",
            "[figures]\narea = \"US\"",
        ),
        role(
            "[figures]\narea = \"Bay Area\"",
            "write \"bay\"",
            "[figures]\narea = \"bay\"",
        ),
        role(
            "[figures]\ncurrency = \"dollars\"",
            "did you mean `USD`?",
            "[figures]\ncurrency = \"USD\"",
        ),
        role(
            "[figures]\ncurrency = \"€\"",
            "did you mean `EUR`?",
            "[figures]\ncurrency = \"EUR\"",
        ),
        role(
            "[figures]\nsource = \"Estimate of the editors\"",
            "write \"editors\"",
            "[figures]\nsource = \"editors\"",
        ),
        role(
            "[figures]\nsource = \"estimate-of-the-editors\"",
            "did you mean `editors`?",
            "[figures]\nsource = \"editors\"",
        ),
        level(
            "skills = [\"Structured Query Language\"]",
            "write \"sql\"",
            "skills = [\"sql\"]",
        ),
        level("skills = \"sql\"", "[\"sql\"]", "skills = [\"sql\"]"),
        record(
            "title = \"Nurse\"\ncategory = [\"work\"]",
            "category = \"work\"",
            "title = \"Nurse\"\ncategory = \"work\"",
        ),
        record(
            "title = \"Nurse\"\ncategory = \"Work\"",
            "did you mean `work`?",
            "title = \"Nurse\"\ncategory = \"work\"",
        ),
        role(
            "[[skills]]\nid = \"Wound Care\"\nname = \"Dressing\"",
            "write \"wound-care\"",
            "[[skills]]\nid = \"wound-care\"\nname = \"Dressing\"",
        ),
        role(
            "[[certifications]]\nname = \"x\"\nurl = \"www.x.org\"",
            "write \"https://www.x.org\"",
            "[[certifications]]\nname = \"x\"\nurl = \"https://www.x.org\"",
        ),
        case(
            "site.toml",
            (SITE, "language = \"English\"", "\n"),
            "write \"en\"",
            "language = \"en\"",
        ),
        case(
            "site.toml",
            (SITE, "language = \"en_GB\"", "\n"),
            "write \"en-GB\"",
            "language = \"en-GB\"",
        ),
        case(
            "content/roles/nurse/positions.toml",
            (
                "[[positions]]\ntitle = \"A\"\nemployer = \"B\"\nlocations = [\"C\"]\nposted = 2026-11-01\n",
                "employment_type = \"fulltime\"\ncountry = \"USA\"\n",
                "",
            ),
            "write \"US\"",
            "employment_type = \"full-time\"\ncountry = \"US\"\n",
        ),
        role(
            "[[titles]]\nname = \"???\"",
            "such as `id = \"my-id\"`",
            "[[titles]]\nid = \"my-id\"\nname = \"???\"",
        ),
        role(
            "[[titles]]\nname = \"Con\"",
            "such as `id = \"con-page\"`",
            "[[titles]]\nid = \"con-page\"\nname = \"Con\"",
        ),
        role(
            "[[tips]]\nname = \"A b\"\ntext = \"x\"\n[[tips]]\nname = \"A-b\"\ntext = \"y\"",
            "by \"A b\" and by \"A-b\" | give one of the two rows an id of its own, such as `id = \"a-b-2\"`",
            "[[tips]]\nname = \"A b\"\ntext = \"x\"\n[[tips]]\nid = \"a-b-2\"\nname = \"A-b\"\ntext = \"y\"",
        ),
    ]);
}

#[test]
fn links_that_lead_nowhere_as_they_are() {
    check(vec![
        link(
            "www.bls.gov",
            "write https://www.bls.gov",
            "https://www.bls.gov",
        ),
        link(
            "bls.gov/oes",
            "write https://bls.gov/oes",
            "https://bls.gov/oes",
        ),
        link("htps://bls.gov", "write https://bls.gov", "https://bls.gov"),
        link("http:/bls.gov", "write http://bls.gov", "http://bls.gov"),
        link("me@x.com", "write mailto:me@x.com", "mailto:me@x.com"),
        link("../../static/paper.pdf", "write /paper.pdf", "/paper.pdf"),
        link("/static/paper.pdf", "write /paper.pdf", "/paper.pdf"),
        link("static/papr.pdf", "did you mean /paper.pdf?", "/paper.pdf"),
        link("about", "did you mean /about.md?", "/about.md"),
        link("about.html", "did you mean /about.md?", "/about.md"),
        link("content/about.md", "did you mean /about.md?", "/about.md"),
        link("abuot.md", "did you mean /about.md?", "/about.md"),
        link(
            "start.md",
            "did you mean /guides/start.md?",
            "/guides/start.md",
        ),
        link(
            "guides\\\\start.md",
            "write guides/start.md",
            "guides/start.md",
        ),
        link("/abuot/", "did you mean /about.md?", "/about.md"),
        link(
            "about.md#Our-Team",
            "did you mean `our-team`?",
            "about.md#our-team",
        ),
        link(
            "skills/sqll.md",
            "there is no skill `sqll`; did you mean `sql`?",
            "/about.md",
        ),
        link(
            "skills/sql.md",
            "no level of a role that is published asks for the skill `sql`",
            "/about.md",
        ),
    ]);
}

#[test]
fn slips_in_templates() {
    check(vec![
        template(
            "{{ page.titel }}",
            "did you mean `title`?",
            "{{ page.title }}",
        ),
        template(
            "{{ page.title | uper }}",
            "did you mean `upper`?",
            "{{ page.title | upper }}",
        ),
        template(
            "{% for x in c %}{{ x }}{% endfor %}",
            "{% if c is defined %}",
            "{% if c is defined %}{% for x in c %}{{ x }}{% endfor %}{% endif %}",
        ),
        template(
            "{% for x in page.author %}{{ x.name }}{% endfor %}",
            "did you mean `authors`?",
            "{% for x in page.authors %}{{ x.name }}{% endfor %}",
        ),
    ]);
}
