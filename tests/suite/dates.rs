//! What the build date decides: drafts, days to come, days gone by.

use jiff::civil::date;

use crate::harness::{Ran, Site};

const ARTICLES: &str = "
=== content/plain.md
Always.
=== content/draft.md
+++
draft = true
+++
A draft.
=== content/today.md
+++
date = 2026-11-22
+++
Today.
=== content/future.md
+++
date = 2026-11-23
+++
Tomorrow.
=== content/gone.md
+++
expires = 2026-11-21
+++
Yesterday.
=== content/last-day.md
+++
expires = 2026-11-22
+++
Still.
";

fn made(site: &Site, names: &[&str]) -> Vec<bool> {
    let built = site.build().clean();
    names
        .iter()
        .map(|name| built.has(&format!("{name}/index.html")))
        .collect()
}

#[test]
fn drafts_and_days_decide_what_is_published() {
    let names = ["plain", "draft", "today", "future", "gone", "last-day"];
    let mut site = Site::from(ARTICLES);
    assert_eq!(made(&site, &names), [true, false, true, false, false, true]);
    site.options.drafts = true;
    assert_eq!(made(&site, &names), [true, true, true, false, false, true]);
    site.options.future = true;
    assert_eq!(made(&site, &names), [true, true, true, true, false, true]);
    (
        site.options.drafts,
        site.options.future,
        site.options.build_date,
    ) = (false, false, date(2026, 11, 23));
    assert_eq!(made(&site, &names), [true, false, true, true, false, false]);
}

#[test]
fn roles_and_frameworks_follow_the_same_rules() {
    let role =
        |id: &str, key: &str| format!("title = \"Nurse {id}\"\ncategory = \"work\"\n{key}\n");
    let mut site = Site::from("");
    for (id, key) in [
        ("a", ""),
        ("b", "draft = true"),
        ("c", "date = 2026-12-01"),
        ("d", "expires = 2026-11-01"),
    ] {
        site.edit(&format!("content/roles/{id}/role.toml"), role(id, key))
            .edit(&format!("content/roles/{id}/guide.md"), "A guide.\n");
    }
    site.edit(
        "content/frameworks/f/framework.toml",
        "name = \"F\"\ndraft = true\n[[levels]]\nname = \"L\"\n",
    );
    let names = [
        "roles/a",
        "roles/a/guide",
        "roles/b",
        "roles/b/guide",
        "roles/c",
        "roles/c/guide",
        "roles/d",
        "roles/d/guide",
        "frameworks/f",
    ];
    assert_eq!(
        made(&site, &names),
        [true, true, false, false, false, false, false, false, false]
    );
    (site.options.drafts, site.options.future) = (true, true);
    assert_eq!(
        made(&site, &names),
        [true, true, true, true, true, true, false, false, true]
    );
}

#[test]
fn what_is_not_public_is_named_nowhere() {
    let mut site = Site::from(ARTICLES);
    site.edit("content/draft.md", "+++\ntitle = \"Secret\"\ndraft = true\ntags = [\"hush\"]\naliases = [\"/hush/\"]\n+++\nA secret.\n");
    site.edit(
        "content/roles/spy/role.toml",
        "title = \"Spy secret\"\ncategory = \"work\"\ndraft = true\n[[levels]]\ntitle = \"Spy\"\nskills = [\"secret\"]\n[[skills]]\nname = \"Secret\"\n",
    );
    site.edit("content/roles/spy/secret.txt", "secret");
    site.edit(
        "content/roles/nurse/role.toml",
        "title = \"Nurse\"\ncategory = \"work\"\n[[related]]\nname = \"Doctor\"\n",
    );
    let built = site.build().clean();
    for (path, bytes) in &built.files {
        let text = String::from_utf8_lossy(bytes);
        assert!(
            !text.to_lowercase().contains("secret")
                && !path.contains("secret")
                && !path.contains("hush"),
            "{path}"
        );
    }
}

