//! The generated parts of the documentation: made from the types, compared with what `docs/` says.
//! `UPDATE_EXPECTED=1 cargo test` writes them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rungs::diag::Code;
use rungs::inputs::Inputs;
use rungs::kind::Kind;
use rungs::memo::{Forgetful, Sources};
use rungs::pages;
use rungs::path::SourcePath;
use rungs::pipeline;
use rungs::site::Options;

use crate::harness::{Site, files_in};

/// Replaces what stands between `<!-- begin: name -->` and `<!-- end: name -->` of a file, or fails
/// when it differs.
fn check(file: &str, name: &str, expected: &str) {
    // Tests run side by side, and several parts of one file may be written.
    static ONE_BY_ONE: Mutex<()> = Mutex::new(());
    let _lock = ONE_BY_ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("docs")
        .join(file);
    let text = fs::read_to_string(&path).unwrap();
    let (begin, end) = (
        format!("<!-- begin: {name} -->\n"),
        format!("<!-- end: {name} -->"),
    );
    let (before, rest) = text
        .split_once(&begin)
        .unwrap_or_else(|| panic!("{file} has no {begin}"));
    let (found, after) = rest
        .split_once(&end)
        .unwrap_or_else(|| panic!("{file} has no {end}"));
    if found == expected {
        return;
    }
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        fs::write(&path, format!("{before}{begin}{expected}{end}{after}")).unwrap();
    } else {
        panic!("docs/{file} is out of date at `{name}`: run UPDATE_EXPECTED=1 cargo test");
    }
}

/// A struct that templates see: its name, what it is, and its fields with their types and docs.
struct Shape {
    name: String,
    about: String,
    fields: Vec<(String, String, String)>,
}

/// Reads the types that templates see, with their documentation: the public structs of
/// `src/view/types.rs`, and those of kinds of pages that have types of their own.
fn shapes() -> Vec<Shape> {
    let mut files = vec![folder("src/view").join("types.rs")];
    let kinds = fs::read_dir(folder("src/pages")).unwrap();
    files.extend(kinds.map(|file| file.unwrap().path()));
    files[1..].sort();
    let texts = files.iter().map(|file| fs::read_to_string(file).unwrap());
    texts.flat_map(|text| shapes_in(&text)).collect()
}

