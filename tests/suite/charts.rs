//! Charts of the default theme: what a drawing says also stands as a sentence and as a table, and
//! no shape leaves its axis.

use crate::harness::{Built, Dom, Element, Site};

const HEAD: &str = "title = \"Nurse\"\ncategory = \"work\"\n[figures]\nsource = \"editors\"\nas_of = \"2026-11\"\ncurrency = \"USD\"\nperiod = \"year\"\n";

/// Figures of every kind: levels with one in another currency, percentiles, areas, jobs now and
/// later, titles below titles.
const FIGURES: &str = "\
    [outlook]\nbase_year = 2024\ntarget_year = 2034\nchange_percent = 10\njobs_base = 1000\njobs_target = 1100\n\
    [[salary]]\nid = \"all\"\npercentiles = { p10 = 41_000, p25 = 52_000, p50 = 63_000, p75 = 74_000, p90 = 85_000 }\n\
    [[salary]]\nid = \"ca\"\narea = \"us-ca\"\nvalue = 80_000\nstatistic = \"median\"\n\
    [[salary]]\nid = \"tx\"\narea = \"us-tx\"\npercentiles = { p10 = 30_500, p50 = 60_500, p90 = 90_500 }\n\
    [[salary]]\nid = \"fl\"\narea = \"us-fl\"\nmin = 40_000\nmax = 50_000\n\
    [[levels]]\nid = \"junior\"\ntitle = \"Junior Nurse\"\nsalary = { min = 40_000, max = 50_000 }\n\
    [[levels]]\nid = \"chief\"\ntitle = \"Chief Nurse\"\nsalary = { min = 90_000, max = 120_000, open_top = true }\n\
    [[levels]]\nid = \"abroad\"\ntitle = \"Nurse abroad\"\nsalary = { min = 7, max = 9, currency = \"EUR\", period = \"hour\" }\n\
    [[titles]]\nid = \"matron\"\nname = \"Matron\"\nparent = \"chief\"\n[[titles]]\nname = \"Deputy Matron\"\nparent = \"matron\"\n";

const AREAS: &str = "[[areas]]\nid = \"us-ca\"\nname = \"California\"\n[[areas]]\nid = \"us-tx\"\nname = \"Texas\"\n[[areas]]\nid = \"us-fl\"\nname = \"Florida\"\n";

fn nurse(rows: &str) -> Built {
    let mut site = Site::from("");
    site.edit("content/areas.toml", AREAS);
    site.edit("content/roles/nurse/role.toml", format!("{HEAD}{rows}"));
    site.build().clean()
}

fn charts(dom: &Dom) -> Vec<&Element> {
    dom.all("figure")
        .filter(|figure| figure.attr("class") == "chart")
        .collect()
}

fn classed<'a>(
    dom: &'a Dom,
    outer: &'a Element,
    class: &'a str,
) -> impl Iterator<Item = &'a Element> {
    dom.inside(outer)
        .filter(move |element| element.attr("class").split(' ').any(|one| one == class))
}

/// The chart in a section.
#[track_caller]
fn chart_of<'a>(dom: &'a Dom, section: &str) -> &'a Element {
    let section = dom.id(section);
    dom.inside(section)
        .find(|element| element.attr("class") == "chart")
        .unwrap_or_else(|| panic!("no chart in {}", section.text))
}

#[track_caller]
fn table_of<'a>(dom: &'a Dom, chart: &'a Element) -> &'a str {
    let behind = classed(dom, chart, "chart-data")
        .next()
        .unwrap_or_else(|| panic!("nothing behind {}", chart.text));
    &dom.inside(behind)
        .find(|element| element.name == "table")
        .unwrap()
        .text
}

fn positions(dom: &Dom) -> Vec<f64> {
    let svg = ["rect", "line", "circle", "text", "svg"];
    let attributes = dom
        .0
        .iter()
        .filter(|element| svg.contains(&element.name.as_str()))
        .flat_map(|element| {
            let at = |name| {
                element
                    .attr(name)
                    .strip_suffix('%')
                    .map(|number| number.parse::<f64>().unwrap())
            };
            let end = at("x").unwrap_or(0.0) + at("width").unwrap_or(0.0);
            ["x", "x1", "x2", "cx", "width"]
                .into_iter()
                .filter_map(at)
                .chain([end])
        });
    attributes.collect()
}

