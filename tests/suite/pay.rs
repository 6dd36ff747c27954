//! Pay: a figure is called what it is, and figures of several kinds are never told, drawn or sorted
//! as one.

use serde_json::Value;

use crate::harness::{Built, Dom, Element, Site};

const HEAD: &str = "title = \"Nurse\"\ncategory = \"work\"\n[figures]\nsource = \"editors\"\nas_of = \"2026-11\"\ncurrency = \"USD\"\nperiod = \"year\"\narea = \"US\"\n";

fn role(rows: &str) -> String {
    format!("{HEAD}{rows}")
}

fn nurse(rows: &str) -> Built {
    let mut site = Site::from("");
    site.edit("content/areas.toml", "[[areas]]\nid = \"us-ca\"\nname = \"California\"\n[[areas]]\nid = \"us-tx\"\nname = \"Texas\"\n");
    site.edit("content/roles/nurse/role.toml", role(rows));
    site.build().clean()
}

/// A level for each salary, "A", "B" and so on.
fn ladder(salaries: &[&str]) -> String {
    let level = |(name, salary): (char, &&str)| {
        format!("[[levels]]\ntitle = \"{name}\"\nsalary = {{ {salary} }}\n")
    };
    ('A'..).zip(salaries).map(level).collect()
}

fn json(built: &Built, path: &str) -> Value {
    serde_json::from_str(built.page(path)).unwrap()
}

#[track_caller]
fn says(built: &Built, path: &str, parts: &[&str]) {
    let text = built.dom(path).text("main").to_owned();
    for part in parts {
        assert!(text.contains(part), "{path} lacks {part:?}: {text}");
    }
}

/// Whether any page or JSON has a text, whatever its case.
fn anywhere<'b>(built: &'b Built, text: &'b str) -> impl Iterator<Item = &'b String> {
    let is_text =
        |path: &str| path.ends_with(".html") || path.ends_with(".json") || path.ends_with(".xml");
    built
        .files
        .iter()
        .filter(move |(path, bytes)| {
            is_text(path) && String::from_utf8_lossy(bytes).to_lowercase().contains(text)
        })
        .map(|(path, _)| path)
}

#[test]
fn without_a_middle_percentile_nothing_is_a_median() {
    for (percentiles, basis, measure, amount, short) in [
        ("p90 = 65_000", "", "90th percentile", "$65,000", "$65K"),
        (
            "p10 = 20_000",
            "basis = \"base\"\n",
            "10th percentile of base pay",
            "$20,000",
            "$20K",
        ),
        (
            "p25 = 45_000, p75 = 65_000",
            "",
            "25th to 75th percentile",
            "$45,000 to $65,000",
            "$45K–$65K",
        ),
        (
            "p10 = 40_000, p25 = 45_000, p90 = 70_000",
            "basis = \"total\"\n",
            "10th to 90th percentile of total pay",
            "$40,000 to $70,000",
            "$40K–$70K",
        ),
    ] {
        let built = nurse(&format!(
            "[[salary]]\npercentiles = {{ {percentiles} }}\n{basis}"
        ));
        assert_eq!(
            anywhere(&built, "median").collect::<Vec<_>>(),
            Vec::<&String>::new(),
            "{percentiles}"
        );
        says(&built, "roles/nurse/index.html", &[measure, amount]);
        says(
            &built,
            "roles/nurse/salary/index.html",
            &[
                &format!("{measure}: {amount} a year."),
                &format!("{measure} (United States): {amount} a year."),
            ],
        );
        for path in [
            "roles/index.html",
            "index.html",
            "categories/work/index.html",
        ] {
            says(&built, path, &[measure, short]);
        }
        assert_eq!(
            built.dom("roles/nurse/index.html").json_ld_of("Occupation")["estimatedSalary"][0]["name"],
            measure
        );
        let card = json(&built, "roles/index.json")["groups"][0]["items"][0].clone();
        assert_eq!(
            (&card["salary"], &card["salary_measure"]),
            (
                &format!("{short} ({measure})").into(),
                &format!("{measure}, a year").into()
            )
        );
        assert_eq!(
            card["salary_value"],
            Value::Null,
            "what others earn in the middle is not known"
        );
    }
}

