//! Records with one fact each: whatever a record lacks, no page has a heading, a table, a list or a
//! sentence for it.

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;

use crate::harness::{Built, Dom, Element, Site, files_in};

/// A record that is no more than a name, and levels that are no more than names.
const HEAD: &str = "title = \"Nurse\"\ncategory = \"work\"\n";
const LEVELS: &str =
    "[[levels]]\nid = \"a\"\ntitle = \"Aide\"\n[[levels]]\nid = \"b\"\ntitle = \"Sister\"\n";
const SKILLS: &str = "[[proficiencies]]\nid = \"basic\"\nname = \"Basic\"\n[[proficiencies]]\nid = \"expert\"\nname = \"Expert\"\n\
    [[skills]]\nname = \"SQL\"\n[[skills]]\nname = \"Git\"\n[[skills]]\nname = \"Go\"\n";
const PAY: &str = "currency = \"USD\", period = \"year\"";

/// What one level may say, alone.
const LEVEL: &[&str] = &[
    "stage = \"entry\"",
    "name = \"N1\"",
    "experience = { min_years = 0 }",
    "experience = { min_years = 0, max_years = 2 }",
    "experience = { min_years = 3 }",
    "salary = { value = 50_000, currency = \"USD\", period = \"year\" }",
    "salary = { min = 20, max = 30, currency = \"USD\", period = \"hour\", open_top = true }",
    "salary = { text = \"variable\" }",
    "salary = [{ value = 50_000, currency = \"USD\", period = \"year\" }, { value = 10, percent_of = \"base pay\", basis = \"bonus\" }]",
    "summary = \"Helps.\"",
    "responsibilities = [\"Helps\"]",
    "tasks = [\"Helps\"]",
    "skills = [\"sql\"]",
    "skills = [{ skill = \"sql\", importance = \"optional\" }]",
    "skills = [{ any_of = [\"sql\", \"git\", \"go\"] }]",
    "skills = [{ any_of = [\"sql\", \"git\"], importance = \"optional\", proficiency = \"basic\" }]",
    "skills = [{ skill = \"sql\", proficiency = \"expert\" }]",
    "focus = \"Rest.\"",
    "advance = \"Ask.\"",
    "next = []",
    "scope = \"A ward\"",
    "reach = \"The house\"",
    "track = \"manager\"",
    "track = \"teaching\"",
];

/// What a record may say at its head, alone.
const TOP: &[&str] = &[
    "summary = \"Cares.\"",
    "definition = \"Cares.\"",
    "codes = { isco_08 = \"2221\" }",
    "updated = 2026-11-01",
    "industries = [\"Health\"]",
    "locations = [\"Berlin\"]",
    "workplace = [\"remote\"]",
    "responsibilities = [\"Cares\"]",
    "responsibilities = [\"Cares\", \"Helps\", \"Writes\"]",
];

