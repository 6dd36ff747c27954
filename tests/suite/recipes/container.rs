//! The recipe for containers: the steps of its Dockerfile as a shell, and what they make served by
//! a real nginx. There is no Docker where these tests run.

use std::process::Command;

use super::site::{ADDRESS, RecipeSite};
use super::steps::{Known, Step, workflow_steps, yaml};
use crate::harness::Served;
use crate::hosts::{around, follows_the_documentation, free, program, serves_the_site, skipped};

/// An instruction of a Dockerfile.
#[derive(Debug, PartialEq, Eq)]
struct Instruction {
    name: String,
    rest: String,
}

/// Reads a Dockerfile: one instruction a line, where `\` at its end goes on in the next.
fn instructions(text: &str) -> Vec<Instruction> {
    let lines = text.replace("\\\n", " ");
    let lines = lines.lines().map(str::trim);
    lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let (name, rest) = line.split_once(' ').unwrap();
            Instruction {
                name: name.to_owned(),
                rest: rest.split_whitespace().collect::<Vec<_>>().join(" "),
            }
        })
        .collect()
}

/// The step of the stage that builds, with its folders in the folder of the test.
fn build_step(site: &RecipeSite) -> Step {
    let all = instructions(&site.text("Dockerfile"));
    let named = |name: &'static str| all.iter().filter(move |found| found.name == name);
    let [run] = named("RUN").collect::<Vec<_>>()[..] else {
        panic!("{all:?}");
    };
    let script = run
        .rest
        .strip_prefix("--mount=type=cache,target=/kept ")
        .unwrap();
    let root = site.folder.path("").display().to_string();
    let script = script
        .replace(" /kept", &format!(" {root}/kept"))
        .replace(" /built", &format!(" {root}"));
    let arguments: Vec<&str> = named("ARG")
        .map(|argument| argument.rest.as_str())
        .collect();
    assert_eq!(arguments, ["RUNGS_URL", "RUNGS_SHA256", "SITE_URL", "DAY"]);
    Step::with_variables(&script, &arguments)
}

fn known(site: &RecipeSite) -> Known {
    Known::of(&[
        ("RUNGS_URL", &site.archive.url),
        ("RUNGS_SHA256", &site.archive.sha256),
        ("SITE_URL", ""),
        ("DAY", "2026-11-22"),
    ])
}

/// nginx with the configuration that the recipe wrote.
fn nginx(site: &RecipeSite) -> Option<Served> {
    let Some(nginx) = program(&["nginx"]) else {
        return skipped("there is no nginx; .ci/nginx installs it");
    };
    let address = free();
    let root = site.folder.path("");
    let written = site.text("../site.conf");
    assert!(written.contains("listen 8080;") && written.contains("root /usr/share/nginx/html;"));
    let written = written
        .replace("listen 8080;", &format!("listen {address};"))
        .replace(
            "/usr/share/nginx/html",
            &root.join("www").display().to_string(),
        );
    site.folder.write("site.conf", written);
    site.folder.write("nginx.conf", around(&root, &nginx));
    let mut command = Command::new(&nginx);
    command.args(["-e", "stderr", "-p"]).arg(&root);
    command.arg("-c").arg(root.join("nginx.conf"));
    Some(Served::by(&mut command, address))
}

#[test]
fn the_image_is_built_or_says_why_not() {
    let site = RecipeSite::new("docker");
    let (step, known) = (build_step(&site), known(&site));
    for (name, value, words) in [
        ("RUNGS_URL", "", "RUNGS_URL is not set"),
        ("RUNGS_SHA256", "", "RUNGS_SHA256 is not set"),
        ("RUNGS_SHA256", "0", "is not the one that"),
        ("SITE_URL", "https://example.com/", "is a placeholder"),
    ] {
        site.run(&step, &known.with(name, value))
            .exits(1)
            .says(words);
    }
    assert!(!site.folder.path("site.conf").exists());
    site.run(&step, &known).exits(0);
    assert!(site.folder.path("www/guides/index.html").exists());
    assert!(
        site.folder.path("kept/.public.rungs").exists() && site.folder.path("kept/cache").exists()
    );
    // What the second stage copies is what the first one made.
    let copied: Vec<String> = instructions(&site.text("Dockerfile"))
        .into_iter()
        .filter_map(|found| Some(found.rest.strip_prefix("--from=build ")?.to_owned()))
        .collect();
    assert_eq!(
        copied,
        [
            "/built/site.conf /etc/nginx/conf.d/default.conf",
            "/built/www /usr/share/nginx/html"
        ]
    );
}