#[test]
fn one_percentile_has_no_second_sentence() {
    let built = nurse("[[salary]]\npercentiles = { p50 = 55_000 }\n");
    says(
        &built,
        "roles/nurse/salary/index.html",
        &["Median pay: $55,000 a year. Source"],
    );
    assert!(
        !built
            .dom("roles/nurse/salary/index.html")
            .text("main")
            .contains("earn less than")
    );
    assert_eq!(
        anywhere(
            &nurse("[[salary]]\npercentiles = { p90 = 55_000 }\n"),
            "earn less than"
        )
        .count(),
        0
    );
    let two = nurse("[[salary]]\npercentiles = { p25 = 45_000, p50 = 55_000 }\n");
    says(
        &two,
        "roles/nurse/salary/index.html",
        &["25% earn less than $45,000, and 50% earn less than $55,000."],
    );
}

#[test]
fn a_figure_is_called_what_it_is() {
    for (row, label) in [
        ("value = 50_000", "Pay"),
        ("value = 50_000\nbasis = \"base\"", "Base pay"),
        ("min = 50_000\nmax = 60_000", "Pay range"),
        (
            "value = 50_000\nstatistic = \"mean\"\nbasis = \"total\"",
            "Average total pay",
        ),
        ("percentiles = { p50 = 50_000 }", "Median pay"),
        (
            "percentiles = { p90 = 50_000 }\nlabel = \"Top earners\"",
            "Top earners",
        ),
    ] {
        let built = nurse(&format!("[[salary]]\n{row}\n"));
        assert_eq!(
            json(&built, "roles/nurse/index.json")["salary"]["headline"]["label"],
            label
        );
        says(&built, "roles/nurse/index.html", &[label]);
    }
    // A name of its own does not hide what it is.
    let built = nurse("[[salary]]\npercentiles = { p90 = 50_000 }\nlabel = \"Top earners\"\n");
    says(
        &built,
        "roles/nurse/salary/index.html",
        &[
            "Top earners, 90th percentile: $50,000 a year.",
            "Top earners (90th percentile, United States): $50,000 a year.",
        ],
    );
    says(
        &built,
        "roles/index.html",
        &["90th percentile, a year, Top earners, United States, November 2026"],
    );
}

#[test]
fn an_open_top_is_that_of_the_highest_percentile() {
    let built = nurse(
        "[[salary]]\npercentiles = { p10 = 40_000, p50 = 60_000, p90 = 90_000 }\nopen_top = true\n",
    );
    let headline = json(&built, "roles/nurse/index.json")["salary"]["headline"].clone();
    assert_eq!(
        (&headline["text"], &headline["open_top"]),
        (&"$60K".into(), &true.into())
    );
    says(
        &built,
        "roles/nurse/salary/index.html",
        &["$60,000 a year", "$90,000+"],
    );
    let only = nurse("[[salary]]\npercentiles = { p50 = 60_000 }\nopen_top = true\n");
    assert_eq!(
        json(&only, "roles/nurse/index.json")["salary"]["headline"]["text"],
        "$60K+"
    );
}

const HOURS_AND_YEARS: [&str; 2] = [
    "min = 25, max = 50, period = \"hour\"",
    "min = 80_000, max = 150_000",
];

