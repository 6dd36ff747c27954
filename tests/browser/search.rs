//! Search and the list of all roles, with the keyboard alone, and with scripts off.

use super::fake::Fake;
use super::folder::{BASE, Folder, blocks};
use super::page::Page;
use super::serve::Serve;

const SITE: &str = r#"
=== content/categories.toml
[[categories]]
id = "care"
title = "Care"
[[categories]]
id = "craft"
title = "Craft"

=== content/about.md
# About

First words.

=== content/articles/shifts.md
# Shifts

Early and late.

## At night {#night}

Whoever works at night gets a *Zuschläge* and café.

=== content/roles/nurse/role.toml
title = "Nurse"
category = "care"
summary = "Cares for patients."
definition = "A *profession*."
[figures]
source = "editors"
as_of = "2026-11"
currency = "USD"
period = "year"
[[salary]]
value = 80_000
[outlook]
base_year = 2024
target_year = 2034
change_percent = 6
[[education]]
name = "A school of nursing"
level = "bachelor"
[[titles]]
name = "Infirmière"
[[levels]]
id = "junior"
title = "Junior Nurse"
tasks = ["Watches at night"]
[[levels]]
id = "senior"
title = "Senior Nurse"

=== content/roles/baker/role.toml
title = "Baker"
category = "craft"
summary = "Bakes at night."
[figures]
source = "editors"
as_of = "2026-11"
currency = "USD"
period = "year"
[[salary]]
value = 40_000
[outlook]
base_year = 2024
target_year = 2034
change_percent = -2
[[education]]
name = "A trade"
level = "certificate"

=== content/roles/weaver/role.toml
title = "Weaver"
category = "craft"

=== templates/article.html
{% extends "page.html" %}
{% block content %}
<h1>{{ page.title }}</h1>
<div id="text">{{ page.body }}</div>
<form><input id="name" aria-label="Name"></form>
{% endblock content %}
"#;

/// What was fetched of search.
const FETCHED: &str = "performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname).filter((path) => /\\/search\\/|(js|css)\\/search/.test(path))";
const TITLES: &str = "[...document.querySelectorAll('.search-results > li > a')].map((link) => link.textContent).join('|')";
const COUNT: &str = "document.querySelector('.search-count').textContent";

/// Opens search with `/` and types.
fn search(page: &mut Page, words: &str) {
    page.press("/");
    page.until("document.activeElement.matches('dialog[open] input')");
    page.write(words);
}

#[test]
fn a_page_is_found_filtered_and_opened_with_the_keyboard() {
    let serve = Serve::of(SITE);
    let mut page = serve.open("/about/");
    page.stays(&format!("{FETCHED}.length === 0"));
    search(&mut page, "night");
    page.until(&format!("{COUNT} === 'Results: 3'"));
    page.until(&format!("{TITLES}.split('|').length === 3"));
    assert_eq!(
        page.text(&format!("{TITLES}.split('|').sort().join('|')")),
        "Baker|Nurse: what the job involves|Shifts"
    );
    assert_eq!(
        page.text("document.querySelector('.search-results mark').textContent"),
        "night"
    );
    // The passage and its place come from the page itself.
    page.until("document.querySelector('.search-results p a[href$=\"/articles/shifts/#night\"]')");

    // The choice of kinds is one stop of the Tab key, after the button, and the arrows go through
    // it.
    page.press("Tab");
    page.press("Tab");
    page.until("document.activeElement.value === ''");
    page.press("ArrowRight");
    page.until("document.activeElement.value === 'Roles' && document.activeElement.checked");
    page.until(&format!(
        "{COUNT} === 'Results: 2' && {TITLES}.split('|').length === 2"
    ));
    page.press("Tab");
    page.until("document.activeElement.name === 'category'");
    page.press("ArrowDown");
    page.until("document.activeElement.value === 'Care'");
    page.until(&format!("{TITLES} === 'Nurse: what the job involves'"));

    page.press("Tab");
    page.until("document.activeElement.matches('.search-results > li > a')");
    page.press("Enter");
    page.has_loaded(2);
    page.until("location.pathname === '/careers/roles/nurse/what-is/'");
}

