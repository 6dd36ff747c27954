//! The configuration as sites in memory: files come in as a block of text, a `Config` and its
//! diagnostics go out.

use crate::config::{Config, List, country, read};
use crate::data::Id;
use crate::diag::{Diagnostics, locate};
use crate::inputs::Inputs;
use crate::pages::KINDS;
use crate::path::SourcePath;

/// Files from a text with a line `=== path` before each.
pub(crate) fn inputs(block: &str) -> Inputs {
    let block = format!("\n{}", block.trim_start());
    let files = block
        .split("\n=== ")
        .skip(1)
        .map(|file| file.split_once('\n').unwrap_or((file, "")));
    Inputs::in_memory(
        files
            .map(|(path, text)| {
                (
                    SourcePath::new(path).unwrap(),
                    format!("{text}\n").into_bytes().into(),
                )
            })
            .collect(),
    )
}

/// What was said, a line each: `error[unknown-id] site.toml:3:8 there is no area ...`.
pub(crate) fn said(inputs: &Inputs, diagnostics: Diagnostics) -> Vec<String> {
    let reports = locate(diagnostics.into_sorted(), |path| inputs.source(path).ok()).into_iter();
    let line = |report: crate::diag::Report| {
        let place = report
            .place
            .map(|place| {
                format!(
                    "{}:{}:{} ",
                    place.path, place.position.line, place.position.column
                )
            })
            .unwrap_or_default();
        format!(
            "{}[{}] {place}{}",
            report.severity,
            report.code.name(),
            report.message
        )
    };
    reports.map(line).collect()
}

/// Reads the files over a site.toml that begins with a title and an address, on its first two
/// lines.
fn config(block: &str) -> (Option<Config>, Vec<String>) {
    let inputs = inputs(&format!(
        "=== site.toml\ntitle = \"Test\"\nbase_url = \"https://example.com/\"\n{block}"
    ));
    let mut diagnostics = Diagnostics::default();
    let config = read(&inputs, &KINDS, None, &mut diagnostics);
    (config, said(&inputs, diagnostics))
}

#[track_caller]
fn says(block: &str, wanted: &[&str]) {
    assert_eq!(config(block).1, wanted);
}

#[test]
fn a_site_needs_no_more_than_a_title_and_an_address() {
    let (config, said) = config("");
    let config = config.unwrap();
    assert_eq!(
        (
            config.origin.as_str(),
            config.base_path.as_str(),
            config.stale_after_months
        ),
        ("https://example.com", "/", 24)
    );
    assert_eq!(said, [""; 0]);
}

#[test]
fn another_address_replaces_the_sites_own() {
    let inputs = inputs("=== site.toml\ntitle = \"Test\"\nbase_url = \"https://example.com/\"");
    let mut diagnostics = Diagnostics::default();
    assert_eq!(
        read(
            &inputs,
            &KINDS,
            Some("http://127.0.0.1:1111/sub"),
            &mut diagnostics
        )
        .unwrap()
        .base_path,
        "/sub/"
    );
    assert!(read(&inputs, &KINDS, Some("localhost"), &mut diagnostics).is_none());
    assert_eq!(
        said(&inputs, diagnostics),
        [
            "error[bad-url] `localhost` cannot be the address of a site: it does not start with https:// or http://"
        ]
    );
}

#[test]
fn language_and_age_are_what_they_say() {
    says(
        "language = \"english\"",
        &["error[bad-value] site.toml:3:12 `english` is no language tag"],
    );
    says("language = \"zh-Hant-TW\"", &[]);
    says("[check]\nstale_after = \"2 years\"", &[]);
    assert_eq!(
        config("[check]\nstale_after = \"2 years\"")
            .0
            .unwrap()
            .stale_after_months,
        24
    );
    for bad in [
        "24",
        "months",
        "0 months",
        "24 monthss",
        "-1 years",
        "9999 years",
    ] {
        says(
            &format!("[check]\nstale_after = \"{bad}\""),
            &[&format!(
                "error[bad-value] site.toml:4:15 `{bad}` is no age"
            )],
        );
    }
}

