//! Tools for readers on the pages of the default theme: comparing any two roles, and the self-check
//! of a ladder.

use super::fake::Fake;
use super::folder::{BASE, Folder, blocks};
use super::page::Page;
use super::serve::Serve;

const SITE: &str = r#"
=== site.toml
title = "Test"
base_url = "https://example.com/careers/"
og_images = false
icons = false
[figures]
currency = "USD"
period = "year"
area = "US"
source = "editors"
as_of = "2026-10"

=== content/skills.toml
[[proficiencies]]
id = "working"
name = "Working"
[[proficiencies]]
id = "expert"
name = "Expert"
[[skills]]
name = "SQL"
[[skills]]
name = "Git"
[[skills]]
name = "Typing"
[[skills]]
name = "Hiring"
[[skills]]
name = "Design"

=== content/roles/clerk/role.toml
title = "Clerk"
category = "work"
workplace = ["on-site"]
responsibilities = ["Files *things*", "Answers mail"]
[[levels]]
id = "clerk"
title = "Clerk"
skills = ["typing", { skill = "sql", importance = "optional" }]
[[related]]
role = "developer"

=== content/roles/developer/role.toml
title = "Developer"
category = "work"
responsibilities = ["Builds <b>things</b>", "Answers mail"]
[[salary]]
statistic = "median"
value = 90_000
[[education]]
name = "Any school"
[outlook]
base_year = 2024
target_year = 2034
change_percent = 4.5
openings_per_year = 1200
[[levels]]
id = "junior"
title = "Junior Developer"
experience = { min_years = 0, max_years = 3 }
skills = [{ skill = "sql", proficiency = "working" }, "git", { skill = "design", importance = "optional" }]
[[levels]]
id = "senior"
title = "Senior Developer"
experience = { min_years = 3 }
skills = [{ skill = "sql", proficiency = "expert" }, "hiring"]
drops = ["git"]
[[competencies]]
name = "Reach"
[competencies.criteria]
junior = ["Helps the *team*"]

=== content/roles/poet/role.toml
title = "Poet"
category = "work"
"#;

/// What a table of a page says, cell by cell, without white space.
const TABLE: &str = "[...document.querySelectorAll('main table.compare tr')].map(row => [...row.cells].map(cell => cell.textContent.replace(/\\s+/g, '')).join(' | ')).join('\\n')";
/// The lists of skills and duties on a page, with their headings.
const LISTS: &str = "[...document.querySelectorAll('main .compare-columns > div')].map(block => block.querySelector('h3, h4').firstChild.textContent.trim() + ': ' + [...block.querySelectorAll('li')].map(item => item.textContent.replace(/\\s+/g, ' ').trim()).join(', ')).sort().join('\\n')";
const SHOWN: &str = "!document.querySelector('.compare-result').hidden";
const SAYS: &str = "document.querySelector('.check-says').textContent";
const MISSING: &str =
    "document.querySelector('.check-missing').textContent.replace(/\\s+/g, ' ').trim()";

/// Presses Tab until something has the focus.
#[track_caller]
fn tab_to(page: &Page, selector: &str) {
    for _ in 0..60 {
        if page.eval(&format!("document.activeElement.matches({selector:?})")) == true {
            return;
        }
        page.press("Tab");
    }
    panic!("the Tab key does not lead to {selector}");
}

#[test]
fn two_roles_are_compared_with_the_keyboard_alone_and_the_address_keeps_the_choice() {
    let serve = Serve::of(SITE);
    let mut page = serve.open("/compare/");
    page.until("!document.querySelector('.compare-form').hidden");
    tab_to(&page, "select[name=a]");
    page.press("d");
    page.until("document.querySelector('select[name=a]').value === 'developer'");
    tab_to(&page, "select[name=b]");
    page.press("p");
    page.until("document.querySelector('select[name=b]').value === 'poet'");
    tab_to(&page, ".compare-form button");
    page.press("Enter");
    page.until(SHOWN);
    assert_eq!(page.text("location.search"), "?a=developer&b=poet");
    assert_eq!(
        page.text("document.querySelector('[role=status]').textContent"),
        "Developer and Poet stand side by side below."
    );
    tab_to(&page, "select[name=b]");
    page.press("c");
    tab_to(&page, ".compare-form button");
    page.press("Enter");
    page.until(
        "document.querySelector('.compare-result h2').textContent === 'Developer vs. Clerk'",
    );
    page.eval("history.back()");
    page.until(&format!("{SHOWN} && document.querySelector('.compare-result h2').textContent === 'Developer vs. Poet' && document.querySelector('select[name=b]').value === 'poet'"));
    page.eval("history.back()");
    page.until(&format!("!({SHOWN}) && location.search === ''"));
}