#[test]
fn pay_of_two_periods_on_a_ladder_stands_with_its_own() {
    let built = nurse(&ladder(&HOURS_AND_YEARS));
    for page in ["", "ladder/", "salary/"] {
        says(
            &built,
            &format!("roles/nurse/{page}index.html"),
            &["$25–$50 an hour", "$80K–$150K a year"],
        );
    }
    says(
        &built,
        "roles/nurse/index.html",
        &["2 levels $25–$50 an hour; $80K–$150K a year"],
    );
    says(
        &built,
        "roles/nurse/ladder/index.html",
        &["A pays $25–$50 an hour and B pays $80K–$150K a year (United States)."],
    );
    says(
        &built,
        "roles/nurse/salary/index.html",
        &["A: $25 to $50 an hour; B: $80,000 to $150,000 a year."],
    );
    let dom = built.dom("roles/nurse/ladder/index.html");
    assert!(
        dom.0
            .iter()
            .filter(|element| element.attr("class") == "label")
            .all(|label| !label.text.contains("an hour")),
        "no caption for all"
    );
    // The comparison has no axis and no sentence for both.
    let description = built
        .dom("roles/nurse/compare/a-vs-b/index.html")
        .text("main")
        .to_owned();
    assert!(
        !description.contains("becomes") && description.contains("$25 to $50 an hour"),
        "{description}"
    );
    assert!(
        !built
            .page("roles/nurse/compare/a-vs-b/index.html")
            .contains("chart-bar")
    );
}

fn on_axis(built: &Built) -> Vec<bool> {
    let tracks = json(built, "roles/nurse/index.json")["ladder"]["tracks"].clone();
    let levels = tracks
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|track| track["levels"].as_array().unwrap().clone());
    levels
        .map(|level| level["salary"]["on_axis"].as_bool().unwrap())
        .collect()
}

#[test]
fn only_pay_of_one_kind_shares_an_axis_a_range_and_a_sentence() {
    for (other, note) in [
        ("min = 20, max = 30, period = \"hour\"", "$20–$30 an hour"),
        (
            "min = 2_000, max = 3_000, period = \"month\"",
            "$2,000–$3,000 a month",
        ),
        (
            "min = 20_000, max = 30_000, currency = \"EUR\"",
            "€20K–€30K a year",
        ),
        (
            "min = 20_000, max = 30_000, basis = \"total\"",
            "$20K–$30K a year (Total pay)",
        ),
        (
            "min = 20_000, max = 30_000, area = \"us-ca\"",
            "$20K–$30K a year (California)",
        ),
        (
            "min = 20_000, max = 30_000, label = \"With housing\"",
            "$20K–$30K a year (With housing",
        ),
        (
            "min = 20_000, max = 30_000, statistic = \"mean\"",
            "$20K–$30K a year (Average pay",
        ),
        (
            "percentiles = { p10 = 20_000, p90 = 30_000 }",
            "$20K–$30K a year (10th to 90th percentile",
        ),
    ] {
        // It comes first, and is the odd one out.
        let built = nurse(&ladder(&[
            other,
            "min = 50_000, max = 60_000",
            "min = 70_000, max = 90_000",
        ]));
        assert_eq!(on_axis(&built), [false, true, true], "{other}");
        let ladder = json(&built, "roles/nurse/index.json")["ladder"].clone();
        assert_eq!(
            (&ladder["salary_axis"]["min"], &ladder["salary_axis"]["max"]),
            (&50_000.into(), &90_000.into())
        );
        let text = ladder["salary_text"].as_str().unwrap();
        assert!(
            text.starts_with("$50K–$90K a year")
                && text.contains(&note[..note.find(" (").unwrap_or(note.len())]),
            "{other}: {text}"
        );
        says(
            &built,
            "roles/nurse/ladder/index.html",
            &[
                "On the ladder, B pays $50K–$60K a year",
                &format!("A pays {note}"),
            ],
        );
        assert!(!anywhere(&built, "$20k–$90k").any(|_| true), "{other}");
    }
}

#[test]
fn what_all_pay_on_a_ladder_is_stands_at_its_head() {
    let built = nurse(&ladder(&[
        "min = 50_000, max = 60_000, basis = \"base\"",
        "min = 70_000, max = 90_000, basis = \"base\"",
    ]));
    let ladder_of = |built: &Built| json(built, "roles/nurse/index.json")["ladder"].clone();
    assert_eq!(
        ladder_of(&built)["salary_notes"],
        serde_json::json!(["Base pay", "a year", "United States", "November 2026"])
    );
    says(
        &built,
        "roles/nurse/index.html",
        &[
            "Base pay, a year, United States, November 2026",
            "2 levels $50K–$90K a year, Base pay",
        ],
    );
    let built = nurse(&ladder(&[
        "min = 50_000, max = 60_000, basis = \"base\"",
        "min = 70_000, max = 90_000, basis = \"total\"",
    ]));
    assert_eq!(
        ladder_of(&built)["salary_notes"],
        serde_json::json!(["a year", "United States", "November 2026"])
    );
    says(
        &built,
        "roles/nurse/ladder/index.html",
        &["$50K–$60K Base pay", "$70K–$90K Total pay"],
    );
}

