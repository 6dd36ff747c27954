//! The words of a theme: the `i18n/<language>.toml` files of its chain come in, one text per key
//! goes out.
//!
//! A key is looked up in the language (`de-AT`), then in the language without its region (`de`),
//! then in English; for each of these first in the site's own `i18n/`, then in the theme's, then in
//! what that extends. A file is a flat table of texts, or of plural forms: `roles_count = { one =
//! "{n} role", other = "{n} roles" }`.
//!
//! A language that the program has no dates for brings them: `date_months`, `date_months_alone`,
//! `date_months_short` (twelve names between commas), `date_long`, `date_month` and `date_short`
//! (patterns such as `%-d %B %Y`). So does one that calls countries by other names than English:
//! `country_us`.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::layers::{Found, Layers};
use super::phrase::{Lists, Phrase, fill};
use super::wording::Word;
use crate::data::{AsOf, At, Key, Node, Text, Value, parse_toml};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::digest::Digest;
use crate::locale::{Category, Dates, Locale};
use crate::path::SourcePath;
use crate::source::Span;
use crate::suggest;

/// All words of a site in its language.
#[derive(Clone, Debug)]
pub struct Strings {
    phrases: BTreeMap<String, Phrase>,
    locale: Locale,
    lists: Lists,
    value: tera::Value,
    digest: Digest,
    /// Every string of every file, those too that another one replaces.
    words: Vec<Word>,
}

/// A phrase, and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub phrase: Phrase,
    pub path: SourcePath,
    /// Of its key.
    pub key: Span,
    /// Of its text.
    pub span: Span,
}

type Entries = BTreeMap<String, Entry>;

