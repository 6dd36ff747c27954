//! Words: every language of the default theme says what English says, no key is asked for in vain
//! or by nobody, and a site in another language has no English word left.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rungs::kind::{Kind, Scope};
use rungs::locale::{Category, Locale};
use rungs::pages;
use serde_json::Value;

use crate::harness::{Built, Dom, Element, Site, files_in};

/// A string: its forms by name; a text without forms is `other`.
struct Phrase {
    forms: BTreeMap<String, String>,
    is_plural: bool,
}

/// The strings of the default theme in a language.
fn strings(language: &str) -> BTreeMap<String, Phrase> {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("themes/default/i18n/{language}.toml"));
    let table: toml::Table = std::fs::read_to_string(path).unwrap().parse().unwrap();
    let phrase = |value: toml::Value| match value {
        toml::Value::Table(forms) => Phrase {
            forms: forms
                .into_iter()
                .map(|(form, text)| (form, text.as_str().unwrap().to_owned()))
                .collect(),
            is_plural: true,
        },
        text => Phrase {
            forms: BTreeMap::from([("other".to_owned(), text.as_str().unwrap().to_owned())]),
            is_plural: false,
        },
    };
    table
        .into_iter()
        .map(|(key, value)| (key, phrase(value)))
        .collect()
}

/// The languages of the default theme.
fn languages() -> Vec<String> {
    let files = files_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/i18n"));
    files
        .keys()
        .filter_map(|path| Some(path.strip_suffix(".toml")?.to_owned()))
        .collect()
}

fn placeholders(phrase: &Phrase) -> BTreeSet<&str> {
    let of = |text: &'_ String| -> Vec<(usize, usize)> {
        text.match_indices('{')
            .filter_map(|(at, _)| Some((at + 1, at + text[at..].find('}')?)))
            .collect()
    };
    phrase
        .forms
        .values()
        .flat_map(|text| of(text).into_iter().map(|(from, to)| &text[from..to]))
        .collect()
}

/// The plural forms that whole numbers take in a language.
fn forms(language: &str) -> BTreeSet<&'static str> {
    let locale = Locale::new(language);
    (0..200)
        .chain([1_000, 1_000_000])
        .map(|count: i32| locale.plural(count.into()))
        .chain([Category::Other])
        .map(Category::as_str)
        .collect()
}

#[test]
fn every_language_says_what_english_says() {
    let english = strings("en");
    assert!(languages().contains(&"de".to_owned()) && english.len() > 300);
    for language in languages() {
        let own = strings(&language);
        // Names of countries are brought by other languages than English only.
        let keys = |strings: &BTreeMap<String, Phrase>| {
            strings
                .keys()
                .filter(|key| !key.starts_with("country_"))
                .cloned()
                .collect::<Vec<_>>()
        };
        assert_eq!(keys(&own), keys(&english), "the keys of {language}");
        for (key, phrase) in own.iter().filter(|(key, _)| english.contains_key(*key)) {
            assert_eq!(
                placeholders(phrase),
                placeholders(&english[key]),
                "{language}: the places of `{key}`"
            );
            assert_eq!(
                phrase.is_plural, english[key].is_plural,
                "{language}: the shape of `{key}`"
            );
            let found: BTreeSet<&str> = phrase.forms.keys().map(String::as_str).collect();
            assert!(
                !phrase.is_plural || found == forms(&language),
                "{language}: `{key}` has the forms {found:?}"
            );
            assert!(
                phrase
                    .forms
                    .values()
                    .all(|text| text.trim() == text || key.starts_with("list_")),
                "{language}: space around `{key}`"
            );
        }
    }
}