#[test]
fn from_the_lowest_to_the_highest_is_by_the_amounts_of_all_tracks() {
    let rows = "[[levels]]\ntitle = \"Expert\"\nsalary = { min = 180_000, max = 270_000, open_top = true }\n\
        [[levels]]\ntitle = \"Novice\"\nsalary = { min = 40_000, max = 60_000 }\n\
        [[levels]]\ntitle = \"Lead\"\ntrack = \"manager\"\nsalary = { min = 160_000, max = 215_000 }\n";
    let mut site = Site::from("");
    site.edit("content/roles/nurse/role.toml", role(rows));
    let built = site.build();
    let ladder = json(&built, "roles/nurse/index.json")["ladder"].clone();
    assert_eq!(
        (&ladder["salary_text"], &ladder["salary_text_long"]),
        (&"$40K–$270K+".into(), &"$40K–$270K+ a year".into())
    );
    assert_eq!(ladder["tracks"][0]["levels"][0]["salary"]["open_top"], true);
    says(
        &built,
        "roles/nurse/index.html",
        &["3 levels $40K–$270K+ a year"],
    );
    says(
        &built,
        "roles/nurse/ladder/index.html",
        &["On the ladder, Novice pays $40K–$60K a year and Expert $180K–$270K+ a year"],
    );
    says(
        &built,
        "roles/nurse/salary/index.html",
        &[
            "The lowest pay is that of Novice, $40,000 to $60,000 a year; the highest is that of Expert, $180,000 to $270,000 or more a year.",
        ],
    );
    let inside = nurse(&self::ladder(&[
        "min = 50_000, max = 100_000",
        "min = 60_000, max = 90_000",
    ]));
    says(
        &inside,
        "roles/nurse/ladder/index.html",
        &["On the ladder, A pays $50K–$100K a year (United States)."],
    );
    let opened = nurse(&self::ladder(&[
        "min = 50_000, open_top = true",
        "min = 70_000, max = 90_000",
    ]));
    assert_eq!(
        json(&opened, "roles/nurse/index.json")["ladder"]["salary_text"],
        "$50K–$90K+"
    );
}

#[test]
fn one_style_in_one_range() {
    let built = nurse(&ladder(&[
        "min = 3_998.40, max = 5_031.30, period = \"month\"",
        "min = 6_064.20, max = 10_125.90, period = \"month\"",
    ]));
    says(
        &built,
        "roles/nurse/index.html",
        &["2 levels $3,998–$10,126 a month", "$6,064–$10,126"],
    );
    says(
        &built,
        "roles/nurse/ladder/index.html",
        &["A pays $3,998–$5,031 a month and B $6,064–$10,126 a month"],
    );
    assert_eq!(anywhere(&built, "10.1k").count(), 0);
    let ticks = json(&built, "roles/nurse/index.json")["ladder"]["salary_axis"]["ticks"].clone();
    let texts: Vec<&str> = ticks
        .as_array()
        .unwrap()
        .iter()
        .map(|tick| tick["text"].as_str().unwrap())
        .collect();
    assert_eq!(
        (texts.first(), texts.last()),
        (Some(&"$2,000"), Some(&"$12,000")),
        "{texts:?}"
    );
}

