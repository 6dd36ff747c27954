//! Links to what is not published: plain text and a warning, today and after midnight, in a build
//! and in the preview.

use jiff::civil::{Date, date};
use rungs::diag::{Code, Severity};
use rungs::serve::{Editor, Preview};

use crate::harness::{Built, Site};

/// Everything in it has its last day, or its first one, around midnight.
const SITE: &str = r#"
=== site.toml
title = "Test"
base_url = "https://example.com/"
og_images = false
icons = false
[markdown]
raw_html = true
[[nav]]
title = "Clerks"
to = "roles/clerk/index.md"
[[nav]]
title = "More"
[[nav.children]]
title = "Gone"
to = "gone.md"
[[nav.children]]
title = "Home"
to = "_index.md"
[[redirects]]
from = "/moved/"
to = "gone.md"

=== content/authors.toml
[[authors]]
id = "jo"
name = "Jo"
to = "gone.md"

=== content/gone.md
+++
title = "Going"
expires = 2026-11-22
aliases = ["/was-gone/"]
tags = ["Rare"]
+++
Text.

## Part

=== content/come.md
+++
title = "Coming"
date = 2026-11-23
+++
Text.

=== content/links.md
+++
authors = ["jo"]
up_next = ["gone.md", "stays.md"]
+++
- [file](gone.md)
- [place](gone.md#part)
- [address](/gone/)
- [alias](/was-gone/)
- [redirect](/moved/)
- [tag](tags/rare.md)
- [hub](roles/clerk/index.md)
- [folder](roles/clerk)
- [ladder](roles/clerk/ladder.md#junior)
- [guide](roles/clerk/guide.md)
- [download](roles/clerk/form.pdf)
- [data](/roles/clerk/index.json)
- [skill](skills/sums.md)
- [pair](compare/clerk-vs-nurse.md)
- [job](roles/nurse/positions/night.md)
- [jobs](positions.md)
- [stays](stays.md)

![A form](roles/clerk/form.svg)

Clerks earn {{< salary role="clerk" level="junior" >}}, and <a href="/gone/">raw</a> is raw.

{{< figure src="roles/clerk/form.svg" alt="Another form" >}}

{{< levels role="clerk" >}}

=== content/stays.md
Stays.

=== content/roles/clerk/role.toml
title = "Clerk"
category = "work"
expires = 2026-11-22
[figures]
source = "editors"
as_of = "2026"
area = "US"
currency = "USD"
period = "year"
[[levels]]
id = "junior"
title = "Junior Clerk"
skills = ["sums"]
salary = { min = 30_000, max = 40_000 }
[[levels]]
id = "senior"
title = "Senior Clerk"
[[skills]]
id = "sums"
name = "Sums"

=== content/roles/clerk/guide.md
A guide.

=== content/roles/clerk/form.svg
<svg xmlns="http://www.w3.org/2000/svg" width="10" height="20"/>

=== content/roles/clerk/form.pdf
%PDF

=== content/roles/nurse/role.toml
title = "Nurse"
category = "work"
definition = "Works with [clerks](../clerk/index.md) and [others](../../stays.md)."
[[related]]
role = "clerk"
[[specializations]]
name = "Counting Nurse"
role = "clerk"

=== content/roles/nurse/positions.toml
[[positions]]
id = "night"
title = "Night Nurse"
employer = "Clinic"
posted = 2026-11-01
expires = 2026-11-22
locations = ["Bonn"]
country = "DE"
description = "Words."
"#;

const LINKS: [&str; 16] = [
    "file", "place", "address", "alias", "redirect", "tag", "hub", "folder", "ladder", "guide",
    "download", "data", "skill", "pair", "job", "jobs",
];

fn site() -> Site {
    Site::from(SITE)
}

fn on(site: &Site, day: Date) -> Built {
    let mut site = site.clone();
    site.options.build_date = day;
    site.build()
}

/// Which of the texts are links on a page.
fn linked<'t>(built: &Built, page: &str, texts: &[&'t str]) -> Vec<&'t str> {
    let dom = built.dom(page);
    texts
        .iter()
        .copied()
        .filter(|text| dom.all("a").any(|link| link.text == *text))
        .collect()
}