impl Strings {
    /// Keys that the program itself asks for. The built-in theme has them all; a test sees to it.
    pub const REQUIRED: &[&str] = &[
        "advance_essential",
        "advance_generated",
        "advance_generated_new",
        "advance_generated_raise",
        "advance_helpful",
        "advance_raise",
        "advance_to",
        "category",
        "cite",
        "claim_line",
        "compare_dropped_count",
        "compare_experience",
        "compare_gained_count",
        "compare_helpful_count",
        "compare_in",
        "compare_levels",
        "compare_levels_summary",
        "compare_levels_summary_short",
        "compare_lowered_count",
        "compare_outlook",
        "compare_pay",
        "compare_raised_count",
        "compare_roles_outlook",
        "compare_roles_pay",
        "compare_roles_summary",
        "compare_shared_count",
        "description_404",
        "description_category",
        "description_category_bare",
        "description_compare",
        "description_comparisons",
        "description_comparisons_bare",
        "description_faq",
        "description_faq_bare",
        "description_framework",
        "description_framework_bare",
        "description_hub",
        "description_hub_bare",
        "description_job_description",
        "description_job_description_bare",
        "description_job_description_template",
        "description_job_titles",
        "description_job_titles_bare",
        "description_ladder",
        "description_ladder_bare",
        "description_matrix",
        "description_position",
        "description_position_bare",
        "description_part",
        "description_part_bare",
        "description_positions",
        "description_positions_bare",
        "description_roles",
        "description_roles_pay",
        "description_roles_some_pay",
        "description_salary",
        "description_salary_bare",
        "description_salary_sourced",
        "description_salary_sourced_bare",
        "description_search",
        "description_search_bare",
        "description_site_faq",
        "description_site_positions",
        "description_skill",
        "description_skill_bare",
        "description_skill_both",
        "description_skill_both_bare",
        "description_skill_optional",
        "description_skill_optional_bare",
        "description_skills",
        "description_skills_bare",
        "description_sources",
        "description_tag",
        "description_tags",
        "description_what_is",
        "description_what_is_bare",
        "description_where_am_i",
        "description_where_am_i_bare",
        "education",
        "experience",
        "faq_advance_question",
        "faq_salary_answer",
        "faq_salary_answer_area",
        "faq_salary_kinds",
        "faq_salary_level",
        "faq_salary_levels",
        "faq_salary_question",
        "faq_skills_answer",
        "faq_skills_answer_helpful",
        "faq_skills_answer_new",
        "faq_skills_answer_new_helpful",
        "faq_skills_answer_optional",
        "faq_skills_question",
        "faq_skills_question_optional",
        "faq_years_answer",
        "faq_years_answer_any",
        "faq_years_question",
        "group_other",
        "importance_essential",
        "importance_optional",
        "ladder",
        "letter_other",
        "list_and",
        "list_or",
        "list_semicolon",
        "list_sentence",
        "list_separator",
        "moved",
        "nav_home",
        "need_at",
        "need_one_of",
        "need_raised_to",
        "outlook_openings",
        "part_advancement",
        "part_articles",
        "part_by_area",
        "part_by_level",
        "part_called_elsewhere",
        "part_careers",
        "part_certifications",
        "part_competencies",
        "part_date",
        "part_day",
        "part_day_at_each_level",
        "part_duties",
        "part_education",
        "part_education_for_it",
        "part_employer",
        "part_experience",
        "part_first_to_top",
        "part_from_level",
        "part_guides",
        "part_how_they_relate",
        "part_how_to_advance",
        "part_how_well",
        "part_in_percentiles",
        "part_its_duties",
        "part_level_that_fits",
        "part_levels",
        "part_levels_of_careers",
        "part_licence",
        "part_next_level",
        "part_open_jobs",
        "part_other_names",
        "part_outlook",
        "part_pay",
        "part_pay_if_named",
        "part_place",
        "part_places",
        "part_related",
        "part_responsibilities",
        "part_roles",
        "part_routes",
        "part_scope",
        "part_skills",
        "part_skills_asked",
        "part_skills_helpful",
        "part_skills_shared",
        "part_specializations",
        "part_tracks_and_levels",
        "part_used_for",
        "part_what_each_does",
        "part_what_it_is",
        "part_what_it_pays",
        "part_what_it_takes",
        "part_what_they_do",
        "part_what_they_pay",
        "part_where_from",
        "pay",
        "pay_percent_of",
        "pay_which",
        "pay_with_period",
        "points",
        "preparation_zone",
        "rating",
        "reach",
        "role",
        "scope",
        "section_hub_levels_bare",
        "section_skills_skills_bare",
        "skill_roles_count",
        "skill_roles_one_of_count",
        "skill_roles_optional_count",
        "source",
        "span",
        "span_open",
        "stage",
        "statistic_about",
        "statistic_percent",
        "statistic_range",
        "statistic_unit",
        "title_compare",
        "title_compare_of",
        "title_matrix",
        "title_of_site",
        "title_paginated",
        "title_position",
        "title_tag",
        "track",
        "workplace",
        "years_any",
        "years_open",
        "years_range",
        "years_span_open",
    ];

    /// Reads the files of a language. `said_in` is the file that names the language.
    pub fn load(
        layers: &Layers<'_>,
        language: &At<Text>,
        said_in: &SourcePath,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let (mut own, mut words) = (Entries::new(), vec![]);
        for tag in tags(language).iter().filter(|tag| *tag != "en") {
            read(layers, tag, (&mut own, &mut words), diagnostics);
        }
        let mut english = Entries::new();
        read(layers, "en", (&mut english, &mut words), diagnostics);
        if is_english(language) {
            for (key, entry) in std::mem::take(&mut english) {
                own.entry(key).or_insert(entry);
            }
        } else {
            diagnostics.extend(
                missing(language, &own, &english)
                    .map(|fault| fault.at(said_in, language.span.clone())),
            );
            diagnostics.extend(
                own.iter()
                    .filter_map(|(key, entry)| differs(key, entry, english.get(key)?)),
            );
        }
        let locale = Locale::new(language);
        let dates = dates(locale.dates().clone(), &own, diagnostics);
        let mut phrases: BTreeMap<String, Phrase> = english
            .into_iter()
            .map(|(key, entry)| (key, entry.phrase))
            .collect();
        phrases.extend(own.into_iter().map(|(key, entry)| (key, entry.phrase)));
        Self {
            words,
            ..Self::new(phrases, locale.with_dates(dates))
        }
    }

