//! Pay as it is read and checked: amounts that cannot be meant are said, and the headline is pay of
//! the role's own area.

use serde_json::{Value, json};

use crate::harness::{Built, Site};

/// The head of a record whose figures have a source, a currency, a period and an area.
const HEAD: &str = "title = \"Nurse\"\ncategory = \"work\"\n[figures]\nsource = \"editors\"\ncurrency = \"USD\"\nperiod = \"year\"\narea = \"US\"\n";
const AREAS: &str = "[[areas]]\nid = \"ny\"\nname = \"New York\"\nparent = \"US\"\n[[areas]]\nid = \"tx\"\nname = \"Texas\"\ncode = \"US-TX\"\n\
    [[areas]]\nid = \"oslo\"\nname = \"Oslo\"\nparent = \"NO\"\n";

fn nurse(rows: &str) -> Site {
    let mut site = Site::from("");
    site.edit("content/roles/nurse/role.toml", format!("{HEAD}{rows}"));
    site.edit("content/areas.toml", AREAS);
    site
}

/// A role whose pay stands in a table alone.
fn table(rows: &str) -> Site {
    let mut site = nurse("");
    site.edit("content/roles/nurse/salary.csv", rows);
    site
}

/// What is said, without the folder of the role.
fn said(site: &Site) -> Vec<String> {
    site.build()
        .said()
        .lines()
        .map(|line| line.replace("content/roles/nurse/", ""))
        .collect()
}

/// The help of everything that is said, in its order.
fn help(site: &Site) -> Vec<String> {
    site.build()
        .reports
        .iter()
        .flat_map(|report| report.help.clone())
        .collect()
}

/// Levels of one track with these values of `salary`.
fn ladder(pay: &[&str]) -> String {
    pay.iter()
        .enumerate()
        .map(|(at, pay)| format!("[[levels]]\ntitle = \"Nurse {at}\"\nsalary = {{ {pay} }}\n"))
        .collect()
}

#[test]
fn amounts_with_more_digits_than_their_currency_are_refused_wherever_pay_stands() {
    for (rows, count) in [
        ("[[salary]]\nmin = 35.000\nmax = 45.000\n".to_owned(), 2),
        ("[[salary]]\nvalue = 45.500\n".to_owned(), 1),
        (
            "[[salary]]\npercentiles = { p10 = 35.000, p50 = 45.505, p90 = 65.250 }\n".to_owned(),
            3,
        ),
        (ladder(&["min = 35.000, max = 45.000"]), 2),
        (
            "[[titles]]\nname = \"Sister\"\nsalary = { value = 35.000 }\n".to_owned(),
            1,
        ),
    ] {
        let said = said(&nurse(&rows));
        assert_eq!(said.len(), count, "{rows}{said:?}");
        assert!(
            said.iter()
                .all(|line| line.starts_with("error[bad-money] role.toml:")
                    && line.ends_with("than USD has (2)")),
            "{said:?}"
        );
    }
    let mut jobs = nurse("");
    jobs.edit("content/roles/nurse/positions.toml", "[[positions]]\ntitle = \"A\"\nemployer = \"B\"\nposted = 2026-11-01\nsalary = { value = 35.000 }\n");
    assert_eq!(
        said(&jobs),
        [
            "error[bad-money] positions.toml:5:20 35.000 has more digits after the point than USD has (2)"
        ]
    );
    assert_eq!(
        said(&table("p10,p50\n45.500,55\n")),
        ["error[bad-money] salary.csv:2:1 45.500 has more digits after the point than USD has (2)"]
    );
}