#[test]
fn a_menu_entry_leads_to_one_place() {
    let block = "
[[nav]]
title = \"Nowhere\"
[[nav]]
title = \"Two\"
to = \"a.md\"
url = \"https://example.com/\"
[[nav]]
title = \"More\"
[[nav.children]]
title = \"Lost\"
[[nav]]
title = \"Right\"
to = \"a.md\"";
    let wanted = [
        "error[missing-key] site.toml:5:9 the menu entry \"Nowhere\" leads nowhere",
        "error[bad-value] site.toml:8:6 a menu entry has either `to` or `url`, not both",
        "error[missing-key] site.toml:13:9 the menu entry \"Lost\" leads nowhere",
    ];
    says(block, &wanted);
}

#[test]
fn permalinks_can_be_filled_in_and_tell_pages_apart() {
    says(
        "[permalinks]\nrole = \"/{category}/{slug}/\"\nladder = \"/{category}/{slug}/{kind}/\"\nroles = \"/careers/\"",
        &[],
    );
    for (line, place, why) in [
        (
            "hub = \"/{slgu}/\"",
            "4:7",
            "`{slgu}` stands for nothing in the permalink of `hub`",
        ),
        ("hub = \"/{slug\"", "4:7", "`{slug` has no `}`"),
        (
            "skill = \"/{category}/{slug}/\"",
            "4:9",
            "`{category}` stands for nothing in the permalink of `skill`",
        ),
        (
            "hub = \"roles/{slug}/\"",
            "4:7",
            "a permalink starts at the root of the site, with `/`",
        ),
        (
            "hub = \"/jobs/\"",
            "4:7",
            "every page of the kind `hub` would get the same address",
        ),
        (
            "hub = \"/a\\\\b/{slug}/\"",
            "4:7",
            "`/a\\\\b/{slug}/` cannot be a permalink: the character '\\\\' cannot stand in a file name on every system",
        ),
    ] {
        says(
            &format!("[permalinks]\n{line}"),
            &[&format!("error[bad-permalink] site.toml:{place} {why}")],
        );
    }
    says(
        "[permalinks]\nhubb = \"/{slug}/\"",
        &["error[unknown-key] site.toml:4:1 `hubb` is no kind of page"],
    );
    says(
        "[permalinks]\nrole = \"/{slug}/\"\nhub = \"/{slug}/\"",
        &["error[bad-value] site.toml:5:1 `hub` and `role` are the same permalink"],
    );
}

