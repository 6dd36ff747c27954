//! Links and images: destinations come in; the host says where they are, and tags go out.

use std::borrow::Cow;

use pulldown_cmark::Event;

use super::{OpenLinks, Standing, Writer};
use crate::content::ImageUse;
use crate::content::parse::{Spanned, end_of, has_calls, plain};
use crate::content::plain::text_of;
use crate::escape::{escape, push as push_escaped};
use crate::source::Span;

/// How wide an image in a text is: as wide as the screen, or as the longest line of a text.
const SIZES: &str = "(min-width: 48rem) 44rem, 100vw";

impl Writer<'_> {
    /// Opens a link, unless one is open.
    pub(super) fn link(&mut self, destination: &str, title: &str, span: &Span) {
        self.links.count += 1;
        if self.links.count > 1 {
            return;
        }
        let found = self.job.host.link(destination, self.job.base.in_file(span));
        let href = self
            .diagnostics
            .take(found)
            .unwrap_or_else(|| "#".to_owned());
        self.links.is_text = href.is_empty() && !destination.is_empty();
        if self.links.is_text {
            return;
        }
        self.out.push_str("<a href=\"");
        push_escaped(&mut self.out, &encoded(&href));
        if !title.is_empty() {
            self.out.push_str("\" title=\"");
            push_escaped(&mut self.out, title);
        }
        self.out.push_str("\">");
    }

    /// Writes an image; one with a title that stands alone is a figure with that caption.
    pub(super) fn image(
        &mut self,
        events: &[Spanned<'_>],
        at: usize,
        destination: &str,
        title: &str,
    ) -> usize {
        let end = end_of(events, at);
        let span = self.job.base.in_file(&events[at].1);
        let alt = self.alternative(&events[at + 1..end]);
        let found = self.job.host.image(destination, span);
        let Some(image) = self.diagnostics.take(found) else {
            return end + 1;
        };
        if image.src.is_empty() && !destination.is_empty() {
            let alt = escape(&alt);
            self.out.push_str(&if self.standing == Standing::Alone {
                format!("<p>{alt}</p>")
            } else {
                alt
            });
            return end + 1;
        }
        let title = escape(title);
        // A figure cannot stand inside a line: there a title is shown as browsers do.
        let html = if title.is_empty() {
            self.image_tag(&image, &alt, "")
        } else if self.standing == Standing::Alone {
            let tag = self.image_tag(&image, &alt, "");
            format!("<figure>{tag}<figcaption>{title}</figcaption></figure>")
        } else {
            self.image_tag(&image, &alt, &format!(" title=\"{title}\""))
        };
        self.out.push_str(&html);
        end + 1
    }

    /// Returns the tag of an image. `title` is the attribute, or empty.
    fn image_tag(&mut self, image: &ImageUse, alt: &str, title: &str) -> String {
        let ImageUse {
            src,
            srcset,
            width,
            height,
        } = image;
        let size = match width.zip(*height) {
            Some((width, height)) => format!(" width=\"{width}\" height=\"{height}\""),
            None => String::new(),
        };
        let srcset = if srcset.is_empty() {
            String::new()
        } else {
            format!(" srcset=\"{}\" sizes=\"{SIZES}\"", escape(srcset))
        };
        let loading = if self.images == 0 {
            ""
        } else {
            " loading=\"lazy\""
        };
        self.images += 1;
        let (src, alt) = (escape(src), escape(alt));
        format!(
            "<img src=\"{src}\"{srcset} alt=\"{alt}\"{title}{size}{loading} decoding=\"async\">"
        )
    }

    /// Returns the text that stands for an image, also that of shortcodes.
    fn alternative(&mut self, events: &[Spanned<'_>]) -> String {
        if !has_calls(events) {
            return plain(events);
        }
        let standing = std::mem::replace(&mut self.standing, Standing::InLine);
        let mut alt = String::new();
        for (event, _) in events {
            if let Some((_, html)) = self.expanded(event) {
                alt.push_str(&text_of(&html));
                continue;
            }
            match event {
                Event::Text(part) | Event::Code(part) => alt.push_str(part),
                Event::SoftBreak | Event::HardBreak => alt.push(' '),
                _ => {}
            }
        }
        self.standing = standing;
        alt
    }
}

impl OpenLinks {
    /// Closes the innermost link, and returns its tag.
    pub(super) fn close(&mut self) -> &'static str {
        self.count = self.count.saturating_sub(1);
        if self.count > 0 || std::mem::take(&mut self.is_text) {
            ""
        } else {
            "</a>"
        }
    }
}

/// Percent-encodes what no address holds: browsers take a backslash for a slash.
fn encoded(href: &str) -> Cow<'_, str> {
    let is_strange = |c: char| {
        matches!(
            c,
            ' ' | '"' | '\\' | '`' | '<' | '>' | '^' | '{' | '|' | '}'
        ) || c.is_ascii_control()
    };
    if !href.contains(is_strange) {
        return href.into();
    }
    let mut encoded = String::with_capacity(href.len());
    for c in href.chars() {
        if is_strange(c) {
            encoded.push_str(&format!("%{:02X}", u32::from(c)));
        } else {
            encoded.push(c);
        }
    }
    encoded.into()
}
