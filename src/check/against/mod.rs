//! Addresses that were published: those of an old sitemap and the plan of today's site come in; a
//! warning for each that leads nowhere now goes out.

mod advice;
mod base;
mod rules;
pub mod sitemap;
mod successor;

use std::collections::BTreeSet;

use percent_encoding::percent_decode_str;

use crate::calendar::Absence;
use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::inputs::Inputs;
use crate::kind::Kind;
use crate::layout::links::{Unseen, why_unpublished};
use crate::layout::pair::FolderRule;
use crate::path::{OutPath, SourcePath, UrlPath, split_tail};
use crate::plan::Plan;
use advice::Adviser;
use base::{base_of, below};
use rules::Rules;
use sitemap::Loc;
use successor::Successors;

/// The longest address that is compared, in bytes. The protocol of sitemaps allows 2,048 characters.
const LONGEST: usize = 8192;

/// The addresses that were published.
#[derive(Debug, Default)]
pub struct OldAddresses {
    all: Vec<OldAddress>,
}

#[derive(Debug)]
struct OldAddress {
    /// The path from the root of the host, decoded.
    path: String,
    place: Place,
}

/// What a comparison found.
#[derive(Debug, Default)]
pub struct Compared {
    pub diagnostics: Diagnostics,
    /// How many addresses were looked up.
    pub addresses: usize,
    pub gone: usize,
}

impl OldAddresses {
    /// Adds an address that a sitemap lists, or returns what is wrong with it.
    pub fn add(&mut self, sitemap: &SourcePath, loc: &Loc) -> Result<(), Diagnostic> {
        let Loc { text, span } = loc;
        if text.len() > LONGEST {
            let message = format!("this address has {} bytes", text.len());
            let warning = Diagnostic::warning(Code::BadSitemap, message);
            return Err(warning.at(sitemap, span.start..span.start).help(
                "it is not compared; a sitemap lists addresses of less than 2048 characters",
            ));
        }
        let place = Place::new(sitemap, span.clone());
        let Some(path) = path_of(text) else {
            let message = format!("`{}` is no address of a page", text.escape_debug());
            let warning = Diagnostic::warning(Code::BadSitemap, message);
            return Err(warning
                .at(sitemap, span.clone())
                .help("it is not compared; a sitemap lists addresses that begin with https://"));
        };
        self.all.push(OldAddress { path, place });
        Ok(())
    }
}

/// Returns the path of a URL from the root of its host: decoded, in NFC, without query and fragment.
fn path_of(url: &str) -> Option<String> {
    let (url, _) = split_tail(url);
    let path = match url.split_once("://") {
        Some((scheme, rest)) => {
            let schemes = ["https", "http"];
            let is_web = schemes.iter().any(|web| scheme.eq_ignore_ascii_case(web));
            let path = rest.find('/').map_or("/", |at| &rest[at..]);
            Some(path).filter(|_| is_web)
        }
        None => Some(url).filter(|url| url.starts_with('/')),
    }?;
    let decoded = percent_decode_str(path).decode_utf8();
    let decoded = decoded.unwrap_or_else(|_| path.into());
    let normal = UrlPath::new(&decoded).map(|url| url.as_str().to_owned());
    Some(normal.unwrap_or_else(|_| decoded.into_owned()))
}

/// Compares the addresses that were published with those of the site as it would be built now.
pub fn compare(plan: &Plan, inputs: &Inputs, old: &OldAddresses) -> Compared {
    let today = plan.site.config.base_path.as_str();
    let answers = Answers::of(plan, inputs);
    let paths: Vec<&str> = old.all.iter().map(|old| old.path.as_str()).collect();
    let base = base_of(&paths, today, |inner| answers.has(inner));
    let mut compared = Compared::default();
    if base != today {
        compared.diagnostics.extend(moved(old, base, today));
    }
    let mut inside = vec![];
    let mut outside = vec![];
    let mut seen = BTreeSet::new();
    for address in &old.all {
        match below(&address.path, base) {
            Some(inner) if seen.insert(inner.trim_end_matches('/')) => {
                inside.push((inner, &address.place));
            }
            Some(_) => {}
            None => outside.push(address),
        }
    }
    compared.diagnostics.extend(strangers(&outside, base));
    compared.addresses = inside.len();
    let is_gone = |(inner, _): &&Inside<'_>| !answers.has(inner);
    let gone = inside.iter().filter(is_gone).copied();
    let (pairs, gone): (Vec<Inside<'_>>, Vec<Inside<'_>>) =
        gone.partition(|(inner, _)| is_left_out_pair(plan, inner));
    compared.gone = gone.len() + pairs.len();
    compared.diagnostics.extend(pairs_warning(plan, &pairs));
    if !gone.is_empty() {
        compared
            .diagnostics
            .extend(warnings(plan, inputs, &inside, &gone));
    }
    compared
}