    /// Every string of every file, those too that another one replaces.
    pub(super) fn words(&self) -> &[Word] {
        &self.words
    }

    fn new(phrases: BTreeMap<String, Phrase>, locale: Locale) -> Self {
        let value = tera::Value::from(
            phrases
                .iter()
                .map(|(key, phrase)| (key.clone(), value_of(phrase)))
                .collect::<BTreeMap<_, _>>(),
        );
        let digest =
            Digest::of(format!("{}\n{:?}\n{phrases:?}", locale.tag(), locale.dates()).as_bytes());
        let text = |key: &str| phrases.get(key).map_or("", Phrase::text).to_owned();
        let lists = Lists {
            separator: text("list_separator"),
            and: text("list_and"),
            or: text("list_or"),
        };
        Self {
            phrases,
            locale,
            lists,
            value,
            digest,
            words: vec![],
        }
    }

    /// The text of a key. A key that is nowhere gives itself, so that it can be seen on the page.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.phrases.get(key).map_or(key, Phrase::text)
    }

    /// The text of a key with its placeholders filled: `fill("ladder_heading", &[("role",
    /// "Nurse")])`.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.fill_with(key, |name| {
            values
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| (*value).to_owned())
        })
    }

    /// The same with values that are made when the text names them.
    pub fn fill_with(&self, key: &str, value: impl Fn(&str) -> Option<String>) -> String {
        fill(self.get(key), value)
    }

    /// The text of a key for so many of something: `{n}` is the number.
    pub fn plural(&self, key: &str, count: impl Into<Decimal>) -> String {
        self.plural_with(key, count, &[])
    }

    /// The same with further placeholders filled.
    pub fn plural_with(
        &self,
        key: &str,
        count: impl Into<Decimal>,
        values: &[(&str, &str)],
    ) -> String {
        let count = count.into();
        let text = self
            .phrases
            .get(key)
            .map_or(key, |phrase| phrase.form(self.locale.plural(count)));
        let value = |name: &str| {
            values
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| (*value).to_owned())
        };
        fill(text, |name| {
            if name == "n" {
                Some(self.locale.number(count))
            } else {
                value(name)
            }
        })
    }

    /// How lists are put together.
    pub fn lists(&self) -> &Lists {
        &self.lists
    }

    /// The name of a country by its ISO 3166 code, where the language brings it: `country_us`.
    pub fn country(&self, code: &str) -> Option<&str> {
        self.phrases
            .get(&format!("country_{}", code.to_ascii_lowercase()))
            .map(Phrase::text)
    }

    /// Whether there is such a key.
    pub fn has(&self, key: &str) -> bool {
        self.phrases.contains_key(key)
    }

    /// All keys.
    pub fn keys(&self) -> impl Iterator<Item = &str> + Clone {
        self.phrases.keys().map(String::as_str)
    }

    /// How the language writes numbers, money and dates.
    pub fn locale(&self) -> &Locale {
        &self.locale
    }

    /// The strings as templates see them: `t`. Plural forms are a map for the filter `plural`.
    pub fn as_value(&self) -> tera::Value {
        self.value.clone()
    }

    /// What all words and conventions depend on.
    pub fn digest(&self) -> Digest {
        self.digest
    }
}

fn value_of(phrase: &Phrase) -> tera::Value {
    match phrase {
        Phrase::Text(text) => text.as_str().into(),
        Phrase::Plural(forms) => forms
            .iter()
            .map(|(form, text)| (form.as_str(), tera::Value::from(text.as_str())))
            .collect::<BTreeMap<_, _>>()
            .into(),
    }
}

