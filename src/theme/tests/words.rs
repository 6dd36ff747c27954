//! Strings and their languages.

use rust_decimal::Decimal;

use super::{load, load_in};
use crate::data::AsOf;
use crate::locale::DateStyle;

const ENGLISH: &str = "ladder = \"Ladder of {role}\"\nroles = { one = \"{n} role\", other = \"{n} roles\" }\nnext = \"Next\"\n";

#[test]
fn a_key_comes_from_the_nearest_file_of_the_nearest_language() {
    let files = [
        ("i18n/de.toml", "next = \"Weiter\""),
        (
            "themes/m/i18n/de.toml",
            "next = \"Nächste\"\nladder = \"Leiter: {role}\"",
        ),
        (
            "themes/m/i18n/de-AT.toml",
            "roles = { one = \"{n} Beruf\", other = \"{n} Berufe\" }",
        ),
        ("i18n/en.toml", "ladder = \"{role}'s way\""),
    ];
    let site = load_in("de-AT", "/", "m", &files);
    let strings = &site.fine().strings;
    assert_eq!(strings.get("next"), "Weiter");
    assert_eq!(
        strings.fill("ladder", &[("role", "Pflege")]),
        "Leiter: Pflege"
    );
    assert_eq!(strings.plural("roles", 1), "1 Beruf");
    assert_eq!(
        strings.plural("roles", Decimal::from(1200)),
        "1\u{a0}200 Berufe"
    );
    assert_eq!(
        load("m", &files).fine().strings.get("ladder"),
        "{role}'s way"
    );
    assert_eq!(strings.get("nothing"), "nothing");
    assert_eq!(strings.fill("ladder", &[]), "Leiter: {role}");
}

#[test]
fn what_is_not_translated_is_said_once() {
    let site = load_in(
        "fr",
        "/",
        "default",
        &[("i18n/fr.toml", "next = \"Suivant\"")],
    );
    assert_eq!(
        site.reports,
        [
            "site.toml:1:1 warning missing-string: 2 strings are not translated to `fr`: pages use the English ones; add to i18n/fr.toml: ladder, roles"
        ]
    );
    assert_eq!(
        site.theme.as_ref().unwrap().strings.plural("roles", 2),
        "2 roles"
    );
    let none = load_in("pt-BR", "/", "default", &[]);
    assert!(
        none.reports[0].contains("there are no strings in the language `pt-BR`"),
        "{:?}",
        none.reports
    );
    assert!(none.reports[0].contains("save it as i18n/pt.toml"));
    for english in ["en", "en-GB", "EN"] {
        load_in(english, "/", "default", &[]).fine();
    }
}

#[test]
fn a_translation_has_the_placeholders_of_its_original() {
    let files = [(
        "i18n/de.toml",
        "ladder = \"Leiter: {rolle}\"\nroles = \"{n} Berufe\"\nnext = { other = \"Weiter\" }\n",
    )];
    let site = load_in("de", "/", "default", &files);
    assert_eq!(site.reports.len(), 2, "{:?}", site.reports);
    assert!(
        site.reports[0]
            .starts_with("i18n/de.toml:1:10 `\"Leiter: {rolle}\"` bad-value: nothing fills the placeholder `{rolle}` of `ladder`; did you mean `role`?")
    );
    assert!(site.reports[0].ends_with("the English text: themes/default/i18n/en.toml:1"));
    assert!(
        site.reports[1].contains("`next` has plural forms here, and is a plain text in English")
    );
}

#[test]
fn strings_are_texts_or_plural_forms() {
    let text = "Bad = \"x\"\nlist = [1]\nforms = { on = \"a\" }\nlacking = { one = \"a\" }\nnumber = { other = 3 }\nfine = \"x\"\n";
    let site = load("default", &[("i18n/en.toml", text)]);
    let expected = [
        "`Bad` cannot be the key",
        "this must be a text, not a list",
        "`on` is not a plural form",
        "the plural forms of `lacking` lack `other`",
        "not a whole number",
    ];
    assert_eq!(site.reports.len(), expected.len(), "{:#?}", site.reports);
    for (report, expected) in site.reports.iter().zip(expected) {
        assert!(report.contains(expected), "{report}");
    }
    assert_eq!(site.theme.unwrap().strings.get("fine"), "x");
}

#[test]
fn a_language_may_bring_its_dates() {
    let words = "date_months = \"a,b,c,d,e,f,g,h,i,j, k , l\"\ndate_long = \"%-d. %B %Y\"\ndate_month = \"%B %Y\"\n";
    let site = load_in(
        "cs",
        "/",
        "default",
        &[("i18n/cs.toml", &format!("{words}{ENGLISH}"))],
    );
    let locale = site.fine().locale();
    let date = |text| locale.date(AsOf::parse(text).unwrap(), DateStyle::Long);
    assert_eq!(
        [date("2026-11-02"), date("2026-12"), date("2026")],
        ["2. k 2026", "l 2026", "2026"]
    );
    let wrong = load_in(
        "cs",
        "/",
        "default",
        &[(
            "i18n/cs.toml",
            &format!("date_months = \"a,b\"\ndate_long = \"%H\"\n{ENGLISH}"),
        )],
    );
    assert!(
        wrong.reports[0].contains("must be twelve names"),
        "{:?}",
        wrong.reports
    );
    assert!(
        wrong.reports[1].contains("`date_long` is no pattern: `%H`"),
        "{:?}",
        wrong.reports
    );
}

#[test]
fn templates_see_texts_and_forms() {
    let site = load(
        "default",
        &[(
            "templates/a.html",
            "{{ t.next }} {{ t.roles | plural(n=2) }} {{ t.roles.one }}",
        )],
    );
    assert_eq!(site.render("a.html").unwrap(), "Next 2 roles {n} role");
}