#[test]
fn help_says_how_thousands_are_written_and_works_when_it_is_followed() {
    assert_eq!(
        help(&nurse("[[salary]]\nvalue = 35.000\n")),
        ["if thousands are meant, write 35_000; if not, 35"]
    );
    assert_eq!(
        help(&nurse("[[salary]]\nvalue = 1234.505\n")),
        ["write 1_234.51"]
    );
    assert_eq!(
        help(&table("value\n35.000\n")),
        ["if thousands are meant, write 35000; if not, 35"]
    );
    for cell in [
        "\"35,000\"",
        "35 000",
        "$35000",
        "35k",
        "€35.000",
        "\"35.000,00\"",
        "35’000",
        "3.5e4",
        "USD 35000",
        "035000",
    ] {
        assert_eq!(
            help(&table(&format!("value\n{cell}\n"))),
            ["write 35000"],
            "{cell}"
        );
    }
    for cells in ["35,000,45,500", "\"35.000\",00,45500", "US,35,000,45"] {
        let help = help(&table(&format!("value\n{cells}\n")));
        assert_eq!(
            help,
            ["a comma stands between cells only: write 35000"],
            "{cells}"
        );
    }
    for text in ["35_000", "$35,000", "35k"] {
        assert_eq!(
            help(&nurse(&format!("[[salary]]\nvalue = \"{text}\"\n"))),
            ["write it in digits, without quotes: 35_000"],
            "{text}"
        );
    }
    assert_eq!(
        help(&nurse("[[salary]]\nvalue = 3.5e4\n")),
        ["write 35_000"]
    );
    for site in [
        nurse("[[salary]]\nvalue = 35_000\n"),
        table("value\n35000\n"),
        table("value\n35_000\n"),
        table("value\n35000.50\n"),
    ] {
        assert_eq!(said(&site), [""; 0]);
    }
}

#[test]
fn digits_are_those_of_the_currency() {
    for (currency, right, wrong) in [
        ("JPY", "35000", "35000.0"),
        ("BHD", "35.000", "35.0000"),
        ("EUR", "35.50", "35.500"),
        ("CLF", "1.0000", "1.00000"),
    ] {
        let one = |amount: &str| {
            said(&nurse(&format!(
                "[[salary]]\nvalue = {amount}\ncurrency = \"{currency}\"\n"
            )))
        };
        assert_eq!(one(right), [""; 0], "{currency}");
        assert!(one(wrong)[0].starts_with("error[bad-money]"), "{currency}");
    }
}

#[test]
fn a_whole_table_of_one_mistake_is_said_once() {
    let rows = |row: &str| row.repeat(50);
    let said_of = |text: String| {
        (
            said(&table(&text)).len(),
            help(&table(&text)).pop().unwrap(),
        )
    };
    let same = |more: usize, what: &str| {
        (
            1,
            format!("the same is true of {more} more {what} of this file"),
        )
    };
    assert_eq!(
        said_of(format!("as_of,value\n{}", rows("2026,35.000\n"))),
        same(49, "amounts")
    );
    assert_eq!(
        said_of(format!("as_of,value\n{}", rows("2026,$35000\n"))),
        same(49, "cells")
    );
    assert_eq!(
        said_of(format!("as_of,value\n{}", rows("2026,35,000\n"))),
        same(49, "rows")
    );
    assert_eq!(
        said_of(format!("as_of,value\n{}", rows("2026,35000\n"))),
        same(48, "rows")
    );
}

#[test]
fn an_amount_that_is_refused_is_not_out_of_order_as_well() {
    assert_eq!(
        said(&nurse("[[salary]]\nmin = 35_000\nmax = 45.000\n")).len(),
        1
    );
    assert_eq!(said(&table("p10,p50\n35000,45.000\n")).len(), 1);
    // The rest of a thousand behind its comma is no amount.
    assert_eq!(
        said(&table("min,max\n35,000\n")),
        ["error[bad-value] salary.csv:2:4 `000` is not a plain decimal number"]
    );
}

#[test]
fn pay_that_falls_along_a_track_is_said_with_both_places() {
    let site = nurse(&ladder(&[
        "min = 50_000, max = 80_000",
        "min = 80_000, max = 130_000",
        "min = 60_000, max = 100_000",
        "min = 70_000, max = 110_000",
    ]));
    let built = site.build();
    assert_eq!(
        built.said(),
        "warning[implausible-pay] content/roles/nurse/role.toml:16:10 the pay falls along the track: 60_000 to 100_000 comes after 80_000 to 130_000\n"
    );
    assert_eq!(built.reports[0].related[0].1.position.line, 13);
    for (a, b) in [
        ("value = 80_000", "value = 70_000"),
        (
            "percentiles = { p10 = 60_000, p50 = 80_000 }",
            "percentiles = { p10 = 61_000, p50 = 70_000 }",
        ),
        ("min = 80_000, max = 90_000", "min = 80_000, max = 85_000"),
        (
            "min = 180_000, max = 270_000, open_top = true",
            "min = 150_000, max = 260_000",
        ),
        (
            "value = 40, period = \"hour\"",
            "value = 30, period = \"hour\"",
        ),
    ] {
        assert!(
            said(&nurse(&ladder(&[a, b])))[0].contains("the pay falls along the track"),
            "{a}, then {b}"
        );
    }
}