/// Files of an index go together, and a browser may still have some of the index before.
#[test]
fn a_site_that_was_published_anew_is_searched_anew() {
    let folder = Folder::empty();
    blocks(BASE)
        .chain(blocks(SITE))
        .for_each(|(path, text)| folder.write(&path, text));
    let fake = Fake::new("");
    fake.host(&folder, "/careers/");
    let mut page = Page::at(&fake.url("/careers/search/?q=night"));
    page.until(&format!("{TITLES}.split('|').length === 3"));
    folder.write("content/a-newer-page.md", "# Another\n\nNights are long.\n");
    fake.host(&folder, "/careers/");
    page.goto(&fake.url("/careers/search/?q=nights"));
    page.until(&format!("{TITLES} === 'Another'"));
}

#[test]
fn escape_closes_arrows_move_and_a_slash_in_a_field_is_a_slash() {
    let serve = Serve::of(SITE);
    let mut page = serve.open("/about/");
    page.eval("document.getElementById('name').focus()");
    page.press("/");
    page.stays(
        "!document.querySelector('dialog[open]') && document.getElementById('name').value === '/'",
    );
    page.eval("document.activeElement.blur()");
    search(&mut page, "infirmiere");
    page.until(&format!("{TITLES}.startsWith('Nurse')"));
    page.press("ArrowDown");
    page.until("document.activeElement.matches('.search-results > li > a')");
    page.press("ArrowUp");
    page.until("document.activeElement.type === 'search'");
    page.press("Escape");
    // A browser clears a search field first.
    page.press("Escape");
    page.until("!document.querySelector('dialog[open]')");
    // With the link, and what begins a word is enough.
    page.eval("document.querySelector('a.search-open').focus()");
    page.press("Enter");
    page.until("document.querySelector('dialog[open]')");
    page.write("ZUSCHLA");
    page.until(&format!("{TITLES} === 'Shifts'"));
    page.until("document.querySelector('.search-results mark')?.textContent === 'Zuschläge'");
    assert_eq!(
        (
            page.loads(),
            page.text(&format!(
                "String(new Set({FETCHED}).size === {FETCHED}.length)"
            ))
        ),
        (1, "true".to_owned()),
        "nothing is fetched twice"
    );
}

#[test]
fn several_words_are_all_meant_and_any_if_no_page_has_all() {
    let serve = Serve::of(SITE);
    let mut page = Page::at(&serve.url("/search/?q=nurse+patients"));
    page.until(&format!("{TITLES} === 'Nurse'"));
    page.goto(&serve.url("/search/?q=weaver+patients"));
    page.until(&format!(
        "{TITLES}.includes('Weaver') && {TITLES}.includes('Nurse')"
    ));
    page.goto(&serve.url("/search/?q=xylophone"));
    page.until(&format!("{COUNT}.startsWith('Nothing was found')"));
}

#[test]
fn a_page_whose_name_is_looked_for_comes_first() {
    let more = "\n=== content/roles/practitioner/role.toml\ntitle = \"Nurse Practitioner\"\ncategory = \"care\"\nsummary = \"A nurse above nurses.\"\n\
        === content/articles/nurse.md\n# A nurse, a nurse\n\n## Nurse\n\nNurse, nurse, nurse: infirmière.\n\n## Infirmière\n\nNurse.\n";
    let serve = Serve::of(&format!("{SITE}{more}"));
    let mut page = Page::at(&serve.url("/search/"));
    for (query, first) in [
        ("nurse", "Nurse"),
        ("NURSE", "Nurse"),
        ("infirmiere", "Nurse"),
        ("Infirmière", "Nurse"),
        ("nurse practitioner", "Nurse Practitioner"),
    ] {
        page.goto(&serve.url(&format!("/search/?q={}", query.replace(' ', "+"))));
        page.until(&format!("{TITLES}.split('|')[0] === '{first}'"));
    }
}

