//! Figures: what they inherit, where they are from, and whether they hold together.

use super::{role, says, work};
use crate::data::AsOf;
use crate::role::{Amounts, Claim, Pay};

fn pays(text: &str) -> Vec<Pay> {
    let (role, said) = role(text);
    assert_eq!(said, [""; 0]);
    role.salary
}

fn origin(claim: &Claim) -> String {
    let as_of = claim
        .as_of
        .as_ref()
        .map(AsOf::to_string)
        .unwrap_or_default();
    format!(
        "{} {as_of}",
        claim
            .source
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default()
    )
}

#[test]
fn figures_inherit_from_the_role_and_then_from_the_site() {
    let rows = pays(
        "[figures]\nperiod = \"hour\"\narea = \"us-ca\"\nsource = \"editors\"\nas_of = \"2026-11\"\n[[salary]]\nvalue = 40.50\n[[salary]]\nvalue = 40\nperiod = \"day\"\ncurrency = \"EUR\"\narea = \"DE\"\nas_of = \"2026-10\"",
    );
    let shown: Vec<_> = rows
        .iter()
        .map(|pay| {
            format!(
                "{} {} {} {}",
                pay.currency,
                pay.period,
                pay.area.as_ref().unwrap(),
                origin(&pay.claim)
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            "USD hour us-ca editors 2026-11",
            "EUR day DE editors 2026-10"
        ]
    );
}

#[test]
fn a_date_goes_with_its_source() {
    // A row with a source of its own takes the date from itself or from that source, never from
    // [figures].
    let rows = pays(
        "[figures]\nsource = \"editors\"\nas_of = \"2026-11\"\n[[salary]]\nvalue = 1\nsource = \"survey\"\n[[salary]]\nvalue = 1\nsource = \"survey\"\nas_of = \"2026-03\"\n[[salary]]\nvalue = 1",
    );
    assert_eq!(
        rows.iter()
            .map(|pay| origin(&pay.claim))
            .collect::<Vec<_>>(),
        ["survey 2026", "survey 2026-03", "editors 2026-11"]
    );
    let dateless = "[figures]\nsource = \"editors\"\nas_of = \"2026-11\"\n[[salary]]\nvalue = 1\nsource = \"dateless\"";
    says(
        dateless,
        &["warning[no-source] 6:1 this figure does not say when `dateless` stated it"],
    );
    says(
        "[figures]\nas_of = \"2026-11\"",
        &["error[bad-value] 4:9 `as_of` stands here without the `source` that it goes with"],
    );
    // A date without any source is no date of anything.
    let (role, said) = role("[[salary]]\nvalue = 1\nas_of = \"2026-11\"");
    assert_eq!(
        (origin(&role.salary[0].claim).as_str(), said),
        (
            " ",
            vec!["warning[no-source] 3:1 this figure has no source".to_owned()]
        )
    );
}

#[test]
fn every_kind_of_figure_is_a_claim() {
    let text = "[[levels]]\nid = \"l\"\ntitle = \"L\"\nsalary = { value = 1 }\n[[titles]]\nname = \"T\"\nsalary = { value = 1 }\n[[statistics]]\nlabel = \"S\"\nvalue = 1\n[outlook]\nbase_year = 2024\ntarget_year = 2034\nchange_percent = 1";
    let (_, said) = role(text);
    let lines: Vec<_> = said
        .iter()
        .map(|line| {
            line.trim_start_matches("warning[no-source] ")
                .split(' ')
                .next()
                .unwrap_or_default()
        })
        .collect();
    assert_eq!(lines, ["6:10", "9:10", "10:1", "13:1"]);
    let own = format!("[figures]\nsource = \"editors\"\n{text}");
    says(&own, &[]);
}

#[test]
fn old_figures_are_stale_unless_they_are_our_own() {
    // Built on 2026-11-22; 24 months before is 2024-11-22.
    let stale = |as_of: &str, source: &str| {
        role(&format!(
            "[[salary]]\nvalue = 1\nsource = \"{source}\"\nas_of = {as_of}"
        ))
        .1
    };
    assert_eq!(stale("2024-11-22", "survey"), [""; 0]);
    assert_eq!(
        stale("2024-11-21", "survey"),
        ["warning[stale-figure] 3:1 this figure is of 2024-11-21, older than 24 months"]
    );
    assert_eq!(stale("\"2024-11\"", "survey"), [""; 0]);
    assert_eq!(stale("\"2024-10\"", "survey").len(), 1);
    assert_eq!(stale("2024", "survey"), [""; 0]);
    assert_eq!(stale("1999", "editors"), [""; 0]);
}

#[test]
fn the_site_says_how_strict_claims_are() {
    let said = |check: &str| {
        let site = format!(
            "=== site.toml\ntitle = \"T\"\nbase_url = \"https://example.com/\"\n[figures]\ncurrency = \"USD\"\nperiod = \"year\"\n[check]\n{check}\n"
        );
        work(&format!("{site}=== content/roles/a/role.toml\ntitle = \"A\"\ncategory = \"work\"\n[[salary]]\nvalue = 1\n[[salary]]\nvalue = 1\nsource = \"survey\"\nas_of = \"2001\"")).said
    };
    assert_eq!(
        said("unsourced_claims = \"allow\"\nstale_claims = \"allow\""),
        [""; 0]
    );
    let denied =
        said("unsourced_claims = \"deny\"\nstale_claims = \"deny\"\nstale_after = \"1 year\"");
    let place = "content/roles/a/role.toml";
    let wanted = [
        format!("error[no-source] {place}:3:1 this figure has no source"),
        format!("error[stale-figure] {place}:5:1 this figure is of 2001, older than 1 year"),
    ];
    assert_eq!(denied, wanted);
}

#[test]
fn amounts_hold_together() {
    let source = "[figures]\nsource = \"editors\"\n";
    for (row, wanted) in [
        (
            "min = 2\nmax = 1",
            vec!["error[out-of-order] 7:7 the pay runs backwards: its max 1 is below its min 2"],
        ),
        (
            "statistic = \"mean\"",
            vec!["error[bad-money] 5:1 this pay has no amount"],
        ),
        (
            "min = 1",
            vec!["error[bad-money] 6:7 this pay has a min but no max"],
        ),
        (
            "max = 1",
            vec!["error[bad-money] 6:7 this pay has a max but no min"],
        ),
        (
            "value = 1\nmin = 1\nmax = 2",
            vec!["error[bad-money] 5:1 this pay says its amount twice"],
        ),
        (
            "value = 1\npercentiles = { p50 = 1 }",
            vec!["error[bad-money] 5:1 this pay says its amount twice"],
        ),
        (
            "percentiles = {}",
            vec!["error[bad-money] 6:15 these percentiles have no amount"],
        ),
        (
            "percentiles = { p10 = 2, p90 = 1 }",
            vec!["error[out-of-order] 6:32 the percentiles run backwards: 1 comes after 2"],
        ),
        (
            "statistic = \"mean\"\npercentiles = { p50 = 1 }",
            vec![
                "error[bad-money] 5:1 `statistic` says what `value`, `min` and `max` are, not what percentiles are",
            ],
        ),
        (
            "value = 1.005",
            vec!["error[bad-money] 6:9 1.005 has more digits after the point than USD has (2)"],
        ),
        (
            "value = 10.5\ncurrency = \"JPY\"",
            vec!["error[bad-money] 6:9 10.5 has more digits after the point than JPY has (0)"],
        ),
        (
            "min = -1\nmax = 1",
            vec!["error[bad-money] 6:7 pay cannot be negative: -1"],
        ),
        (
            "value = 1\narea = \"CA-X\"",
            vec!["error[unknown-id] 7:8 there is no area `CA-X`"],
        ),
        (
            "value = 1\nsource = \"surveys\"",
            vec!["error[unknown-id] 7:10 there is no source `surveys`"],
        ),
        ("min = 1\nopen_top = true", vec![]),
        (
            "value = 1.50000",
            vec!["error[bad-money] 6:9 1.50000 has more digits after the point than USD has (2)"],
        ),
        (
            "value = 35.000",
            vec!["error[bad-money] 6:9 35.000 has more digits after the point than USD has (2)"],
        ),
        ("min = 35.00\nmax = 45.5", vec![]),
        (
            "min = 35_000\nmax = 45.000",
            vec!["error[bad-money] 7:7 45.000 has more digits after the point than USD has (2)"],
        ),
        (
            "value = 35000.0\ncurrency = \"JPY\"",
            vec!["error[bad-money] 6:9 35000.0 has more digits after the point than JPY has (0)"],
        ),
        ("value = 35.000\ncurrency = \"BHD\"", vec![]),
        ("value = 1.125\ncurrency = \"KWD\"", vec![]),
        ("percentiles = { p10 = 1, p25 = 1, p90 = 3 }", vec![]),
    ] {
        assert_eq!(
            role(&format!("{source}[[salary]]\n{row}")).1,
            wanted,
            "{row}"
        );
    }
}

#[test]
fn pay_needs_a_currency_and_a_period() {
    let site = "=== site.toml\ntitle = \"T\"\nbase_url = \"https://example.com/\"\n";
    let record = "=== content/roles/a/role.toml\ntitle = \"A\"\ncategory = \"work\"\n[[salary]]\nvalue = 1\nsource = \"editors\"";
    let place = "error[bad-money] content/roles/a/role.toml:3:1";
    assert_eq!(
        work(&format!("{site}{record}")).said,
        [
            format!("{place} this pay has no currency"),
            format!("{place} this pay has no period")
        ]
    );
}

#[test]
fn rows_of_pay_have_ids_of_their_own() {
    let text = "[figures]\nsource = \"editors\"\n[[salary]]\nid = \"x\"\nvalue = 1\n[[salary]]\nid = \"x\"\nvalue = 2";
    says(text, &["error[duplicate-id] 9:6 the id `x` is used twice"]);
}

#[test]
fn statistics_are_a_value_or_a_range() {
    let source = "[figures]\nsource = \"editors\"\n[[statistics]]\nlabel = \"Jobs\"\n";
    assert_eq!(
        role(&format!("{source}min = 2\nmax = 1")).1,
        ["error[out-of-order] 8:7 the figure runs backwards: its max 1 is below its min 2"]
    );
    for bad in ["", "min = 1", "value = 1\nmin = 1\nmax = 2"] {
        assert_eq!(
            role(&format!("{source}{bad}")).1,
            ["error[bad-value] 5:1 a statistic has either `value`, or `min` and `max`"],
            "{bad}"
        );
    }
    assert_eq!(
        role(&format!(
            "{source}value = 1\n[[statistics]]\nid = \"jobs\"\nlabel = \"More\"\nvalue = 2"
        ))
        .1,
        [
            "error[duplicate-id] 8:1 the id `jobs` is used twice: by \"Jobs\" and by a row that says so"
        ]
    );
}

#[test]
fn a_projection_is_plausible() {
    let outlook = |rows: &str| {
        role(&format!(
            "[figures]\nsource = \"editors\"\n[outlook]\n{rows}"
        ))
        .1
    };
    let years = "base_year = 2024\ntarget_year = 2034\n";
    assert_eq!(
        outlook("base_year = 2034\ntarget_year = 2024\nchange_percent = 1"),
        ["error[out-of-order] 7:15 the projection ends in 2024, before it begins in 2034"]
    );
    assert_eq!(
        outlook("base_year = 24\ntarget_year = 2034\nchange_percent = 1"),
        ["error[bad-value] 6:13 24 is no year of a projection"]
    );
    assert_eq!(
        outlook(&format!("{years}change_percent = -150")),
        ["error[bad-value] 8:18 no employment falls by 150 percent"]
    );
    assert_eq!(
        outlook(&format!(
            "{years}change_percent = 1\nopenings_per_year = 1.5"
        )),
        ["error[bad-value] 9:21 1.5 is no number of jobs"]
    );
    assert_eq!(
        outlook(&format!(
            "{years}change_percent = 15.8\njobs_base = 1_693_800\njobs_target = 1_961_400"
        )),
        [""; 0]
    );
    assert_eq!(
        outlook(&format!(
            "{years}change_percent = 15.8\njobs_base = 1_693_800\njobs_target = 1_500_000"
        )),
        [
            "error[bad-value] 8:18 from 1693800 to 1500000 jobs is a change of -11.4 percent, not of 15.8"
        ]
    );
    // The smallest occupations are rounded to hundreds.
    assert_eq!(
        outlook(&format!(
            "{years}change_percent = 8\njobs_base = 1_000\njobs_target = 1_100"
        )),
        [""; 0]
    );
}

fn bulk(table: &str) -> (Vec<Pay>, Vec<String>) {
    let record = "=== content/roles/a/role.toml\ntitle = \"A\"\ncategory = \"work\"\n";
    let mut worked = work(&format!("{record}=== content/roles/a/salary.csv\n{table}"));
    (
        worked.roles.remove("a").unwrap().salary,
        worked
            .said
            .iter()
            .map(|line| line.replace("content/roles/a/salary.csv:", ""))
            .collect(),
    )
}

#[test]
fn a_table_holds_rows_of_pay() {
    let (pays, said) = bulk(
        "area , p10,p50, source\nus-ca,1,\"2\",survey\nUS,n/a,3,survey\nDE,,4,survey\nFR,n/a,N/A,survey\n",
    );
    assert_eq!(said, [""; 0]);
    let percents = |pay: &Pay| match &pay.amounts {
        Amounts::Percentiles(values) => values
            .iter()
            .map(|value| value.map_or_else(String::new, |value| value.to_string()))
            .collect::<Vec<_>>()
            .join("/"),
        other => format!("{other:?}"),
    };
    // A cell that is not known is not zero; a row of which nothing is known is no figure.
    assert_eq!(
        pays.iter().map(percents).collect::<Vec<_>>(),
        ["1//2//", "//3//", "//4//"]
    );
    let kinds = bulk("id,label,statistic,min,max,open_top,currency,period,basis,source,as_of\nx,Pay,range,1,2.50,true,EUR,hour,base,survey,2026-01\n").0;
    let Pay {
        id,
        label,
        open_top,
        currency,
        period,
        basis,
        ..
    } = &kinds[0];
    assert_eq!(
        (id.as_ref().unwrap().as_str(), label.as_deref(), *open_top),
        ("x", Some("Pay"), true)
    );
    assert_eq!(
        format!("{currency} {period} {}", basis.unwrap()),
        "EUR hour base"
    );
}

#[test]
fn cells_are_held_against_the_record_and_named_by_their_place() {
    for (table, wanted) in [
        (
            "area,valeu\nUS,1",
            vec!["error[bad-table] 1:6 unknown column `valeu`"],
        ),
        (
            "area;value\nUS;1",
            vec!["error[bad-table] 1:1 unknown column `area;value`"],
        ),
        (
            "value,source,value\n1,editors,1",
            vec!["error[bad-table] 1:14 the column `value` stands twice"],
        ),
        (
            "area,source\nUS,editors",
            vec!["error[bad-table] 1:1 no column holds an amount"],
        ),
        (
            "value,source\n1,editors,x\n1",
            vec![
                "error[bad-table] 2:1 this row has 3 cells, the header has 2",
                "error[bad-table] 3:1 this row has 1 cell, the header has 2",
            ],
        ),
        (
            "value,source\n\"1,editors",
            vec!["error[bad-table] 2:1 this quote is never closed"],
        ),
        (
            "value,source\n,editors",
            vec!["error[bad-money] 2:1 this pay has no amount"],
        ),
        (
            "min,max,source\n2,1,editors",
            vec!["error[out-of-order] 2:3 the pay runs backwards: its max 1 is below its min 2"],
        ),
        (
            "p10,p90,source\n2,1,editors",
            vec!["error[out-of-order] 2:3 the percentiles run backwards: 1 comes after 2"],
        ),
        (
            "area,value,source\nus-xx,1,editors",
            vec!["error[unknown-id] 2:1 there is no area `us-xx`"],
        ),
        (
            "area,value,source\nUS,1,editor",
            vec!["error[unknown-id] 2:6 there is no source `editor`"],
        ),
        (
            "value,period,source\n1,yearly,editors",
            vec!["error[bad-value] 2:3 `yearly` is not one of the values that this key takes"],
        ),
        (
            "value,open_top,source\n1,yes,editors",
            vec!["error[wrong-type] 2:3 this must be true or false, not a text"],
        ),
        (
            "value,source\n1,survey,\n",
            vec!["error[bad-table] 2:1 this row has 3 cells, the header has 2"],
        ),
        ("", vec![]),
    ] {
        assert_eq!(bulk(table).1, wanted, "{table}");
    }
    for number in ["1e400", "NaN", "inf", "1,5", "0x10", "$5", "1 000", "--1"] {
        let (pays, said) = bulk(&format!("value,source\n\"{number}\",editors"));
        assert!(
            pays.is_empty() && said.len() == 1 && said[0].contains(" 2:1 "),
            "{number}: {said:?}"
        );
    }
}

#[test]
fn what_all_rows_of_a_table_share_is_said_once() {
    let (pays, said) = bulk("area,value\nUS,1\nDE,2\nFR,3\n");
    assert_eq!(
        (pays.len(), said),
        (
            3,
            vec!["warning[no-source] 2:1 this figure has no source".to_owned()]
        )
    );
}

#[test]
fn pay_of_a_title_is_an_amount() {
    says(
        "[[titles]]\nname = \"Ward nurse\"\nsalary = { text = \"variable\" }",
        &["error[bad-value] 5:10 pay of a title is an amount of money, not words or percent"],
    );
}