#[test]
fn a_ladder_whose_pay_cannot_be_compared_does_not_fall() {
    for (a, b) in [
        ("value = 80_000", "value = 80_000"),
        ("value = 80_000", "value = 30, period = \"hour\""),
        ("value = 80_000", "value = 60_000, currency = \"EUR\""),
        (
            "value = 80_000, basis = \"total\"",
            "value = 60_000, basis = \"base\"",
        ),
        (
            "value = 80_000, area = \"ny\"",
            "value = 60_000, area = \"tx\"",
        ),
        (
            "value = 80_000, statistic = \"mean\"",
            "value = 75_000, statistic = \"median\"",
        ),
        ("value = 80_000, label = \"With shares\"", "value = 60_000"),
        ("min = 50_000, max = 90_000", "min = 60_000, max = 85_000"),
        (
            "min = 130_000, max = 180_000",
            "min = 120_000, open_top = true",
        ),
        ("value = 0, label = \"Unpaid\"", "value = 80_000"),
    ] {
        assert_eq!(said(&nurse(&ladder(&[a, b]))), [""; 0], "{a}, then {b}");
    }
    let other = "[[levels]]\ntitle = \"Head\"\ntrack = \"manager\"\nsalary = { value = 60_000 }\n";
    assert_eq!(
        said(&nurse(&format!(
            "{}{other}",
            ladder(&["value = 50_000", "value = 80_000"])
        ))),
        [""; 0]
    );
    // A middle level may not say what it pays.
    let gap = format!(
        "{}[[levels]]\ntitle = \"B\"\n[[levels]]\ntitle = \"C\"\nsalary = {{ value = 40_000 }}\n",
        ladder(&["value = 50_000"])
    );
    assert!(said(&nurse(&gap))[0].contains("40_000 comes after 50_000"));
}

#[test]
fn pay_far_from_its_neighbours_is_said_once_at_its_place() {
    for (rows, line) in [
        (
            ladder(&["value = 75", "value = 80_000", "value = 95_000"]),
            10,
        ),
        (
            ladder(&["value = 65_000", "value = 80", "value = 95_000"]),
            13,
        ),
        (
            ladder(&["value = 65_000", "value = 80_000", "value = 950_000"]),
            16,
        ),
        (
            ladder(&["value = 65_000", "value = 850_000", "value = 100_000"]),
            13,
        ),
        (
            ladder(&["value = 65_000", "value = 8_500", "value = 100_000"]),
            13,
        ),
        (
            ladder(&["min = 65, max = 80", "min = 80_000, max = 95_000"]),
            13,
        ),
        (
            ladder(&[
                "value = 65",
                "value = 80",
                "value = 95_000",
                "value = 110_000",
                "value = 130_000",
            ]),
            10,
        ),
        (
            "[[salary]]\nvalue = 75_000\n[[salary]]\nvalue = 75\nstatistic = \"mean\"\n".to_owned(),
            10,
        ),
        (
            format!(
                "{}[[salary]]\nvalue = 75\n",
                ladder(&["value = 65_000", "value = 80_000"])
            ),
            14,
        ),
        (
            format!(
                "{}[[titles]]\nname = \"Sister\"\nsalary = {{ value = 75 }}\n",
                ladder(&["value = 65_000"])
            ),
            13,
        ),
    ] {
        let said = said(&nurse(&rows));
        assert_eq!(said.len(), 1, "{rows}{said:?}");
        let start = format!("warning[implausible-pay] role.toml:{line}:");
        assert!(
            said[0].starts_with(&start)
                && said[0].contains("this pay is far from its neighbours: "),
            "{rows}{said:?}"
        );
    }
    let mut job = nurse("[[salary]]\nvalue = 75_000\n");
    job.edit("content/roles/nurse/positions.toml", "[[positions]]\ntitle = \"A\"\nemployer = \"B\"\nposted = 2026-11-01\nsalary = { value = 75 }\n");
    assert_eq!(
        said(&job),
        [
            "warning[implausible-pay] positions.toml:5:10 this pay is far from its neighbours: 75 beside 75_000"
        ]
    );
}

