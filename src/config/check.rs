//! Checks of `site.toml` against itself and the lists: a `Config` comes in, diagnostics go out. What
//! needs pages (the targets of the menu and of redirects) or the theme's files is checked in `check/`.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Config, ListQuery, NavItem, duplicate};
use crate::data::{self, AsOf, At, Id, Map, meant};
use crate::diag::{Code, Diagnostic, Diagnostics, HelpText};
use crate::kind::{Kind, Kinds};
use crate::path::{SourcePath, UrlPath};
use crate::source::Span;
use crate::suggest;

/// All hours of a leap year: more are not paid.
const HOURS_OF_A_YEAR: Decimal = Decimal::from_parts(8784, 0, 0, false, 0);

/// What lists can be sorted by.
const SORTS: &[&str] = &["title", "date", "updated", "weight", "salary"];

/// What the conditions of a list can ask about.
const PROPERTIES: &[&str] = &["category", "role", "section", "skill", "tag", "tags"];

/// Directives of a Content-Security-Policy that take sources.
const DIRECTIVES: [&str; 14] = [
    "child-src",
    "connect-src",
    "default-src",
    "font-src",
    "form-action",
    "frame-ancestors",
    "frame-src",
    "img-src",
    "manifest-src",
    "media-src",
    "object-src",
    "script-src",
    "style-src",
    "worker-src",
];

/// Collects the diagnostics of one file.
struct Checker<'c> {
    path: &'c SourcePath,
    diagnostics: &'c mut Diagnostics,
}

impl Config {
    pub(super) fn check_site(&self, path: &SourcePath, diagnostics: &mut Diagnostics) {
        let site = &self.site;
        let mut checker = Checker { path, diagnostics };
        checker.language(&site.language);
        checker.nav(&site.nav);
        if !crate::raster::AVAILABLE {
            checker.drawn("og_images", &site.og_images);
            checker.drawn("icons", &site.icons);
        }
        checker.permalinks(&site.permalinks, self.kinds);
        checker.policy(&site.content_security_policy);
        checker.kinds(
            Code::UnknownKey,
            site.pages
                .0
                .iter()
                .map(|(key, _)| (key.value.as_str(), &key.span)),
        );
        checker.kinds(
            Code::BadValue,
            site.calls_to_action
                .iter()
                .flat_map(|call| &call.pages)
                .map(|kind| (kind.as_str(), &kind.span)),
        );
        checker.unique(site.tracks.iter().map(|track| &track.id));
        checker.unique(site.calls_to_action.iter().map(|call| &call.id));
        check_lists(&site.lists, path, diagnostics);
    }

    /// Checks what the figures of all roles inherit. Roles must have declared their sources before.
    pub fn check_figures(&self, path: &SourcePath, diagnostics: &mut Diagnostics) {
        self.lists()
            .check_figures(&self.site.figures, path, diagnostics);
    }
}

/// Checks the paid hours of a year.
pub(super) fn hours(hours: &At<data::Decimal>, path: &SourcePath, diagnostics: &mut Diagnostics) {
    if (Decimal::ONE..=HOURS_OF_A_YEAR).contains(&hours.value.0) {
        return;
    }
    let message = format!("a year has no {} paid hours", hours.value);
    diagnostics.push(
        Diagnostic::error(Code::BadValue, message)
            .at(path, hours.span.clone())
            .help("write a number from 1 to 8784; 40 hours in each of 52 weeks are 2080"),
    );
}

/// Says that `as_of` of `[figures]` has no source.
pub(super) fn as_of_without_source(
    as_of: &At<AsOf>,
    path: &SourcePath,
    diagnostics: &mut Diagnostics,
) {
    let message = "`as_of` stands here without the `source` that it goes with";
    diagnostics.push(
        Diagnostic::error(Code::BadValue, message)
            .at(path, as_of.span.clone())
            .help("name the `source` beside it, or move `as_of` to the figures"),
    );
}

/// Returns true if a text looks like a BCP 47 tag.
pub(super) fn is_language(text: &str) -> bool {
    let is_part = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|c| c.is_ascii_alphanumeric())
    };
    let is_first =
        |part: &str| (2..=3).contains(&part.len()) && part.bytes().all(|c| c.is_ascii_alphabetic());
    let mut parts = text.split('-');
    parts.next().is_some_and(is_first) && parts.all(is_part)
}