#[test]
fn positions_leave_on_their_last_day() {
    let mut site =
        Site::from("=== content/roles/nurse/role.toml\ntitle = \"Nurse\"\ncategory = \"work\"\n");
    let job = |id: &str, expires: &str| {
        format!(
            "[[positions]]\nid = \"{id}\"\ntitle = \"Nurse {id}\"\nemployer = \"Clinic\"\nlocations = [\"Oslo\"]\ncountry = \"NO\"\nposted = 2026-11-01\nexpires = {expires}\ndescription = \"Words.\"\n"
        )
    };
    site.edit(
        "content/roles/nurse/positions.toml",
        job("old", "2026-11-21") + &job("new", "2026-12-24"),
    );
    let built = site.build().clean();
    assert!(
        built.has("roles/nurse/positions/new/index.html")
            && !built.has("roles/nurse/positions/old/index.html")
    );
    assert!(!built.page("positions/index.html").contains("Nurse old"));
    site.options.build_date = date(2027, 1, 1);
    let built = site.build().clean();
    assert!(!built.has("positions/index.html") && !built.has("roles/nurse/positions/index.html"));
}

#[test]
fn the_program_takes_the_day_from_its_environment() {
    let folder = Site::from(ARTICLES).on_disk();
    let build = |seconds: &str, args: &[&str]| {
        Ran::of(
            folder
                .command("")
                .arg("build")
                .args(args)
                .env("SOURCE_DATE_EPOCH", seconds),
        )
        .exits(0);
        ["future", "gone", "draft"]
            .map(|name| folder.path(&format!("public/{name}/index.html")).exists())
    };
    assert_eq!(build("0", &[]), [false, true, false]);
    // 2026-11-22 at 23:59:59, and a second later.
    assert_eq!(build("1795391999", &[]), [false, false, false]);
    assert_eq!(build("1795392000", &[]), [true, false, false]);
    assert_eq!(build("0", &["--drafts", "--future"]), [true, true, true]);
}

#[test]
fn a_page_for_nobody_leaves_the_sitemap_and_says_so() {
    let built = Site::from(
        "=== content/a.md\n+++\nnoindex = true\n+++\nText.\n=== content/roles/nurse/role.toml\ntitle = \"Nurse\"\ncategory = \"work\"\nnoindex = true\n",
    )
    .build()
    .clean();
    let sitemap = built.page("sitemap.xml");
    assert!(
        !sitemap.contains("/a/") && !sitemap.contains("/nurse/") && sitemap.contains("/sources/"),
        "{sitemap}"
    );
    for path in ["a/index.html", "roles/nurse/index.html", "404.html"] {
        assert!(
            built
                .dom(path)
                .all("meta")
                .any(|meta| meta.attr("name") == "robots" && meta.attr("content") == "noindex"),
            "{path}"
        );
    }
    assert!(
        built
            .dom("sources/index.html")
            .all("meta")
            .all(|meta| meta.attr("name") != "robots")
    );
}

/// What has a last day, and where it shows: the day before it, the day itself, the day after.
#[test]
fn the_last_day_is_the_last_day_of_everything() {
    let mut site = Site::from(
        "=== content/article.md\n+++\nexpires = 2026-11-28\n+++\nText.\n\
         === content/faq.md\n+++\nexpires = 2026-11-28\n+++\nProse of a page.\n\
         === content/roles/clerk/role.toml\ntitle = \"Clerk\"\ncategory = \"work\"\nexpires = 2026-11-28\n\
         === content/roles/nurse/role.toml\ntitle = \"Nurse\"\ncategory = \"work\"\n\
         === content/roles/nurse/guide.md\n---\nexpires: 2026-11-28T10:00:00+02:00\n---\nA guide.\n\
         === content/roles/nurse/positions.toml\n[[positions]]\nid = \"job\"\ntitle = \"Nurse\"\nemployer = \"Clinic\"\nposted = 2026-11-01\n\
         expires = 2026-11-28\nlocations = [\"Bonn\"]\ncountry = \"DE\"\ndescription = \"Words.\"\n",
    );
    let names = [
        "article",
        "roles/clerk",
        "roles/nurse/guide",
        "roles/nurse/positions",
        "roles/nurse/positions/job",
        "positions",
    ];
    for (day, shows) in [(27, true), (28, true), (29, false)] {
        site.options.build_date = date(2026, 11, day);
        assert_eq!(made(&site, &names), [shows; 6], "{day}");
    }
}