#[test]
fn a_site_that_is_fine_today_builds_after_midnight() {
    let site = site();
    let today = on(&site, date(2026, 11, 22)).clean();
    assert_eq!(linked(&today, "links/index.html", &LINKS), LINKS);
    assert!(today.page("links/index.html").contains("<img ") && today.has("moved/index.html"));

    let tomorrow = on(&site, date(2026, 11, 23));
    assert!(!tomorrow.failed, "{}", tomorrow.said());
    assert!(
        tomorrow
            .reports
            .iter()
            .all(|report| report.code == Code::UnpublishedLink
                && report.severity == Severity::Warning),
        "{}",
        tomorrow.said()
    );
    let page = tomorrow.page("links/index.html");
    assert_eq!(linked(&tomorrow, "links/index.html", &LINKS), [""; 0]);
    assert_eq!(
        linked(&tomorrow, "links/index.html", &["stays", "Home"]),
        ["stays", "Home"]
    );
    for text in LINKS {
        assert!(page.contains(text), "the text of the link stays: {text}");
    }
    assert!(
        !page.contains("form.svg") && page.contains("A form") && page.contains("Another form"),
        "a picture leaves its text"
    );
    assert!(
        page.contains("$30,000"),
        "a figure does not vanish from its sentence"
    );
    let nurse = tomorrow.page("roles/nurse/index.html");
    assert!(
        nurse.contains("Works with clerks and <a href=\"../../stays/\">others</a>."),
        "{nurse}"
    );
    assert_eq!(
        linked(
            &tomorrow,
            "roles/nurse/index.html",
            &["Clerk", "Clerks", "Counting Nurse", "Gone"]
        ),
        [""; 0]
    );
    assert!(!tomorrow.has("moved/index.html") && !tomorrow.has("gone/index.html"));
    // On the day of all jobs and roles that are left there is no page of a skill, a tag or of jobs.
    for (path, bytes) in &tomorrow.files {
        let text = String::from_utf8_lossy(bytes);
        let links = text
            .split("href=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap());
        let lost: Vec<&str> = links
            .filter(|href| {
                href.contains("clerk") || href.contains("skills/sums") || href.contains("night")
            })
            .collect();
        assert!(lost.is_empty(), "{path} {lost:?}");
    }
}

#[test]
fn each_link_is_said_at_its_place() {
    let said = on(&site(), date(2026, 11, 23)).said();
    let at = |place: &str, words: &str| {
        assert!(
            said.lines()
                .any(|line| line.contains(place) && line.contains(words)),
            "{place} {words}\n{said}"
        );
    };
    at(
        "content/links.md:5:3",
        "`gone.md` leads to something that expired on 2026-11-22",
    );
    at(
        "content/links.md:7:3",
        "`/gone/` leads to something that expired on 2026-11-22",
    );
    at(
        "content/links.md:17:3",
        "`skills/sums.md` leads to something that is not published now",
    );
    at(
        "content/links.md:19:3",
        "`roles/nurse/positions/night.md` leads to something that expired on 2026-11-22",
    );
    at("content/links.md:3:", "`gone.md` leads to");
    at(
        "content/links.md:25:",
        "the role `clerk` expired on 2026-11-22",
    );
    at("site.toml:9:", "`roles/clerk/index.md` leads to");
    at("site.toml:14:", "`gone.md`");
    at("site.toml:20:", "`gone.md`");
    at("content/authors.toml:4:", "`gone.md`");
    at("content/roles/nurse/role.toml:3:", "`../clerk/index.md`");
    at(
        "content/roles/nurse/role.toml:5:",
        "the role `clerk` expired on 2026-11-22, so no link is made to it",
    );
    at("content/roles/nurse/role.toml:8:", "the role `clerk`");
    at(
        "content/links.md:1:1 ",
        "the page links to /gone/, which is not published now",
    );
}

#[test]
fn how_strict_that_is_is_the_sites_to_say() {
    let mut site = site();
    site.options.build_date = date(2026, 11, 23);
    let warned = site.build().reports.len();
    site.replace(
        "site.toml",
        "[markdown]",
        "[check]\nunpublished_links = \"deny\"\n[markdown]",
    );
    let denied = site.build();
    assert!(denied.failed);
    assert_eq!(denied.reports.len(), warned, "{}", denied.said());
    assert!(
        denied.reports.iter().all(
            |report| report.code == Code::UnpublishedLink && report.severity == Severity::Error
        ),
        "{}",
        denied.said()
    );
    site.replace("site.toml", "\"deny\"", "\"allow\"");
    let allowed = site.build().clean();
    assert_eq!(linked(&allowed, "links/index.html", &LINKS), [""; 0]);
    site.replace("site.toml", "\"allow\"", "\"warn\"");
    assert_eq!(
        site.build().reports.len(),
        warned,
        "what was allowed is not remembered"
    );
}

#[test]
fn builds_across_midnight_remember_nothing_wrong() {
    let mut site = site();
    site.replace(
        "content/links.md",
        "- [stays]",
        "- [come](come.md)\n- [soon](/come/)\n- [stays]",
    );
    let preview = Preview::new(1, Editor::default());
    for day in [
        date(2026, 11, 22),
        date(2026, 11, 23),
        date(2026, 11, 22),
        date(2026, 11, 24),
        date(2026, 11, 24),
    ] {
        site.options.build_date = day;
        let (clean, warm) = (site.build_once(), site.build_warm());
        assert_eq!(clean.said(), warm.said(), "{day}");
        assert_eq!(clean, warm, "{day}");
        let shown = site.previewed(&preview);
        assert_eq!(
            (&clean.files, &clean.reports),
            (&shown.files, &shown.reports),
            "{day}"
        );
        let has_come = day > date(2026, 11, 22);
        assert_eq!(
            linked(&clean, "links/index.html", &["come", "soon"]).is_empty(),
            !has_come,
            "{day}"
        );
        assert_eq!(clean.has("gone/index.html"), !has_come, "{day}");
    }
}

#[test]
fn drafts_and_days_to_come_are_named_with_what_to_do() {
    let mut site = Site::from(
        "=== content/a.md\n[d](draft.md) [f](future.md) [x](nothing.md)\n=== content/future.md\n+++\ndate = 2026-12-24\n+++\nx\n",
    );
    site.edit("content/draft.md", "+++\ndraft = true\n+++\nx\n");
    let built = site.build();
    let said = built.said();
    assert!(
        said.contains("warning[unpublished-link] content/a.md:1:1 `draft.md` leads to a draft"),
        "{said}"
    );
    assert!(said.contains("warning[unpublished-link] content/a.md:1:15 `future.md` leads to something that appears on 2026-12-24"), "{said}");
    assert!(
        said.contains("error[dangling-link] content/a.md:1:30 `nothing.md` leads nowhere"),
        "{said}"
    );
    (site.options.drafts, site.options.future) = (true, true);
    assert!(!site.build().said().contains("unpublished-link"));
}

#[test]
fn a_place_that_goes_with_its_job_is_a_warning() {
    let mut site = Site::from(
        "=== content/a.md\n[jobs](roles/nurse/ladder.md#positions)\n=== content/roles/nurse/role.toml\ntitle = \"Nurse\"\ncategory = \"work\"\n[[levels]]\ntitle = \"Nurse\"\n[[levels]]\ntitle = \"Senior Nurse\"\n",
    );
    site.edit(
        "content/roles/nurse/positions.toml",
        "[[positions]]\nid = \"night\"\ntitle = \"Night Nurse\"\nemployer = \"Clinic\"\nposted = 2026-11-01\nexpires = 2026-11-22\nlocations = [\"Bonn\"]\ncountry = \"DE\"\ndescription = \"Words.\"\n",
    );
    site.build().clean();
    site.options.build_date = date(2026, 11, 23);
    let built = site.build();
    assert!(
        !built.failed
            && built.said().contains("warning[unpublished-link] content/a.md:1:1 the place `#positions` of the page /roles/nurse/ladder/ is not published now"),
        "{}",
        built.said()
    );
    site.replace("content/a.md", "#positions", "#jobs");
    assert!(site.build().said().contains("error[dangling-anchor]"));
}

#[test]
fn a_draft_is_nobodys_source() {
    let mut site = site();
    site.replace(
        "content/roles/clerk/role.toml",
        "expires = 2026-11-22",
        "draft = true",
    );
    let built = site.build();
    assert!(
        built
            .said()
            .contains("error[unpublished-link] content/links.md:25:24 the role `clerk` is a draft"),
        "{}",
        built.said()
    );
}

#[test]
fn what_belongs_to_a_draft_framework_is_not_published() {
    let mut site = Site::from(
        "=== content/frameworks/f/framework.toml\nname = \"F\"\ndraft = true\n[[levels]]\nname = \"L\"\n=== content/frameworks/f/notes.md\nNotes.\n",
    );
    site.edit("content/frameworks/f/plan.pdf", "%PDF").edit(
        "content/a.md",
        "[notes](frameworks/f/notes.md) [f](frameworks/f/index.md) [plan](frameworks/f/plan.pdf)\n",
    );
    let built = site.build();
    assert!(
        built
            .files
            .keys()
            .all(|path| !path.contains("notes") && !path.contains("plan")),
        "{:?}",
        built.files.keys()
    );
    assert_eq!(built.reports.len(), 3, "{}", built.said());
    assert_eq!(
        linked(&built, "a/index.html", &["notes", "f", "plan"]),
        [""; 0]
    );
    site.options.drafts = true;
    assert_eq!(
        linked(
            &site.build().clean(),
            "a/index.html",
            &["notes", "f", "plan"]
        ),
        ["notes", "f", "plan"]
    );
}
