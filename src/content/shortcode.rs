//! Shortcodes in Markdown: a body comes in, the calls in it and a text of the same length without
//! them go out. A call is replaced by as many bytes of a plain word, so that every offset still
//! means what it meant; calls are found again by their place, never by their text, so that no text
//! can pretend to be one.

use std::borrow::Cow;

use super::parse::Base;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

/// A call of a shortcode: `{{< name key="value" >}}`, with a body if it is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    pub name: String,
    /// Spans are of the whole file.
    pub name_span: Span,
    pub args: Vec<Argument>,
    /// From the opening to the closing.
    pub span: Span,
    /// The Markdown between the two.
    pub body: Option<Span>,
    /// A call that is shown as text: `{{</* name */>}}`.
    pub(super) literal: Option<String>,
}

/// An argument of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    pub name: String,
    pub value: String,
    pub span: Span,
}

impl Call {
    /// Returns the argument of a name.
    pub fn arg(&self, name: &str) -> Option<&Argument> {
        self.args.iter().find(|argument| argument.name == name)
    }
}

/// An opening or a closing tag.
struct Tag {
    call: Call,
    closes: bool,
}

/// Finds the calls of a text, and masks them. `code` are the spans in which none is read.
pub(super) fn extract<'t>(
    base: Base<'_>,
    text: &'t str,
    code: &[Span],
    diagnostics: &mut Diagnostics,
) -> (Cow<'t, str>, Vec<Call>) {
    let mut tags: Vec<Tag> = vec![];
    let mut at = 0;
    while let Some(found) = memchr::memmem::find(&text.as_bytes()[at..], b"{{<") {
        let start = at + found;
        if let Some(range) = code.iter().find(|range| range.contains(&start)) {
            at = range.end.max(start + 3);
            continue;
        }
        let mut cursor = Cursor {
            base,
            text,
            start,
            at: start + 3,
        };
        match cursor.tag() {
            Ok(tag) => {
                at = tag.call.span.end - base.offset;
                tags.push(tag);
            }
            Err(fault) => {
                diagnostics.push(*fault);
                at = start + 3;
            }
        }
    }
    let calls = pair(base, tags, diagnostics);
    if calls.is_empty() {
        return (text.into(), calls);
    }
    (mask(text, base.offset, &calls).into(), calls)
}

/// Pairs openings with closings: an opening without a closing stands for itself.
fn pair(base: Base<'_>, tags: Vec<Tag>, diagnostics: &mut Diagnostics) -> Vec<Call> {
    let mut calls: Vec<Call> = vec![];
    for Tag { call, closes } in tags {
        if !closes {
            calls.push(call);
            continue;
        }
        let is_open = |open: &Call| open.body.is_none() && open.literal.is_none();
        let opening = calls
            .iter()
            .rposition(|open| open.name == call.name && is_open(open));
        let Some(opening) = opening else {
            let open = calls.iter().filter(|open| is_open(open));
            let names = open.map(|open| open.name.as_str());
            diagnostics.push(closes_nothing(&call, names).at(base.path, call.span.clone()));
            continue;
        };
        // Calls inside the body are read again when the body is rendered.
        calls.truncate(opening + 1);
        let open = &mut calls[opening];
        open.body = Some(open.span.end..call.span.start);
        open.span.end = call.span.end;
    }
    calls
}

fn closes_nothing<'n>(call: &Call, open: impl Iterator<Item = &'n str>) -> Diagnostic {
    let message = format!("`{{{{< /{} >}}}}` closes nothing", call.name);
    let help = match crate::suggest::nearest(&call.name, open) {
        Some(name) => format!("did you mean `{{{{< /{name} >}}}}`?"),
        None => format!("open it with {{{{< {} >}}}}, or remove it", call.name),
    };
    Diagnostic::error(Code::Shortcode, message).help(help)
}

/// Replaces every call by a word of the same length.
fn mask(text: &str, offset: usize, calls: &[Call]) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut done = 0;
    for call in calls {
        let (start, end) = (call.span.start - offset, call.span.end - offset);
        masked.push_str(&text[done..start]);
        masked.extend(std::iter::repeat_n('x', end - start));
        done = end;
    }
    masked + &text[done..]
}

