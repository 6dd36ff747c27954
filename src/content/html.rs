//! Markdown as HTML: events come in, HTML goes out, with links, images and shortcodes answered by a `Host`.

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, Tag, TagEnd};

use super::notes::Notes;
use super::outline::Heading;
use super::parse::{Spanned, call_of, destination, end_of, has_calls, plain};
use super::plain::{has_link, text_of, without_sources};
use super::shortcode::Call;
use super::{Host, ImageUse, Options, is_comment};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::escape::push as push_escaped;
use crate::path::SourcePath;
use crate::source::Span;

/// What a text becomes HTML with.
pub(super) struct Writer<'w> {
    pub path: &'w SourcePath,
    pub options: &'w Options,
    pub host: &'w dyn Host,
    /// Where the text stands in its file.
    pub offset: usize,
    pub calls: &'w [Call],
    /// Renders the body of the shortcode of a number.
    pub body: &'w dyn Fn(usize, &Span, &mut Diagnostics) -> String,
    /// The shortcodes that the text stands in.
    within: &'w [usize],
    pub faults: &'w mut Diagnostics,
    pub out: String,
    alignments: Vec<Alignment>,
    cell: usize,
    in_head: bool,
    /// How many tables there were: each needs a name of its own.
    tables: usize,
    /// How many pictures there were: the first one may be in sight at once.
    pictures: usize,
    standing: Standing,
    style: Style<'w>,
    /// Whether an element was refused whose end is still to come.
    open_html: bool,
    /// The links that are open: no link stands in another one.
    links: usize,
    /// Whether the link that is open leads to nothing that is published.
    is_plain_link: bool,
    notes: Notes,
}

/// Where shortcodes and pictures stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// In an open paragraph or heading.
    InLine,
    /// In place of a paragraph: shortcodes alone, or a single picture.
    Alone,
    /// In an item of a list or a cell.
    Any,
}

/// How wide a picture in a text is: as wide as the screen, or as the longest line of a text.
const SIZES: &str = "(min-width: 48rem) 44rem, 100vw";

/// A text as HTML: what is read, and where what it asks for comes from.
pub(super) struct Job<'w> {
    pub path: &'w SourcePath,
    pub options: &'w Options,
    pub host: &'w dyn Host,
    pub offset: usize,
    pub calls: &'w [Call],
    pub body: &'w dyn Fn(usize, &Span, &mut Diagnostics) -> String,
    /// The numbers of the shortcodes that the text stands in.
    pub within: &'w [usize],
    pub style: Style<'w>,
}

/// What a text is part of.
#[derive(Clone, Copy)]
pub(super) enum Style<'w> {
    Article,
    /// One of many short texts that may stand on a page.
    Record {
        /// What stands before the ids of its notes; none where there is no page to have ids.
        ids: Option<&'w str>,
        /// The names of its tables: of several texts each may have a first one.
        tables: &'w [String],
    },
}

/// Renders events with their headings.
pub(super) fn write(job: &Job<'_>, events: &[Spanned<'_>], headings: &[Heading], faults: &mut Diagnostics) -> String {
    let Job { path, options, host, offset, calls, body, within, style } = *job;
    let mut writer = Writer {
        path,
        options,
        host,
        offset,
        calls,
        body,
        within,
        faults,
        out: String::with_capacity(events.last().map_or(0, |(_, span)| span.end) * 3 / 2),
        alignments: vec![],
        cell: 0,
        in_head: false,
        tables: 0,
        // What a shortcode wraps, or a record says, is not taken for the top of the page.
        pictures: if matches!(style, Style::Article) { within.len() } else { 1 },
        standing: Standing::Any,
        style,
        open_html: false,
        links: 0,
        is_plain_link: false,
        notes: match style {
            Style::Article => Notes::of(prefix(within)),
            Style::Record { ids, .. } => Notes::of_record(ids),
        },
    };
    writer.blocks(events, headings, 0);
    let notes = std::mem::take(&mut writer.notes).section(&options.words);
    writer.out + &notes
}

