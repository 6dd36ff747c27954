//! Hosts that build by themselves or by GitHub: GitHub Pages, GitLab Pages, Cloudflare Pages.
//! Netlify has a file of its own. Their recipes are read as the host reads them.

use std::fs;

use rungs::data::Table;

use super::site::{ADDRESS, RecipeSite};
use super::steps::{Known, Step, rows, table, text, texts, workflow_steps, yaml};

/// What is to be kept from one build to the next.
pub const KEPT: [&str; 3] = [".rungs/cache", "public", ".public.rungs"];

const WORKFLOW: &str = ".github/workflows/deploy.yml";

/// The variables that hosts set for the whole of a build.
pub const VARIABLES: [&str; 5] = [
    "RUNGS_URL",
    "RUNGS_SHA256",
    "SITE_URL",
    "CI_PAGES_URL",
    "URL",
];

/// The values of these variables for a site; what a host adds is not set.
pub fn plain(site: &RecipeSite) -> Known {
    Known::of(&[
        ("RUNGS_URL", &site.archive.url),
        ("RUNGS_SHA256", &site.archive.sha256),
        ("SITE_URL", ""),
        ("CI_PAGES_URL", ""),
        ("URL", ""),
    ])
}

/// Holds a step that builds to what is promised of all of them. `address` is what is built for while
/// site.toml has a placeholder; without one, the step fails.
pub fn builds(site: &RecipeSite, step: &Step, known: &Known, address: Option<&str>) {
    let built = || site.folder.path("site/public").exists();
    let without = |name: &str| known.with(&format!("vars.{name}"), "").with(name, "");
    site.run(step, &without("RUNGS_URL"))
        .exits(1)
        .says("RUNGS_URL is not set");
    site.run(step, &without("RUNGS_SHA256"))
        .exits(1)
        .says("RUNGS_SHA256 is not set");
    let wrong = "1".repeat(64);
    let wrong = known
        .with("vars.RUNGS_SHA256", &wrong)
        .with("RUNGS_SHA256", &wrong);
    site.run(step, &wrong)
        .exits(1)
        .says("is not the one that RUNGS_SHA256 names");
    site.set_address("https://example.com/");
    let ran = site.run(step, known);
    match address {
        Some(address) => {
            ran.exits(0);
            assert_eq!(site.canonical(), address);
            fs::remove_dir_all(site.folder.path("site/public")).unwrap();
        }
        None => {
            ran.exits(1).says("is a placeholder");
        }
    }
    assert!(!built(), "nothing was built of what was refused");
    site.set_address(ADDRESS);
    site.run(step, known).exits(0);
    assert_eq!(site.canonical(), ADDRESS);
    let other = "https://other.rungs-test.dev/";
    let set = known.with("vars.SITE_URL", other).with("SITE_URL", other);
    site.run(step, &set).exits(0);
    assert_eq!(site.canonical(), other);
}

/// Each action of a workflow is named by a whole commit, with its version beside it.
fn are_pinned(workflow: &str) {
    let uses: Vec<&str> = workflow
        .lines()
        .filter_map(|line| line.trim_start_matches([' ', '-']).strip_prefix("uses: "))
        .collect();
    assert!(!uses.is_empty());
    for action in uses {
        let (_, pinned) = action.split_once('@').unwrap();
        let (commit, version) = pinned
            .split_once(" # v")
            .unwrap_or_else(|| panic!("{action}"));
        assert!(
            commit.len() == 40 && commit.bytes().all(|c| c.is_ascii_hexdigit()),
            "{action}"
        );
        assert_eq!(version.split('.').count(), 3, "{action}");
    }
}

/// A workflow, with pins and a daily schedule.
fn workflow(site: &RecipeSite) -> Table {
    let written = site.text(WORKFLOW);
    are_pinned(&written);
    let workflow = yaml(&written);
    let cron = text(rows(table(&workflow, &["on"]), "schedule")[0], "cron").unwrap();
    assert!(cron.ends_with(" * * *") && !cron.starts_with('*'), "{cron}");
    workflow
}