/// Keys of strings that the program puts together of a prefix and a name.
fn composed_keys() -> Vec<String> {
    let key = |prefix: &str, name: &str| format!("{prefix}_{}", name.replace('-', "_"));
    let mut keys = vec![];
    for declared in pages::ALL {
        let kind = declared.kind;
        let sections = declared.sections.iter();
        keys.extend(sections.map(|section| key(&format!("section_{}", kind.key()), section.id)));
        if let Some(section) = &declared.on_hub {
            keys.push(key("section_hub", section.id));
        }
        if declared.scope == Scope::Role {
            keys.push(key("nav", kind.as_str()));
            keys.push(format!("{}_bare", key("description", kind.as_str())));
        }
        if matches!(kind, Kind::Framework | Kind::Matrix) {
            keys.push(key("nav", kind.as_str()));
        }
        if kind == Kind::Hub {
            keys.push(key("description", kind.as_str()));
        }
        if !matches!(
            kind,
            Kind::Home | Kind::Hub | Kind::Position | Kind::Article | Kind::Section
        ) {
            keys.extend(["title", "description"].map(|prefix| key(prefix, kind.as_str())));
        }
    }
    let vocabularies: &[(&str, &[&str])] = &[
        (
            "stage",
            &[
                "entry",
                "mid",
                "senior",
                "lead",
                "director",
                "vp",
                "executive",
            ],
        ),
        ("workplace", &["on-site", "hybrid", "remote"]),
        (
            "employment",
            &["full-time", "part-time", "contract", "temporary", "intern"],
        ),
        (
            "education",
            &[
                "none",
                "secondary",
                "certificate",
                "associate",
                "bachelor",
                "master",
                "doctorate",
            ],
        ),
        ("relation", &["next", "previous", "lateral", "similar"]),
        ("skill_kind", &["skill", "knowledge", "tool", "attitude"]),
        ("source_use", &["pay", "outlook", "statistics", "texts"]),
        (
            "source_kind",
            &["statistics", "survey", "vacancies", "report", "own"],
        ),
        (
            "per",
            &[
                "hour", "day", "week", "month", "year", "mile", "piece", "task", "project",
            ],
        ),
        ("track", &["individual", "manager"]),
        ("alert", &["note", "tip", "important", "warning", "caution"]),
        ("importance", &["essential", "optional"]),
        ("title_kind", &["alternate", "reported", "emerging"]),
        (
            "requirement",
            &["licence", "registration", "check", "renewal"],
        ),
        (
            "route",
            &["university", "college", "apprenticeship", "work", "other"],
        ),
        (
            "interview",
            &["knowledge", "experience", "situation", "motivation"],
        ),
    ];
    keys.extend(
        vocabularies
            .iter()
            .flat_map(|(prefix, names)| names.iter().map(|name| key(prefix, name))),
    );
    for pay in ["pay_value", "pay_range"] {
        keys.extend(["", "_open", "_short", "_open_short"].map(|suffix| format!("{pay}{suffix}")));
    }
    for statistic in [
        "value",
        "range",
        "mean",
        "median",
        "percentiles",
        "percentile",
        "percentile_span",
    ] {
        let bases = ["", "_base", "_total", "_bonus", "_equity"];
        keys.extend(bases.map(|suffix| format!("salary_{statistic}{suffix}")));
    }
    keys
}

#[test]
fn every_string_is_asked_for_and_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let texts = |folder: &str| {
        files_in(&root.join(folder))
            .into_values()
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .collect::<String>()
    };
    let (templates, program, composed) = (
        texts("themes/default/templates"),
        texts("src"),
        composed_keys(),
    );
    let english = strings("en");
    let missing: Vec<&String> = composed
        .iter()
        .filter(|key| !english.contains_key(*key))
        .collect();
    assert!(
        missing.is_empty(),
        "themes/default/i18n/en.toml lacks {missing:?}"
    );
    let in_template = |key: &str| {
        templates
            .match_indices(&format!("t.{key}"))
            .any(|(at, found)| {
                !templates[at + found.len()..]
                    .starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
            })
    };
    let unused: Vec<&String> = english
        .keys()
        .filter(|key| {
            !composed.contains(*key)
                && !in_template(key)
                && !program.contains(&format!("\"{key}\""))
        })
        .collect();
    assert!(
        unused.is_empty(),
        "nobody asks for {unused:?} of themes/default/i18n/en.toml"
    );
}

/// Words of a text, in small letters; `{places}` are none, and what is shorter than three letters
/// says nothing of a language.
fn words(text: &str) -> BTreeSet<String> {
    let mut plain = String::new();
    for (index, part) in text.split('{').enumerate() {
        plain.push_str(if index == 0 {
            part
        } else {
            part.split_once('}').map_or(part, |(_, rest)| rest)
        });
        plain.push(' ');
    }
    plain
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| word.chars().count() > 2)
        .map(str::to_lowercase)
        .collect()
}

fn words_of(strings: &BTreeMap<String, Phrase>) -> BTreeSet<String> {
    strings
        .values()
        .flat_map(|phrase| phrase.forms.values())
        .flat_map(|text| words(text))
        .collect()
}