/// The tags to look a key up in: `de-AT`, then `de`.
fn tags(language: &str) -> Vec<String> {
    let mut tags = vec![];
    let mut rest = Some(language);
    while let Some(tag) = rest {
        tags.push(tag.to_ascii_lowercase());
        rest = tag.rsplit_once('-').map(|(shorter, _)| shorter);
    }
    tags
}

fn is_english(language: &str) -> bool {
    tags(language).last().is_some_and(|primary| primary == "en")
}

/// Adds what the files of one language say, nearest first; what is there already stays.
fn read(
    layers: &Layers<'_>,
    tag: &str,
    (entries, words): (&mut Entries, &mut Vec<Word>),
    diagnostics: &mut Diagnostics,
) {
    let names_it = |name: &str| {
        name.strip_suffix(".toml")
            .is_some_and(|stem| stem.eq_ignore_ascii_case(tag))
    };
    for (_, found) in layers.all("i18n", names_it) {
        for (key, entry) in parse(layers, &found, diagnostics).unwrap_or_default() {
            words.push(Word {
                key: key.clone(),
                tag: tag.to_owned(),
                entry: entry.clone(),
            });
            entries.entry(key).or_insert(entry);
        }
    }
}

fn parse(
    layers: &Layers<'_>,
    found: &Found,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<(String, Entry)>> {
    let source = diagnostics.take(layers.text(found))?;
    let table = parse_toml(&source.path, &source.text, 0, diagnostics)?;
    let mut entries = vec![];
    for (key, node) in &table.0 {
        if let Some(phrase) = diagnostics
            .take(check_key(&source.path, key).and_then(|()| phrase(&source.path, key, node)))
        {
            entries.push((
                key.name.clone(),
                Entry {
                    phrase,
                    path: source.path.clone(),
                    key: key.span.clone(),
                    span: node.span.clone(),
                },
            ));
        }
    }
    Some(entries)
}

fn check_key(path: &SourcePath, key: &Key) -> Result<(), Diagnostic> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if key.name.starts_with(|c: char| c.is_ascii_lowercase()) && key.name.chars().all(plain) {
        return Ok(());
    }
    let fault = Diagnostic::error(
        Code::BadValue,
        format!("`{}` cannot be the key of a string", key.name),
    )
    .at(path, key.span.clone());
    Err(fault.help("use small letters, digits and `_`: templates write `t.next_page`"))
}

fn phrase(path: &SourcePath, key: &Key, node: &Node) -> Result<Phrase, Diagnostic> {
    let fault = |code, message: String, span: &Span| {
        Diagnostic::error(code, message).at(path, span.clone())
    };
    let shape = "write a text, or plural forms: { one = \"{n} role\", other = \"{n} roles\" }";
    let table = match &node.value {
        Value::String(text) => return Ok(Phrase::Text(text.clone())),
        Value::Table(table) => table,
        other => {
            return Err(fault(
                Code::WrongType,
                format!("this must be a text, not {}", other.kind()),
                &node.span,
            )
            .help(shape));
        }
    };
    let mut forms = BTreeMap::new();
    for (name, node) in &table.0 {
        let Some(form) = Category::named(&name.name) else {
            let fault = fault(
                Code::UnknownKey,
                format!("`{}` is not a plural form", name.name),
                &name.span,
            );
            return Err(fault.help("the forms are zero, one, two, few, many and other"));
        };
        let Value::String(text) = &node.value else {
            return Err(fault(
                Code::WrongType,
                format!("this must be a text, not {}", node.value.kind()),
                &node.span,
            )
            .help(shape));
        };
        forms.insert(form, text.clone());
    }
    match forms.contains_key(&Category::Other) {
        true => Ok(Phrase::Plural(forms)),
        false => Err(fault(
            Code::MissingKey,
            format!("the plural forms of `{}` lack `other`", key.name),
            &key.span,
        )
        .help(shape)),
    }
}