/// What it may say in tables of its own.
const TABLES: &[&str] = &[
    "[[salary]]\nvalue = 50_000\nstatistic = \"median\"\n{pay}",
    "[[salary]]\nmin = 50_000\nmax = 60_000\n{pay}",
    "[[salary]]\npercentiles = { p90 = 60_000 }\n{pay}",
    "[[salary]]\npercentiles = { p10 = 50_000, p50 = 55_000 }\n{pay}",
    "[[salary]]\nvalue = 50_000\narea = \"austria\"\n{pay}",
    "[[salary]]\ntext = \"variable\"",
    "[[salary]]\nvalue = 10\npercent_of = \"the scale\"",
    "[[salary]]\nvalue = 50_000\nemployment = 3\n{pay}",
    "[[statistics]]\nlabel = \"Nurses\"\nvalue = 3",
    "[outlook]\nbase_year = 2024\ntarget_year = 2034\nchange_percent = 0",
    "[outlook]\nbase_year = 2024\ntarget_year = 2034\nchange_percent = -2\njobs_base = 100",
    "[[titles]]\nname = \"Matron\"",
    "[[titles]]\nname = \"Matron\"\nstage = \"lead\"",
    "[[titles]]\nname = \"Matron\"\nstage = \"lead\"\n[[titles]]\nname = \"Dame\"\nstage = \"lead\"\n[[titles]]\nname = \"Duke\"\nstage = \"vp\"",
    "[[titles]]\nname = \"Matron\"\n[[titles]]\nname = \"Dame\"\n[[titles]]\nname = \"Duke\"",
    "[[titles]]\nname = \"Matron\"\n[[titles]]\nname = \"Dame\"\nparent = \"matron\"\n[[titles]]\nname = \"Duke\"\nfeatured = true",
    "[[specializations]]\nname = \"Care\"",
    "[[related]]\nname = \"Doctor\"",
    "[[related]]\nrole = \"other\"",
    "[[education]]\nname = \"School\"",
    "[[education]]\nname = \"Degree\"\nshare = 12",
    "[[education]]\nname = \"Degree\"\nlevel = \"bachelor\"",
    "[[certifications]]\nname = \"Paper\"",
    "[[requirements]]\nname = \"Licence\"",
    "[[requirements]]\nname = \"Licence\"\nkind = \"licence\"\ncompulsory = true",
    "[[routes]]\nkind = \"university\"",
    "[[routes]]\nkind = \"work\"\nname = \"From care\"\nduration = \"a year\"",
    "[conditions]\nhours = \"40\"",
    "[conditions]\nplace = \"At home.\"",
    "[[requires]]\nskill = \"sql\"",
    "[[requires]]\nskill = \"sql\"\nimportance = { value = 4, max = 5 }",
    "[[requires]]\nskill = \"sql\"\nimportance = \"optional\"",
    "[[technologies]]\nname = \"Till\"",
    "[[technologies]]\nname = \"Till\"\ncategory = \"Devices\"\nhot = true",
    "[preparation]\nzone = 3",
    "[preparation]\ntraining = \"A year.\"",
    "[[interests]]\nname = \"Social\"",
    "[[interests]]\nname = \"Social\"\nvalue = 5\nmax = 7",
    "[[tips]]\nname = \"Ask\"\ntext = \"Do.\"",
    "[[faqs]]\nquestion = \"Why?\"\nanswer = \"So.\"",
    "[[faqs]]\nquestion = \"Why?\"\nanswer = \"So.\"\nhidden = true",
    "[[testimonials]]\nquote = \"Good.\"\nname = \"Ann\"\nconsent = true",
    "[[competencies]]\nname = \"Impact\"",
    "[sections.levels]\nheading = \"Rungs\"",
    "[sections.skills]\nhidden = true",
];

/// Ladders of which something is known.
const LADDERS: &[&str] = &[
    "[[levels]]\ntitle = \"Only\"",
    "[[levels]]\nid = \"a\"\ntitle = \"Aide\"\n[[levels]]\nid = \"b\"\ntitle = \"Sister\"\n[[competencies]]\nname = \"Impact\"\n[competencies.criteria]\nb = [\"Two\"]",
    "[[levels]]\nid = \"a\"\ntitle = \"Aide\"\nskills = [\"sql\"]\n[[levels]]\nid = \"b\"\ntitle = \"Sister\"\ndrops = [\"sql\"]",
    "[[levels]]\nid = \"a\"\ntitle = \"Aide\"\nskills = [\"sql\"]\n[[levels]]\nid = \"b\"\ntitle = \"Sister\"\nskills = [{ skill = \"sql\", proficiency = \"expert\" }]",
    "[[levels]]\nid = \"a\"\ntitle = \"Aide\"\nskills = [{ skill = \"sql\", importance = \"optional\" }]\n[[levels]]\nid = \"b\"\ntitle = \"Sister\"\nskills = [{ skill = \"sql\", importance = \"essential\" }]",
    "[[levels]]\nid = \"a\"\ntitle = \"Aide\"\nnext = [\"b\", \"c\"]\n[[levels]]\nid = \"b\"\ntitle = \"Sister\"\n[[levels]]\nid = \"c\"\ntitle = \"Matron\"\ntrack = \"manager\"",
    "[[levels]]\nid = \"a\"\ntitle = \"Aide\"\ntrack = \"x\"\nscope = \"S\"\n[[levels]]\nid = \"b\"\ntitle = \"Sister\"\ntrack = \"y\"",
];