#[test]
fn workflows_name_commits_run_every_day_and_keep_folders() {
    for host in ["github", "cloudflare", "s3", "docker"] {
        let site = RecipeSite::new(host);
        workflow(&site);
        let written = site.text(WORKFLOW);
        let lines: Vec<&str> = written.lines().map(str::trim).collect();
        for folder in KEPT {
            // A container has its own way, in the Dockerfile.
            assert_eq!(
                lines.contains(&folder),
                host != "docker",
                "{host}: {folder}"
            );
        }
    }
}

#[test]
fn github_builds_and_publishes_every_day() {
    let site = RecipeSite::new("github");
    let workflow = workflow(&site);
    let steps = workflow_steps(&workflow, "build");
    assert_eq!(steps.len(), 1);
    let known = Known::of(&[
        ("vars.RUNGS_URL", &site.archive.url),
        ("vars.RUNGS_SHA256", &site.archive.sha256),
        ("vars.SITE_URL", ""),
        (
            "steps.pages.outputs.base_url",
            "https://me.github.io/guides",
        ),
    ]);
    builds(
        &site,
        &steps[0],
        &known,
        Some("https://me.github.io/guides/"),
    );
    // A repository whose Pages are not set up has no address.
    let none = known.with("steps.pages.outputs.base_url", "");
    site.set_address("https://example.com/");
    site.run(&steps[0], &none).exits(1).says("is a placeholder");
    assert!(workflow_steps(&workflow, "publish").is_empty());
}

#[test]
fn gitlab_builds_for_the_address_of_the_project() {
    let site = RecipeSite::new("gitlab");
    let file = yaml(&site.text(".gitlab-ci.yml"));
    let job = table(&file, &["pages"]);
    assert_eq!(texts(table(job, &["cache"]), "paths"), KEPT);
    assert_eq!(texts(table(job, &["artifacts"]), "paths"), ["public"]);
    let script = texts(job, "script");
    let [line] = script.as_slice() else {
        panic!("{script:?}");
    };
    let step = Step::with_variables(line, &VARIABLES);
    let known = plain(&site).with("CI_PAGES_URL", "https://me.gitlab.io/guides");
    builds(&site, &step, &known, Some("https://me.gitlab.io/guides/"));
    // Schedules are set in the settings: the file says so.
    assert!(site.text(".gitlab-ci.yml").contains("Pipeline schedules"));
}

#[test]
fn cloudflare_builds_previews_for_the_published_address() {
    let site = RecipeSite::new("cloudflare");
    let steps = workflow_steps(&workflow(&site), "publish");
    let [build, publish] = steps.as_slice() else {
        panic!("{steps:?}");
    };
    let known = Known::of(&[
        ("vars.RUNGS_URL", &site.archive.url),
        ("vars.RUNGS_SHA256", &site.archive.sha256),
        ("vars.SITE_URL", ""),
        ("vars.CLOUDFLARE_PROJECT", "guides"),
        ("github.head_ref || github.ref_name", "a-change"),
        ("secrets.CLOUDFLARE_ACCOUNT_ID", "id"),
        ("secrets.CLOUDFLARE_API_TOKEN", "token"),
        ("CF_PAGES_URL", "https://abc123.guides.pages.dev"),
    ]);
    builds(&site, build, &known, None);
    site.stand_in(
        "npx",
        "echo \"$CLOUDFLARE_ACCOUNT_ID $CLOUDFLARE_API_TOKEN: $*\"",
    );
    let sent = site.run(publish, &known).exits(0).stdout;
    let (program, sent) = sent.split_once(" pages ").unwrap();
    assert!(
        program.starts_with("id token: --yes wrangler@"),
        "{program}"
    );
    assert_eq!(
        sent.trim(),
        "deploy public --project-name guides --branch a-change --commit-dirty=true"
    );
}
