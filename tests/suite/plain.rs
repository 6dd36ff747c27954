//! The theme `plain`: three files that show every page of the demo with the content that the
//! default theme shows.

use std::collections::BTreeMap;
use std::path::Path;

use crate::harness::{Dom, Element, Site, files_in};

fn theme() -> BTreeMap<String, Vec<u8>> {
    files_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/plain"))
}

fn plain_demo() -> Site {
    let mut site = Site::demo();
    site.replace("site.toml", "theme = \"default\"", "theme = \"plain\"");
    site.files.extend(
        theme()
            .into_iter()
            .map(|(path, bytes)| (format!("themes/plain/{path}"), bytes)),
    );
    site
}

/// Headings, links and all text of what stands in `<main>`.
fn content(dom: &Dom) -> (Vec<String>, Vec<String>, String) {
    let main = dom.all("main").next().unwrap();
    let headings = dom
        .inside(main)
        .filter(|element| matches!(element.name.as_bytes(), [b'h', b'1'..=b'6']))
        .map(|element| element.text.clone());
    let links = dom
        .inside(main)
        .filter(|element| element.name == "a")
        .map(|element| format!("{} -> {}", element.text, element.attr("href")));
    (headings.collect(), links.collect(), main.text.clone())
}

#[test]
fn three_files_show_all_that_the_default_theme_shows() {
    assert_eq!(
        theme().keys().collect::<Vec<_>>(),
        ["static/css/plain.css", "templates/page.html", "theme.toml"]
    );
    let (default, plain) = (Site::demo().build().clean(), plain_demo().build().clean());
    let pages: Vec<&String> = default
        .files
        .keys()
        .filter(|path| {
            path.ends_with(".html") && default.page(path).contains("id=\"main-content\"")
        })
        .collect();
    assert!(pages.len() == default.pages && plain.pages == default.pages);
    for path in pages {
        let (mut dom, own) = (default.dom(path), plain.dom(path));
        assert_eq!(content(&own), content(&dom), "{path}");
        // Every menu of the default theme is there too, the one of the foot in short.
        dom.0.retain(|element| element.name == "nav");
        let names = |dom: &Dom| {
            dom.all("nav")
                .map(|nav| nav.attr("aria-label").to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(names(&own), names(&dom), "{path}");
    }
}

#[test]
fn its_pages_are_sound_and_load_one_stylesheet() {
    let built = plain_demo().build().clean();
    for path in built
        .files
        .keys()
        .filter(|path| path.ends_with(".html") && built.page(path).contains("id=\"main-content\""))
    {
        let dom = built.dom(path);
        assert!(
            built.page(path).starts_with("<!DOCTYPE html>")
                && dom
                    .all("html")
                    .all(|html| html.attr("lang") == "en-US" && html.attr("dir") == "ltr")
        );
        assert_eq!(
            (dom.all("h1").count(), dom.all("main").count()),
            (1, 1),
            "{path}"
        );
        assert!(
            dom.all("a")
                .next()
                .is_some_and(|link| link.attr("href") == "#main-content"),
            "{path}"
        );
        let sheets: Vec<&str> = dom
            .all("link")
            .filter(|link| link.attr("rel") == "stylesheet")
            .map(|link| link.attr("href"))
            .collect();
        // A template of a kind may bring its tool; the frame brings nothing but its stylesheet.
        assert!(
            sheets[0].contains("css/plain.")
                && sheets[1..]
                    .iter()
                    .all(|sheet| sheet.contains("css/search.") || sheet.contains("css/tools.")),
            "{path}: {sheets:?}"
        );
        let main = dom.all("main").next().unwrap();
        let loaded = |scripts: &mut dyn Iterator<Item = &Element>| {
            scripts
                .filter(|script| !script.attr("src").is_empty())
                .count()
        };
        let of_main = loaded(&mut dom.inside(main).filter(|element| element.name == "script"));
        assert_eq!(
            loaded(&mut dom.all("script")),
            of_main,
            "the frame of {path} loads a script"
        );
        assert!(
            !dom.0
                .iter()
                .any(|element| element.attributes.contains_key("style")),
            "{path}"
        );
    }
}

/// The relative luminance of a color of six digits (WCAG 2).
fn luminance(color: &str) -> f64 {
    let part = |at: usize| f64::from(u8::from_str_radix(&color[at..at + 2], 16).unwrap()) / 255.0;
    let linear = |value: f64| {
        if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * linear(part(0)) + 0.7152 * linear(part(2)) + 0.0722 * linear(part(4))
}

#[test]
fn its_colors_are_readable_in_light_and_dark() {
    let css = String::from_utf8(theme()["static/css/plain.css"].clone()).unwrap();
    assert!(
        css.lines().count() <= 55,
        "the stylesheet is to be read in one go"
    );
    let pair = |name: &str| {
        let (_, rest) = css
            .split_once(&format!("--{name}: light-dark(#"))
            .unwrap_or_else(|| panic!("no --{name}"));
        let (light, rest) = rest.split_once(", #").unwrap();
        [luminance(light), luminance(rest.split_once(')').unwrap().0)]
    };
    let paper = pair("paper");
    for (name, least) in [("ink", 7.0), ("muted", 4.5), ("link", 4.5), ("bar", 3.0)] {
        for (own, paper) in pair(name).into_iter().zip(paper) {
            let contrast = (own.max(paper) + 0.05) / (own.min(paper) + 0.05);
            assert!(
                contrast >= least,
                "--{name} has a contrast of {contrast:.2}"
            );
        }
    }
}