/// Levels with skills.
const SKILLED: &str = "[[levels]]\nid = \"a\"\ntitle = \"Aide\"\nskills = [\"sql\"]\n[[levels]]\nid = \"b\"\ntitle = \"Sister\"\nskills = [\"git\"]\ntasks = [\"Helps\"]\n";

/// Other files, each beside a record that is no more than a name.
const FILES: &[(&str, &str)] = &[
    (
        "content/roles/nurse/positions.toml",
        "[[positions]]\ntitle = \"Ward\"\nemployer = \"Clinic\"\nposted = 2026-11-01\n",
    ),
    (
        "content/roles/nurse/positions.toml",
        "[[positions]]\ntitle = \"Ward\"\nemployer = \"Clinic\"\nposted = 2026-11-01\ndescription = \"Come.\"\n",
    ),
    (
        "content/frameworks/house/framework.toml",
        "name = \"House\"\n[[levels]]\nid = \"l1\"\nname = \"L1\"\n[[levels]]\nid = \"l2\"\nname = \"L2\"\n",
    ),
    (
        "content/frameworks/house/framework.toml",
        "name = \"House\"\n[[levels]]\nid = \"l1\"\nname = \"L1\"\nscope = \"S\"\n[[competencies]]\nname = \"Impact\"\n",
    ),
    (
        "content/articles/_index.md",
        "+++\ntitle = \"Articles\"\n+++\n",
    ),
    ("content/articles/one.md", "# One\n\nText.\n"),
    (
        "content/articles/one.md",
        "+++\ntitle = \"One\"\ntags = [\"t\"]\ndate = 2026-11-01\n+++\n",
    ),
    ("content/roles/nurse/guide.md", "# Guide\n\nText.\n"),
    (
        "content/roles/nurse/ladder.md",
        "+++\ngenerated = false\n+++\nText.\n",
    ),
    ("content/skills/_index.md", "Text.\n"),
];

/// Every kind of page, whether it has something to say or not.
const ALL_PAGES: &str = "[pages]\nwhat-is = true\nladder = true\nwhere-am-i = true\njob-titles = true\njob-description = true\nsalary = true\nfaq = true\npositions = true\n";

fn record(top: &str, tables: &str) -> Site {
    let mut site = Site::from("");
    site.edit("content/skills.toml", SKILLS).edit(
        "content/areas.toml",
        "[[areas]]\nid = \"austria\"\nname = \"Austria\"\n",
    );
    let declared = ["teaching", "x", "y"]
        .into_iter()
        .filter(|id| tables.contains(&format!("track = \"{id}\"")))
        .map(|id| format!("[[tracks]]\nid = \"{id}\"\nname = \"Track {id}\"\n"));
    let tracks: String = declared.collect();
    site.edit(
        "content/roles/nurse/role.toml",
        format!("{top}\n{HEAD}{tables}\n{tracks}").replace("{pay}", &PAY.replace(", ", "\n")),
    );
    if tables.contains("\"other\"") {
        site.edit(
            "content/roles/other/role.toml",
            "title = \"Other\"\ncategory = \"work\"\n",
        );
    }
    site
}

