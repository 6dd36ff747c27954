//! HTML in articles: kept as it stands where the site allows it, refused with a message where not.

use pulldown_cmark::Event;

use super::Writer;
use crate::content::parse::{Spanned, end_of};
use crate::content::text::is_comment;
use crate::diag::{Code, Diagnostic};
use crate::source::Span;

impl Writer<'_> {
    /// Writes a block of HTML as it stands: an empty line in it is a part of it.
    pub(super) fn html_block(&mut self, events: &[Spanned<'_>], at: usize) -> usize {
        let end = end_of(events, at);
        let span = &events[at].1;
        let inner = &events[at + 1..end];
        if self.job.options.markdown.raw_html {
            for (event, _) in inner {
                match event {
                    Event::Html(html) => self.out.push_str(html),
                    event => self.event(event, span),
                }
            }
            return end + 1;
        }
        let mut html = String::new();
        for (event, _) in inner {
            if let Event::Html(part) = event {
                html.push_str(part);
            }
        }
        self.raw_html(&html, span);
        end + 1
    }

    /// Writes HTML where it is kept, and refuses it elsewhere.
    pub(super) fn raw_html(&mut self, html: &str, span: &Span) {
        if self.job.options.markdown.raw_html {
            self.out.push_str(html);
            return;
        }
        if is_comment(html) {
            return;
        }
        let trimmed = html.trim();
        let is_end = trimmed.starts_with("</");
        // Its beginning was refused before.
        if is_end && std::mem::take(&mut self.is_html_refused) {
            return;
        }
        self.is_html_refused = !is_end;
        let line = trimmed.lines().next().unwrap_or_default();
        let shown: String = line.chars().take(40).collect();
        let fault = Diagnostic::error(
            Code::RawHtml,
            format!("HTML is not kept in Markdown: `{shown}`"),
        );
        self.diagnostics.push(
            self.job
                .base
                .place(fault, &(span.start..span.start + line.len()))
                .help("write it in Markdown or as a shortcode, put it into `code` to show it, or set `raw_html = true` in [markdown] of site.toml"),
        );
    }
}