#[test]
fn jobs_come_on_their_day_and_go_when_they_are_old() {
    let mut site =
        Site::from("=== content/roles/nurse/role.toml\ntitle = \"Nurse\"\ncategory = \"work\"\n");
    let job = |id: &str, posted: &str| {
        format!(
            "[[positions]]\nid = \"{id}\"\ntitle = \"Nurse {id}\"\nemployer = \"Clinic\"\nposted = {posted}\nlocations = [\"Bonn\"]\ncountry = \"DE\"\ndescription = \"Words.\"\n"
        )
    };
    // 60 days before 2026-11-22 is 2026-09-23.
    let jobs = job("last", "2026-09-23")
        + &job("old", "2026-09-22")
        + &job("older", "2025-01-01")
        + &job("today", "2026-11-22")
        + &job("tomorrow", "2026-11-23");
    site.edit("content/roles/nurse/positions.toml", &jobs);
    let shown = |site: &Site| {
        ["last", "old", "older", "today", "tomorrow"].map(|id| {
            site.build()
                .has(&format!("roles/nurse/positions/{id}/index.html"))
        })
    };
    assert_eq!(shown(&site), [true, false, false, true, false]);
    let built = site.build();
    assert_eq!(
        built.said(),
        "warning[old-job] content/roles/nurse/positions.toml:13:10 this job and 1 more of this file are not shown: they were posted more than 60 days ago, and have no `expires`\n"
    );
    assert!(
        built.page("positions/index.html").contains("Posted ")
            && !built.page("positions/index.html").contains("Nurse old")
    );
    assert!(
        built
            .page("roles/nurse/positions/last/index.html")
            .contains("September 23, 2026"),
        "its age is said"
    );
    site.options.future = true;
    assert_eq!(shown(&site), [true, false, false, true, true]);
    for (age, shows) in [
        ("2 months", [true, true, false]),
        ("8 weeks", [false; 3]),
        ("2 years", [true; 3]),
        ("61 days", [true, true, false]),
        ("1 month", [false; 3]),
    ] {
        site.edit(
            "site.toml",
            format!("title = \"Test\"\nbase_url = \"https://example.com/\"\nog_images = false\nicons = false\n[positions]\nexpires_after = \"{age}\"\n"),
        );
        assert_eq!(shown(&site)[..3], shows, "{age}");
    }
    // A job with a last day is not old.
    site.edit(
        "content/roles/nurse/positions.toml",
        job("old", "2020-01-01") + "expires = 2027-01-01\n",
    );
    site.build().clean();
}