fn folder(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn shapes_in(text: &str) -> Vec<Shape> {
    let mut shapes: Vec<Shape> = vec![];
    let mut docs = String::new();
    let mut is_open = false;
    let mut is_serialized = false;
    for line in text.lines() {
        let text = line.trim();
        if let Some(doc) = text.strip_prefix("///") {
            let _ = write!(docs, "{doc}");
        } else if text.starts_with("#[derive(") {
            is_serialized = text.contains("Serialize");
        } else if let Some(name) = line
            .strip_prefix("pub struct ")
            .filter(|_| is_serialized)
            .and_then(|rest| rest.split([' ', '<', ';']).next())
        {
            is_open = text.ends_with('{');
            shapes.push(Shape {
                name: name.to_owned(),
                about: std::mem::take(&mut docs).trim().to_owned(),
                fields: vec![],
            });
        } else if let (true, Some((name, kind))) = (
            is_open,
            text.strip_prefix("pub ")
                .and_then(|field| field.split_once(": ")),
        ) {
            let field = (
                name.to_owned(),
                kind.trim_end_matches(',').to_owned(),
                std::mem::take(&mut docs).trim().to_owned(),
            );
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
    let inside = |outer: &str| {
        kind.strip_prefix(outer)
            .and_then(|rest| rest.strip_suffix('>'))
    };
    if let Some(inner) = inside("Option<") {
        return format!("{} or null", in_words(inner));
    }
    if let Some(inner) = inside("Vec<") {
        return format!("list of {}", in_words(inner));
    }
    if let Some(inner) = inside("Group<").filter(|inner| *inner != "T") {
        return format!("Group of {}", in_words(inner));
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
        other => other
            .trim_end_matches("View")
            .trim_end_matches("<T>")
            .to_owned(),
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
            let _ = writeln!(
                text,
                "| `{name}` | {} | {} |",
                in_words(&kind),
                docs.replace('|', "\\|")
            );
        }
    }
    text.push('\n');
    assert!(
        text.matches("\n### ").count() > 40,
        "the types of Views were not understood"
    );
    check("themes.md", "view", &text);
}

#[test]
fn sections_are_documented() {
    let mut text = String::from("\n| kind | sections |\n|---|---|\n");
    for kind in pages::ALL.iter().filter(|kind| !kind.sections.is_empty()) {
        let ids = kind
            .sections
            .iter()
            .map(|section| format!("`{}`", section.id));
        let ids: Vec<String> = ids.collect();
        let _ = writeln!(text, "| `{}` | {} |", kind.kind, ids.join(" "));
    }
    text.push('\n');
    check("themes.md", "sections", &text);
}

/// The variables of each kind of page, as its View names them. Every kind is in the German site.
fn variables() -> BTreeMap<Kind, BTreeSet<String>> {
    let files = files_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites/german"));
    let inputs = Inputs::in_memory(
        files
            .into_iter()
            .map(|(path, bytes)| (SourcePath::new(&path).unwrap(), bytes.into()))
            .collect(),
    );
    let options = Options {
        base_url: None,
        drafts: false,
        future: false,
        build_date: jiff::civil::date(2026, 11, 22),
    };
    let sources = Sources {
        inputs: &inputs,
        memo: &Forgetful,
    };
    let plan = pipeline::plan_only(sources, &options).unwrap();
    let mut variables: BTreeMap<Kind, BTreeSet<String>> = BTreeMap::new();
    let cx = plan.context();
    for page in plan.layout.pages.whole() {
        variables.entry(page.kind).or_default().extend(
            pages::view::view(&cx, page)
                .names()
                .into_iter()
                .map(str::to_owned),
        );
    }
    variables
}

#[test]
fn variables_are_documented() {
    let of_kinds = variables();
    assert_eq!(
        of_kinds.len(),
        Kind::ALL.len(),
        "the German site lacks a kind"
    );
    let mut common = of_kinds[&Kind::Article].clone();
    of_kinds
        .values()
        .for_each(|names| common = common.intersection(names).cloned().collect());
    let shown = |names: &mut dyn Iterator<Item = &String>| {
        names
            .map(|name| format!("`{name}`"))
            .collect::<Vec<_>>()
            .join(" ")
    };
    let mut rows: Vec<(String, Vec<String>)> =
        vec![(shown(&mut common.iter()), vec!["every page".to_owned()])];
    for kind in Kind::ALL {
        let own = shown(&mut of_kinds[kind].difference(&common));
        match rows.iter_mut().find(|(names, _)| *names == own) {
            Some((_, kinds)) => kinds.push(kind.to_string()),
            None => rows.push((own, vec![kind.to_string()])),
        }
    }
    let mut text = String::from("\n| on | variables |\n|---|---|\n");
    rows.iter()
        .filter(|(names, _)| !names.is_empty())
        .for_each(|(names, kinds)| writeln!(text, "| {} | {names} |", kinds.join(", ")).unwrap());
    text.push('\n');
    check("themes.md", "variables", &text);
}

/// The components of a template: the comment before each, its name and its arguments.
fn components(template: &str) -> Vec<(String, String, String)> {
    let mut found = vec![];
    for (at, _) in template.match_indices("{% component ") {
        let (name, rest) = template[at + "{% component ".len()..]
            .split_once('(')
            .unwrap();
        let arguments = rest.split_once(") ").unwrap().0;
        let before = template[..at]
            .trim_end()
            .strip_suffix("-#}")
            .and_then(|before| before.rsplit_once("{#-"));
        let about = before
            .map(|(_, about)| about.split_whitespace().collect::<Vec<_>>().join(" "))
            .unwrap_or_default();
        assert!(
            !about.is_empty(),
            "say in a comment {{#- … -#}} before it what the component {name} shows"
        );
        found.push((name.to_owned(), arguments.to_owned(), about));
    }
    found
}

/// `ladder, axis, depth: integer = 3, @t`: what a caller gives. What begins with `@` comes from the
/// page by itself.
fn given(arguments: &str) -> String {
    let own = arguments
        .split(", ")
        .filter(|argument| !argument.starts_with('@') && !argument.is_empty());
    own.map(|argument| {
        format!(
            "`{}`",
            argument
                .replace(": ", ":\u{a0}")
                .replace(" = ", "\u{a0}=\u{a0}")
        )
    })
    .collect::<Vec<_>>()
    .join(" ")
}

#[test]
fn components_are_documented() {
    let mut text = String::from("\n| component | arguments | |\n|---|---|---|\n");
    let files = files_in(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/templates/components"),
    );
    for (file, bytes) in files {
        let _ = writeln!(text, "| **`components/{file}`** | | |");
        for (name, arguments, about) in components(std::str::from_utf8(&bytes).unwrap()) {
            let _ = writeln!(
                text,
                "| `<{name} />` | {} | {} |",
                given(&arguments),
                about.replace('|', "\\|")
            );
        }
    }
    text.push('\n');
    check("themes.md", "components", &text);
}

#[test]
fn filters_are_documented() {
    let files = files_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/theme/filters"));
    let mut rows: BTreeMap<String, String> = BTreeMap::new();
    for text in files
        .into_values()
        .map(|bytes| String::from_utf8(bytes).unwrap())
    {
        let mut docs = String::new();
        for line in text.lines() {
            if let Some(doc) = line.strip_prefix("///") {
                docs.push_str(doc);
                continue;
            }
            if let Some((name, _)) = line
                .strip_prefix("pub fn ")
                .and_then(|rest| rest.split_once('('))
                .filter(|_| line.contains("Tools, input: Input<"))
            {
                rows.insert(
                    name.strip_prefix("keep_").unwrap_or(name).to_owned(),
                    docs.trim().replace('|', "\\|"),
                );
            }
            docs.clear();
        }
    }
    assert!(
        rows.len() >= 15 && rows.contains_key("where") && rows.contains_key("all_of"),
        "{rows:?}"
    );
    let mut text = String::from("\n| filter | |\n|---|---|\n");
    rows.iter()
        .for_each(|(name, about)| writeln!(text, "| `{name}` | {about} |").unwrap());
    text.push('\n');
    check("themes.md", "filters", &text);
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

#[test]
fn the_example_of_a_block_works() {
    let text = include_str!("../../docs/themes.md");
    let (_, example) = text.split_once("```html\n").unwrap();
    let (template, _) = example.split_once("```").unwrap();
    let mut site = Site::from(
        "=== content/roles/nurse/role.toml\ntitle = \"Nurse\"\ncategory = \"work\"\n[[levels]]\ntitle = \"A\"\n[[levels]]\ntitle = \"B\"\n=== content/roles/nurse/guide.md\nText.\n",
    );
    assert!(
        site.build()
            .clean()
            .page("roles/nurse/guide/index.html")
            .contains("class=\"siblings\"")
    );
    let built = site
        .edit("templates/article.html", template)
        .build()
        .clean();
    let page = built.page("roles/nurse/guide/index.html");
    assert!(
        page.contains("class=\"breadcrumbs\"")
            && page.contains("Text.")
            && !page.contains("class=\"siblings\""),
        "{page}"
    );
    assert!(
        built
            .page("roles/nurse/index.html")
            .contains("class=\"siblings\"")
    );
}
