//! The body of a page: a Markdown file comes in, HTML with every link, image and shortcode resolved
//! goes out.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;

use super::Renderer;
use super::elements::block_in;
use super::key::Targets;
use crate::content::{self, Call, Host, ImageUse, Placement, Renamed, Rendering};
use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::layout::links;
use crate::layout::links::Target;
use crate::ordered;
use crate::path::SourcePath;
use crate::source::Span;
use crate::view::text;
use crate::view::types::TocEntry;

/// Answers the questions that one body asks while it is rendered.
pub(super) struct Body<'r> {
    pub renderer: &'r Renderer<'r>,
    /// The page that shows the body.
    pub page: usize,
    pub path: &'r SourcePath,
    targets: &'r Targets<'r>,
    /// What is to be said that is no fault of an answer.
    notes: RefCell<Diagnostics>,
    /// Where each link was written, by what it became.
    places: RefCell<ordered::Map<String, Place>>,
    /// What headings with shortcodes in them say, by their ids.
    headings: RefCell<BTreeMap<String, String>>,
}

/// What became of a body besides its HTML.
#[derive(Default)]
pub(super) struct Found {
    /// Where each link was written, by what it became.
    pub places: ordered::Map<String, Place>,
    pub headings: BTreeMap<String, String>,
}

impl Found {
    /// Completes the entries of a table of contents that hold shortcodes.
    pub(super) fn complete(&self, toc: &mut [TocEntry]) {
        if self.headings.is_empty() {
            return;
        }
        for entry in toc {
            if let Some(text) = self.headings.get(&entry.id) {
                entry.text.clone_from(text);
            }
            self.complete(&mut entry.children);
        }
    }
}

impl Renderer<'_> {
    pub(super) fn body(
        &self,
        (page, path): (usize, &SourcePath),
        (targets, renamed): (&Targets<'_>, &Renamed),
        found: &mut Found,
        diagnostics: &mut Diagnostics,
    ) -> String {
        let Some(article) = self.cx.site.article(path) else {
            return String::new();
        };
        let Some(source) = diagnostics.take(self.inputs.source(path)) else {
            return String::new();
        };
        let host = Body {
            renderer: self,
            page,
            path,
            targets,
            notes: RefCell::default(),
            places: RefCell::default(),
            headings: RefCell::default(),
        };
        let rendering = Rendering {
            source: &source,
            options: &self.cx.site.theme.markdown,
            host: &host,
            renamed,
        };
        let html = content::render(article, rendering, diagnostics);
        found.places.extend(host.places.into_inner());
        found.headings.extend(host.headings.into_inner());
        diagnostics.extend(host.notes.into_inner());
        html
    }
}

impl Body<'_> {
    fn target(&self, link: &str, span: &Span) -> Result<Cow<'_, Target>, Diagnostic> {
        let target = match self.targets.get(link) {
            Some(target) => Cow::Borrowed(target),
            None => links::resolve(
                self.renderer.cx.site,
                self.renderer.cx.layout,
                self.path,
                link,
                Some(self.page),
            )
            .map(Cow::Owned)
            .map_err(|fault| fault.at(self.path, span.clone()))?,
        };
        self.note(target.note.clone(), span);
        Ok(target)
    }

    pub(super) fn note(&self, note: Option<Diagnostic>, span: &Span) {
        self.notes
            .borrow_mut()
            .extend(note.map(|note| note.at(self.path, span.clone())));
    }
}

impl Host for Body<'_> {
    fn link(&self, link: &str, span: Span) -> Result<String, Diagnostic> {
        let href = self.target(link, &span)?.into_owned().href;
        if href.is_empty() {
            return Ok(href);
        }
        self.places
            .borrow_mut()
            .entry(href.clone())
            .or_insert_with(|| Place::new(self.path, span));
        Ok(href)
    }

    fn image(&self, link: &str, span: Span) -> Result<ImageUse, Diagnostic> {
        let cx = &self.renderer.cx;
        let target = self.target(link, &span)?;
        Ok(text::use_of(cx.site, cx.layout, target.into_owned()))
    }

    fn heading(&self, id: &str, text: String) {
        self.headings.borrow_mut().insert(id.to_owned(), text);
    }

    fn shortcode(
        &self,
        call: &Call,
        body: Option<String>,
        placement: Placement,
    ) -> Result<String, Diagnostic> {
        if let Some(alt) = self.unpublished_picture(call)? {
            return Ok(match placement {
                Placement::InLine => alt,
                Placement::Block => format!("<p>{alt}</p>"),
            });
        }
        let html = self.expand(call, body)?;
        match block_in(&html) {
            Some(name) if placement == Placement::InLine => {
                let message = format!(
                    "the shortcode `{}` makes a `<{name}>`, which cannot stand inside a line of text",
                    call.name
                );
                let fault =
                    Diagnostic::error(Code::Shortcode, message).at(self.path, call.span.clone());
                Err(fault.help("put it on a line of its own, with an empty line before and after"))
            }
            _ => Ok(html),
        }
    }
}
