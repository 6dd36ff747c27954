//! The generated parts of the documentation: made from the types, compared with what `docs/` says.
//! `UPDATE_EXPECTED=1 cargo test` writes them.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use rungs::diag::Code;
use rungs::kind::Kind;

/// Replaces what stands between `<!-- begin: name -->` and `<!-- end: name -->` of a file, or fails when it differs.
fn check(file: &str, name: &str, expected: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(file);
    let text = fs::read_to_string(&path).unwrap();
    let (begin, end) = (format!("<!-- begin: {name} -->\n"), format!("<!-- end: {name} -->"));
    let (before, rest) = text.split_once(&begin).unwrap_or_else(|| panic!("{file} has no {begin}"));
    let (found, after) = rest.split_once(&end).unwrap_or_else(|| panic!("{file} has no {end}"));
    if found == expected {
        return;
    }
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        fs::write(&path, format!("{before}{begin}{expected}{end}{after}")).unwrap();
    } else {
        panic!("docs/{file} is out of date at `{name}`: run UPDATE_EXPECTED=1 cargo test");
    }
}

/// A struct of view.rs: its name, what it is, and its fields with their types and docs.
struct Shape {
    name: String,
    about: String,
    fields: Vec<(String, String, String)>,
}

/// Reads the public structs of `src/plan/view.rs`: the types that templates see, with their documentation.
fn shapes() -> Vec<Shape> {
    let mut shapes: Vec<Shape> = vec![];
    let mut docs = String::new();
    let mut is_open = false;
    for line in include_str!("../../src/plan/view.rs").lines() {
        let text = line.trim();
        if let Some(doc) = text.strip_prefix("///") {
            let _ = write!(docs, "{doc}");
        } else if let Some(name) = line.strip_prefix("pub struct ").and_then(|rest| rest.split([' ', '<', ';']).next()) {
            is_open = text.ends_with('{');
            shapes.push(Shape { name: name.to_owned(), about: std::mem::take(&mut docs).trim().to_owned(), fields: vec![] });
        } else if let (true, Some((name, kind))) = (is_open, text.strip_prefix("pub ").and_then(|field| field.split_once(": "))) {
            let field = (name.to_owned(), kind.trim_end_matches(',').to_owned(), std::mem::take(&mut docs).trim().to_owned());
            shapes.last_mut().unwrap().fields.push(field);
        } else {
            is_open &= line != "}";
            if !text.starts_with("#[") {
                docs.clear();
            }
        }
    }
    shapes
}

/// A Rust type in the words of templates.
fn in_words(kind: &str) -> String {
    let inside = |outer: &str| kind.strip_prefix(outer).and_then(|rest| rest.strip_suffix('>'));
    if let Some(inner) = inside("Option<") {
        return format!("{} or null", in_words(inner));
    }
    if let Some(inner) = inside("Vec<") {
        return format!("list of {}", in_words(inner));
    }
    if let Some(inner) = inside("BTreeMap<") {
        let value = inner.split_once(", ").map_or(inner, |(_, value)| value);
        return format!("map of {}", in_words(value));
    }
    match kind {
        "String" | "&'static str" => "text".to_owned(),
        "bool" => "true or false".to_owned(),
        "usize" | "u32" | "i16" | "f64" | "Decimal" => "number".to_owned(),
        "Json" => "anything".to_owned(),
        "Html" => "HTML".to_owned(),
        other => other.trim_end_matches("View").trim_end_matches("<T>").to_owned(),
    }
}

#[test]
fn the_view_is_documented() {
    let mut text = String::new();
    for shape in shapes() {
        let _ = write!(text, "\n### {}\n\n", in_words(&shape.name));
        if !shape.about.is_empty() {
            let _ = write!(text, "{}\n\n", shape.about);
        }
        text.push_str("| field | type | |\n|---|---|---|\n");
        for (name, kind, docs) in shape.fields {
            let _ = writeln!(text, "| `{name}` | {} | {} |", in_words(&kind), docs.replace('|', "\\|"));
        }
    }
    text.push('\n');
    assert!(text.matches("\n### ").count() > 40, "view.rs was not understood");
    check("themes.md", "view", &text);
}

#[test]
fn sections_are_documented() {
    let mut text = String::from("\n| kind | sections |\n|---|---|\n");
    for kind in Kind::ALL.iter().filter(|kind| !kind.sections().is_empty()) {
        let ids: Vec<String> = kind.sections().iter().map(|id| format!("`{id}`")).collect();
        let _ = writeln!(text, "| `{kind}` | {} |", ids.join(" "));
    }
    text.push('\n');
    check("themes.md", "sections", &text);
}

#[test]
fn diagnostics_are_documented() {
    let mut text = String::from("\n| code | what it means |\n|---|---|\n");
    for code in Code::ALL {
        let _ = writeln!(text, "| `{}` | {} |", code.name(), code.about());
    }
    text.push('\n');
    check("diagnostics.md", "codes", &text);
}