#[test]
fn pay_by_area_is_ranked_by_kind() {
    let built = nurse(
        "[[salary]]\nvalue = 60_000\nstatistic = \"median\"\n\
         [[salary]]\nid = \"ca-hour\"\narea = \"us-ca\"\nvalue = 90\nperiod = \"hour\"\nstatistic = \"median\"\n\
         [[salary]]\nid = \"ca\"\narea = \"us-ca\"\nvalue = 50_000\nstatistic = \"median\"\n\
         [[salary]]\nid = \"tx\"\narea = \"us-tx\"\nvalue = 70_000\nstatistic = \"median\"\n",
    );
    says(
        &built,
        "roles/nurse/salary/index.html",
        &[
            "Of 2 areas, Texas pays most, $70,000 a year, and California pays least, $50,000 a year.",
            "California$90 an hour",
        ],
    );
    let salary = json(&built, "roles/nurse/index.json")["salary"].clone();
    let areas: Vec<(&str, bool)> = salary["areas"]
        .as_array()
        .unwrap()
        .iter()
        .map(|pay| {
            (
                pay["amount_long"].as_str().unwrap(),
                pay["on_axis"].as_bool().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        areas,
        [
            ("$70,000 a year", true),
            ("$50,000 a year", true),
            ("$90 an hour", false)
        ]
    );
    assert_eq!(
        salary["areas_notes"],
        serde_json::json!(["Median pay", "November 2026"])
    );
}

#[test]
fn rows_of_one_area_differ_visibly() {
    let built = nurse(
        "[[salary]]\nid = \"a\"\nvalue = 60_000\n[[salary]]\nid = \"b\"\nvalue = 62_000\nbasis = \"total\"\n\
         [[salary]]\nid = \"c\"\nvalue = 61_000\nas_of = \"2025-12\"\n[[salary]]\nid = \"d\"\nvalue = 63_000\nlabel = \"At night\"\n[[salary]]\nid = \"e\"\nvalue = 30\nperiod = \"hour\"\n",
    );
    let dom = built.dom("roles/nurse/salary/index.html");
    let rows: Vec<&Element> = dom
        .inside(dom.id("rows"))
        .filter(|element| element.name == "tr")
        .collect();
    // By more than their amounts.
    let mut texts: Vec<String> = rows
        .iter()
        .map(|row| row.text.replace(|c: char| c.is_ascii_digit(), ""))
        .collect();
    assert_eq!(texts.len(), 6, "{texts:?}");
    texts.sort();
    texts.dedup();
    assert_eq!(texts.len(), 6, "{texts:?}");
}

/// Roles with a figure each: name, rows of its record.
fn roles(all: &[(&str, &str)], site_figures: &str) -> Site {
    let mut site = Site::from("");
    if !site_figures.is_empty() {
        site.replace(
            "site.toml",
            "title = \"Test\"",
            &format!("title = \"Test\"\nfigures = {{ {site_figures} }}"),
        );
    }
    for (id, row) in all {
        let (figures, row) = row.split_once('|').unwrap_or(("", row));
        site.edit(
            &format!("content/roles/{id}/role.toml"),
            role(&format!("{figures}\n[[salary]]\n{row}\n"))
                .replace("\"Nurse\"", &format!("\"{id}\"")),
        );
    }
    site
}

fn rows_of_roles(dom: &Dom) -> Vec<(String, String)> {
    let rows = dom
        .all("tr")
        .filter(|row| row.attributes.contains_key("data-category"));
    rows.map(|row| {
        (
            row.attr("data-pay-year").to_owned(),
            row.attr("data-unit").to_owned(),
        )
    })
    .collect()
}

#[test]
fn pay_of_several_periods_is_comparable_and_shown_as_recorded() {
    let all = [
        ("a", "value = 50_000"),
        ("b", "value = 25.50\nperiod = \"hour\""),
        ("c", "value = 200\nperiod = \"day\""),
        ("d", "value = 1_000\nperiod = \"week\""),
        ("e", "value = 4_500.50\nperiod = \"month\""),
        (
            "f",
            "hours_per_year = 1_000|value = 25.50\nperiod = \"hour\"",
        ),
    ];
    for (site_figures, hourly) in [("", "53040"), ("hours_per_year = 1_600.5", "40812.75")] {
        let built = roles(&all, site_figures).build().clean();
        let dom = built.dom("roles/index.html");
        let expected = [
            ("50000", "year"),
            (hourly, "hour"),
            ("52000", "day"),
            ("52000", "week"),
            ("54006", "month"),
            ("25500", "hour"),
        ];
        assert_eq!(
            rows_of_roles(&dom),
            expected.map(|(pay, period)| (pay.to_owned(), format!("USD/{period}")))
        );
        let kinds: Vec<&str> = dom
            .all("tr")
            .map(|row| row.attr("data-kind"))
            .filter(|kind| !kind.is_empty())
            .collect();
        assert_eq!(kinds, ["USD//US/pay"; 6]);
    }
    let built = roles(&all, "").build().clean();
    for path in [
        "roles/index.html",
        "categories/work/index.html",
        "index.html",
    ] {
        says(
            &built,
            path,
            &[
                "Pay, United States, November 2026",
                "$50K a year",
                "$25.50 an hour",
                "$200 a day",
                "$1,000 a week",
                "$4,501 a month",
            ],
        );
        assert!(
            !built.dom(path).text("main").contains("Pay, a year"),
            "{path} follows its first row"
        );
    }
    let card = json(&built, "roles/index.json")["groups"][1]["items"][0].clone();
    assert_eq!(
        (
            &card["salary_value"],
            &card["salary_per_year"],
            &card["salary_unit"]
        ),
        (&25.5.into(), &53_040.into(), &"USD/hour".into())
    );
}

#[test]
fn a_head_says_what_all_share() {
    let built = roles(
        &[
            ("a", "percentiles = { p50 = 50_000 }"),
            ("b", "value = 60_000\nstatistic = \"median\""),
        ],
        "",
    )
    .build()
    .clean();
    says(
        &built,
        "categories/work/index.html",
        &[
            "Median pay, a year, United States, November 2026",
            "$50K",
            "$60K",
        ],
    );
    assert!(
        !built
            .dom("categories/work/index.html")
            .text("main")
            .contains("$50K a year")
    );
    let built = roles(
        &[
            ("a", "value = 50_000\nstatistic = \"median\""),
            (
                "b",
                "value = 60_000\nstatistic = \"mean\"\nas_of = \"2025-12\"",
            ),
        ],
        "",
    )
    .build()
    .clean();
    says(
        &built,
        "categories/work/index.html",
        &[
            "a year, United States",
            "$50K Median pay, November 2026",
            "$60K Average pay, December 2025",
        ],
    );
}

#[test]
fn a_list_is_sorted_by_pay_of_a_year() {
    let all = [
        ("a", "value = 50_000"),
        ("b", "value = 30\nperiod = \"hour\""),
        ("c", "value = 4_000\nperiod = \"month\""),
        ("d", "value = 900_000\ncurrency = \"EUR\""),
        ("e", "value = 1_000\nbasis = \"total\""),
    ];
    let order = |sort: &str, hours: &str| {
        let mut site = roles(&all, hours);
        let list = format!(
            "lists = {{ paid = {{ for = [\"home\"], of = \"role\", sort = \"{sort}\" }} }}\n"
        );
        site.replace(
            "site.toml",
            "title = \"Test\"\n",
            &format!("title = \"Test\"\n{list}"),
        );
        site.edit(
            "templates/home.html",
            "<!doctype html><title>x</title><main id=\"main-content\">{% for card in lists.paid %}{{ card.title }} {% endfor %}</main>\n",
        );
        site.build()
            .clean()
            .dom("index.html")
            .text("main")
            .to_owned()
    };
    assert_eq!(
        order("-salary", ""),
        "b a c d e",
        "dollars first, for most are, and others by themselves"
    );
    assert_eq!(order("salary", ""), "c a b d e");
    assert_eq!(order("-salary", "hours_per_year = 1_650"), "a b c d e");
}

#[test]
fn hours_a_year_reach_a_preview_that_is_running() {
    let preview = rungs::serve::Preview::new(1, rungs::serve::Editor::default());
    let mut site = roles(
        &[("a", "value = 20\nperiod = \"hour\"")],
        "hours_per_year = 1_000",
    );
    let shown = |site: &Site| rows_of_roles(&site.previewed(&preview).dom("roles/index.html"));
    assert_eq!(shown(&site), [("20000".to_owned(), "USD/hour".to_owned())]);
    site.replace("site.toml", "1_000", "2_000");
    assert_eq!(shown(&site), [("40000".to_owned(), "USD/hour".to_owned())]);
}

#[test]
fn two_roles_are_compared_by_figures_of_one_kind() {
    let compared = |a: &str, b: &str| {
        let mut site = roles(&[("a", a), ("b", b)], "");
        site.replace(
            "content/roles/a/role.toml",
            "[[salary]]",
            "[[related]]\nrole = \"b\"\nkind = \"similar\"\n[[salary]]",
        );
        site.build().clean()
    };
    let median = "percentiles = { p10 = 40_000, p50 = 50_000, p90 = 60_000 }";
    let like = compared(
        median,
        "percentiles = { p10 = 50_000, p50 = 70_000, p90 = 90_000 }",
    );
    says(
        &like,
        "compare/a-vs-b/index.html",
        &["a and b: pay of $50K and $70K a year (Median pay, United States)."],
    );
    assert!(like.page("compare/a-vs-b/index.html").contains("chart-bar"));
    for other in [
        "percentiles = { p90 = 60_000 }",
        "value = 30\nperiod = \"hour\"\nstatistic = \"median\"",
        "value = 60_000\nbasis = \"total\"\nstatistic = \"median\"",
    ] {
        let built = compared(median, other);
        let dom = built.dom("compare/a-vs-b/index.html");
        assert!(
            !dom.text("main").contains("pay of"),
            "{other}: {}",
            dom.text("main")
        );
        assert!(
            !built
                .page("compare/a-vs-b/index.html")
                .contains("chart-bar"),
            "{other}"
        );
    }
    // Names of occupations stand with their figures.
    let named = compared(
        &format!("{median}\nlabel = \"Nurses\""),
        &format!(
            "{}\nlabel = \"Doctors\"",
            median.replace("50_000", "55_000")
        ),
    );
    says(
        &named,
        "compare/a-vs-b/index.html",
        &["pay of $50K (Nurses) and $55K a year (Median pay, Doctors, United States)."],
    );
}

#[test]
fn a_picture_says_what_its_pay_is() {
    let told = |rows: &str| {
        let mut site = Site::from("");
        site.replace("site.toml", "og_images = false\n", "");
        site.edit("templates/share.svg", "{% if share.levels or share.salary %}{{ throw(message=\"[\" ~ share.salary ~ \"|\" ~ share.salary_note ~ \"]\") }}{% endif %}<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"/>\n");
        site.edit("content/roles/nurse/role.toml", role(rows));
        let said = site.build().said();
        said.split_once("[").map_or(said.clone(), |_| {
            said[said.rfind("[$").unwrap_or(0)..]
                .split(']')
                .next()
                .unwrap()
                .to_owned()
        })
    };
    assert_eq!(
        told(&ladder(&HOURS_AND_YEARS)),
        "[$25–$50 an hour; $80K–$150K a year|Pay, United States, November 2026"
    );
    assert_eq!(
        told("[[salary]]\npercentiles = { p90 = 65_000 }\n"),
        "[$65K a year|90th percentile, United States, November 2026"
    );
}

#[test]
fn german_says_it_too() {
    let mut site = Site::from("");
    site.replace(
        "site.toml",
        "title = \"Test\"",
        "title = \"Test\"\nlanguage = \"de\"",
    );
    site.edit(
        "content/roles/nurse/role.toml",
        role(&format!(
            "[[salary]]\npercentiles = {{ p25 = 45_000, p75 = 65_000 }}\n{}",
            ladder(&HOURS_AND_YEARS)
        ))
        .replace("USD", "EUR"),
    );
    let built = site.build().clean();
    says(
        &built,
        "roles/nurse/salary/index.html",
        &[
            "25. bis 75. Perzentil: 45.000 € bis 65.000 € pro Jahr",
            "Auf der Karriereleiter: A 25–50 € pro Stunde und B 80.000–150.000 € pro Jahr",
        ],
    );
    assert!(
        !built
            .dom("roles/nurse/index.html")
            .text("main")
            .contains("Median")
    );
}