#[test]
fn every_chart_has_a_sentence_a_source_and_a_table() {
    let built = nurse(FIGURES);
    for (page, section, says, figures) in [
        (
            "salary",
            "headline",
            "10% earn less than $41,000, and 90% earn less than $85,000",
            &["$41,000", "$52,000", "$63,000", "$74,000", "$85,000"][..],
        ),
        (
            "salary",
            "levels",
            "Junior Nurse: $40,000 to $50,000 a year; Chief Nurse: $90,000 to $120,000 or more a year; Nurse abroad",
            &[
                "$40,000 to $50,000",
                "$90,000 to $120,000 or more",
                "€7 to €9 an hour",
            ],
        ),
        (
            "salary",
            "areas",
            "Of 2 areas, California pays most",
            &[
                "$80,000",
                "$30,500",
                "$60,500",
                "$90,500",
                "$40,000 to $50,000",
            ],
        ),
        (
            "salary",
            "outlook",
            "Jobs: 1,000 in 2024, 1,100 in 2034",
            &["1,000", "1,100", "+10%"],
        ),
        (
            "job-titles",
            "hierarchy",
            "5 titles in 3 groups, from Junior Nurse to Nurse abroad",
            &["MatronChief Nurse", "Deputy MatronMatron"],
        ),
    ] {
        let dom = built.dom(&format!("roles/nurse/{page}/index.html"));
        let chart = chart_of(&dom, section);
        let caption = dom
            .inside(chart)
            .find(|element| element.name == "figcaption")
            .unwrap();
        assert!(caption.text.contains(says), "{section}: {}", caption.text);
        assert!(
            page == "job-titles" || caption.text.contains("November 2026"),
            "{section} has no date: {}",
            caption.text
        );
        for figure in figures {
            assert!(
                table_of(&dom, chart).contains(figure),
                "{section} lacks {figure}: {}",
                table_of(&dom, chart)
            );
        }
        for drawing in dom
            .inside(chart)
            .filter(|element| element.name == "svg" && !element.attr("class").is_empty())
        {
            assert_eq!(
                drawing.attr("aria-hidden"),
                "true",
                "{section}: what is drawn is said in words"
            );
        }
    }
    assert!(
        !built
            .page("roles/nurse/salary/index.html")
            .contains(" style="),
        "a strict policy lets no styles into attributes"
    );
}

#[test]
fn no_shape_leaves_its_axis() {
    let built = nurse(FIGURES);
    for page in ["", "salary/", "ladder/"] {
        let dom = built.dom(&format!("roles/nurse/{page}index.html"));
        let positions = positions(&dom);
        assert!(positions.len() > 4, "{page} draws nothing");
        assert!(
            positions.iter().all(|at| (0.0..=100.01).contains(at)),
            "{page}: {positions:?}"
        );
    }
}

#[test]
fn pay_of_another_unit_is_said_and_not_drawn() {
    let dom = nurse(FIGURES).dom("roles/nurse/salary/index.html");
    let chart = chart_of(&dom, "levels");
    let rows: Vec<&Element> = dom
        .inside(chart)
        .filter(|element| element.name == "li" && element.text.contains("Nurse"))
        .collect();
    let bars: Vec<usize> = rows
        .iter()
        .map(|row| classed(&dom, row, "chart-bar").count())
        .collect();
    assert_eq!(bars, [1, 1, 0], "{}", chart.text);
    assert!(rows[2].text.contains("€7–€9"));
}

