//! Pages as elements, and XML as paths with texts: text comes in, what a browser or a feed reader
//! would see goes out.

use std::collections::BTreeMap;

use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use serde_json::Value;

/// A page's elements in the order of the document.
pub struct Dom(pub Vec<Element>);

/// An element of a page.
#[derive(Clone, Debug)]
pub struct Element {
    pub depth: usize,
    pub name: String,
    pub attributes: BTreeMap<String, String>,
    /// The text in it, white space as one space.
    pub text: String,
}

impl Dom {
    /// Parses a page as browsers do.
    pub fn parse(html: &str) -> Self {
        let dom =
            html5ever::parse_document(RcDom::default(), html5ever::ParseOpts::default()).one(html);
        let mut elements = vec![];
        collect(&dom.document, 0, &mut elements);
        Self(elements)
    }

    /// Elements of a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.0.iter().filter(move |element| element.name == name)
    }

    /// The element with an id, which must be there.
    #[track_caller]
    pub fn id(&self, id: &str) -> &Element {
        let known = || {
            self.0
                .iter()
                .filter_map(|element| element.attributes.get("id"))
                .cloned()
                .collect::<Vec<_>>()
        };
        self.0
            .iter()
            .find(|element| element.attr("id") == id)
            .unwrap_or_else(|| panic!("there is no #{id}, but {:?}", known()))
    }

    /// Elements below one.
    pub fn inside<'a>(&'a self, outer: &'a Element) -> impl Iterator<Item = &'a Element> {
        let at = self
            .0
            .iter()
            .position(|element| std::ptr::eq(element, outer))
            .unwrap();
        self.0[at + 1..]
            .iter()
            .take_while(move |element| element.depth > outer.depth)
    }

    /// Names, depths and names of attributes: the page without its words.
    pub fn shape(&self) -> Vec<String> {
        let line = |element: &Element| {
            let attributes: Vec<&str> = element.attributes.keys().map(String::as_str).collect();
            format!(
                "{}{} {}",
                "  ".repeat(element.depth),
                element.name,
                attributes.join(" ")
            )
        };
        self.0.iter().map(line).collect()
    }

    /// The text of the first element of a name, which must be there.
    #[track_caller]
    pub fn text(&self, name: &str) -> &str {
        let found = self.0.iter().find(|element| element.name == name);
        &found.unwrap_or_else(|| panic!("there is no <{name}>")).text
    }

    /// Values of the attributes that hold addresses.
    pub fn addresses(&self) -> Vec<&str> {
        let mut found = vec![];
        for element in &self.0 {
            found.extend(
                ["href", "src", "action"]
                    .iter()
                    .filter_map(|name| element.attributes.get(*name))
                    .map(String::as_str),
            );
            found.extend(
                element
                    .attributes
                    .get("srcset")
                    .into_iter()
                    .flat_map(|set| {
                        set.split(',')
                            .filter_map(|one| one.split_whitespace().next())
                    }),
            );
        }
        found
    }

    /// The JSON-LD of the page, read.
    pub fn json_ld(&self) -> Vec<Value> {
        let scripts = self
            .all("script")
            .filter(|script| script.attr("type") == "application/ld+json");
        scripts
            .map(|script| {
                serde_json::from_str(&script.text)
                    .unwrap_or_else(|error| panic!("{error}: {}", script.text))
            })
            .collect()
    }

    /// The JSON-LD object of a type, which must be there; those in `@graph` and in lists count.
    #[track_caller]
    pub fn json_ld_of(&self, kind: &str) -> Value {
        let all = self.json_ld();
        let mut flat = all.iter().flat_map(|value| match value {
            Value::Array(items) => items.iter().collect::<Vec<_>>(),
            Value::Object(object) => object
                .get("@graph")
                .and_then(Value::as_array)
                .map_or_else(|| vec![value], |items| items.iter().collect()),
            _ => vec![],
        });
        flat.find(|value| value["@type"] == kind)
            .cloned()
            .unwrap_or_else(|| panic!("there is no {kind} in {all:#?}"))
    }
}

impl Element {
    /// An attribute; empty when it is not there.
    pub fn attr(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }
}

fn collect(node: &Handle, depth: usize, elements: &mut Vec<Element>) {
    let mut inner = depth;
    if let NodeData::Element { name, attrs, .. } = &node.data {
        let attributes = attrs
            .borrow()
            .iter()
            .map(|attribute| {
                (
                    attribute.name.local.to_string(),
                    attribute.value.to_string(),
                )
            })
            .collect();
        let text = text_of(node)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        elements.push(Element {
            depth,
            name: name.local.to_string(),
            attributes,
            text,
        });
        inner += 1;
    }
    node.children
        .borrow()
        .iter()
        .for_each(|child| collect(child, inner, elements));
}

fn text_of(node: &Handle) -> String {
    match &node.data {
        NodeData::Text { contents } => contents.borrow().to_string(),
        _ => node.children.borrow().iter().map(text_of).collect(),
    }
}

/// Reads XML and gives the texts of its elements by their path (`feed/entry/title`), attributes as
/// `…/@name`, names with the prefix that they have in the file. XML that is not well-formed fails.
#[track_caller]
pub fn xml(text: &str) -> Vec<(String, String)> {
    assert!(
        text.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>"),
        "no XML declaration"
    );
    let document =
        roxmltree::Document::parse(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let mut found = vec![];
    texts_below(document.root_element(), "", &mut found);
    found
}

fn texts_below(element: roxmltree::Node<'_, '_>, outer: &str, found: &mut Vec<(String, String)>) {
    let path = [outer, &name_with_prefix(element)].concat();
    for attribute in element.attributes() {
        found.push((
            format!("{path}/@{}", attribute.name()),
            attribute.value().to_owned(),
        ));
    }
    for child in element.children() {
        match child
            .text()
            .filter(|text| child.is_text() && !text.trim().is_empty())
        {
            Some(text) => found.push((path.clone(), text.to_owned())),
            None if child.is_element() => texts_below(child, &format!("{path}/"), found),
            None => {}
        }
    }
}

fn name_with_prefix(element: roxmltree::Node<'_, '_>) -> String {
    let name = element.tag_name();
    let prefix = name
        .namespace()
        .and_then(|namespace| element.lookup_prefix(namespace))
        .filter(|prefix| !prefix.is_empty());
    match prefix {
        Some(prefix) => format!("{prefix}:{}", name.name()),
        None => name.name().to_owned(),
    }
}