/// All minimal sites, with what each is about.
fn sites() -> Vec<(String, Site)> {
    let mut sites = vec![
        ("nothing".to_owned(), record("", "")),
        ("bare levels".to_owned(), record("", LEVELS)),
        ("no role".to_owned(), Site::from("")),
    ];
    sites.extend(TOP.iter().map(|top| ((*top).to_owned(), record(top, ""))));
    for tables in TABLES {
        sites.push(((*tables).to_owned(), record("", tables)));
        sites.push((
            format!("bare levels, {tables}"),
            record("", &format!("{LEVELS}{tables}")),
        ));
    }
    for level in LEVEL {
        sites.push((
            format!("first level: {level}"),
            record(
                "",
                &LEVELS.replacen("Aide\"", &format!("Aide\"\n{level}"), 1),
            ),
        ));
        sites.push((
            format!("last level: {level}"),
            record(
                "",
                &LEVELS.replacen("Sister\"", &format!("Sister\"\n{level}"), 1),
            ),
        ));
    }
    sites.extend(
        LADDERS
            .iter()
            .map(|ladder| ((*ladder).to_owned(), record("", ladder))),
    );
    for (path, text) in FILES {
        let mut site = record("", "");
        site.edit(path, text);
        sites.push((format!("{path}: {text}"), site));
    }
    for (kind, table) in [
        ("category", ""),
        ("skill", SKILLED),
        ("skills", SKILLED),
        ("roles", ""),
        ("sources", TABLES[0]),
        ("search", ""),
        ("compare", SKILLED),
        ("tags", ""),
    ] {
        let mut site = record("", table);
        site.edit("site.toml", format!("title = \"Test\"\nbase_url = \"https://example.com/\"\nog_images = false\nicons = false\n[pages]\n{kind} = false\n"));
        sites.push((format!("no {kind}"), site));
    }
    for kind in ["ladder", "salary", "job-titles", "faq", "where-am-i"] {
        sites.push((
            format!("no {kind}"),
            record(
                "",
                &format!(
                    "[pages]\n{kind} = false\n{SKILLED}{}\n{}",
                    TABLES[0], TABLES[8]
                ),
            ),
        ));
    }
    let forced = |tables: &&str| {
        (
            format!("all pages, {tables}"),
            record("", &format!("{ALL_PAGES}{LEVELS}{tables}")),
        )
    };
    sites.extend(["", TABLES[0], TABLES[8]].iter().map(forced));
    sites
}

/// Builds a site, in a language and with a theme, and looks at every page of it.
fn look(name: &str, site: &Site) -> Vec<String> {
    let built = site.build_once();
    assert!(!built.failed, "{name}: {}", built.said());
    let mut diagnostics = faults_of_texts(&built);
    for path in built.files.keys().filter(|path| path.ends_with(".html")) {
        diagnostics.extend(
            faults_of(&built.dom(path))
                .into_iter()
                .map(|fault| format!("{path}: {fault}")),
        );
    }
    diagnostics
        .into_iter()
        .map(|fault| format!("{name}\n    {fault}"))
        .collect()
}

#[track_caller]
fn none(diagnostics: Vec<String>) {
    assert!(
        diagnostics.is_empty(),
        "{} diagnostics:\n{}",
        diagnostics.len(),
        diagnostics.join("\n")
    );
}

#[test]
fn a_record_with_one_fact_makes_no_hole() {
    none(
        sites()
            .par_iter()
            .flat_map(|(name, site)| look(name, site))
            .collect(),
    );
}

#[test]
fn nor_does_it_in_german() {
    let german = |(name, mut site): (String, Site)| {
        site.replace(
            "site.toml",
            "title = \"Test\"",
            "title = \"Test\"\nlanguage = \"de\"",
        );
        look(&name, &site)
    };
    none(
        sites()
            .into_par_iter()
            .step_by(5)
            .flat_map(german)
            .collect(),
    );
}

#[test]
fn nor_does_it_with_the_plain_theme() {
    let theme = files_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/plain"));
    let plain = |(name, mut site): (String, Site)| {
        site.replace(
            "site.toml",
            "title = \"Test\"",
            "title = \"Test\"\ntheme = \"plain\"",
        );
        site.files.extend(
            theme
                .iter()
                .map(|(path, bytes)| (format!("themes/plain/{path}"), bytes.clone())),
        );
        look(&name, &site)
    };
    none(sites().into_par_iter().step_by(7).flat_map(plain).collect());
}

#[test]
fn the_demo_has_none() {
    none(look("the demo", &Site::demo()));
}