/// Checks the lists that a site or a theme declares.
pub fn check_lists(lists: &Map<ListQuery>, path: &SourcePath, diagnostics: &mut Diagnostics) {
    let mut checker = Checker { path, diagnostics };
    for (_, list) in &lists.0 {
        checker.kinds(
            Code::BadValue,
            list.pages.iter().map(|kind| (kind.as_str(), &kind.span)),
        );
        if let Some(sort) = list
            .sort
            .as_ref()
            .filter(|sort| !SORTS.contains(&sort.strip_prefix('-').unwrap_or(sort)))
        {
            let help = suggest::help(sort.trim_start_matches('-'), SORTS.iter().copied());
            checker.fault(
                Code::BadValue,
                &sort.span,
                format!("lists cannot be sorted by `{}`", sort.value),
                help,
            );
        }
        for (key, value) in &list.conditions.0 {
            checker.property(&key.value, &key.span);
            // `@page.category` asks the page that shows the list; nothing else begins with `@`.
            if value.starts_with('@') {
                checker.property(value.strip_prefix("@page.").unwrap_or(value), &value.span);
            }
        }
    }
}

impl Checker<'_> {
    fn fault(&mut self, code: Code, span: &Span, message: impl Into<String>, help: impl HelpText) {
        self.diagnostics.push(
            Diagnostic::error(code, message)
                .at(self.path, span.clone())
                .help(help),
        );
    }

    fn language(&mut self, language: &At<String>) {
        if !is_language(language) {
            let message = format!("`{}` is no language tag", language.value);
            let meant = meant::language(language)
                .filter(|tag| is_language(tag))
                .map(|tag| format!("write \"{tag}\""));
            self.fault(
                Code::BadValue,
                &language.span,
                message,
                meant.unwrap_or_else(|| {
                    "use a BCP 47 tag such as \"en\", \"en-US\" or \"de\"".to_owned()
                }),
            );
        }
    }

    /// Refuses what this program cannot draw, rather than leaving it out unseen.
    fn drawn(&mut self, key: &str, wanted: &At<bool>) {
        if wanted.value {
            let message = format!(
                "`{key}` is on, and this program was built without the feature `images`, so it draws none"
            );
            self.fault(
                Code::BadValue,
                &wanted.span,
                message,
                format!("set `{key} = false`, or use a program that was built with the feature"),
            );
        }
    }

    fn kinds<'k>(&mut self, code: Code, names: impl Iterator<Item = (&'k str, &'k Span)>) {
        for (name, span) in names.filter(|(name, _)| Kind::named(name).is_none()) {
            let help = suggest::help(name, Kind::ALL.iter().map(|kind| kind.as_str()));
            self.fault(code, span, format!("`{name}` is no kind of page"), help);
        }
    }

    fn property(&mut self, name: &str, span: &Span) {
        if !PROPERTIES.contains(&name) {
            let help = suggest::help(name, PROPERTIES.iter().copied());
            self.fault(
                Code::BadValue,
                span,
                format!("a list cannot ask about `{name}`"),
                help,
            );
        }
    }

    fn nav(&mut self, items: &[NavItem]) {
        for NavItem {
            title,
            to,
            url,
            children,
        } in items
        {
            match (to, url) {
                (Some(to), Some(_)) => {
                    let message = "a menu entry has either `to` or `url`, not both";
                    self.fault(
                        Code::BadValue,
                        &to.span,
                        message,
                        "keep `to` for a page of this site",
                    );
                }
                (None, None) if children.is_empty() => {
                    let message = format!("the menu entry \"{}\" leads nowhere", title.value);
                    self.fault(
                        Code::MissingKey,
                        &title.span,
                        message,
                        "add `to` with a file of content/, or `url`, or `children`",
                    );
                }
                _ => {}
            }
            self.nav(children);
        }
    }

    /// Checks the sources of a Content-Security-Policy: a header is one line, and a `;` ends a
    /// directive.
    fn policy(&mut self, policy: &Map<At<String>>) {
        for (name, sources) in &policy.0 {
            if !DIRECTIVES.contains(&name.value.as_str()) {
                let help = suggest::help(&name.value, DIRECTIVES.iter().copied());
                self.fault(
                    Code::UnknownKey,
                    &name.span,
                    format!(
                        "`{}` is no directive of a Content-Security-Policy that has sources",
                        name.value
                    ),
                    help,
                );
            }
            if sources.is_empty()
                || !sources
                    .chars()
                    .all(|c| c.is_ascii_graphic() && !matches!(c, ';' | ',') || c == ' ')
            {
                let message = "these are no sources of a Content-Security-Policy";
                self.fault(Code::BadValue, &sources.span, message, "write sources with spaces between them, such as \"https://images.example.com data:\"");
            }
        }
    }

    fn unique<'i>(&mut self, ids: impl Iterator<Item = &'i At<Id>>) {
        let mut seen: BTreeMap<&Id, &Span> = BTreeMap::new();
        for At { value, span } in ids {
            match seen.get(value) {
                Some(first) => self
                    .diagnostics
                    .push(duplicate(value, self.path, span, self.path, first)),
                None => drop(seen.insert(value, span)),
            }
        }
    }

    fn permalinks(&mut self, permalinks: &Map<At<String>>, kinds: &Kinds) {
        for (key, pattern) in &permalinks.0 {
            // `role` is another name of `hub`, which is what people call the page of a role.
            let kind = if key.value == "role" {
                Some(Kind::Hub)
            } else {
                Kind::named(&key.value)
            };
            match kind {
                Some(kind) => self.pattern(kind, pattern, kinds),
                None => {
                    let help = suggest::help(
                        &key.value,
                        Kind::ALL.iter().map(|kind| kind.as_str()).chain(["role"]),
                    );
                    self.fault(
                        Code::UnknownKey,
                        &key.span,
                        format!("`{}` is no kind of page", key.value),
                        help,
                    );
                }
            }
        }
        if let (Some((first, _)), Some((second, _))) =
            (entry(permalinks, "role"), entry(permalinks, "hub"))
        {
            let fault =
                Diagnostic::error(Code::BadValue, "`hub` and `role` are the same permalink")
                    .at(self.path, second.span.clone());
            self.diagnostics.push(
                fault
                    .related("the other one is here", self.path, first.span.clone())
                    .help("keep one of the two"),
            );
        }
    }

    fn pattern(&mut self, kind: Kind, pattern: &At<String>, kinds: &Kinds) {
        let known: &[&str] = match kind {
            Kind::Position => &["slug", "category", "kind"],
            Kind::Compare => &["parent", "slug", "kind"],
            kind if kinds.is_of_role(kind) => &["slug", "category", "kind"],
            _ => &["slug", "kind"],
        };
        let is_below = kind == Kind::Compare && pattern.starts_with("{parent}/");
        let mut sample = if is_below {
            pattern.replacen("{parent}", "", 1)
        } else {
            pattern.value.clone()
        };
        for name in known {
            sample = sample.replace(&format!("{{{name}}}"), "x");
        }
        let fault = if let Some((_, after)) = sample.split_once('{') {
            Some(unknown_placeholder(kind, after, known))
        } else if !sample.starts_with('/') {
            Some(BadPattern {
                message: "a permalink starts at the root of the site, with `/`".to_owned(),
                help: format!("write \"/{}\"", pattern.value),
            })
        } else if let Err(why) = UrlPath::new(&sample) {
            let shown = pattern.value.escape_debug();
            Some(BadPattern {
                message: format!("`{shown}` cannot be a permalink: {why}"),
                help: "write a path such as \"/roles/{slug}/\"".to_owned(),
            })
        } else if !kinds.is_of_site(kind) && !pattern.contains("{slug}") {
            Some(BadPattern {
                message: format!("every page of the kind `{kind}` would get the same address"),
                help: "add `{slug}`".to_owned(),
            })
        } else if kind == Kind::Compare && !is_below {
            // Levels of many ladders have the same names.
            let rest = pattern.value.replace("{parent}", "");
            Some(BadPattern {
                message: "a comparison of levels stands below the page of its role".to_owned(),
                help: format!("write \"{{parent}}{rest}\""),
            })
        } else {
            None
        };
        if let Some(BadPattern { message, help }) = fault {
            self.fault(Code::BadPermalink, &pattern.span, message, help);
        }
    }
}

/// Why a pattern is no permalink, and what to do about it.
struct BadPattern {
    message: String,
    help: String,
}

/// The fault of a placeholder that a kind of page does not know, or that is not closed.
fn unknown_placeholder(kind: Kind, after_brace: &str, known: &[&str]) -> BadPattern {
    let listed: Vec<String> = known.iter().map(|name| format!("{{{name}}}")).collect();
    let message = match after_brace.split_once('}') {
        Some((name, _)) => format!("`{{{name}}}` stands for nothing in the permalink of `{kind}`"),
        None => format!("`{{{after_brace}` has no `}}`"),
    };
    BadPattern {
        message,
        help: format!("there is {}", listed.join(", ")),
    }
}

fn entry<'m, T>(map: &'m Map<T>, name: &str) -> Option<&'m (At<String>, T)> {
    map.0.iter().find(|(key, _)| key.value == name)
}