#[test]
fn an_amount_of_a_table_is_held_against_the_others_of_its_kind() {
    let states = |odd: &str| {
        let mut site = table(&format!(
            "area,p10,p50\nUS,50000,72000\nny,61000,88000\ntx,48000,{odd}\n"
        ));
        site.edit(
            "content/roles/nurse/role.toml",
            HEAD.to_owned() + "[[salary]]\nmin = 50_000\nmax = 90_000\n",
        );
        site
    };
    assert_eq!(said(&states("70000")), [""; 0]);
    assert_eq!(
        said(&table("area,value\nUS,72000\nny,88000\ntx,70\n")),
        [
            "warning[implausible-pay] salary.csv:4:1 this pay is far from its neighbours: 70 beside 72000"
        ]
    );
    // Between the areas of a country a fifth is far.
    let more = "area,value,as_of\nUS,72000,2026\nny,88000,2026\ntx,70000,2026\nUS,71000,2025\ntx,7100,2025\n";
    assert_eq!(
        said(&table(more)),
        [
            "warning[implausible-pay] salary.csv:6:1 this pay is far from its neighbours: 7100 beside 72000"
        ]
    );
    let half =
        "area,value,as_of\nUS,72000,2026\nny,88000,2026\ntx,70000,2026\nUS,71,2025\ntx,69,2025\n";
    assert_eq!(said(&table(half)).len(), 1, "one cause is said once");
    assert!(
        help(&table(half)).contains(&"the same is true of 1 more of the role's figures".to_owned())
    );
    // Another country pays what it pays, and another label is another thing.
    assert_eq!(
        said(&table("area,value,currency\nUS,72000,USD\noslo,5000,USD\n")),
        [""; 0]
    );
    assert_eq!(
        said(&table("area,value,label\nUS,72000,\nUS,5000,Bonus\n")),
        [""; 0]
    );
}

#[test]
fn a_span_that_nobody_is_paid_is_said_and_a_wide_one_is_not() {
    for row in [
        "min = 75\nmax = 75_000",
        "min = 7_500\nmax = 90_000",
        "percentiles = { p10 = 55_000, p50 = 75_000, p90 = 950_000 }",
        "percentiles = { p10 = 75, p25 = 75_000 }",
    ] {
        let said = said(&nurse(&format!("[[salary]]\n{row}\n")));
        assert!(
            said.len() == 1
                && said[0].starts_with(
                    "warning[implausible-pay] role.toml:8:1 this pay is implausible: it goes from"
                ),
            "{row}: {said:?}"
        );
    }
    for row in [
        "min = 25_000\nmax = 240_000",
        "percentiles = { p10 = 25_000, p25 = 60_000, p50 = 110_000, p75 = 200_000, p90 = 260_000 }",
        "percentiles = { p10 = 25_000, p90 = 260_000 }",
        "percentiles = { p10 = 20_000, p25 = 31_000, p50 = 68_000, p75 = 650_000, p90 = 690_000 }",
        "min = 180_000\nmax = 270_000\nopen_top = true",
        "min = 0\nmax = 50_000",
    ] {
        assert_eq!(
            said(&nurse(&format!("[[salary]]\n{row}\n"))),
            [""; 0],
            "{row}"
        );
    }
}

#[test]
fn pay_that_is_nothing_needs_a_label() {
    for row in [
        "value = 0",
        "min = 0\nmax = 0",
        "percentiles = { p10 = 0, p50 = 50_000 }",
    ] {
        assert_eq!(
            said(&nurse(&format!("[[salary]]\n{row}\n"))),
            ["warning[implausible-pay] role.toml:8:1 this pay is nothing: 0"],
            "{row}"
        );
        assert_eq!(
            said(&nurse(&format!("[[salary]]\n{row}\nlabel = \"Unpaid\"\n"))),
            [""; 0],
            "{row}"
        );
    }
    let interns = ladder(&[
        "value = 0, label = \"Unpaid\"",
        "value = 14_000",
        "value = 60_000",
    ]);
    assert_eq!(said(&nurse(&interns)), [""; 0]);
}

#[test]
fn how_implausible_pay_is_taken_is_the_sites_to_say() {
    let mut site = nurse(&ladder(&["value = 80_000", "value = 70_000"]));
    let mut with = |strictness: &str| {
        site.edit("site.toml", format!("title = \"Test\"\nbase_url = \"https://example.com/\"\n[check]\nimplausible_pay = \"{strictness}\"\n"));
        said(&site).concat()
    };
    assert!(with("warn").starts_with("warning[implausible-pay]"));
    assert!(with("deny").starts_with("error[implausible-pay]"));
    assert_eq!(with("allow"), "");
}

