//! Messages about links that lead nowhere: the links of rendered pages come in, diagnostics at the
//! place where an author or a theme wrote them go out.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;

use super::texts::WrittenLinks;
use crate::diag::{Code, Diagnostic, Scope};
use crate::layout::output::OutputKind;
use crate::layout::{Page, links, page};
use crate::path::{OutPath, split_tail};
use crate::render::{Common, Facts, Link, Renderer};
use crate::suggest;
use crate::view::ViewContext;
use crate::view::shared::Shared;

/// Reports the links of a page whose targets do not exist.
pub fn dangling(
    cx: &ViewContext<'_>,
    written: &WrittenLinks<'_>,
    index: usize,
    facts: &Facts,
) -> Vec<Diagnostic> {
    let links = facts.links.iter();
    links
        .filter_map(|link| leads_nowhere(cx, written, index, link))
        .collect()
}

/// Splits a link into the path without the query, and the place on the page, if it names one that
/// must exist.
pub(super) fn parts(href: &str) -> (&str, Option<String>) {
    let (path, tail) = split_tail(href);
    let Some((_, fragment)) = tail.split_once('#') else {
        return (path, None);
    };
    match percent_decode_str(fragment).decode_utf8_lossy().as_ref() {
        // Every page has these places.
        "" | "top" => (path, None),
        fragment => (path, Some(fragment.to_owned())),
    }
}

/// Reports a link if its target does not exist.
fn leads_nowhere(
    cx: &ViewContext<'_>,
    written: &WrittenLinks<'_>,
    from: usize,
    link: &Link,
) -> Option<Diagnostic> {
    let (path, _) = parts(&link.href);
    if path.is_empty() {
        return None;
    }
    let output = cx.site.config.output_of_href(path);
    let diagnostic = match output {
        Some(out) if cx.layout.outputs.contains_key(&out) => return None,
        Some(out) if links::is_unpublished(cx.layout, &out) => {
            let message = format!("the page links to {path}, which is not published now");
            unpublished(cx, message)?
        }
        _ => Diagnostic::error(
            Code::DanglingLink,
            format!("the page links to {path}, which does not exist"),
        ),
    };
    Some(placed(cx, written, from, link, diagnostic))
}

/// Returns the finding about something that is not published, as strict as the site wants it.
fn unpublished(cx: &ViewContext<'_>, message: String) -> Option<Diagnostic> {
    let strictness = cx.site.config.site.check.unpublished_links;
    strictness.finding(Code::UnpublishedLink, message)
}

/// Checks the places on pages to which links lead.
pub(super) struct Places<'r> {
    renderer: &'r Renderer<'r>,
    written: &'r WrittenLinks<'r>,
    /// The facts about pages that were rendered again, by their indexes.
    rendered: &'r BTreeMap<usize, Facts>,
    /// The ids of pages as they would be if everything was published.
    unpublished: BTreeMap<OutPath, Vec<String>>,
}

impl<'r> Places<'r> {
    pub(super) fn new(
        renderer: &'r Renderer<'r>,
        written: &'r WrittenLinks<'r>,
        rendered: &'r BTreeMap<usize, Facts>,
    ) -> Self {
        Self {
            renderer,
            written,
            rendered,
            unpublished: BTreeMap::new(),
        }
    }

    /// Reports a link to a place that its page does not have.
    ///
    /// `from` is the page of the link.
    pub(super) fn check(&mut self, from: usize, link: &Link) -> Option<Diagnostic> {
        let cx = &self.renderer.cx;
        let (path, fragment) = parts(&link.href);
        let fragment = fragment?;
        let target = if path.is_empty() {
            from
        } else {
            page_of(cx, path)?
        };
        let ids = &self.rendered.get(&target)?.ids;
        if ids.contains(&fragment) || may_lack_ids(cx, target) {
            return None;
        }
        let page = &cx.layout.pages[target];
        let address = cx.site.config.href(&page.url);
        if self.would_have(page, &fragment) {
            let message =
                format!("the place `#{fragment}` of the page {address} is not published now");
            let finding = unpublished(cx, message)?;
            return Some(
                placed(cx, self.written, from, link, finding)
                    .help("the link leads to the top of the page until it is"),
            );
        }
        let message = format!("the page {address} has no place `#{fragment}`");
        let error = Diagnostic::error(Code::DanglingAnchor, message);
        let help = suggest::help(&fragment, ids.iter().map(String::as_str));
        Some(placed(cx, self.written, from, link, error).help(help))
    }

    /// Returns true if a page would have an id if everything was published.
    fn would_have(&mut self, page: &Page, id: &str) -> bool {
        let here = &self.renderer.cx;
        let Some(all) = here.layout.unpublished() else {
            return false;
        };
        let out = page.url.output();
        let inputs = self.renderer.inputs;
        let ids = self.unpublished.entry(out.clone()).or_insert_with(|| {
            let output = all.layout.outputs.get(&out).map(|output| &output.what);
            let Some(OutputKind::Page(index)) = output else {
                return vec![];
            };
            let shared = Shared::of(&all.site);
            let cx = all.context(here, &shared);
            let common = Common::of(&cx);
            Renderer::new(cx, inputs, &common).page(*index).facts.ids
        });
        ids.iter().any(|other| other == id)
    }
}

/// Returns true if a page may lack ids because of an error that was reported: its record is broken,
/// or another page wants the same address.
fn may_lack_ids(cx: &ViewContext<'_>, index: usize) -> bool {
    let page = &cx.layout.pages[index];
    let role = page.subject.role();
    cx.layout.contested.contains(&page.url.output())
        || role.is_some_and(|id| cx.site.failed.records.contains(id))
}

/// Returns the index of the page at the path of a link.
fn page_of(cx: &ViewContext<'_>, path: &str) -> Option<usize> {
    let out = cx.site.config.output_of_href(path)?;
    match cx.layout.outputs.get(&out)?.what {
        OutputKind::Page(index) => Some(index),
        _ => None,
    }
}

/// Places a diagnostic where the link was written.
///
/// A link that a theme made is placed in the template, and reported once for all pages that show
/// it.
fn placed(
    cx: &ViewContext<'_>,
    written: &WrittenLinks<'_>,
    from: usize,
    link: &Link,
    diagnostic: Diagnostic,
) -> Diagnostic {
    if let Some(place) = link.place.as_ref().or_else(|| written.place(&link.href)) {
        return Diagnostic {
            place: Some(place.clone()),
            ..diagnostic
        };
    }
    let page = &cx.layout.pages[from];
    let template = page::template(cx.site, page).ok();
    let in_template = template.and_then(|template| cx.site.theme.place_of(&template, &link.href));
    let cause = diagnostic.message.clone();
    let placed = match (in_template, page::source_path(cx.site, page)) {
        (Some((path, span)), _) => diagnostic.at(&path, span),
        (None, Some(path)) => diagnostic.at_file(&path),
        (None, None) => diagnostic,
    };
    let help = format!(
        "the link stands on {}, made by the template of its kind ({})",
        cx.site.config.href(&page.url),
        page.kind
    );
    let summary = format!("link to {}, which does not exist", link.href);
    placed
        .help(help)
        .shared(Scope::Pages, cause, "pages", summary)
}