/// Says once which strings a language lacks.
fn missing(language: &str, own: &Entries, english: &Entries) -> Option<Diagnostic> {
    let lacking: Vec<&str> = english
        .keys()
        .filter(|key| !own.contains_key(*key))
        .map(String::as_str)
        .collect();
    let message = match (own.is_empty(), lacking.len()) {
        (_, 0) => return None,
        (true, _) => {
            format!("there are no strings in the language `{language}`: pages use the English ones")
        }
        (false, 1) => {
            format!("a string is not translated to `{language}`: the page uses the English one")
        }
        (false, count) => format!(
            "{count} strings are not translated to `{language}`: pages use the English ones"
        ),
    };
    let file = format!(
        "i18n/{}.toml",
        tags(language).last().map_or("", String::as_str)
    );
    let help = match own.is_empty() {
        true => format!(
            "translate themes/default/i18n/en.toml and save it as {file} in the folder of site.toml"
        ),
        false => format!("add to {file}: {}", lacking.join(", ")),
    };
    Some(Diagnostic::warning(Code::MissingString, message).help(help))
}

/// What a translation has that its original has not: nobody would fill it.
fn differs(key: &str, own: &Entry, english: &Entry) -> Option<Diagnostic> {
    let known = english.phrase.placeholders();
    let fault = |message: String| {
        Diagnostic::error(Code::BadValue, message).at(&own.path, own.span.clone())
    };
    if matches!(
        (&own.phrase, &english.phrase),
        (Phrase::Plural(_), Phrase::Text(_))
    ) {
        let fault = fault(format!(
            "`{key}` has plural forms here, and is a plain text in English"
        ));
        return Some(fault.help("write one text").related(
            "the English text",
            &english.path,
            english.span.clone(),
        ));
    }
    let stranger = own
        .phrase
        .placeholders()
        .into_iter()
        .find(|name| !known.contains(name) && *name != "n")?;
    let help = suggest::help(stranger, known.iter().copied())
        .unwrap_or_else(|| "the English text has no placeholders".to_owned());
    Some(
        fault(format!(
            "nothing fills the placeholder `{{{stranger}}}` of `{key}`"
        ))
        .help(help)
        .related("the English text", &english.path, english.span.clone()),
    )
}

/// The dates of a language with what its strings say instead.
fn dates(mut dates: Dates, own: &Entries, diagnostics: &mut Diagnostics) -> Dates {
    let mut months = |key: &str, names: &mut Option<[String; 12]>| {
        let Some(entry) = own.get(key) else { return };
        let listed: Vec<String> = entry
            .phrase
            .text()
            .split(',')
            .map(|name| name.trim().to_owned())
            .collect();
        match <[String; 12]>::try_from(listed) {
            Ok(listed) => *names = Some(listed),
            Err(listed) => {
                let message = format!(
                    "`{key}` must be twelve names with commas between them, and has {}",
                    listed.len()
                );
                diagnostics.push(
                    Diagnostic::error(Code::BadValue, message).at(&entry.path, entry.span.clone()),
                );
            }
        }
    };
    months("date_months", &mut dates.months);
    months("date_months_alone", &mut dates.months_alone);
    months("date_months_short", &mut dates.months_short);
    for (key, pattern) in [
        ("date_long", &mut dates.long),
        ("date_month", &mut dates.month),
        ("date_short", &mut dates.short),
    ] {
        if let Some(entry) = own.get(key) {
            *pattern = entry.phrase.text().to_owned();
        }
    }
    for (key, pattern, sample) in [
        ("date_long", &dates.long, "2026-11-22"),
        ("date_month", &dates.month, "2026-11"),
        ("date_short", &dates.short, "2026-11-22"),
    ] {
        let fits = AsOf::parse(sample).map_or(Ok(String::new()), |sample| {
            dates.write_with(sample, pattern)
        });
        if let (Err(fault), Some(entry)) = (fits, own.get(key)) {
            diagnostics.push(
                Diagnostic::error(Code::BadValue, format!("`{key}` is no pattern: {fault}"))
                    .at(&entry.path, entry.span.clone()),
            );
        }
    }
    dates
}