#[test]
fn areas_are_ranked_from_zero() {
    let dom = nurse(FIGURES).dom("roles/nurse/salary/index.html");
    let chart = chart_of(&dom, "areas");
    let names: Vec<&str> = classed(&dom, chart, "chart-name")
        .map(|name| name.text.as_str())
        .collect();
    assert_eq!(names, ["California", "Texas", "Florida"]);
    let axis = classed(&dom, chart, "chart-axis").next().unwrap();
    let ticks: Vec<&str> = dom
        .inside(axis)
        .filter(|element| element.name == "text")
        .map(|tick| tick.text.as_str())
        .collect();
    assert_eq!(ticks, ["$0", "$20K", "$40K", "$60K", "$80K", "$100K"]);
    let bar = |row: &str| {
        let row = dom
            .inside(chart)
            .find(|element| element.name == "li" && element.text.starts_with(row))
            .unwrap();
        let ink = classed(&dom, row, "chart-ink").next().unwrap();
        ["x", "width"].map(|name| ink.attr(name).trim_end_matches('%').parse::<f64>().ok())
    };
    assert_eq!(bar("California"), [None, Some(80.0)]);
    assert_eq!(bar("Texas"), [None, Some(60.5)]);
    let florida = dom
        .inside(chart)
        .find(|element| element.name == "li" && element.text.starts_with("Florida"))
        .unwrap();
    assert_eq!(
        classed(&dom, florida, "chart-bar").count(),
        0,
        "a range is not ranked among medians"
    );
    assert!(florida.text.contains("$40K–$50K"), "{}", florida.text);
}

#[test]
fn gains_and_losses_are_drawn_apart() {
    for (target, change, class, x, width) in [
        (1100, 10, "chart-gain", 1000.0 / 12.0, 100.0 / 12.0),
        (900, -10, "chart-loss", 90.0, 10.0),
    ] {
        let rows = FIGURES.replace("jobs_target = 1100", &format!("jobs_target = {target}"));
        let built =
            nurse(&rows.replace("change_percent = 10", &format!("change_percent = {change}")));
        let dom = built.dom("roles/nurse/index.html");
        let part = classed(&dom, chart_of(&dom, "outlook"), class)
            .next()
            .unwrap();
        for (name, expected) in [("x", x), ("width", width)] {
            let found: f64 = part.attr(name).trim_end_matches('%').parse().unwrap();
            assert!(
                (found - expected).abs() < 0.1,
                "{target}: {name} is {found}, not {expected}"
            );
        }
    }
}

#[test]
fn a_chart_of_little_is_left_out_or_small() {
    // One value alone has no axis; one level, one area, and an outlook without numbers of jobs have
    // nothing to compare.
    let one = "[outlook]\nbase_year = 2024\ntarget_year = 2034\nchange_percent = 10\n[[salary]]\nvalue = 5\nstatistic = \"mean\"\n\
        [[salary]]\narea = \"us-ca\"\nvalue = 7\nstatistic = \"mean\"\n[[levels]]\nid = \"only\"\ntitle = \"Only\"\nsalary = { min = 3, max = 3 }\n";
    let dom = nurse(one).dom("roles/nurse/salary/index.html");
    let has_chart = |section: &str| {
        dom.inside(dom.id(section))
            .any(|element| element.attr("class") == "chart")
    };
    assert!(!has_chart("headline") && !has_chart("outlook"));
    assert!(
        dom.id("headline").text.contains("November 2026")
            && dom.id("outlook").text.contains("November 2026"),
        "the source is told all the same"
    );
    assert!(
        chart_of(&dom, "areas")
            .text
            .contains("California: $7 a year")
    );
    assert!(positions(&dom).iter().all(|at| (0.0..=100.0).contains(at)));
}

#[test]
fn many_levels_with_long_names_keep_their_words() {
    let name = |n: usize| {
        format!(
            "Distinguished Principal Nurse of Paediatric Intensive Care and Emergency Medicine, Grade {n}"
        )
    };
    let rows: String =
        (1..=14).map(|n| format!("[[levels]]\nid = \"l{n}\"\ntitle = \"{}\"\nsalary = {{ min = {n}0_000, max = {n}5_000 }}\n", name(n))).collect();
    let dom = nurse(&rows).dom("roles/nurse/salary/index.html");
    let charts = charts(&dom);
    assert_eq!(charts.len(), 1);
    for n in 1..=14 {
        assert!(
            classed(&dom, charts[0], "chart-name").any(|found| found.text == name(n))
                && table_of(&dom, charts[0]).contains(&name(n)),
            "{n}"
        );
    }
}
