//! Markdown as HTML: events come in, HTML goes out, with links, images and shortcodes answered by a `Host`.

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, Tag, TagEnd};

use super::notes::Notes;
use super::outline::Heading;
use super::parse::{Spanned, end_of, plain};
use super::shortcode::Call;
use super::{Host, ImageUse, Options};
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
    /// Whether an element was refused whose end is still to come.
    open_html: bool,
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
}

/// Renders events with their headings.
pub(super) fn write(job: &Job<'_>, events: &[Spanned<'_>], headings: &[Heading], faults: &mut Diagnostics) -> String {
    let Job { path, options, host, offset, calls, body, within } = *job;
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
        // What a shortcode wraps is not taken for the top of the page.
        pictures: within.len(),
        standing: Standing::Any,
        open_html: false,
        is_plain_link: false,
        notes: Notes::of(prefix(within)),
    };
    writer.blocks(events, headings, 0);
    let notes = std::mem::take(&mut writer.notes).section(&options.words);
    writer.out + &notes
}

/// What stands before the ids of a text inside shortcodes. No heading's own id has its sign in it, so that no two are the same.
fn prefix(within: &[usize]) -> String {
    within.iter().map(|number| format!("{number}~")).collect()
}

impl Writer<'_> {
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
                Event::Start(Tag::Link { dest_url, title, .. }) => {
                    self.link(dest_url, title, span);
                    at + 1
                }
                Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock) => at + 1,
                event => {
                    self.event(event, span);
                    at + 1
                }
            };
        }
    }

    fn heading(&mut self, events: &[Spanned<'_>], headings: &[Heading], first: usize, at: usize) -> usize {
        let Some(heading) = headings.iter().find(|heading| heading.start == first + at) else {
            self.out.push_str("<p><strong>");
            return at + 1;
        };
        let end = heading.end - first;
        if !heading.is_title {
            self.out.push_str(&format!("<h{} id=\"{}", heading.level, prefix(self.within)));
            push_escaped(&mut self.out, &heading.id);
            self.out.push_str("\">");
            self.stretch(Standing::InLine, &events[at + 1..end.min(events.len())]);
            self.out.push_str(&format!("</h{}>\n", heading.level));
        }
        end + 1
    }

    /// A paragraph; one that holds only shortcodes, or a single picture, is none.
    fn paragraph(&mut self, events: &[Spanned<'_>], at: usize) -> usize {
        let end = end_of(events, at);
        let inner = &events[at + 1..end];
        let is_call = |(event, span): &Spanned<'_>| matches!(event, Event::SoftBreak) || (matches!(event, Event::Text(_)) && self.is_covered(span));
        let is_picture = matches!(inner.first(), Some((Event::Start(Tag::Image { .. }), _)))
            && matches!(inner.last(), Some((Event::End(TagEnd::Image), _)))
            && inner.iter().filter(|(event, _)| matches!(event, Event::Start(Tag::Image { .. }))).count() == 1;
        if !inner.is_empty() && (inner.iter().all(is_call) || is_picture) {
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

    /// Whether a text is nothing but calls and space.
    fn is_covered(&self, span: &Span) -> bool {
        let (start, end) = (span.start + self.offset, span.end + self.offset);
        let inside = self.calls.iter().filter(|call| call.span.start >= start && call.span.end <= end && call.literal.is_none());
        // Calls and what they cover: as much as the text is long.
        inside.map(|call| call.span.len()).sum::<usize>() == end - start
    }

    fn event(&mut self, event: &Event<'_>, span: &Span) {
        match event {
            Event::Text(text) => self.text(text, span),
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
            Event::InlineMath(text) | Event::DisplayMath(text) => push_escaped(&mut self.out, text),
        }
    }

    /// Text, with the shortcodes that stand in it.
    fn text(&mut self, text: &str, span: &Span) {
        let (start, end) = (span.start + self.offset, span.end + self.offset);
        let calls: Vec<&Call> = self.calls.iter().filter(|call| call.span.start >= start && call.span.end <= end).collect();
        // Where the text is not what stands in the file (an entity, a curly quote) there is no call in it.
        if calls.is_empty() || text.len() != span.len() {
            push_escaped(&mut self.out, text);
            return;
        }
        let mut done = 0;
        for call in calls {
            push_escaped(&mut self.out, &text[done..call.span.start - start]);
            self.call(call);
            done = call.span.end - start;
        }
        push_escaped(&mut self.out, &text[done..]);
    }

    fn call(&mut self, call: &Call) {
        if let Some(literal) = &call.literal {
            push_escaped(&mut self.out, literal);
            return;
        }
        let number = self.calls.iter().position(|other| other.span == call.span).unwrap_or_default() + 1;
        let body = call.body.as_ref().map(|span| (self.body)(number, span, self.faults)).map(|body| self.fitting(call, body));
        let html = self.host.shortcode(call, body, self.standing == Standing::InLine);
        self.out.extend(self.faults.take(html));
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

    fn raw_html(&mut self, html: &str, span: &Span) {
        let trimmed = html.trim();
        if trimmed.is_empty() || (trimmed.starts_with("<!--") && trimmed.ends_with("-->")) {
            return;
        }
        if self.options.markdown.raw_html {
            self.out.push_str(html);
            return;
        }
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
        let href = self.faults.take(self.host.link(destination, span.start + self.offset..span.end + self.offset)).unwrap_or_else(|| "#".to_owned());
        self.is_plain_link = href.is_empty() && !destination.is_empty();
        if self.is_plain_link {
            return;
        }
        self.out.push_str("<a href=\"");
        push_escaped(&mut self.out, &href);
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
        let alt = plain(&events[at + 1..end]);
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
            let image = format!("<img src=\"{src}\"{srcset} alt=\"{alt}\"{size}{loading} decoding=\"async\">");
            // A figure cannot stand inside a line.
            if title.is_empty() || self.standing != Standing::Alone {
                self.out.push_str(&image);
            } else {
                self.out.push_str(&format!("<figure>{image}<figcaption>{}</figcaption></figure>", crate::escape::escape(title)));
            }
        }
        end + 1
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
                let label = crate::escape::escape(&self.options.words.table.replace("{number}", &number));
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
            TagEnd::Link if std::mem::take(&mut self.is_plain_link) => "",
            TagEnd::Link => "</a>",
            TagEnd::Table => "</tbody>\n</table>\n</section>\n",
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