/// An address below the base path, and where it is listed.
type Inside<'o> = (&'o str, &'o Place);

/// Returns a warning for each address that is gone, with what to do about it.
fn warnings(
    plan: &Plan,
    inputs: &Inputs,
    all: &[Inside<'_>],
    gone: &[Inside<'_>],
) -> Vec<Diagnostic> {
    let Plan { site, layout, .. } = plan;
    let adviser = Adviser::new(plan, inputs);
    let known = all.iter().map(|(inner, _)| *inner);
    let successors = Successors::new(layout, known, gone.iter().map(|(inner, _)| *inner));
    let of_address = |(inner, place): &Inside<'_>| {
        let unseen = output_forms(inner).find_map(|out| why_unpublished(site, layout, &out));
        let returns = unseen.as_ref().is_some_and(Unseen::returns);
        let successor = successors.of(inner).filter(|_| !returns);
        let is_advised = successor.is_some() || unseen.is_none();
        let advice = is_advised.then(|| adviser.advice(inner, successor));
        Diagnostic {
            place: Some((*place).clone()),
            ..warning(inner, unseen).help(advice)
        }
    };
    gone.iter().map(of_address).collect()
}

/// Returns true if an address is that of a comparison of two roles, and such are left out.
fn is_left_out_pair(plan: &Plan, inner: &str) -> bool {
    let Plan { site, layout, .. } = plan;
    layout.is_address_of_pair(site, inner)
        && layout.leaves_out_pairs(site)
        && layout.has_pages(Kind::Comparisons)
}

/// Returns the warning about comparisons of roles that are not made any more.
fn pairs_warning(plan: &Plan, pairs: &[Inside<'_>]) -> Option<Diagnostic> {
    let (first, place) = pairs.first()?;
    let address = first.escape_debug();
    let message = match pairs.len() {
        1 => format!("`{address}` was published, and the two roles have no comparison now"),
        count => format!(
            "{count} comparisons, such as `{address}`, were published, and are not made now"
        ),
    };
    let list = plan.layout.page_about(Kind::Comparisons, "")?;
    let (folder, _) = first.trim_end_matches('/').rsplit_once('/')?;
    let help = format!(
        "a role is compared with the {} that are nearest to it: `[compare] related` in site.toml says with how many, and a link to a pair makes that one. On Netlify and GitLab a line in `_redirects` sends readers on to `{}` when `[publish] host` names the host; elsewhere write a rule for `{folder}/` where no file is found",
        plan.site.config.site.compare.related,
        list.url.as_str(),
    );
    let mut warning = Diagnostic::warning(Code::GoneAddress, message).help(help);
    warning.place = Some((*place).clone());
    Some(warning)
}

/// Who answers for an address of today's site.
struct Answers<'a> {
    plan: &'a Plan,
    rules: Rules,
    /// The rule for a folder in the `_redirects` that is made, unless the site has its own.
    folder: Option<FolderRule>,
}

impl<'a> Answers<'a> {
    fn of(plan: &'a Plan, inputs: &Inputs) -> Self {
        let own = plan.site.theme.assets.written_to("_redirects");
        let bytes = own.and_then(|own| own.bytes(inputs).ok());
        let rules = bytes.map(|bytes| Rules::of(&String::from_utf8_lossy(&bytes)));
        let is_made = own.is_none();
        Self {
            plan,
            rules: rules.unwrap_or_default(),
            folder: plan.layout.rule_for_pairs(&plan.site).filter(|_| is_made),
        }
    }

    /// Returns true if the rule for a folder answers for an address.
    fn sends_on(&self, inner: &str) -> bool {
        let mut rule = self.folder.iter();
        rule.any(|rule| inner.starts_with(&rule.folder))
    }

    /// Returns true if a page, a file or a redirect has an address, which is below the base path.
    fn has(&self, inner: &str) -> bool {
        let base = self.plan.site.config.base_path.trim_end_matches('/');
        output_forms(inner).any(|out| self.plan.layout.outputs.contains_key(&out))
            || self.sends_on(inner)
            || self.rules.answer(inner)
            || (!base.is_empty() && self.rules.answer(&format!("{base}{inner}")))
    }
}

/// Returns the files with which hosts answer for an address: a folder need not be named with a final
/// `/`.
fn output_forms(inner: &str) -> impl Iterator<Item = OutPath> {
    let with_slash = (!inner.ends_with('/')).then(|| format!("{inner}/"));
    let forms = [Some(inner.to_owned()), with_slash];
    let urls = forms.into_iter().flatten().map(|form| UrlPath::new(&form));
    urls.filter_map(Result::ok).map(|url| url.output())
}

/// Returns the warning about an address that is gone, without what to do about it.
fn warning(inner: &str, unseen: Option<Unseen>) -> Diagnostic {
    let address = inner.escape_debug();
    let mut help = None;
    let message = match unseen {
        None => format!("`{address}` was published, and nothing is there now"),
        Some(Unseen { path, absence }) => {
            help = Some(until(absence));
            let why = match absence {
                Some(Absence::Draft) => "is a draft now".to_owned(),
                Some(absence) => absence.why(),
                None => "is not published now".to_owned(),
            };
            let what = path.map_or("what it showed".to_owned(), |path| path.to_string());
            format!("`{address}` was published, and {what} {why}")
        }
    };
    Diagnostic::warning(Code::GoneAddress, message).help(help.map(str::to_owned))
}

/// Returns when something that is not published will be there again.
fn until(absence: Option<Absence>) -> &'static str {
    match absence {
        Some(Absence::Draft) => {
            "it is there again when `draft` is taken away; until then [[redirects]] in site.toml can send readers on"
        }
        Some(Absence::Until(_)) => {
            "it is there again on that day; until then [[redirects]] in site.toml can send readers on"
        }
        Some(Absence::Expired(_) | Absence::Aged(_)) => {
            "what is over may go, and search engines forget it"
        }
        None => "what it shows is a draft, lies in the future or has expired",
    }
}