#[test]
fn what_is_left_out_is_counted() {
    let mut site = Site::from(ARTICLES);
    site.edit(
        "content/secret.md",
        "+++\ndraft = true\nexpires = 2030-01-01\n+++\nx\n",
    );
    site.edit("content/xmas.md", "+++\ndate = 2026-12-24\n+++\nx\n");
    for (id, key) in [
        ("a", ""),
        ("b", "draft = true"),
        ("c", "date = 2026-12-01"),
        ("d", "expires = 2026-11-01"),
    ] {
        site.edit(
            &format!("content/roles/{id}/role.toml"),
            format!("title = \"Nurse\"\ncategory = \"work\"\n{key}\n"),
        );
        // What belongs to a role that is left out is not counted again.
        site.edit(&format!("content/roles/{id}/guide.md"), "A guide.\n");
    }
    site.edit("content/roles/b/more.md", "+++\ndraft = true\n+++\nx\n");
    let job = |id: &str, rest: &str| {
        format!("[[positions]]\nid = \"{id}\"\ntitle = \"Nurse\"\nemployer = \"Clinic\"\n{rest}\n")
    };
    site.edit(
        "content/roles/a/positions.toml",
        job("1", "posted = 2026-01-01")
            + &job("2", "posted = 2026-01-01\nexpires = 2026-02-01")
            + &job("3", "posted = 2026-11-23"),
    );
    site.edit(
        "content/frameworks/f/framework.toml",
        "name = \"F\"\ndraft = true\n[[levels]]\nname = \"L\"\n",
    );
    let folder = site.on_disk();
    let run = |args: &[&str]| {
        Ran::of(
            folder
                .command("")
                .args(args)
                .env("SOURCE_DATE_EPOCH", "1795305600"),
        )
        .exits(0)
    };
    let words = "; left out: 4 drafts, 4 until 2026-11-23 or later, 3 expired, 1 job for age\n";
    for args in [
        &["build"][..],
        &["build", "--format", "short"],
        &["build"],
        &["check"],
        &["check", "--format", "short", "--no-cache"],
    ] {
        let ran = run(args);
        assert!(ran.stdout.contains(words), "{args:?} {ran:?}");
    }
    for args in [
        &["build", "--format", "json"][..],
        &["check", "--format", "json"],
    ] {
        let ran = run(args);
        let last: serde_json::Value =
            serde_json::from_str(ran.stdout.lines().last().unwrap()).unwrap();
        let counted = serde_json::json!({ "drafts": 4, "future": 4, "next": "2026-11-23", "expired": 3, "old_jobs": 1 });
        assert_eq!(last["left_out"], counted, "{args:?}");
    }
    assert!(
        run(&["build", "--drafts", "--future"])
            .stdout
            .contains("; left out: 3 expired, 1 job for age\n")
    );
    let all = Site::from("").on_disk();
    assert!(!all.run(&["build"]).exits(0).stdout.contains("left out"));
}

#[test]
fn days_may_carry_a_time() {
    let mut site = Site::from("");
    for (at, day) in [
        "2026-11-22T23:30:00-08:00",
        "2026-11-22 00:30:00 +0100",
        "2026-11-22T10:00",
        "2026-11-22T10:00:00Z",
        "\"2026-11-22 9:00 UTC\"",
    ]
    .iter()
    .enumerate()
    {
        site.edit(
            &format!("content/y{at}.md"),
            format!("---\ndate: {day}\nupdated: {day}\nexpires: {day}\n---\nx\n"),
        );
        let day = if day.contains(" +0100") {
            format!("\"{day}\"")
        } else {
            (*day).to_owned()
        };
        site.edit(
            &format!("content/t{at}.md"),
            format!("+++\ndate = {day}\nupdated = {day}\nexpires = {day}\n+++\nx\n"),
        );
        site.edit(
            &format!("content/roles/r{at}/role.toml"),
            format!("title = \"Nurse {at}\"\ncategory = \"work\"\ndate = {day}\nupdated = {day}\nexpires = {day}\n[figures]\nsource = \"editors\"\nas_of = {day}\n[[statistics]]\nlabel = \"Beds\"\nvalue = 3\nas_of = {day}\nsource = \"editors\"\n"),
        );
        site.edit(
            &format!("content/roles/r{at}/positions.toml"),
            format!("[[positions]]\ntitle = \"Job\"\nemployer = \"Clinic\"\nposted = {day}\nexpires = {day}\n"),
        );
    }
    let built = site.build().clean();
    for name in [
        "y0", "y1", "y2", "y3", "y4", "t0", "t1", "t2", "t3", "t4", "roles/r0", "roles/r1",
    ] {
        assert!(built.has(&format!("{name}/index.html")), "{name}");
        let page = built.page(&format!("{name}/index.html"));
        assert!(
            page.contains("2026-11-22")
                && !page.contains("2026-11-23")
                && !page.contains("2026-11-21"),
            "{name}: {page}"
        );
    }
    site.options.build_date = date(2026, 11, 21);
    let built = site.build();
    assert!(
        !built.failed && !built.has("y0/index.html") && !built.has("roles/r1/index.html"),
        "{}",
        built.said()
    );
}

