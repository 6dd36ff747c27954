//! Front matter: the first lines of a Markdown file come in, its keys and where its body begins go
//! out.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::data::{
    At, Decode, Decoder, Free, Id, Node, Schema, Text, Value, choice, decode_root, parse_toml,
    parse_yaml, record,
};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::path::SourcePath;
use crate::source::{Source, Span};

record! {
    /// What an article says of itself.
    #[derive(Serialize, Deserialize)]
    pub struct FrontMatter {
        /// The heading of the page.
        pub title: Option<Text>,
        /// One sentence for search engines and cards.
        pub description: Option<Text>,
        /// The day of the first publication. Before it the page is not published.
        pub date: Option<At<Date>>,
        /// The day of the last change of substance.
        pub updated: Option<At<Date>>,
        /// The last day on which the page is published.
        pub expires: Option<At<Date>>,
        pub draft: bool,
        /// The last part of the address.
        pub slug: Option<At<Text>>,
        /// Old addresses.
        pub aliases: Vec<At<Text>>,
        /// Lower comes first.
        pub weight: Option<i64>,
        /// Ids of authors.toml.
        pub authors: Vec<At<Id>>,
        pub tags: Vec<At<Text>>,
        /// A picture beside the file.
        pub image: Option<At<Text>>,
        pub image_alt: Option<Text>,
        /// Another template than the kind's.
        pub template: Option<At<Text>>,
        /// What to read next.
        pub up_next: OneOrMore = OneOrMore(vec![]),
        /// Whether a role's page keeps its generated sections.
        pub generated: bool = true,
        pub noindex: bool,
        /// Entries per page of an index; 0 for all on one.
        pub paginate_by: Option<u32>,
        pub sort_by: Option<SortBy>,
        pub extra: Free,
    }
}

choice! {
    /// The order of a section's articles.
    pub enum SortBy {
        Date = "date", Title = "title", Weight = "weight",
    }
}

/// One text, or a list of them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OneOrMore(pub Vec<At<String>>);

impl Decode for OneOrMore {
    fn decode(node: &Node, d: &mut Decoder<'_>) -> Option<Self> {
        match node.value {
            Value::Array(_) => Vec::decode(node, d).map(Self),
            _ => At::decode(node, d).map(|one| Self(vec![one])),
        }
    }
    fn schema(schema: &mut Schema) -> serde_json::Value {
        json!({ "anyOf": [String::schema(schema), Vec::<String>::schema(schema)] })
    }
}

impl std::ops::Deref for OneOrMore {
    type Target = [At<String>];
    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl FrontMatter {
    /// Says that days run backwards.
    pub(super) fn check_dates(&self, path: &SourcePath, diagnostics: &mut Diagnostics) {
        let Some(date) = &self.date else { return };
        for (later, what) in [(&self.updated, "updated"), (&self.expires, "taken down")] {
            if let Some(later) = later.as_ref().filter(|later| later.value < date.value) {
                let message = format!(
                    "the page was {what} on {}, before it was published on {}",
                    later.value, date.value
                );
                diagnostics.push(
                    Diagnostic::error(Code::OutOfOrder, message)
                        .at(path, later.span.clone())
                        .help("correct one of the two"),
                );
            }
        }
    }
}

/// Reads the front matter of a file: its keys, and the offset at which the body begins.
pub(super) fn read(source: &Source, diagnostics: &mut Diagnostics) -> Option<(FrontMatter, usize)> {
    let fence = ["+++", "---"]
        .into_iter()
        .find(|fence| line(&source.text, 0).trim_end() == *fence);
    let Some(fence) = fence else {
        if let Some(fault) = super::fences::unread(source) {
            diagnostics.push(fault);
            return None;
        }
        return decode_root(&source.path, crate::data::Table::default(), diagnostics)
            .map(|front| (front, 0));
    };
    let start = line(&source.text, 0).len() + 1;
    let (end, body) = diagnostics.take(closing(source, fence, start))?;
    let text = &source.text[start.min(end)..end];
    let table = if fence == "+++" {
        parse_toml(&source.path, text, start, diagnostics)
    } else {
        parse_yaml(&source.path, text, start, diagnostics)
    };
    decode_root(&source.path, table?, diagnostics).map(|front| (front, body))
}

/// Returns where the text between the fences ends, and where the body begins.
fn closing(source: &Source, fence: &str, start: usize) -> Result<(usize, usize), Diagnostic> {
    let other = if fence == "+++" { "---" } else { "+++" };
    let mut at = start;
    let mut stray: Option<Span> = None;
    while at < source.text.len() {
        let text = line(&source.text, at);
        if text.trim_end() == fence {
            return Ok((at, (at + text.len() + 1).min(source.text.len())));
        }
        if text.trim_end() == other {
            stray.get_or_insert(at..at + text.len());
        }
        at += text.len() + 1;
    }
    let fault = match stray {
        Some(span) => Diagnostic::error(
            Code::FrontMatter,
            format!("the front matter begins with `{fence}` and ends with `{other}`"),
        )
        .at(&source.path, span),
        None => Diagnostic::error(
            Code::FrontMatter,
            format!("the front matter that begins with `{fence}` is never closed"),
        )
        .at(&source.path, 0..3),
    };
    Err(fault.help(format!("close it with a line that holds only `{fence}`")))
}

fn line(text: &str, at: usize) -> &str {
    let rest = &text[at.min(text.len())..];
    &rest[..rest.find('\n').unwrap_or(rest.len())]
}