/// A page's holes.
fn faults_of(dom: &Dom) -> Vec<String> {
    let mut diagnostics: Vec<String> = dom
        .0
        .iter()
        .enumerate()
        .filter_map(|(at, element)| fault_of(dom, at, element))
        .collect();
    let ids: Vec<&str> = dom.0.iter().map(|element| element.attr("id")).collect();
    let lost = dom
        .all("a")
        .map(|link| link.attr("href"))
        .filter(|href| href.len() > 1 && href.starts_with('#') && !ids.contains(&&href[1..]));
    diagnostics.extend(lost.map(|href| format!("{href} is nowhere")));
    let described = dom.all("meta").filter(|meta| {
        matches!(meta.attr("name"), "description") || meta.attr("property") == "og:description"
    });
    let texts = described
        .map(|meta| meta.attr("content"))
        .chain(dom.all("title").map(|title| title.text.as_str()));
    diagnostics.extend(
        texts.filter_map(|text| hole(text).map(|hole| format!("{hole:?} in the head: {text:?}"))),
    );
    diagnostics
}

const NEVER_EMPTY: &[&str] = &[
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "p",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "li",
    "table",
    "tbody",
    "thead",
    "caption",
    "summary",
    "section",
    "nav",
    "aside",
    "header",
    "blockquote",
    "figure",
    "figcaption",
    "a",
    "footer",
    "title",
];

fn fault_of(dom: &Dom, at: usize, element: &Element) -> Option<String> {
    let name = element.name.as_str();
    let is_shown = |element: &Element| {
        matches!(
            element.name.as_str(),
            "img" | "svg" | "input" | "button" | "select"
        )
    };
    let is_filled_by_script = element.attr("role") == "status" || hidden(dom, at);
    let inside = || dom.inside(element);
    if is_filled_by_script {
        return None;
    }
    for attribute in ["aria-label", "title", "content", "href"]
        .iter()
        .filter(|name| element.attributes.contains_key(**name))
    {
        if element.attr(attribute).trim().is_empty() {
            return Some(format!("<{name}> has an empty {attribute}"));
        }
    }
    if NEVER_EMPTY.contains(&name) && element.text.is_empty() && !inside().any(is_shown) {
        return Some(format!(
            "<{name} class={:?}> is empty",
            element.attr("class")
        ));
    }
    if matches!(
        name,
        "p" | "li"
            | "td"
            | "th"
            | "dd"
            | "dt"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "caption"
            | "figcaption"
            | "a"
    ) && !inside().any(|inner| matches!(inner.name.as_str(), "p" | "li" | "ul" | "dl"))
        && let Some(hole) = hole(&element.text)
    {
        return Some(format!("{hole:?} in <{name}>: {:?}", element.text));
    }
    if is_heading(element) {
        return says_nothing(dom, at, element);
    }
    if name == "section"
        && inside()
            .find(|inner| is_heading(inner))
            .is_some_and(|heading| heading.text == element.text)
        && !inside().any(is_shown)
    {
        return Some(format!(
            "a section has nothing but its heading: {:?}",
            element.text
        ));
    }
    if name == "table" {
        empty_columns(dom, element)
    } else {
        None
    }
}

fn is_heading(element: &Element) -> bool {
    matches!(element.name.as_bytes(), [b'h', b'1'..=b'6'])
}

/// A heading that no text follows before the next of its depth; the title of a page may stand
/// alone.
fn says_nothing(dom: &Dom, at: usize, heading: &Element) -> Option<String> {
    let in_main = dom.0[..at].iter().any(|element| element.name == "main");
    let following = dom.0[at + 1..].iter().take_while(|element| {
        element.name != "footer" && !(is_heading(element) && element.name <= heading.name)
    });
    let within = dom.inside(heading).count();
    let says = following
        .skip(within)
        .any(|element| !is_heading(element) && !element.text.is_empty());
    (in_main && heading.name != "h1" && !says && !inside_card(dom, at))
        .then(|| format!("nothing follows the heading {:?}", heading.text))
}

/// Whether an element stands in a card or a list of links, whose headings are links themselves.
fn inside_card(dom: &Dom, at: usize) -> bool {
    ancestors(dom, at).any(|outer| {
        outer
            .attr("class")
            .split(' ')
            .any(|class| matches!(class, "card" | "entry"))
            || outer.name == "li"
    })
}