#[test]
fn a_search_has_an_address() {
    let serve = Serve::of(SITE);
    let mut page = Page::at(&serve.url("/search/?q=night&kind=Roles&category=Craft"));
    page.until(&format!("{TITLES} === 'Baker'"));
    page.eval("document.querySelector('#search-words').select()");
    page.write("cares");
    page.until("new URL(location.href).searchParams.get('q') === 'cares'");
    page.eval("document.querySelector('.search-kinds input').click()");
    page.until("!new URL(location.href).searchParams.has('kind')");
    assert_eq!(page.loads(), 1);
}

#[test]
fn the_preview_finds_what_was_just_written() {
    let serve = Serve::of(SITE);
    let mut page = Page::at(&serve.url("/search/?q=lighthouse"));
    page.until(&format!("{COUNT}.startsWith('Nothing')"));
    serve.edit("content/about.md", "First words", "A lighthouse");
    page.wait("the word is found", |page| {
        page.goto(&serve.url("/search/?q=lighthouse"));
        page.until(&format!("{COUNT} !== ''"));
        page.text(COUNT) == "Results: 1"
    });
}

#[test]
fn without_scripts_search_leads_to_every_index() {
    let serve = Serve::of(SITE);
    let mut page = Page::without_scripts();
    page.goto(&serve.url("/about/"));
    assert_eq!(
        page.text("new URL(document.querySelector('a.search-open').href).pathname"),
        "/careers/search/"
    );
    page.goto(&serve.url("/search/"));
    assert_eq!(
        page.eval("document.querySelector('.search').checkVisibility()"),
        false
    );
    let links = page.text("[...document.querySelectorAll('main .list a')].map((link) => new URL(link.href).pathname).join(' ')");
    assert!(
        links.starts_with("/careers/roles/ /careers/categories/care/ /careers/categories/craft/"),
        "{links}"
    );
}

/// The roles that are shown, in their order.
const ROLES: &str = "[...document.querySelectorAll('.role-table tbody tr')].filter((row) => row.checkVisibility()).map((row) => row.querySelector('a').textContent).join('|')";
const SHOWN: &str = "document.querySelector('.role-filter [role=status]').textContent";

#[test]
fn roles_are_filtered_and_sorted_with_the_keyboard() {
    let serve = Serve::of(SITE);
    let mut page = Page::at(&serve.url("/roles/"));
    page.until("document.querySelector('.role-filter').checkVisibility()");
    assert_eq!(
        (page.text(ROLES), page.text(SHOWN)),
        ("Baker|Nurse|Weaver".to_owned(), "Roles: 3 of 3".to_owned())
    );
    page.eval("document.querySelector('.role-filter summary').focus()");
    page.press("Enter");
    page.until("document.querySelector('.role-filter').open");
    page.press("Tab");
    page.until("document.activeElement.name === 'category'");
    page.press("ArrowDown");
    page.press("ArrowDown");
    page.until(&format!(
        "{ROLES} === 'Baker|Weaver' && {SHOWN} === 'Roles: 2 of 3'"
    ));
    assert_eq!(page.text("location.search"), "?category=Craft");
    // The same address shows the same roles.
    page.goto(&serve.url("/roles/?sort=pay"));
    page.until(&format!("{ROLES} === 'Nurse|Baker|Weaver'"));
    assert!(
        page.text("document.querySelector('.role-table th[aria-sort]').textContent")
            .starts_with("Pay")
    );
    page.eval("document.querySelector('.role-filter [name=pay]').focus()");
    page.write("40000");
    page.until(&format!("{ROLES} === 'Nurse|Baker'"));
    page.press("Tab");
    page.until("document.activeElement.name === 'growth'");
    page.press("ArrowDown");
    page.until(&format!("{ROLES} === 'Nurse'"));
    page.press("ArrowDown");
    page.until(&format!("{ROLES} === 'Baker'"));
    assert_eq!(
        page.text("location.search"),
        "?sort=pay&pay=40000&growth=down"
    );
    page.eval("document.querySelector('.role-filter button').focus()");
    page.press("Enter");
    page.until(&format!(
        "{ROLES} === 'Baker|Nurse|Weaver' && location.search === ''"
    ));
    page.goto(&serve.url("/roles/?education=bachelor&category=Craft"));
    page.until(&format!("{ROLES} === '' && {SHOWN}.startsWith('No role')"));
}