/// What readers and machines are told by a page: its text, and the values of attributes and JSON-LD
/// that are words.
fn told(dom: &Dom) -> Vec<String> {
    let is_words = |element: &Element, name: &str| match name {
        "alt" | "aria-label" | "title" | "data-found" | "data-none" | "data-failed" => true,
        "content" => [
            "description",
            "og:title",
            "og:description",
            "og:site_name",
            "og:image:alt",
        ]
        .iter()
        .any(|known| [element.attr("name"), element.attr("property")].contains(known)),
        _ => false,
    };
    let mut told: Vec<String> = dom
        .all("title")
        .chain(dom.all("body"))
        .map(|element| element.text.clone())
        .collect();
    for element in &dom.0 {
        told.extend(
            element
                .attributes
                .iter()
                .filter(|(name, _)| is_words(element, name))
                .map(|(_, value)| value.clone()),
        );
    }
    dom.json_ld()
        .iter()
        .for_each(|value| collect(value, &mut told));
    told
}

fn collect(value: &Value, told: &mut Vec<String>) {
    match value {
        Value::String(text) => told.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| collect(item, told)),
        // What schema.org names is English in every language.
        Value::Object(map) => map
            .iter()
            .filter(|(key, _)| !key.starts_with('@') && !SCHEMA.contains(&key.as_str()))
            .for_each(|(_, item)| collect(item, told)),
        _ => {}
    }
}

/// Properties whose values schema.org or search engines prescribe.
const SCHEMA: [&str; 7] = [
    "query-input",
    "employmentType",
    "jobLocationType",
    "unitText",
    "credentialCategory",
    "inCodeSet",
    "identifier",
];

