//! Calls of shortcodes: an event that stands for a call comes in; what the host makes of it goes
//! out, as far as it can stand there.

use pulldown_cmark::Event;

use super::{Standing, Writer};
use crate::content::parse::call_of;
use crate::content::plain::{has_link, without_sources};
use crate::content::{Call, Placement};
use crate::diag::{Code, Diagnostic};

impl<'w> Writer<'w> {
    /// Writes the HTML of a call.
    pub(super) fn call(&mut self, event: &Event<'_>) {
        let Some((call, html)) = self.expanded(event) else {
            return;
        };
        if self.links.count == 0 {
            self.out.push_str(&html);
            return;
        }
        let html = without_sources(&html);
        self.out.push_str(&html);
        if has_link(&html) {
            let message = format!(
                "the shortcode `{}` makes a link, which cannot stand in the text of a link",
                call.name
            );
            self.diagnostics.push(
                Diagnostic::error(Code::Shortcode, message)
                    .at(self.job.base.path, call.span.clone())
                    .help("put it beside the link"),
            );
        }
    }

    /// Returns the call that an event stands for, with its HTML.
    pub(super) fn expanded(&mut self, event: &Event<'_>) -> Option<(&'w Call, String)> {
        let number = call_of(event)?;
        let call = self.job.calls.get(number)?;
        let body = match &call.body {
            Some(span) => {
                let body = (self.job.body)(number + 1, span, self.diagnostics);
                Some(self.fitting(call, body))
            }
            None => None,
        };
        let placement = match self.standing {
            Standing::InLine => Placement::InLine,
            Standing::Alone | Standing::Any => Placement::Block,
        };
        let html = self.job.host.shortcode(call, body, placement);
        Some((call, self.diagnostics.take(html)?))
    }

    /// Returns the body of a shortcode as it may stand here: inside a line, a single paragraph
    /// without its tags.
    fn fitting(&mut self, call: &Call, body: String) -> String {
        if self.standing == Standing::Alone {
            return body;
        }
        let inner = body
            .strip_prefix("<p>")
            .and_then(|body| body.strip_suffix("</p>\n"));
        if let Some(inner) = inner.filter(|inner| !inner.contains("</p>")) {
            return inner.to_owned();
        }
        if !body.trim().is_empty() {
            let message = format!(
                "the text of the shortcode `{}` cannot stand inside a line",
                call.name
            );
            self.diagnostics.push(
                Diagnostic::error(Code::Shortcode, message)
                    .at(self.job.base.path, call.span.clone())
                    .help("put the shortcode's two tags on lines of their own, with an empty line before and after"),
            );
        }
        String::new()
    }
}
