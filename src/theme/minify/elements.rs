//! The elements of HTML: a name comes in, what the element does to white space goes out.

/// What an element does to the white space in and around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Element {
    /// A block: white space at its inner edges is never shown.
    Block,
    /// The frame of a page, a part of a table, an option: white space beside it is never shown.
    Structure,
    /// `<head>`
    Head,
    /// Nothing to be seen, but only in the head is white space around it nothing either.
    Metadata,
    /// Any other.
    Inline,
    /// May show white space, in HTML or in SVG.
    Pre,
    /// A drawing: of text in it, only that in `Pre` is shown.
    Svg,
    /// Holds text, not elements.
    Raw(&'static str),
}

const BLOCKS: [&str; 38] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "search",
    "section",
    "summary",
    "table",
    "ul",
    "optgroup",
];
const STRUCTURE: [&str; 12] = ["html", "body", "caption", "col", "colgroup", "option", "tbody", "td", "tfoot", "th", "thead", "tr"];
const METADATA: [&str; 3] = ["base", "link", "meta"];
const RAW: [&str; 9] = ["iframe", "noembed", "noframes", "plaintext", "script", "style", "textarea", "title", "xmp"];
const PRE: [&str; 6] = ["desc", "foreignobject", "listing", "math", "pre", "text"];
const SVG: [&str; 1] = ["svg"];

/// The name of the first element in some HTML that cannot stand in a paragraph: its tag would close that.
pub fn block_in(html: &str) -> Option<&str> {
    let mut names = html.split('<').skip(1).map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default());
    names.find(|name| matches!(*name, "hr" | "pre") || *name != "optgroup" && Element::of(name) == Element::Block)
}

impl Element {
    /// The element of a name.
    pub fn of(name: &str) -> Self {
        let name = name.to_ascii_lowercase();
        let is_in = |list: &[&str]| list.contains(&name.as_str());
        match RAW.iter().find(|raw| **raw == name) {
            Some(raw) => Self::Raw(raw),
            None if name == "head" => Self::Head,
            None if is_in(&BLOCKS) => Self::Block,
            None if is_in(&STRUCTURE) => Self::Structure,
            None if is_in(&METADATA) => Self::Metadata,
            None if is_in(&PRE) => Self::Pre,
            None if is_in(&SVG) => Self::Svg,
            None => Self::Inline,
        }
    }

    /// Whether a name could go on to be that of an element that changes what follows it.
    pub fn may_become(start: &str) -> bool {
        let start = start.to_ascii_lowercase();
        RAW.iter().chain(&PRE).chain(&SVG).any(|name| name.starts_with(&start))
    }
}
