//! What a reader can see of a page: HTML comes in, its elements, attributes and texts go out, with
//! the white space that shows. Two pages with the same flow look the same.
//!
//! Stricter than browsers need: white space between two blocks counts, since a stylesheet may set
//! them side by side, and so does whether an element has nothing at all in it (`:empty`). What does
//! not count is white space at the inner edges of a block, beside other white space, between the
//! parts of a table or a list of options, and in the head.

use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::{Handle, NodeData, RcDom};

const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
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
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "optgroup",
    "option",
    "p",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "col",
    "colgroup",
];
/// Elements whose own white space nobody sees.
const FRAMES: &[&str] = &[
    "html", "head", "table", "thead", "tbody", "tfoot", "tr", "colgroup", "select", "optgroup",
    "svg", "g",
];

/// One line for each thing that can be seen.
pub fn flow(html: &str) -> Vec<String> {
    let dom =
        html5ever::parse_document(RcDom::default(), html5ever::ParseOpts::default()).one(html);
    let mut flow = Flow::default();
    dom.document
        .children
        .borrow()
        .iter()
        .for_each(|child| flow.node(child, "html", false));
    flow.lines
}

#[derive(Default)]
struct Flow {
    lines: Vec<String>,
    /// Whether white space here stands after other white space, or at the start of a block.
    is_after_space: bool,
    /// The white space that goes when the block ends here.
    last_space: Option<usize>,
}

impl Flow {
    fn node(&mut self, node: &Handle, parent: &str, is_pre: bool) {
        match &node.data {
            NodeData::Text { contents } => self.text(&contents.borrow(), parent, is_pre),
            NodeData::Element { name, .. } => self.element(node, &name.local, parent, is_pre),
            // Comments for machines, such as conditions and server-side includes.
            NodeData::Comment { contents } if contents.starts_with(['[', '!', '#']) => {
                self.lines.push(format!("<!--{contents}-->"));
            }
            NodeData::Doctype { name, .. } => self.lines.push(format!("<!{name}>")),
            _ => {}
        }
    }

    fn element(&mut self, node: &Handle, name: &str, parent: &str, is_pre: bool) {
        let NodeData::Element {
            attrs,
            template_contents,
            ..
        } = &node.data
        else {
            return;
        };
        let is_block = BLOCKS.contains(&name) && !is_pre;
        let mut attributes: Vec<String> = attrs
            .borrow()
            .iter()
            .map(|attribute| {
                let name = &*attribute.name.local;
                // A class is a set of words.
                let words = attribute.value.split_ascii_whitespace();
                match name {
                    "class" => format!(" class={:?}", words.collect::<Vec<_>>().join(" ")),
                    _ => format!(" {name}={:?}", &*attribute.value),
                }
            })
            .collect();
        attributes.sort();
        let is_empty =
            !node.children.borrow().iter().any(|child| {
                matches!(child.data, NodeData::Text { .. } | NodeData::Element { .. })
            });
        self.lines.push(format!(
            "<{name}{}>{}",
            attributes.concat(),
            if is_empty { " empty" } else { "" }
        ));
        if is_block {
            (self.is_after_space, self.last_space) = (true, None);
        }
        if matches!(name, "script" | "style" | "title") {
            self.raw(node, name);
        } else {
            let is_pre = is_pre
                || matches!(
                    name,
                    "pre"
                        | "textarea"
                        | "listing"
                        | "text"
                        | "desc"
                        | "math"
                        | "iframe"
                        | "noframes"
                        | "xmp"
                );
            node.children
                .borrow()
                .iter()
                .for_each(|child| self.node(child, name, is_pre));
            if let Some(contents) = template_contents.borrow().as_ref() {
                contents
                    .children
                    .borrow()
                    .iter()
                    .for_each(|child| self.node(child, name, is_pre));
            }
        }
        if is_block {
            if let Some(at) = self.last_space.take() {
                self.lines.remove(at);
            }
            self.is_after_space = false;
        }
        // A picture or a field ends a run of white space, in the head nothing does.
        if matches!(
            name,
            "img" | "br" | "input" | "pre" | "textarea" | "svg" | "math" | "select" | "iframe"
        ) && parent != "head"
        {
            (self.is_after_space, self.last_space) = (false, None);
        }
        self.lines.push(format!("</{name}>"));
    }

    /// Code: what comments and indentation it has is seen by nobody; JSON and titles are compared
    /// to the letter.
    fn raw(&mut self, node: &Handle, name: &str) {
        let text: String = node
            .children
            .borrow()
            .iter()
            .map(|child| {
                if let NodeData::Text { contents } = &child.data {
                    contents.borrow().to_string()
                } else {
                    String::new()
                }
            })
            .collect();
        let NodeData::Element { attrs, .. } = &node.data else {
            return;
        };
        let is_code = name == "style"
            || name == "script"
                && !attrs
                    .borrow()
                    .iter()
                    .any(|attribute| attribute.value.contains("json"));
        let bare = |text: &str| {
            text.split_whitespace()
                .collect::<String>()
                .replace(";}", "}")
        };
        self.lines.push(if is_code {
            bare(&without_comments(&text))
        } else {
            format!("{text:?}")
        });
    }

    fn text(&mut self, text: &str, parent: &str, is_pre: bool) {
        if is_pre {
            self.lines.push(format!("{text:?}"));
            (self.is_after_space, self.last_space) = (false, None);
            return;
        }
        if FRAMES.contains(&parent) && text.chars().all(|c| c.is_ascii_whitespace()) {
            return;
        }
        for c in text.chars() {
            if !c.is_ascii_whitespace() {
                self.lines.push(c.to_string());
                (self.is_after_space, self.last_space) = (false, None);
            } else if !self.is_after_space {
                self.last_space = Some(self.lines.len());
                self.lines.push("space".to_owned());
                self.is_after_space = true;
            }
        }
    }
}

fn without_comments(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, comment)) = rest.split_once("/*") {
        out.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    out + rest
}
