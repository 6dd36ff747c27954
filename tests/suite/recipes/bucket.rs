//! The recipe for S3, with a stand-in for `aws` that notes what it is asked. What really comes into
//! a bucket is seen by `.ci/s3`.

use super::site::{ADDRESS, RecipeSite};
use super::steps::{Known, workflow_steps, yaml};
use crate::harness::Ran;

const WORKFLOW: &str = ".github/workflows/deploy.yml";

/// A bucket whose list holds a page that is there already, and one that is gone.
fn with_bucket() -> RecipeSite {
    let site = RecipeSite::new("s3");
    site.stand_in(
        "aws",
        "echo \"$*\" >>../asked\n\
         if [ \"$1 $2\" = 's3 cp' ]; then (cd \"$3\" && find . -type f) >>../asked; fi\n\
         if [ \"$1\" = s3api ]; then cat ../listed; fi\n\
         if [ \"$1\" = cloudfront ]; then echo InProgress; fi",
    );
    site.folder.write("listed", "None\n");
    site
}

fn deploy(site: &RecipeSite, env: &[(&str, &str)]) -> Ran {
    let mut command = site.shell(&["sh", "deploy.sh"]);
    command
        .env("RUNGS_URL", &site.archive.url)
        .env("RUNGS_SHA256", &site.archive.sha256);
    Ran::of(command.envs(env.iter().copied()))
}

/// What `aws` was asked, and which files it was given, since the last time.
fn asked(site: &RecipeSite) -> String {
    let asked = site.text("../asked");
    std::fs::remove_file(site.folder.path("asked")).unwrap();
    asked
}

#[test]
fn nothing_is_sent_of_a_site_that_is_refused() {
    let site = with_bucket();
    let bucket = ("BUCKET", "my-bucket");
    deploy(&site, &[]).exits(1).says("BUCKET is not set");
    let wrong = "0".repeat(64);
    for (variable, words) in [
        (("RUNGS_URL", ""), "RUNGS_URL is not set"),
        (("RUNGS_SHA256", ""), "RUNGS_SHA256 is not set"),
        (("RUNGS_SHA256", &wrong), "is not the one that"),
        (("SITE_URL", "http://localhost/"), "is a placeholder"),
    ] {
        deploy(&site, &[bucket, variable]).exits(1).says(words);
    }
    site.folder
        .write("site/content/about.md", "[gone](nowhere.md)\n");
    assert_ne!(
        deploy(&site, &[bucket]).code,
        Some(0),
        "a site with mistakes"
    );
    assert!(
        !site.folder.path("asked").exists(),
        "aws was asked for something"
    );
}

#[test]
fn what_is_kept_is_sent_first_and_what_is_gone_is_deleted_last() {
    let site = with_bucket();
    let to = [("BUCKET", "my-bucket/careers/"), ("DISTRIBUTION", "E1")];
    deploy(&site, &to)
        .exits(0)
        .prints("files to s3://my-bucket/careers/")
        .prints("InProgress");
    assert_eq!(site.canonical(), ADDRESS);
    let said = asked(&site);
    let at = |words: &str| {
        said.find(words)
            .unwrap_or_else(|| panic!("no {words} in {said}"))
    };
    assert!(said.starts_with("s3api list-objects-v2 --bucket my-bucket --prefix careers/ "));
    let kept = at("--cache-control public, max-age=31536000, immutable --content-type text/css");
    let pages = at("--cache-control no-cache --content-type text/html; charset=utf-8");
    let delete = at("s3 sync public/ s3://my-bucket/careers/ --delete --size-only");
    assert!(kept < pages && pages < delete && delete < at("cloudfront create-invalidation"));
    assert!(at("./css/main.") < pages && at("./index.html") > pages);
    assert_eq!(said.matches("./index.html\n").count(), 1);
}

#[test]
fn what_the_bucket_has_is_not_sent_unless_all_is_wanted() {
    let site = with_bucket();
    let to = ("BUCKET", "my-bucket");
    deploy(&site, &[to]).exits(0);
    asked(&site);
    let sums = "cd public && find . -type f | sed 's#^./##' | xargs sh -c \
                'md5sum \"$@\" 2>/dev/null || md5 -r \"$@\" | sed \"s/ /  /\"' sh";
    let sums = Ran::of(&mut site.shell(&["sh", "-c", sums]))
        .exits(0)
        .stdout;
    let listed = |line: &str| {
        let (sum, path) = line.split_once("  ").unwrap();
        let sum = if path == "index.html" { "0" } else { sum };
        format!("\"{sum}\"\t{path}\n")
    };
    let list: String = sums.lines().map(listed).collect();
    site.folder.write("listed", list);
    deploy(&site, &[to]).exits(0).prints("Sent 1 files");
    let said = asked(&site);
    assert_eq!(said.matches("s3 cp").count(), 1, "{said}");
    assert!(said.contains("./index.html"));
    let all = sums.lines().count();
    deploy(&site, &[to, ("FULL", "1")])
        .exits(0)
        .prints(&format!("Sent {all} files"));
}

#[test]
fn the_workflow_runs_the_script() {
    let site = with_bucket();
    let steps = workflow_steps(&yaml(&site.text(WORKFLOW)), "publish");
    let [step] = steps.as_slice() else {
        panic!("{steps:?}");
    };
    let known = Known::of(&[
        ("vars.RUNGS_URL", &site.archive.url),
        ("vars.RUNGS_SHA256", &site.archive.sha256),
        ("vars.SITE_URL", ""),
        ("vars.BUCKET", "my-bucket"),
        ("vars.DISTRIBUTION", ""),
    ]);
    site.run(step, &known).exits(0).prints("s3://my-bucket/");
    assert!(!asked(&site).contains("cloudfront"));
    site.run(step, &known.with("vars.BUCKET", ""))
        .exits(1)
        .says("BUCKET is not set");
}

#[test]
fn the_headers_for_cloudfront_are_those_of_the_site() {
    let site = RecipeSite::new("s3");
    let headers = ["sh", "cloudfront-headers.sh"];
    Ran::of(&mut site.shell(&headers))
        .exits(1)
        .says("build the site first");
    site.folder.write(
        "site/public/_headers",
        "/*\n  Content-Security-Policy: default-src 'none'; img-src 'self' data:\n  X-Content-Type-Options: nosniff\n  \
         X-Note: a \"word\" and a \\\n/a.css\n  Cache-Control: public\n",
    );
    let said = Ran::of(&mut site.shell(&headers)).exits(0).stdout;
    let policy: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(
        policy["SecurityHeadersConfig"]["ContentSecurityPolicy"]["ContentSecurityPolicy"],
        "default-src 'none'; img-src 'self' data:"
    );
    assert_eq!(
        policy["SecurityHeadersConfig"]["ContentTypeOptions"]["Override"],
        true
    );
    let others = serde_json::json!({
        "Quantity": 1,
        "Items": [{ "Header": "X-Note", "Value": "a \"word\" and a \\", "Override": true }],
    });
    assert_eq!(policy["CustomHeadersConfig"], others);
}