/// An address with what no address holds percent-encoded: browsers take a backslash for a slash.
fn encoded(href: &str) -> std::borrow::Cow<'_, str> {
    let is_strange = |c: char| matches!(c, ' ' | '"' | '\\' | '`' | '<' | '>' | '^' | '{' | '|' | '}') || c.is_ascii_control();
    if !href.contains(is_strange) {
        return href.into();
    }
    href.chars().map(|c| if is_strange(c) { format!("%{:02X}", u32::from(c)) } else { c.to_string() }).collect::<String>().into()
}

/// What stands before the ids of a text inside shortcodes. No heading's own id has its sign in it, so that no two are the same.
fn prefix(within: &[usize]) -> String {
    within.iter().map(|number| format!("{number}~")).collect()
}

impl<'w> Writer<'w> {
    /// Writes a stretch of events; `first` is the index of the first of them in the whole text.
    fn blocks(&mut self, events: &[Spanned<'_>], headings: &[Heading], first: usize) {
        let mut at = 0;
        while let Some((event, span)) = events.get(at) {
            at = match event {
                Event::Start(Tag::Heading { .. }) => self.heading(events, headings, first, at),
                Event::Start(Tag::Paragraph) => self.paragraph(events, at),
                Event::Start(Tag::FootnoteDefinition(name)) => self.footnote(events, headings, first, at, name),
                Event::Start(Tag::CodeBlock(kind)) => self.code_block(events, at, kind),
                Event::Start(Tag::Image { dest_url, title, .. }) => self.image(events, at, dest_url, title),
                Event::Start(tag @ Tag::Link { title, .. }) => {
                    self.link(&destination(tag).unwrap_or_default(), title, span);
                    at + 1
                }
                Event::Start(Tag::HtmlBlock) => self.html_block(events, at),
                event => {
                    self.event(event, span);
                    at + 1
                }
            };
        }
    }

    fn heading(&mut self, events: &[Spanned<'_>], headings: &[Heading], first: usize, at: usize) -> usize {
        let Some(heading) = headings.iter().find(|heading| heading.start == first + at) else {
            let end = end_of(events, at);
            if super::outline::is_empty(&events[at + 1..end]) {
                return end + 1;
            }
            self.out.push_str("<p><strong>");
            return at + 1;
        };
        let end = heading.end - first;
        if !heading.is_title {
            self.out.push_str(&format!("<h{} id=\"{}", heading.level, prefix(self.within)));
            push_escaped(&mut self.out, &heading.id);
            self.out.push_str("\">");
            let (start, inner) = (self.out.len(), &events[at + 1..end.min(events.len())]);
            self.stretch(Standing::InLine, inner);
            if self.within.is_empty() && has_calls(inner) {
                self.host.heading(&heading.id, text_of(&self.out[start..]));
            }
            self.out.push_str(&format!("</h{}>\n", heading.level));
        }
        end + 1
    }

    /// A paragraph; one that holds only shortcodes, or a single picture, is none.
    fn paragraph(&mut self, events: &[Spanned<'_>], at: usize) -> usize {
        let end = end_of(events, at);
        let inner = &events[at + 1..end];
        let is_call = |(event, _): &Spanned<'_>| match event {
            Event::SoftBreak => true,
            Event::Text(text) => text.trim().is_empty(),
            event => call_of(event).is_some(),
        };
        let is_picture = matches!(inner.first(), Some((Event::Start(Tag::Image { .. }), _)))
            && matches!(inner.last(), Some((Event::End(TagEnd::Image), _)))
            && inner.iter().filter(|(event, _)| matches!(event, Event::Start(Tag::Image { .. }))).count() == 1;
        if (has_calls(inner) && inner.iter().all(is_call)) || is_picture {
            self.stretch(Standing::Alone, inner);
            self.out.push('\n');
        } else {
            self.out.push_str("<p>");
            self.stretch(Standing::InLine, inner);
            self.out.push_str("</p>\n");
        }
        end + 1
    }

    /// What stands in a paragraph, in place of one, or in a heading.
    fn stretch(&mut self, standing: Standing, events: &[Spanned<'_>]) {
        self.standing = standing;
        self.blocks(events, &[], 0);
        self.standing = Standing::Any;
    }

    fn event(&mut self, event: &Event<'_>, span: &Span) {
        match event {
            Event::Text(text) => push_escaped(&mut self.out, text),
            Event::Code(code) => {
                self.out.push_str("<code>");
                push_escaped(&mut self.out, code);
                self.out.push_str("</code>");
            }
            Event::SoftBreak => self.out.push('\n'),
            Event::HardBreak => self.out.push_str("<br>\n"),
            Event::Rule => self.out.push_str("<hr>\n"),
            Event::TaskListMarker(checked) => {
                let (state, word) = if *checked { (" checked", &self.options.words.done) } else { ("", &self.options.words.to_do) };
                self.out.push_str(&format!("<input type=\"checkbox\" disabled{state} aria-label=\"{}\"> ", crate::escape::escape(word)));
            }
            Event::FootnoteReference(name) => {
                let html = self.notes.reference(name);
                self.out.push_str(&html);
            }
            Event::Html(html) | Event::InlineHtml(html) => self.raw_html(html, span),
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::InlineMath(_) | Event::DisplayMath(_) => self.call(event),
        }
    }

    fn call(&mut self, event: &Event<'_>) {
        let Some((call, html)) = self.expanded(event) else { return };
        if self.links == 0 {
            self.out.push_str(&html);
            return;
        }
        let html = without_sources(&html);
        self.out.push_str(&html);
        if has_link(&html) {
            let fault = Diagnostic::error(Code::Shortcode, format!("the shortcode `{}` makes a link, which cannot stand in the text of a link", call.name));
            self.faults.push(fault.at(self.path, call.span.clone()).help("put it beside the link"));
        }
    }

    /// The HTML of a call.
    fn expanded(&mut self, event: &Event<'_>) -> Option<(&'w Call, String)> {
        let number = call_of(event)?;
        let call = self.calls.get(number)?;
        let body = call.body.as_ref().map(|span| (self.body)(number + 1, span, self.faults)).map(|body| self.fitting(call, body));
        let html = self.host.shortcode(call, body, self.standing == Standing::InLine);
        Some((call, self.faults.take(html)?))
    }

    /// The body of a shortcode as it may stand here: inside a line, a single paragraph without its tags.
    fn fitting(&mut self, call: &Call, body: String) -> String {
        if self.standing == Standing::Alone {
            return body;
        }
        match body.strip_prefix("<p>").and_then(|body| body.strip_suffix("</p>\n")) {
            Some(inner) if !inner.contains("</p>") => inner.to_owned(),
            _ if body.trim().is_empty() => String::new(),
            _ => {
                let fault = Diagnostic::error(Code::Shortcode, format!("the text of the shortcode `{}` cannot stand inside a line", call.name));
                self.faults.push(
                    fault.at(self.path, call.span.clone()).help("put the shortcode's two tags on lines of their own, with an empty line before and after"),
                );
                String::new()
            }
        }
    }

    /// A block of HTML, kept as it stands: an empty line in it is a part of it.
    fn html_block(&mut self, events: &[Spanned<'_>], at: usize) -> usize {
        let end = end_of(events, at);
        let inner = &events[at + 1..end];
        if self.options.markdown.raw_html {
            for (event, _) in inner {
                match event {
                    Event::Html(html) => self.out.push_str(html),
                    event => self.event(event, &events[at].1),
                }
            }
        } else {
            let html: String = inner.iter().filter_map(|(event, _)| if let Event::Html(html) = event { Some(html.as_ref()) } else { None }).collect();
            self.raw_html(&html, &events[at].1);
        }
        end + 1
    }

    fn raw_html(&mut self, html: &str, span: &Span) {
        if self.options.markdown.raw_html {
            self.out.push_str(html);
            return;
        }
        if is_comment(html) {
            return;
        }
        let trimmed = html.trim();
        // The end of what was said already.
        if trimmed.starts_with("</") && std::mem::take(&mut self.open_html) {
            return;
        }
        self.open_html = !trimmed.starts_with("</");
        let start = span.start + self.offset;
        let shown = trimmed.lines().next().unwrap_or_default().chars().take(40).collect::<String>();
        let fault = Diagnostic::error(Code::RawHtml, format!("HTML is not kept in Markdown: `{shown}`"))
            .at(self.path, start..start + trimmed.lines().next().map_or(0, str::len));
        self.faults
            .push(fault.help("write it in Markdown or as a shortcode, put it into `code` to show it, or set `raw_html = true` in [markdown] of site.toml"));
    }

    fn link(&mut self, destination: &str, title: &str, span: &Span) {
        self.links += 1;
        if self.links > 1 {
            return;
        }
        let href = self.faults.take(self.host.link(destination, span.start + self.offset..span.end + self.offset)).unwrap_or_else(|| "#".to_owned());
        self.is_plain_link = href.is_empty() && !destination.is_empty();
        if self.is_plain_link {
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

    /// A picture; one with a title is a figure with that caption.
    fn image(&mut self, events: &[Spanned<'_>], at: usize, destination: &str, title: &str) -> usize {
        let end = end_of(events, at);
        let span = &events[at].1;
        let alt = self.alternative(&events[at + 1..end]);
        let found = self.faults.take(self.host.image(destination, span.start + self.offset..span.end + self.offset));
        if found.as_ref().is_some_and(|image| image.src.is_empty() && !destination.is_empty()) {
            let (start, end) = if self.standing == Standing::Alone { ("<p>", "</p>") } else { ("", "") };
            self.out.push_str(&format!("{start}{}{end}", crate::escape::escape(&alt)));
        } else if let Some(ImageUse { src, srcset, width, height }) = found {
            let size = width.zip(height).map(|(width, height)| format!(" width=\"{width}\" height=\"{height}\"")).unwrap_or_default();
            let srcset = if srcset.is_empty() { srcset } else { format!(" srcset=\"{}\" sizes=\"{SIZES}\"", crate::escape::escape(&srcset)) };
            let loading = if self.pictures == 0 { "" } else { " loading=\"lazy\"" };
            self.pictures += 1;
            let (src, alt) = (crate::escape::escape(&src), crate::escape::escape(&alt));
            let title = crate::escape::escape(title);
            // A figure cannot stand inside a line: there a title is shown as browsers do.
            let is_figure = !title.is_empty() && self.standing == Standing::Alone;
            let hint = if is_figure || title.is_empty() { String::new() } else { format!(" title=\"{title}\"") };
            let image = format!("<img src=\"{src}\"{srcset} alt=\"{alt}\"{hint}{size}{loading} decoding=\"async\">");
            if is_figure {
                self.out.push_str(&format!("<figure>{image}<figcaption>{title}</figcaption></figure>"));
            } else {
                self.out.push_str(&image);
            }
        }
        end + 1
    }

    /// What stands for a picture: a text, also that of shortcodes.
    fn alternative(&mut self, events: &[Spanned<'_>]) -> String {
        if !has_calls(events) {
            return plain(events);
        }
        let standing = std::mem::replace(&mut self.standing, Standing::InLine);
        let mut alt = String::new();
        for event in events {
            match self.expanded(&event.0) {
                Some((_, html)) => alt.push_str(&text_of(&html)),
                None => match &event.0 {
                    Event::Text(part) | Event::Code(part) => alt.push_str(part),
                    Event::SoftBreak | Event::HardBreak => alt.push(' '),
                    _ => {}
                },
            }
        }
        self.standing = standing;
        alt
    }

    fn code_block(&mut self, events: &[Spanned<'_>], at: usize, kind: &CodeBlockKind<'_>) -> usize {
        let end = end_of(events, at);
        let code: String = events[at + 1..end].iter().filter_map(|(event, _)| if let Event::Text(text) = event { Some(text.as_ref()) } else { None }).collect();
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split([' ', ',', '{']).next().unwrap_or_default().to_owned(),
            CodeBlockKind::Indented => String::new(),
        };
        // Focus, so that a long line can be scrolled with the keyboard.
        self.out.push_str("<pre tabindex=\"0\"><code");
        if !language.is_empty() {
            self.out.push_str(" class=\"language-");
            push_escaped(&mut self.out, &language);
            self.out.push('"');
        }
        self.out.push('>');
        let coloured = if self.options.markdown.highlight { super::highlight::highlight(&language, &code) } else { None };
        match coloured {
            Some(html) => self.out.push_str(&html),
            None => push_escaped(&mut self.out, &code),
        }
        self.out.push_str("</code></pre>\n");
        end + 1
    }

    fn start(&mut self, tag: &Tag<'_>) {
        let html = match tag {
            Tag::BlockQuote(Some(kind)) => return self.alert(*kind),
            Tag::BlockQuote(None) => "<blockquote>\n",
            Tag::List(Some(1)) => "<ol>\n",
            Tag::List(Some(start)) => return self.out.push_str(&format!("<ol start=\"{start}\">\n")),
            Tag::List(None) => "<ul>\n",
            Tag::Item => "<li>",
            Tag::Emphasis => "<em>",
            Tag::Strong => "<strong>",
            Tag::Strikethrough => "<del>",
            Tag::Table(alignments) => {
                self.alignments = alignments.clone();
                self.tables += 1;
                let number: String = self.within.iter().map(|number| format!("{number}.")).chain([self.tables.to_string()]).collect();
                let label = self.options.words.table.replace("{number}", &number);
                let label = crate::escape::escape(match self.style {
                    Style::Record { tables, .. } => tables.get(self.tables - 1).unwrap_or(&label),
                    Style::Article => &label,
                });
                return self.out.push_str(&format!("<section class=\"table-scroll\" aria-label=\"{label}\" tabindex=\"0\">\n<table>\n"));
            }
            Tag::TableHead => {
                (self.in_head, self.cell) = (true, 0);
                "<thead>\n<tr>"
            }
            Tag::TableRow => {
                self.cell = 0;
                "<tr>"
            }
            Tag::TableCell => return self.table_cell(),
            _ => "",
        };
        self.out.push_str(html);
    }

    fn table_cell(&mut self) {
        self.out.push_str(if self.in_head { "<th scope=\"col\"" } else { "<td" });
        self.out.push_str(match self.alignments.get(self.cell) {
            Some(Alignment::Right) => " class=\"right\">",
            Some(Alignment::Center) => " class=\"center\">",
            _ => ">",
        });
        self.cell += 1;
    }

    fn alert(&mut self, kind: BlockQuoteKind) {
        let index = match kind {
            BlockQuoteKind::Note => 0,
            BlockQuoteKind::Tip => 1,
            BlockQuoteKind::Important => 2,
            BlockQuoteKind::Warning => 3,
            BlockQuoteKind::Caution => 4,
        };
        let name = ["note", "tip", "important", "warning", "caution"][index];
        let title = crate::escape::escape(&self.options.words.alerts[index]);
        self.out.push_str(&format!("<div class=\"alert alert-{name}\" role=\"note\">\n<p class=\"alert-title\">{title}</p>\n"));
    }

    fn end(&mut self, tag: &TagEnd) {
        let html = match tag {
            TagEnd::BlockQuote(Some(_)) => "</div>\n",
            TagEnd::BlockQuote(None) => "</blockquote>\n",
            TagEnd::List(true) => "</ol>\n",
            TagEnd::List(false) => "</ul>\n",
            TagEnd::Heading(_) => "</strong></p>\n",
            TagEnd::Item => "</li>\n",
            TagEnd::Emphasis => "</em>",
            TagEnd::Strong => "</strong>",
            TagEnd::Strikethrough => "</del>",
            TagEnd::Link => {
                self.links = self.links.saturating_sub(1);
                if self.links > 0 || std::mem::take(&mut self.is_plain_link) { "" } else { "</a>" }
            }
            TagEnd::Table => {
                let opening = "<tbody>\n";
                match self.out.strip_suffix(opening).map(str::len) {
                    Some(length) => self.out.truncate(length),
                    None => self.out.push_str("</tbody>\n"),
                }
                "</table>\n</section>\n"
            }
            TagEnd::TableHead => {
                self.in_head = false;
                "</tr>\n</thead>\n<tbody>\n"
            }
            TagEnd::TableRow => "</tr>\n",
            TagEnd::TableCell => return self.out.push_str(if self.in_head { "</th>" } else { "</td>" }),
            _ => "",
        };
        self.out.push_str(html);
    }

    fn footnote(&mut self, events: &[Spanned<'_>], headings: &[Heading], first: usize, at: usize, name: &str) -> usize {
        let end = end_of(events, at);
        let before = std::mem::take(&mut self.out);
        self.blocks(&events[at + 1..end], headings, first + at + 1);
        let text = std::mem::replace(&mut self.out, before);
        self.notes.define(name, text);
        end + 1
    }
}