#[test]
fn nginx_serves_what_the_recipe_made() {
    for (address, base, inner) in [
        ("https://careers.rungs-test.dev/", "/", ""),
        (ADDRESS, "/guides/", "/guides"),
    ] {
        let site = RecipeSite::demo("docker");
        site.set_address(address);
        site.run(&build_step(&site), &known(&site)).exits(0);
        let Some(served) = nginx(&site) else {
            return;
        };
        serves_the_site(&served, &site.folder, base, inner);
        follows_the_documentation(&served, &site.folder, base, inner);
        for (name, value) in of_all(&site.text(&format!("../www{inner}/_headers"))) {
            let page = served.get(base);
            assert_eq!(
                page.header(&name.to_lowercase()),
                Some(value.as_str()),
                "{name}"
            );
        }
        if base != "/" {
            let moved = served.get("/");
            assert_eq!((moved.status, moved.header("location")), (302, Some(base)));
        }
    }
}

/// The headers that `_headers` has for all paths.
fn of_all(headers: &str) -> Vec<(String, String)> {
    let rule = headers.strip_prefix("/*\n").unwrap().lines();
    let headers = rule.take_while(|line| line.starts_with(' '));
    let headers = headers.map(|line| line.trim().split_once(": ").unwrap());
    let headers: Vec<_> = headers
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    assert!(headers.len() >= 5, "{headers:?}");
    headers
}

#[test]
fn headers_of_the_site_s_own_are_sent_as_they_are_written() {
    let site = RecipeSite::new("docker");
    site.folder.write(
        "site/static/_headers",
        "# ours\n/*\n  X-All: one \"word\" \\ more\n\n/about/\n  X-Page: about\n/files/*\n  X-All: of files\n  \
         Cache-Control: public, max-age=60\n/caf%C3%A9/:name.txt\n  X-Page: named\n",
    );
    site.folder.write("site/static/files/a.b.txt", "a");
    site.folder.write("site/static/café/x.txt", "x");
    site.run(&build_step(&site), &known(&site)).exits(0);
    if let Some(served) = nginx(&site) {
        let header = |path: &str, name: &str| {
            let answer = served.get(&format!("/guides/{path}"));
            assert_eq!(answer.status, 200, "{path}");
            answer.header(name).map(str::to_owned)
        };
        let all = Some("one \"word\" \\ more".to_owned());
        assert_eq!(header("", "x-all"), all);
        assert_eq!(header("", "x-page"), None);
        assert_eq!(header("", "cache-control").as_deref(), Some("no-cache"));
        assert_eq!(header("about/", "x-page").as_deref(), Some("about"));
        assert_eq!(
            header("files/a.b.txt", "x-all").as_deref(),
            Some("of files")
        );
        assert_eq!(
            header("files/a.b.txt", "cache-control").as_deref(),
            Some("public, max-age=60")
        );
        assert_eq!(
            header("caf%C3%A9/x.txt", "x-page").as_deref(),
            Some("named")
        );
        assert_eq!(header("caf%C3%A9/x.txt", "x-all"), all);
    }
    for (text, words) in [
        (
            "/*\n  X-Price: 5 $\n",
            "line 2: nginx cannot send a value with $",
        ),
        ("https://a.dev/\n  X: 1\n", "line 1: a path begins with /"),
        ("/*\n  no header\n", "line 2: this is no header"),
    ] {
        site.folder.write("site/static/_headers", text);
        site.run(&build_step(&site), &known(&site))
            .exits(1)
            .says(words);
    }
}

#[test]
fn the_workflow_builds_and_pushes_the_image() {
    let site = RecipeSite::new("docker");
    let steps = workflow_steps(&yaml(&site.text(".github/workflows/deploy.yml")), "publish");
    let [build, push] = steps.as_slice() else {
        panic!("{steps:?}");
    };
    site.stand_in(
        "docker",
        "echo \"$* ($RUNGS_URL $RUNGS_SHA256)\"; [ \"$1\" != login ] || cat",
    );
    let known = Known::of(&[
        ("vars.RUNGS_URL", "url"),
        ("vars.RUNGS_SHA256", "sum"),
        ("vars.SITE_URL", ""),
        ("github.repository", "Me/Guides"),
        ("github.actor", "me"),
        ("github.token", "token"),
    ]);
    let said = site.run(build, &known).exits(0).stdout;
    assert!(said.starts_with("build --pull --build-arg RUNGS_URL --build-arg RUNGS_SHA256 --build-arg SITE_URL --build-arg DAY=2"));
    assert!(said.ends_with("--tag site . (url sum)\n"), "{said}");
    site.run(push, &known)
        .exits(0)
        .prints("login ghcr.io --username me --password-stdin")
        .prints("token")
        .prints("push ghcr.io/me/guides");
}