/// Returns the warning that the site lived at another path.
fn moved(old: &OldAddresses, base: &str, today: &str) -> Option<Diagnostic> {
    let first = old.all.first()?;
    let message =
        format!("the site lived at `{base}` and lives at `{today}` now: what follows is compared");
    let help = format!(
        "no file below `{today}` can answer for an address outside it: have the host send readers of `{base}…` on to `{today}…`"
    );
    Some(
        Diagnostic::warning(Code::GoneAddress, message)
            .at_file(&first.place.path)
            .help(help),
    )
}

/// Returns the warning about addresses outside the base path.
fn strangers(outside: &[&OldAddress], base: &str) -> Option<Diagnostic> {
    let first = outside.first()?;
    let address = first.path.escape_debug();
    let message = match outside.len() {
        1 => format!("`{address}` is not compared: it is outside `{base}`, where the site lives"),
        count => format!(
            "{count} addresses, such as `{address}`, are not compared: they are outside `{base}`, where the site lives"
        ),
    };
    let help = "that is fine where something else publishes them; otherwise only the host can send their readers on";
    let mut warning = Diagnostic::warning(Code::GoneAddress, message).help(help);
    warning.place = Some(first.place.clone());
    Some(warning)
}

#[cfg(test)]
mod tests {
    use super::path_of;

    #[test]
    fn the_path_of_an_address_is_what_is_compared() {
        for (url, path) in [
            ("https://example.com/a/", Some("/a/")),
            ("HTTP://old.example:8080/a/?q=1#x", Some("/a/")),
            ("https://example.com", Some("/")),
            ("https://example.com?q=/x", Some("/")),
            ("/a/b.html", Some("/a/b.html")),
            ("https://example.com/%C3%BCber/", Some("/über/")),
            ("https://example.com/u%CC%88ber/", Some("/über/")),
            ("https://example.com/%FF/", Some("/%FF/")),
            ("https://example.com/a:b/", Some("/a:b/")),
            ("ftp://example.com/a/", None),
            ("example.com/a/", None),
            ("mailto:a@b", None),
        ] {
            assert_eq!(path_of(url).as_deref(), path, "{url}");
        }
    }
}