fn ancestors(dom: &Dom, at: usize) -> impl Iterator<Item = &Element> {
    let mut depth = dom.0[at].depth;
    dom.0[..at].iter().rev().filter(move |element| {
        let is_outer = element.depth < depth;
        depth = if is_outer { element.depth } else { depth };
        is_outer
    })
}

fn hidden(dom: &Dom, at: usize) -> bool {
    ancestors(dom, at)
        .chain([&dom.0[at]])
        .any(|outer| outer.attributes.contains_key("hidden") || outer.name == "template")
}

/// A column of a table in which no row says anything.
fn empty_columns(dom: &Dom, table: &Element) -> Option<String> {
    let mut columns: BTreeMap<usize, bool> = BTreeMap::new();
    let mut rows = 0;
    let mut is_body = false;
    let mut column = 0;
    // That a figure has no source is worth a column.
    let heads = dom
        .inside(table)
        .filter(|inner| inner.name == "th" && inner.attr("scope") == "col");
    let sources: Vec<usize> = heads
        .enumerate()
        .filter(|(_, head)| matches!(head.text.as_str(), "Source" | "Quelle"))
        .map(|(at, _)| at)
        .collect();
    for element in dom.inside(table) {
        match element.name.as_str() {
            "thead" => is_body = false,
            "tbody" => is_body = true,
            "tr" => {
                column = 0;
                rows += usize::from(is_body);
            }
            "td" | "th" if is_body && element.attr("colspan").is_empty() => {
                let says = !matches!(
                    element.text.as_str(),
                    "" | "–" | "Nothing new" | "Nichts Neues"
                );
                *columns.entry(column).or_default() |= says;
                column += 1;
            }
            _ => {}
        }
    }
    let empty: Vec<usize> = columns
        .into_iter()
        .filter(|(column, says)| !says && !sources.contains(column))
        .map(|(column, _)| column)
        .collect();
    // Side by side are two levels or roles, and tables of levels have a column each: one of them
    // may have nothing.
    let by_level = table
        .attr("class")
        .split(' ')
        .any(|class| matches!(class, "compare" | "matrix"))
        || dom
            .inside(table)
            .any(|inner| inner.name == "thead" && dom.inside(inner).any(|head| head.name == "td"));
    (rows == 0 || !by_level && !empty.is_empty()).then(|| {
        format!(
            "a table has {rows} rows and the empty columns {empty:?}: {:?}",
            table.text
        )
    })
}

/// A sign that a sentence lacks something.
fn hole(text: &str) -> Option<&'static str> {
    const SIGNS: &[&str] = &[
        " . ", " ,", " ;", " :", "()", "( ", " )", "..", ",,", ",.", ":.", ": .", ";.", ": ,", "  ",
    ];
    let at_the_end = [" .", ",", ";", " and", " und", " or", " –"]
        .into_iter()
        .find(|end| text.ends_with(end));
    let at_the_start = [",", ".", ";", ":"]
        .into_iter()
        .find(|start| text.starts_with(start));
    let place = text.contains('{').then_some("{");
    SIGNS
        .iter()
        .copied()
        .find(|sign| text.contains(sign))
        .or(at_the_end)
        .or(at_the_start)
        .or(place)
}

/// The same for what programs read.
fn faults_of_texts(built: &Built) -> Vec<String> {
    let lines = built.page("llms.txt").lines().filter_map(|line| {
        hole(line.trim_start_matches("- ")).map(|hole| format!("llms.txt: {hole:?} in {line:?}"))
    });
    let json = built
        .files
        .keys()
        .filter(|path| path.starts_with("search/pages-"));
    let rows =
        json.flat_map(|path| serde_json::from_str::<Vec<[String; 4]>>(built.page(path)).unwrap());
    lines
        .chain(
            rows.filter_map(|row| hole(&row[2]).map(|hole| format!("search: {hole:?} in {row:?}"))),
        )
        .collect()
}
