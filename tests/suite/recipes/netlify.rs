//! The recipe for Netlify: its command, and the two scripts that keep folders and build every day,
//! in plain Node.js with stand-ins for what Netlify gives them.

use std::io::Write as _;

use super::pages::{KEPT, VARIABLES, builds, plain};
use super::site::RecipeSite;
use super::steps::{Step, rows, table, text, toml};

#[test]
fn netlify_builds_for_the_main_address_of_the_site() {
    let site = RecipeSite::new("netlify");
    let file = toml(&site.text("netlify.toml"));
    let build = table(&file, &["build"]);
    assert_eq!(text(build, "publish"), Some("public"));
    let step = Step::with_variables(text(build, "command").unwrap(), &VARIABLES);
    // A preview is told of another address, which is in no page.
    let known = plain(&site).with("URL", "https://guides.netlify.app").with(
        "DEPLOY_PRIME_URL",
        "https://deploy-preview-1--guides.netlify.app",
    );
    builds(&site, &step, &known, Some("https://guides.netlify.app/"));
    assert!(
        file.get("headers").is_none() && file.get("redirects").is_none(),
        "headers are those of _headers alone"
    );
}

#[test]
fn netlify_keeps_folders_and_builds_every_day() {
    let site = RecipeSite::new("netlify");
    let file = toml(&site.text("netlify.toml"));
    let package = text(rows(&file, "plugins")[0], "package").unwrap();
    assert!(
        site.text(&format!("{package}/manifest.yml"))
            .contains("name: ")
    );
    let functions = text(table(&file, &["functions"]), "directory").unwrap();
    let script = format!(
        "const kept = require('{package}/index.js');
        const said = [];
        const note = (what) => (folders) => said.push(`${{what}} ${{folders}}`);
        const utils = {{ cache: {{ restore: note('restore'), save: note('save') }} }};
        (async () => {{
            await kept.onPreBuild({{ utils }});
            await kept.onPostBuild({{ utils }});
            const daily = await import('./{functions}/daily.mjs');
            said.push(daily.config.schedule);
            await daily.default().catch((error) => said.push(error.message));
            process.env.DAILY_HOOK_URL = 'https://api.netlify.com/build_hooks/1';
            globalThis.fetch = async (url, {{ method }}) => {{
                said.push(`${{method}} ${{url}}`);
                return {{ ok: said.length < 6, status: 404 }};
            }};
            await daily.default();
            await daily.default().catch((error) => said.push(error.message));
            console.log(said.join('\\n'));
        }})();"
    );
    let mut node = site.shell(&["node", "-e", &script]);
    let Ok(output) = node.output() else {
        drop(writeln!(std::io::stderr(), "skipped: there is no node"));
        return;
    };
    let said = String::from_utf8(output.stdout).unwrap();
    let said: Vec<&str> = said.lines().collect();
    let kept = KEPT.join(",");
    assert_eq!(
        said,
        [
            &format!("restore {kept}"),
            &format!("save {kept}"),
            "23 4 * * *",
            "DAILY_HOOK_URL is not set: add a build hook in the settings of the site, and set it to its address",
            "POST https://api.netlify.com/build_hooks/1",
            "POST https://api.netlify.com/build_hooks/1",
            "the build hook in DAILY_HOOK_URL answered 404: see whether it still exists",
        ],
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