fn german() -> Site {
    Site::folder(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites/german"))
}

#[test]
fn a_german_site_has_no_english_word() {
    let site = german();
    let built = site.build().clean();
    // The keys of records are English, their values are not.
    let values = |path: &str, text: &str| {
        if path.ends_with(".md") {
            text.to_owned()
        } else {
            text.split('"')
                .skip(1)
                .step_by(2)
                .collect::<Vec<_>>()
                .join(" ")
        }
    };
    let written: BTreeSet<String> = site
        .files
        .iter()
        .flat_map(|(path, bytes)| words(&values(path, &String::from_utf8_lossy(bytes))))
        .collect();
    let german: BTreeSet<String> = words_of(&strings("de")).union(&written).cloned().collect();
    let english: BTreeSet<String> = words_of(&strings("en"))
        .difference(&german)
        .cloned()
        .collect();
    assert!(
        english.len() > 250 && english.contains("ladder") && english.contains("years"),
        "{english:?}"
    );
    let mut kinds = BTreeSet::new();
    for path in built.files.keys().filter(|path| path.ends_with(".html")) {
        let dom = built.dom(path);
        kinds.extend(dom.all("body").map(|body| body.attr("class").to_owned()));
        let html = dom.all("html").next().unwrap();
        assert_eq!(
            (html.attr("lang"), html.attr("dir")),
            ("de", "ltr"),
            "{path}"
        );
        for text in told(&dom) {
            let left: Vec<String> = words(&without_addresses(&text))
                .intersection(&english)
                .cloned()
                .collect();
            assert!(left.is_empty(), "{path}: {left:?} in {text:?}");
        }
    }
    let all = Kind::ALL
        .iter()
        .map(|kind| format!("kind-{kind}"))
        .filter(|kind| !kinds.contains(kind))
        .collect::<Vec<_>>();
    assert!(all.is_empty(), "the German site has no page of {all:?}");
}

fn without_addresses(text: &str) -> String {
    text.split_whitespace()
        .filter(|word| !word.contains("://"))
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn a_german_site_writes_figures_and_sentences_as_germans_do() {
    let built = german().build().clean();
    let says = |path: &str, parts: &[&str]| {
        let dom = built.dom(&format!("{path}index.html"));
        parts.iter().for_each(|part| {
            assert!(
                dom.text("main").contains(part),
                "{path} lacks {part:?}: {}",
                dom.text("main")
            );
        });
        dom
    };
    let hub = says(
        "roles/pflegefachkraft/",
        &[
            "3.650,50 € pro Monat",
            "3.100–12.500 € und mehr",
            "−3,5 %",
            "1.720.000",
            "4 Stufen",
            "2. März 2026",
            "März 2026",
            "Quelle: Umfrage",
            "0–1 Jahr",
            "5+ Jahre",
            "0–5+ Jahre",
            "1–5 Jahre",
            "ab Berufsanfang, von Vorteil",
            "Deutschland",
        ],
    );
    let property = |name: &str| {
        hub.all("meta")
            .find(|meta| meta.attr("property") == name)
            .unwrap()
            .attr("content")
            .to_owned()
    };
    assert_eq!(property("og:locale"), "de_DE");
    says(
        "roles/pflegefachkraft/ladder/",
        &[
            "Führt zu Pflegeexperte oder Teamleitung",
            "Hier teilt sich die Leiter in 2 Wege.",
            "Der Weg zur Stufe Fachkraft",
            "wahlweise Anleitung oder Dienstplanung lernen. Auf der Stufe Fachkraft von Vorteil: Dokumentation (Sicher).",
        ],
    );
    let faq = says(
        "roles/pflegefachkraft/faq/",
        &[
            "Welche Kenntnisse verlangt die Stufe Berufsanfang?",
            "verlangt Wundversorgung; von Vorteil ist Dokumentation. Arbeitet unter Anleitung.",
            "Auf der Karriereleiter liegt Berufsanfang bei 3.100–3.400 €",
        ],
    );
    assert_eq!(faq.json_ld_of("FAQPage")["inLanguage"], "de");
    says(
        "roles/pflegefachkraft/salary/",
        &[
            "Schweiz",
            "Österreich",
            "21,40 € pro Stunde",
            "2 Regionen: am höchsten Schweiz",
            "10 % verdienen weniger",
        ],
    );
    says(
        "roles/pflegefachkraft/job-description/",
        &["etwa 24.500", "40 bis 45,5 %", "Vor Ort, Teils vor Ort"],
    );
    says(
        "roles/pflegefachkraft/positions/",
        &[
            "Ausgeschrieben am 2. November 2026",
            "3.500–4.100 € pro Monat",
        ],
    );
    let article = says(
        "artikel/schichtdienst/",
        &[
            "Von Mia Sommer und Jan Winter",
            "Veröffentlicht am 2. März 2026",
            "Aktualisiert am 11. April 2026",
            "1 Minute Lesezeit",
        ],
    );
    assert_eq!(article.json_ld_of("Article")["inLanguage"], "de");
    says(
        "sources/",
        &[
            "6 Zahlen: Pflegefachkraft",
            "Stand der Website: 22. November 2026",
        ],
    );
    assert!(
        built.page("feed.xml").contains("xml:lang=\"de\"")
            && built
                .page("alt/index.html")
                .contains("Diese Seite ist umgezogen")
    );
    assert_eq!(
        built.dom("index.html").json_ld_of("WebSite")["inLanguage"],
        "de"
    );
}

const RIGHT_TO_LEFT: &str = "\
=== content/roles/nurse/role.toml
title = \"אחות\"
category = \"work\"
[[levels]]
title = \"א\"
experience = { min_years = 0 }
salary = { min = 9_000, max = 12_000, currency = \"ILS\", period = \"month\" }
[[levels]]
title = \"ב\"
salary = { min = 12_000, max = 19_000, currency = \"ILS\", period = \"month\", open_top = true }
[outlook]
base_year = 2024
target_year = 2034
change_percent = -3.5
";

/// A site in a language that has no strings: all of it is English, but for how figures are written
/// and where lines begin.
fn in_language(language: &str) -> Built {
    let mut site = Site::from(RIGHT_TO_LEFT);
    site.replace(
        "site.toml",
        "title = \"Test\"",
        &format!("title = \"Test\"\nlanguage = \"{language}\""),
    );
    site.build()
}

#[test]
fn figures_keep_their_order_in_languages_from_right_to_left() {
    for language in ["ar", "he", "fa", "ur-PK", "yi", "ku-Arab"] {
        let built = in_language(language);
        let dom = built.dom("roles/nurse/index.html");
        let html = dom.all("html").next().unwrap();
        assert_eq!((html.attr("lang"), html.attr("dir")), (language, "rtl"));
        let text = dom.text("main");
        assert!(
            text.contains("\u{2066}\u{2066}₪9,000–₪12,000\u{2069}\u{2069}")
                && text.contains("₪19,000\u{2069}+\u{2069}")
                && text.contains("−3.5\u{2069}%\u{2069}"),
            "{text}"
        );
        // Outside of isolates no sign or span is left that the other direction would move.
        let mut depth = 0;
        let outside: String = text
            .chars()
            .filter(|c| {
                depth += i32::from(*c == '\u{2066}') - i32::from(*c == '\u{2069}');
                depth == 0
            })
            .collect();
        assert!(
            !outside.contains('₪') && !outside.contains('%'),
            "{outside}"
        );
    }
    let left = in_language("tlh");
    assert!(
        left.dom("roles/nurse/index.html")
            .all("html")
            .all(|html| html.attr("dir") == "ltr")
    );
    assert!(!left.page("roles/nurse/index.html").contains('\u{2066}'));
}

#[test]
fn a_level_that_asks_for_no_experience_says_so_in_a_sentence() {
    assert!(
        in_language("en")
            .dom("roles/nurse/faq/index.html")
            .text("main")
            .contains("א: no experience is needed.")
    );
}