/// Reads one tag.
struct Cursor<'t> {
    base: Base<'t>,
    text: &'t str,
    start: usize,
    at: usize,
}

impl Cursor<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn skip_space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn fault(&self, message: impl Into<String>, help: &str) -> Box<Diagnostic> {
        let span = self.start..self.at.max(self.start + 3).min(self.text.len());
        let fault = Diagnostic::error(Code::Shortcode, message);
        Box::new(self.base.place(fault, &span).help(help))
    }

    fn word(&mut self) -> String {
        let rest = self.rest();
        let end = rest
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_')))
            .unwrap_or(rest.len());
        let word = rest[..end].to_owned();
        self.at += end;
        word
    }

    fn tag(&mut self) -> Result<Tag, Box<Diagnostic>> {
        if let Some(inner) = self.rest().strip_prefix("/*") {
            let Some(end) = inner.find("*/>}}") else {
                return Err(self.fault(
                    "this shown shortcode is not closed",
                    "write {{</* name */>}}",
                ));
            };
            let literal = format!("{{{{<{}>}}}}", &inner[..end]);
            self.at += 2 + end + 5;
            return Ok(Tag {
                call: Call {
                    literal: Some(literal),
                    ..self.call(String::new(), 0..0, vec![])
                },
                closes: false,
            });
        }
        self.skip_space();
        let closes = self.rest().starts_with('/');
        self.at += usize::from(closes);
        self.skip_space();
        let name_start = self.at;
        let name = self.word();
        if name.is_empty() {
            return Err(self.fault(
                "this shortcode has no name",
                "write {{< name >}}, or put the text into `code` to show it",
            ));
        }
        let name_span = self.base.in_file(&(name_start..self.at));
        let mut args: Vec<Argument> = vec![];
        loop {
            self.skip_space();
            if self.rest().starts_with(">}}") {
                self.at += 3;
                let call = self.call(name, name_span, args);
                return Ok(Tag { call, closes });
            }
            let argument = self.argument(&name)?;
            if args.iter().any(|other| other.name == argument.name) {
                return Err(self.fault(
                    format!("the shortcode `{name}` has `{}` twice", argument.name),
                    "remove one of the two",
                ));
            }
            args.push(argument);
        }
    }

    fn argument(&mut self, shortcode: &str) -> Result<Argument, Box<Diagnostic>> {
        let start = self.at;
        let name = self.word();
        self.skip_space();
        if name.is_empty() || !self.rest().starts_with('=') {
            let end = if self.rest().is_empty() || !self.text[self.start..].contains(">}}") {
                "is not closed"
            } else {
                "cannot be read"
            };
            return Err(self.fault(
                format!("the shortcode `{shortcode}` {end}"),
                "write {{< name key=\"value\" >}}",
            ));
        }
        self.at += 1;
        self.skip_space();
        let value = if self.rest().starts_with('"') {
            self.quoted(shortcode)?
        } else {
            self.word()
        };
        if value.is_empty() && !self.text[..self.at].ends_with('"') {
            return Err(self.fault(
                format!("the argument `{name}` has no value"),
                "put the value in quotes: key=\"value\"",
            ));
        }
        Ok(Argument {
            name,
            value,
            span: self.base.in_file(&(start..self.at)),
        })
    }

    fn quoted(&mut self, shortcode: &str) -> Result<String, Box<Diagnostic>> {
        let mut value = String::new();
        let mut chars = self.text[self.at + 1..].char_indices();
        while let Some((index, c)) = chars.next() {
            match c {
                '"' => {
                    self.at += 1 + index + 1;
                    return Ok(value);
                }
                '\\' => value.extend(chars.next().map(|(_, escaped)| escaped)),
                c => value.push(c),
            }
        }
        Err(self.fault(
            format!("a text in the shortcode `{shortcode}` is not closed"),
            "close it with a quote",
        ))
    }

    /// Makes the call of the tag that ends here.
    fn call(&self, name: String, name_span: Span, args: Vec<Argument>) -> Call {
        Call {
            name,
            name_span,
            args,
            span: self.base.in_file(&(self.start..self.at)),
            body: None,
            literal: None,
        }
    }
}