#[test]
fn kinds_sorts_and_conditions_exist() {
    let block = "
[pages]
laddder = true
[[calls_to_action]]
id = \"join\"
text = \"Join\"
url = \"https://example.com/\"
pages = [\"hubb\"]
[lists.newest]
for = [\"hoem\"]
of = \"article\"
sort = \"-dat\"
where = { categori = \"a\", category = \"@page.catgory\", tag = \"@home\" }
[lists.right]
for = [\"home\"]
of = \"role\"
sort = \"-salary\"
where = { category = \"@page.category\" }";
    let wanted = [
        "error[unknown-key] site.toml:5:1 `laddder` is no kind of page",
        "error[bad-value] site.toml:10:10 `hubb` is no kind of page",
        "error[bad-value] site.toml:12:8 `hoem` is no kind of page",
        "error[bad-value] site.toml:14:8 lists cannot be sorted by `-dat`",
        "error[bad-value] site.toml:15:11 a list cannot ask about `categori`",
        "error[bad-value] site.toml:15:38 a list cannot ask about `catgory`",
        "error[bad-value] site.toml:15:61 a list cannot ask about `@home`",
    ];
    says(block, &wanted);
}

#[test]
fn ids_are_unique_in_their_list_and_only_there() {
    let block = "
[[tracks]]
id = \"join\"
name = \"Join\"
[[tracks]]
id = \"join\"
name = \"Join\"
[[calls_to_action]]
id = \"join\"
text = \"Join\"
url = \"https://example.com/\"
=== content/skills.toml
[[proficiencies]]
id = \"high\"
name = \"High\"
[[proficiencies]]
id = \"high\"
name = \"High\"
[[skills]]
name = \"C++\"
[[skills]]
id = \"c-plus-plus\"
name = \"C plus plus\"
=== content/categories.toml
[[categories]]
title = \"Data\"
[[categories]]
title = \"DATA\"";
    let wanted = [
        "error[duplicate-id] content/categories.toml:3:1 the id `data` is used twice: by \"Data\" and by \"DATA\"",
        "error[duplicate-id] content/skills.toml:5:6 the id `high` is used twice",
        "error[duplicate-id] content/skills.toml:9:1 the id `c-plus-plus` is used twice: by \"C++\" and by a row that says so",
        "error[duplicate-id] site.toml:8:6 the id `join` is used twice",
    ];
    says(block, &wanted);
}

#[test]
fn a_name_without_a_letter_needs_an_id() {
    says(
        "=== content/skills.toml\n[[skills]]\nname = \"!\"",
        &[
            "error[missing-key] content/skills.toml:2:8 no id can be made of \"!\": it has no letters or digits",
        ],
    );
}

#[test]
fn areas_lie_in_larger_ones() {
    let block = "
=== content/areas.toml
[[areas]]
id = \"ca\"
name = \"California\"
parent = \"US\"
code = \"US-CA\"
[[areas]]
id = \"sf\"
name = \"San Francisco\"
parent = \"bay\"
[[areas]]
id = \"bay\"
name = \"Bay Area\"
parent = \"sf\"
[[areas]]
id = \"self\"
name = \"Self\"
parent = \"self\"
[[areas]]
id = \"inside\"
name = \"In a circle\"
parent = \"sf\"
[[areas]]
id = \"x\"
name = \"X\"
parent = \"atlantis\"
code = \"USA\"";
    let wanted = [
        "error[cycle] content/areas.toml:13:10 the area `bay` lies in itself: its parents come back to it",
        "error[cycle] content/areas.toml:17:10 the area `self` lies in itself: its parents come back to it",
        "error[unknown-id] content/areas.toml:25:10 there is no area `atlantis`",
        "error[bad-value] content/areas.toml:26:8 `USA` is no ISO 3166 code",
    ];
    says(block, &wanted);
}

#[test]
fn a_list_that_lost_rows_is_not_said_to_lack_them() {
    let whole = config("=== content/skills.toml\n[[skills]]\nname = \"SQL\"")
        .0
        .unwrap();
    assert!(whole.incomplete.is_empty());
    let lost = config("=== content/skills.toml\n[[skills]]\nname = 1\n[[skills]]\nname = \"SQL\"")
        .0
        .unwrap();
    assert_eq!((lost.incomplete.len(), lost.skills.len()), (1, 1));
    assert!(lost.incomplete.contains(&List::Skills));
    let unreadable = config("=== content/skills.toml\n[[skills]").0.unwrap();
    assert!(
        unreadable.incomplete.contains(&List::Skills)
            && unreadable.incomplete.contains(&List::Proficiencies)
    );
}

#[test]
fn countries_have_names() {
    assert_eq!(
        (country("US"), country("DE"), country("XX"), country("us")),
        (Some("United States"), Some("Germany"), None, None)
    );
    let letters = || b'A'..=b'Z';
    let codes: Vec<String> = letters()
        .flat_map(|a| letters().map(move |b| format!("{}{}", char::from(a), char::from(b))))
        .collect();
    // As many as ISO 3166-1 assigns; a table out of order would lose some.
    assert_eq!(
        codes.iter().filter(|code| country(code).is_some()).count(),
        249
    );
    assert_eq!(
        config("").0.unwrap().area_name(&Id::new("FR").unwrap()),
        "France"
    );
}

#[test]
fn figures_of_the_site_name_their_source() {
    let (config, _) = config("[figures]\narea = \"UX\"\nas_of = \"2026\"");
    let inputs = inputs("=== site.toml\n");
    let mut diagnostics = Diagnostics::default();
    config
        .unwrap()
        .check_figures(&SourcePath::new("site.toml").unwrap(), &mut diagnostics);
    let messages: Vec<String> = said(&inputs, diagnostics)
        .iter()
        .map(|line| {
            line.rsplit_once(":1 ")
                .map_or(line.clone(), |(_, text)| text.to_owned())
        })
        .collect();
    assert_eq!(
        messages,
        [
            "there is no area `UX`",
            "`as_of` stands here without the `source` that it goes with"
        ]
    );
}