/// Of a list in parts only those are loaded that are asked for.
#[test]
fn a_long_list_of_roles_is_chosen_from_part_by_part() {
    let roles: String = (0..120)
        .map(|n| {
            let title = format!("{n:03} {}", "long ".repeat(200));
            let next = (n + 1) % 120;
            format!("=== content/roles/r{n:03}/role.toml\ntitle = \"{title}\"\ncategory = \"work\"\n[[related]]\nrole = \"r{next:03}\"\n")
        })
        .collect();
    let serve = Serve::of(&roles);
    let mut page = serve.open("/compare/");
    page.until("!document.querySelector('.compare-form').hidden");
    let loaded = "performance.getEntriesByType('resource').map(({ name }) => name.split('/').slice(-2).join('/')).filter(name => name.includes('.json')).sort().join(' ')";
    assert_eq!(page.text(loaded), "", "nothing before somebody chooses");
    page.eval("const part = document.querySelector('[data-part-of=b]'); part.value = '1'; part.dispatchEvent(new Event('change'))");
    page.until("!document.querySelector('select[name=b]').disabled && document.querySelector('select[name=b]').length === 61");
    assert_eq!(page.text(loaded), "compare/roles-2.json");
    assert_eq!(
        page.eval("document.querySelector('select[name=a]').disabled"),
        true
    );
    page.goto(&serve.url("/compare/?a=r003&b=r005"));
    page.until(SHOWN);
    assert_eq!(
        page.text(loaded),
        "compare/roles-1.json r003/compare.json r005/compare.json"
    );
    assert_eq!(
        page.text("document.querySelector('[data-part-of=a]').value"),
        "0"
    );
    page.goto(&serve.url("/compare/?a=r003&b=r115"));
    page.until(SHOWN);
    assert_eq!(
        page.text("document.querySelector('[data-part-of=b]').value"),
        "1"
    );
}

#[test]
fn nothing_moves_when_the_form_appears() {
    let serve = Serve::of(SITE);
    let mut page = serve.open("/compare/");
    page.until("!document.querySelector('.compare-form').hidden");
    let top = "document.querySelector('.compare-ready').getBoundingClientRect().top";
    let shown = page.eval(top);
    assert_eq!(
        page.eval(&format!(
            "document.querySelector('.compare-form').hidden = true, {top}"
        )),
        shown
    );
}

#[test]
fn the_script_says_what_the_page_of_the_same_two_roles_says() {
    let serve = Serve::of(SITE);
    let mut page = serve.open("/compare/clerk-vs-developer/");
    let ready = (page.text(TABLE), page.text(LISTS));
    page.goto(&serve.url("/compare/?a=clerk&b=developer"));
    page.until(SHOWN);
    assert_eq!((page.text(TABLE), page.text(LISTS)), ready);
    assert!(
        ready
            .0
            .contains("$90,000ayearMedianpay,UnitedStatesSource:Estimateoftheeditors,October2026"),
        "{ready:?}"
    );
    assert!(
        ready.1.contains("Clerk: Files things")
            && ready.1.contains("Developer: Builds <b>things</b>"),
        "{ready:?}"
    );
    page.until("[...document.querySelectorAll('.compare-result a')].length > 2");
    let dead = page.text("Promise.all([...document.querySelectorAll('.compare-result a')].map(link => fetch(link.href).then(answer => answer.ok ? '' : link.href))).then(all => all.join(''))");
    assert_eq!(dead, "", "links of the result lead somewhere");
}

/// The JSON says where the site should be; the files may have been put elsewhere.
#[test]
fn links_of_a_comparison_stay_in_the_site_wherever_it_lies() {
    let files = "[permalinks]\nrole = \"/people/{slug}.html\"\n[figures]";
    for (site, expected) in [
        (SITE.to_owned(), "roles/developer/ roles/poet/"),
        (
            SITE.replace("[figures]", files),
            "people/developer.html people/poet.html",
        ),
    ] {
        let folder = Folder::empty();
        blocks(BASE)
            .chain(blocks(&site))
            .for_each(|(path, text)| folder.write(&path, text));
        let fake = Fake::new("");
        fake.host(&folder, "/elsewhere/");
        let mut page = Page::at(&fake.url("/elsewhere/compare/?a=developer&b=poet"));
        page.until(SHOWN);
        let links = page
            .text("[...new Set([...document.querySelectorAll('.compare-result a')].map(link => link.pathname.replace('/elsewhere/', '')))].sort().join(' ')");
        assert_eq!(links, format!("{expected} sources/"));
    }
}

