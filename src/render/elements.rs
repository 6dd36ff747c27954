//! The elements of HTML: a name comes in, what the element does to white space goes out.

/// An element, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Element {
    /// Its name; empty for inline elements.
    pub name: &'static str,
    pub kind: Kind,
}

/// What an element does to the white space in and around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Html,
    Head,
    Body,
    /// White space at its inner edges is never shown.
    Block,
    /// The same, for something that stands in a line.
    Frame,
    /// The same, for a part of a table: white space between two of them is never shown either.
    Part,
    /// A part of a table that holds nothing.
    Column,
    /// A block that holds nothing.
    Rule,
    /// The same as `Block`, for a choice of a list.
    Option,
    /// What a head consists of.
    Metadata,
    /// Its text stays as it is.
    Preserved,
    /// No end tag in it ends an element around it.
    Wall,
    /// Any other.
    Inline,
}

/// Declares the elements that are not inline, by their kinds.
macro_rules! elements {
    ($($kind:ident $($name:literal)*;)*) => {
        fn known(name: &str) -> Element {
            match name {
                $($($name => Element { name: $name, kind: Kind::$kind },)*)*
                _ => Element { name: "", kind: Kind::Inline },
            }
        }

        #[cfg(test)]
        const NAMES: &[&str] = &[$($($name),*),*];
    };
}

elements! {
    Html "html";
    Head "head";
    Body "body";
    Block "address" "article" "aside" "blockquote" "center" "dd" "details" "dialog" "dir" "div"
        "dl" "dt" "fieldset" "figcaption" "figure" "footer" "form" "h1" "h2" "h3" "h4" "h5" "h6"
        "header" "hgroup" "legend" "li" "main" "menu" "nav" "ol" "p" "search" "section" "summary"
        "table" "ul";
    Frame "g" "select" "svg";
    Part "caption" "colgroup" "tbody" "td" "tfoot" "th" "thead" "tr";
    Column "col";
    Rule "hr";
    Option "optgroup" "option";
    Metadata "base" "link" "meta" "script" "style";
    Preserved "code" "desc" "foreignobject" "iframe" "kbd" "listing" "math" "noembed" "noframes"
        "noscript" "plaintext" "pre" "samp" "text" "textarea" "title" "xmp";
    Wall "template";
}

impl Element {
    /// Returns the element of a name, in letters of any case.
    pub fn of(name: &str) -> Self {
        if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            known(&name.to_ascii_lowercase())
        } else {
            known(name)
        }
    }

    /// Returns whether white space at the inner edges of the element is never shown.
    pub fn has_edges(self) -> bool {
        matches!(
            self.kind,
            Kind::Html
                | Kind::Head
                | Kind::Body
                | Kind::Block
                | Kind::Frame
                | Kind::Part
                | Kind::Option
        )
    }

    /// Returns whether the start tag of the element ends a paragraph.
    pub fn ends_paragraph(self) -> bool {
        matches!(self.kind, Kind::Block | Kind::Part | Kind::Rule)
            || matches!(self.name, "listing" | "plaintext" | "pre" | "xmp")
    }

    /// Returns whether the element holds text alone: what looks like tags in it is none.
    pub fn holds_text(self) -> bool {
        matches!(
            self.name,
            "iframe"
                | "noembed"
                | "noframes"
                | "noscript"
                | "plaintext"
                | "textarea"
                | "title"
                | "xmp"
        )
    }

    /// Returns whether the element stands in a line and its text stays as it is.
    pub fn is_code(self) -> bool {
        matches!(self.name, "code" | "kbd" | "samp")
    }

    /// Returns whether the element holds parts of a table alone.
    pub fn holds_parts(self) -> bool {
        self.name == "table"
            || self.kind == Kind::Part && !matches!(self.name, "caption" | "td" | "th")
    }

    /// Returns whether the element does not end the head.
    pub fn stands_in_head(self) -> bool {
        self.kind == Kind::Metadata || matches!(self.name, "title" | "noscript")
    }

    /// Returns the group of an element that the start tag of another one of the group ends.
    pub fn sibling(self) -> Option<&'static str> {
        match self.name {
            "li" | "tr" | "option" | "optgroup" => Some(self.name),
            "dd" | "dt" => Some("dd"),
            "td" | "th" => Some("td"),
            "tbody" | "tfoot" | "thead" | "caption" | "colgroup" => Some("tbody"),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some("h1"),
            _ => None,
        }
    }
}

/// Returns whether an element of a name, in letters of any case, is opened again behind its parent
/// when it was left open there.
pub fn is_formatting(name: &str) -> bool {
    const FORMATTING: [&str; 14] = [
        "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt",
        "u",
    ];
    FORMATTING
        .iter()
        .any(|formatting| formatting.eq_ignore_ascii_case(name))
}

/// Returns whether an inline element of a name, in letters of any case, has no end tag.
pub fn is_void(name: &str) -> bool {
    const VOID: [&str; 9] = [
        "area", "br", "embed", "img", "input", "param", "source", "track", "wbr",
    ];
    VOID.iter().any(|void| void.eq_ignore_ascii_case(name))
}

/// Returns the name of the first element in some HTML that cannot stand in a paragraph: its tag
/// would close that.
pub fn block_in(html: &str) -> Option<&str> {
    let mut names = html.split('<').skip(1).map(|rest| {
        rest.split(|c: char| !c.is_ascii_alphanumeric())
            .next()
            .unwrap_or_default()
    });
    names.find(|name| matches!(*name, "hr" | "pre") || Element::of(name).kind == Kind::Block)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found() {
        for name in NAMES {
            assert_eq!(Element::of(&name.to_ascii_uppercase()).name, *name);
        }
        assert_eq!(Element::of("é-x").kind, Kind::Inline);
    }
}