/// Followed to the letter, the help of each odd day gives a site without a word.
#[test]
fn the_help_for_an_odd_day_works() {
    let forms = [
        ("12/31/2025", "2025-12-31"),
        ("31.12.2025", "2025-12-31"),
        ("2026-1-5", "2026-01-05"),
        ("2026/01/05", "2026-01-05"),
        ("Nov 5, 2025", "2025-11-05"),
        ("5 November 2025", "2025-11-05"),
        ("20251105", "2025-11-05"),
        ("2025-11-05T25:00:00", "2025-11-05"),
        ("2025", "2025-01-01"),
        ("2025-11", "2025-11-01"),
        ("01/02/2025", "2025-01-02"),
    ];
    for (form, day) in forms {
        let sources = [
            ("content/a.md", format!("+++\ndate = {form}\n+++\nx\n")),
            (
                "content/a.md",
                format!("+++\ntitle = \"A\"\nupdated = \"{form}\" # words\n+++\nx\n"),
            ),
            ("content/a.md", format!("---\ndate: {form}\n---\nx\n")),
            (
                "content/roles/r/role.toml",
                format!("title = \"R\"\ncategory = \"work\"\nexpires = {form} # words\n"),
            ),
            (
                "content/roles/r/positions.toml",
                format!(
                    "[[positions]]\ntitle = \"J\"\nemployer = \"C\"\nposted = {form}\nexpires = 2027-01-01\n"
                ),
            ),
        ];
        for (path, text) in sources {
            let mut site =
                Site::from("=== content/roles/r/role.toml\ntitle = \"R\"\ncategory = \"work\"\n");
            site.edit(path, &text);
            let built = site.build();
            let [report] = built.reports.as_slice() else {
                panic!("{text}\n{}", built.said())
            };
            let place = report.place.as_ref().unwrap();
            let help = &report.help[0];
            assert!(
                report.code == rungs::diag::Code::BadDate && help.contains(day),
                "{text}\n{} {help}",
                built.said()
            );
            let marked = place.line[place.mark.clone()].trim_matches('"');
            assert_eq!(marked, form, "{text}");
            let mended = site.replace(path, form, day).build();
            assert!(!mended.failed, "{text}\n{}", mended.said());
        }
    }
    let mut site = Site::from("=== content/a.md\n+++\ndate = 01/02/2026\n+++\nx\n");
    assert_eq!(
        site.build().reports[0].help,
        ["write 2026-01-02 when the month comes first, 2026-02-01 when the day comes first"]
    );
    site.edit("content/a.md", "+++\ndate = 10:00:00\n+++\nx\n");
    assert!(
        site.build()
            .said()
            .contains("error[bad-date] content/a.md:2:8 `10:00:00` is a time without a day"),
        "{}",
        site.build().said()
    );
    site.edit(
        "content/a.md",
        "+++\ndate = 2026-11-05 10:00:00 +0100\n+++\nx\n",
    );
    assert_eq!(
        site.build().reports[0].help,
        ["write 2026-11-05"],
        "{}",
        site.build().said()
    );
}

#[test]
fn a_month_or_a_year_will_do_for_a_figure() {
    for (form, written) in [
        ("11/2025", "\"2025-11\""),
        ("Nov 2025", "\"2025-11\""),
        ("2025-11", "\"2025-11\""),
        ("12/31/2025", "2025-12-31"),
    ] {
        let mut site = Site::from(&format!(
            "=== content/roles/r/role.toml\ntitle = \"R\"\ncategory = \"work\"\n[figures]\nsource = \"editors\"\nas_of = {form}\n"
        ));
        let built = site.build();
        assert_eq!(built.reports.len(), 1, "{}", built.said());
        assert_eq!(
            built.reports[0].help,
            [format!("write {written}")],
            "{form}"
        );
        site.replace("content/roles/r/role.toml", form, written)
            .build()
            .clean();
    }
}