#[test]
fn one_role_twice_and_an_unknown_one_are_no_comparison() {
    let serve = Serve::of(SITE);
    let mut page = Page::at(&serve.url("/compare/?a=poet&b=poet"));
    page.until(
        "document.querySelector('[role=status]').textContent === 'These are one role: choose two.'",
    );
    page.goto(&serve.url("/compare/?a=poet&b=constructor"));
    page.until("!document.querySelector('.compare-form').hidden");
    page.stays(&format!("!({SHOWN})"));
}

#[test]
fn where_am_i_is_answered_with_the_keyboard_alone_and_kept() {
    let serve = Serve::of(SITE);
    let mut page = serve.open("/roles/developer/where-am-i/");
    page.until("window.same");
    assert_eq!(
        page.eval(&format!(
            "{SAYS} === '' && document.querySelector('.check-result').hidden"
        )),
        true,
        "nothing is said of nothing"
    );
    tab_to(&page, "#junior input");
    page.press(" ");
    page.until(&format!("{SAYS} === 'No level fits yet.'"));
    assert_eq!(
        page.text(MISSING),
        "Missing for Junior DeveloperGitHelps the team"
    );
    for _ in 0..3 {
        page.press("Tab");
        if page.eval("document.activeElement.dataset.skills") != "design" {
            page.press(" ");
        }
    }
    page.until(&format!(
        "{SAYS} === 'The level that fits: Junior Developer'"
    ));
    assert_eq!(
        page.text("document.querySelector('#junior legend .note').textContent"),
        "3 of 4"
    );
    assert!(
        page.text(MISSING)
            .starts_with("Missing for Senior Developer")
            && !page.text(MISSING).contains("Git"),
        "what is dropped is not missing"
    );
    page.goto(&serve.url("/roles/developer/where-am-i/"));
    page.until(&format!("{SAYS} === 'The level that fits: Junior Developer' && document.querySelectorAll('input:checked').length === 3"));
    tab_to(&page, "#senior input");
    page.press(" ");
    page.press("Tab");
    page.press(" ");
    page.until(&format!("{SAYS} === 'The level that fits: Senior Developer. The ladder ends here.' && {MISSING} === ''"));
    tab_to(&page, ".check button");
    page.press("Enter");
    page.until(&format!("{SAYS} === '' && localStorage.length === 0 && document.activeElement.matches('#junior input')"));
    page.goto(&serve.url("/roles/developer/where-am-i/"));
    page.until("!document.querySelector('input:checked')");
}

#[test]
fn a_skill_to_a_higher_standard_is_the_skill_to_a_lower_one() {
    let serve = Serve::of(SITE);
    let mut page = serve.open("/roles/developer/where-am-i/");
    page.until(&format!("{SAYS} === ''"));
    page.eval("[...document.querySelectorAll('#senior input')].find(box => box.dataset.skills === 'sql').click()");
    page.until(&format!("!{MISSING}.includes('SQL')"));
}

#[test]
fn without_scripts_both_are_whole() {
    let serve = Serve::of(SITE);
    let mut page = Page::without_scripts();
    page.goto(&serve.url("/compare/"));
    assert_eq!(
        page.eval("document.querySelector('.compare-form').checkVisibility()"),
        false
    );
    assert_eq!(
        page.eval(
            "document.querySelectorAll('.compare-ready a[href*=\"clerk-vs-developer\"]').length"
        ),
        2
    );
    page.goto(&serve.url("/compare/clerk-vs-developer/"));
    assert!(
        page.text(TABLE).contains("Changeinjobs | – | +4.5%"),
        "{}",
        page.text(TABLE)
    );
    page.goto(&serve.url("/roles/developer/where-am-i/"));
    assert_eq!(page.eval("[...document.querySelectorAll('input[type=checkbox]')].filter(box => box.checkVisibility()).length"), 6);
    assert_eq!(
        page.eval("document.querySelector('.check-result').checkVisibility()"),
        false
    );
    page.print();
    assert_eq!(page.eval("[...document.querySelectorAll('input[type=checkbox]')].filter(box => box.checkVisibility()).length"), 6);
    assert_eq!(
        page.eval("document.querySelector('.check button').checkVisibility()"),
        false
    );
}