#[test]
fn pay_of_two_currencies_is_not_compared() {
    let serve = Serve::of(&SITE.replacen("currency = \"USD\"", "currency = \"EUR\"", 1));
    let mut page = Page::at(&serve.url("/roles/?sort=pay&pay=60000"));
    page.until(&format!("{SHOWN} === 'Roles: 3 of 3'"));
    assert_eq!(page.text(ROLES), "Baker|Nurse|Weaver");
    assert_eq!(page.text("[...document.querySelector('.role-filter [name=sort]').options].map(({ value }) => value).join(' ')"), " growth");
    page.eval("document.querySelector('.role-filter summary').click()");
    assert_eq!(
        page.eval("document.querySelector('.role-filter [name=pay]').checkVisibility()"),
        false
    );
}

#[test]
fn without_scripts_all_roles_are_there_and_no_control() {
    let serve = Serve::of(SITE);
    let mut page = Page::without_scripts();
    page.goto(&serve.url("/roles/?sort=pay"));
    assert_eq!(
        page.eval("document.querySelector('.role-filter').checkVisibility()"),
        false
    );
    assert_eq!(page.text(ROLES), "Baker|Nurse|Weaver");
    let row = page.text(
        "document.querySelectorAll('.role-table tbody tr')[1].innerText.replace(/\\s+/g, ' ')",
    );
    assert_eq!(row, "Nurse Care · Bachelor’s degree $80K +6%");
}

/// A site of so many roles, every other one of a craft; the later a role, the better it is paid.
fn many_roles(count: usize) -> String {
    let mut site = SITE.to_owned();
    for number in 0..count {
        let category = ["care", "craft"][number % 2];
        let pay = 30_000 + number * 100;
        site += &format!(
            "\n=== content/roles/worker-{number:03}/role.toml\ntitle = \"Worker {number:03}\"\ncategory = \"{category}\"\nsummary = \"Works.\"\n[figures]\nsource = \"editors\"\nas_of = \"2026-11\"\ncurrency = \"USD\"\nperiod = \"year\"\n[[salary]]\nvalue = {pay}\n"
        );
    }
    site
}

/// How many files of the list were loaded.
const LOADED: &str =
    "performance.getEntriesByType('resource').filter(({ name }) => name.includes('/list/')).length";

#[test]
fn a_list_in_parts_is_filtered_and_sorted_as_a_whole() {
    let serve = Serve::of(&many_roles(240));
    let mut page = Page::at(&serve.url("/roles/page/2/"));
    page.until("document.querySelector('.role-filter').checkVisibility()");
    assert_eq!(page.eval(LOADED), 0);
    page.eval("document.querySelector('[name=sort]').focus()");
    page.press("ArrowDown");
    page.until(&format!(
        "{ROLES}.startsWith('Nurse|Worker 239|Worker 238')"
    ));
    page.until(&format!("{SHOWN} === 'Roles: 243 of 243'"));
    assert_eq!(page.eval(LOADED), 1);
    assert_eq!(page.text("location.search"), "?sort=pay");
    assert_eq!(
        page.text("document.querySelector('.role-table tbody a[href*=\"worker-239\"]').href"),
        serve.url("/roles/worker-239/")
    );
    // A hundred at a time.
    let rows = "document.querySelectorAll('.role-table tbody:not([hidden]) tr').length";
    assert_eq!(page.eval(rows), 100);
    page.eval("document.querySelector('.role-more').click()");
    page.until(&format!("{rows} === 200"));
    page.eval("document.querySelector('.role-more').click()");
    page.until(&format!(
        "{rows} === 243 && document.querySelector('.role-more').hidden"
    ));
    // The same address shows the same roles.
    page.goto(&serve.url("/roles/?category=Craft&pay=53000"));
    page.until(&format!(
        "{ROLES} === 'Worker 231|Worker 233|Worker 235|Worker 237|Worker 239'"
    ));
    assert!(page.text("document.querySelector('.jump').hidden.toString()") == "true");
    page.eval("document.querySelector('.role-filter button').click()");
    page.until("!document.querySelector('.jump').hidden && location.search === ''");
    assert_eq!(page.eval(LOADED), 1);
}