#[test]
fn pay_of_a_framework_is_said_where_it_can_be_changed() {
    let framework = "=== content/frameworks/ward/framework.toml\nname = \"Ward\"\n[[levels]]\nid = \"a\"\nname = \"A\"\nsalary = { value = 80_000, SOURCE }\n\
        [[levels]]\nid = \"b\"\nname = \"B\"\nsalary = { value = PAY, SOURCE }\n"
        .replace("SOURCE", "currency = \"USD\", period = \"year\", area = \"US\", source = \"editors\"");
    let site = |pay: &str, own: &str| {
        let mut site = Site::from(&framework.replace("PAY", pay));
        for role in ["nurse", "midwife"] {
            let own = if role == "nurse" { own } else { "" };
            let record = format!(
                "framework = \"ward\"\n{HEAD}[[levels]]\nid = \"a\"\n{own}[[levels]]\nid = \"b\"\n"
            )
            .replace("\"Nurse\"", &format!("\"{role}\""));
            site.edit(&format!("content/roles/{role}/role.toml"), record);
        }
        said(&site)
    };
    assert_eq!(site("90_000", ""), [""; 0]);
    let of_framework = site("70_000", "");
    assert!(
        of_framework.len() == 1
            && of_framework[0].contains("content/frameworks/ward/framework.toml"),
        "{of_framework:?}"
    );
    let of_role = site("90_000", "salary = { value = 95_000 }\n");
    assert!(
        of_role.len() == 1
            && of_role[0].contains(
                " role.toml:11:10 the pay falls along the track: 90_000 comes after 95_000"
            ),
        "{of_role:?}"
    );
}

#[test]
fn a_row_that_stands_twice_is_said_with_both_places() {
    let mut site = nurse("[[salary]]\nmin = 60_000\nmax = 80_000\n");
    site.edit(
        "content/roles/nurse/salary.csv",
        "area,min,max\nUS,60000,80000\nny,65000,85000\nny,66000,86000\n",
    );
    let built = site.build();
    let wanted = "warning[same-pay] content/roles/nurse/salary.csv:2:1 this row of pay stands twice\n\
        warning[same-pay] content/roles/nurse/salary.csv:4:1 nothing but the amount tells this row of pay from another\n";
    assert_eq!(built.said(), wanted);
    let others: Vec<_> = built
        .reports
        .iter()
        .map(|report| {
            (
                report.related[0].1.path.name().to_owned(),
                report.related[0].1.position.line,
            )
        })
        .collect();
    assert_eq!(
        others,
        [("role.toml".to_owned(), 8), ("salary.csv".to_owned(), 3)]
    );
    for row in [
        "basis = \"base\"",
        "area = \"ny\"",
        "period = \"month\"",
        "label = \"In hospitals\"",
        "as_of = \"2025\"",
        "currency = \"EUR\"",
    ] {
        let site = nurse(&format!(
            "[[salary]]\nmin = 60_000\nmax = 80_000\n[[salary]]\nmin = 60_000\nmax = 80_000\n{row}\n"
        ));
        assert_eq!(said(&site), [""; 0], "{row}");
    }
}

fn json(built: &Built) -> Value {
    serde_json::from_str(built.page("roles/nurse/index.json")).unwrap()
}

#[test]
fn the_headline_is_pay_of_the_roles_own_area_or_the_sites() {
    let headline = |area: &str, rows: &str| {
        let mut site = Site::from(
            "=== site.toml\ntitle = \"T\"\nbase_url = \"https://example.com/\"\nog_images = false\nicons = false\n[figures]\narea = \"US\"\n",
        );
        site.edit("content/areas.toml", AREAS);
        site.edit(
            "content/roles/nurse/role.toml",
            HEAD.replace("area = \"US\"\n", area),
        );
        site.edit("content/roles/nurse/salary.csv", rows);
        let built = site.build().clean();
        let json = json(&built);
        json["salary"]["headline"]["area"]["id"]
            .as_str()
            .map(str::to_owned)
    };
    let rows = "area,value\ntx,70000\nny,80000\nUS,75000\n";
    assert_eq!(headline("", rows).as_deref(), Some("US"));
    assert_eq!(headline("area = \"ny\"\n", rows).as_deref(), Some("ny"));
    assert_eq!(
        headline("area = \"oslo\"\n", rows).as_deref(),
        Some("US"),
        "without pay of its own area, the site's"
    );
    assert_eq!(headline("", "area,value\ntx,70000\nny,80000\n"), None);
}