#[test]
fn days_that_run_backwards_or_ahead_are_said() {
    let said = |path: &str, text: &str| {
        Site::from("")
            .edit(
                "content/roles/nurse/role.toml",
                "title = \"Nurse\"\ncategory = \"work\"\n",
            )
            .edit(path, text)
            .build()
            .said()
    };
    let backwards = "+++\ndate = 2026-11-10\nupdated = 2026-11-09\n+++\nx\n";
    assert_eq!(
        said("content/a.md", backwards),
        "error[out-of-order] content/a.md:3:11 the page was updated on 2026-11-09, before it was published on 2026-11-10\n"
    );
    assert!(
        said("content/roles/nurse/ladder.md", backwards)
            .starts_with("error[out-of-order] content/roles/nurse/ladder.md:3:11 ")
    );
    assert!(
        said(
            "content/a.md",
            "---\ndate: 2026-11-10\nexpires: 2026-11-09\n---\nx\n"
        )
        .contains("error[out-of-order] content/a.md:3:10 the page was taken down")
    );
    assert_eq!(
        said(
            "content/a.md",
            "+++\ndate = 2026-11-10\nupdated = 2026-11-10\n+++\nx\n"
        ),
        ""
    );
    let role = "title = \"Nurse\"\ncategory = \"work\"\n";
    assert!(
        said(
            "content/roles/nurse/role.toml",
            &format!("{role}date = 2026-11-10\nupdated = 2026-11-09\n")
        )
        .starts_with("error[out-of-order]")
    );
    // Tomorrow has begun for some.
    assert_eq!(
        said("content/a.md", "+++\nupdated = 2026-11-23\n+++\nx\n"),
        ""
    );
    let ahead = "`updated` is 2026-11-24, which lies ahead of the day of the build, 2026-11-22\n";
    assert_eq!(
        said("content/a.md", "+++\nupdated = 2026-11-24\n+++\nx\n"),
        format!("warning[future-date] content/a.md:2:11 {ahead}")
    );
    assert_eq!(
        said(
            "content/a.md",
            "+++\ndate = 2026-12-01\nupdated = 2026-12-02\n+++\nx\n"
        ),
        "",
        "that page lies ahead as a whole"
    );
    assert_eq!(
        said(
            "content/roles/nurse/role.toml",
            &format!("{role}updated = 2026-11-24\n")
        ),
        format!("warning[future-date] content/roles/nurse/role.toml:3:11 {ahead}")
    );
    let framework = "name = \"F\"\nupdated = 2026-11-24\n[[levels]]\nname = \"L\"\n";
    assert!(
        said("content/frameworks/f/framework.toml", framework)
            .contains("warning[future-date] content/frameworks/f/framework.toml:2:11")
    );
    let job = "[[positions]]\ntitle = \"J\"\nemployer = \"C\"\nposted = 2026-12-24\n";
    assert!(said("content/roles/nurse/positions.toml", job).starts_with(
        "warning[future-date] content/roles/nurse/positions.toml:4:10 `posted` is 2026-12-24"
    ));
    for figures in [
        "[figures]\nsource = \"editors\"\nas_of = \"2027\"\n",
        "[[statistics]]\nlabel = \"Beds\"\nvalue = 3\nsource = \"editors\"\nas_of = \"2026-12\"\n",
    ] {
        let said = said("content/roles/nurse/role.toml", &format!("{role}{figures}"));
        assert!(
            said.starts_with("warning[future-date] content/roles/nurse/role.toml:")
                && said.lines().count() == 1,
            "{said}"
        );
    }
    assert!(
        said(
            "content/sources.toml",
            "[[sources]]\nid = \"editors\"\ntitle = \"E\"\nkind = \"own\"\nas_of = \"2028-01-01\"\n"
        )
        .contains("warning[future-date] content/sources.toml:1:1 ")
    );
    assert_eq!(
        said(
            "content/roles/nurse/role.toml",
            &format!("{role}[figures]\nsource = \"editors\"\nas_of = \"2026\"\n")
        ),
        "",
        "the year has begun"
    );
}