#[test]
fn without_a_headline_pages_show_pay_by_area_and_nothing_of_the_role() {
    let mut site = table("area,value\ntx,70000\nny,80000\n");
    site.edit("content/roles/nurse/job-description.md", "Text.\n");
    site.edit(
        "content/roles/doctor/role.toml",
        format!("{HEAD}[[related]]\nrole = \"nurse\"\n").replace("Nurse", "Doctor"),
    );
    let built = site.build().clean();
    let page = built.dom("roles/nurse/salary/index.html");
    assert!(
        page.0.iter().any(|element| element.attr("id") == "areas")
            && page
                .0
                .iter()
                .all(|element| !["headline", "rows"].contains(&element.attr("id")))
    );
    assert!(page.text("main").contains("New York") && page.text("main").contains("$70K"));
    for path in [
        "roles/nurse/index.html",
        "roles/nurse/job-description/index.html",
        "roles/index.html",
        "categories/work/index.html",
        "compare/doctor-vs-nurse/index.html",
    ] {
        let page = built.page(path);
        assert!(
            !page.contains("70,000") && !page.contains("70K") && !page.contains("80K"),
            "{path}"
        );
    }
    let json = json(&built);
    assert_eq!(
        (
            &json["role"]["headline_salary"],
            &json["salary"]["headline"],
            &json["salary"]["rows"]
        ),
        (&Value::Null, &Value::Null, &json!([]))
    );
    assert_eq!(json["salary"]["areas"].as_array().unwrap().len(), 2);
    assert!(
        json["faqs"]
            .as_array()
            .unwrap()
            .iter()
            .all(|faq| faq["id"] != "salary"),
        "a question without an answer"
    );
    let occupation = built.dom("roles/nurse/index.html").json_ld_of("Occupation");
    assert_eq!(
        (
            &occupation["estimatedSalary"],
            &occupation["occupationLocation"]
        ),
        (&Value::Null, &Value::Null)
    );
    site.edit(
        "site.toml",
        "title = \"Test\"\nbase_url = \"https://example.com/\"\n[pages]\nsalary = false\n",
    )
    .build()
    .clean();
}

#[test]
fn a_record_without_a_headline_is_told_once_which_key_to_set() {
    let rows =
        "[[salary]]\nvalue = 70_000\narea = \"tx\"\n[[salary]]\nvalue = 80_000\narea = \"ny\"\n";
    assert_eq!(
        said(&nurse(rows)),
        [
            "warning[no-headline] role.toml:8:1 the role has no headline pay: no row is about its area, `US`"
        ]
    );
    assert_eq!(
        help(&nurse(rows)),
        [
            "set `area = \"tx\"` in [figures] of this record, or the area of another row",
            "or add a row with `area = \"US\"`"
        ]
    );
    assert_eq!(
        said(nurse(rows).replace(
            "content/roles/nurse/role.toml",
            "area = \"US\"",
            "area = \"tx\""
        )),
        [""; 0]
    );
    let nowhere =
        "the role has no headline pay: neither it nor the site names the area that it is about";
    assert_eq!(
        said(nurse(rows).replace("content/roles/nurse/role.toml", "area = \"US\"\n", "")),
        [format!("warning[no-headline] role.toml:7:1 {nowhere}")]
    );
    assert_eq!(
        said(nurse(rows).edit("content/roles/nurse/salary.csv", "area,value\nUS,75000\n")),
        [""; 0]
    );
    assert_eq!(
        said(&table("area,value\ntx,70000\nny,80000\n")),
        [""; 0],
        "tables of areas are no headline"
    );
}

#[test]
fn a_shortcode_says_why_there_is_no_headline() {
    let mut site = table("area,value\ntx,70000\n");
    site.edit(
        "content/roles/nurse/what-is.md",
        "Nurses earn {{< salary >}}.\n",
    );
    let why = "error[shortcode] what-is.md:1:13 Nurse has no headline pay: none of its figures is about its own area or the site's";
    assert_eq!(said(&site), [why]);
    assert_eq!(
        help(&site),
        [
            "set `area = \"tx\"` in [figures] of its record, or another area that has pay; or name a level"
        ]
    );
    assert_eq!(
        said(site.replace(
            "content/roles/nurse/role.toml",
            "area = \"US\"",
            "area = \"tx\""
        )),
        [""; 0]
    );
}
