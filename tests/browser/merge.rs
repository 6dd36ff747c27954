//! The page changes in place, and nothing of what the reader and the theme's scripts did to it is
//! lost.

use super::fake::{Fake, REDIRECT};
use super::page::Page;

const HEAD: &str =
    "<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Old</title></head><body>";

/// A page with a body.
fn page(body: &str) -> String {
    format!("{HEAD}{body}</body></html>\n")
}

/// A server with a page, and the page opened; a variable tells later whether the document is still
/// the same.
fn opened(body: &str) -> (Fake, Page) {
    opened_with(Fake::new(&page(body)))
}

fn opened_with(fake: Fake) -> (Fake, Page) {
    let mut open = Page::at(&fake.url("/"));
    fake.connected(&mut open);
    open.eval("window.same = document.body; document.addEventListener('rungs:update', () => { window.updates = (window.updates ?? 0) + 1 })");
    (fake, open)
}

#[track_caller]
fn was_not_loaded(open: &mut Page) {
    assert_eq!(
        open.eval("window.same === document.body"),
        true,
        "the page was loaded anew"
    );
    assert_eq!(
        (open.loads(), open.eval("history.length").as_u64()),
        (1, Some(2))
    );
}

#[test]
fn another_text_is_shown_without_a_load() {
    let (fake, mut open) = opened("<p id=one>First</p><p>Stays</p>");
    open.eval("window.stays = document.querySelectorAll('p')[1]");
    fake.show(&page("<p id=one class=new>Second</p><p>Stays</p>"));
    open.until("document.querySelector('#one.new')?.textContent === 'Second'");
    was_not_loaded(&mut open);
    assert_eq!(
        open.eval("window.stays === document.querySelectorAll('p')[1]"),
        true
    );
    assert_eq!(open.eval("window.updates"), 1);
}

#[test]
fn the_document_becomes_what_a_load_would_give() {
    let versions = [
        "<h1>One</h1><ul><li>a<li>b<li>c</ul>",
        "<h1 title=t>One</h1><ul><li>b<li>c<li>d</ul><svg viewBox='0 0 1 1'><a xlink:href='#x'><text>t</text></a></svg>",
        "<ul id=u><li>c<li>a</ul><h1>One</h1>text<!-- a comment --><table><tr><td>1</table>",
        "<noscript><img src=/none.png></noscript><textarea>one</textarea><select><option>a<option selected>b</select>",
        "<noscript><p>two</p></noscript><textarea>two</textarea><select><option selected>a<option>b<option>c</select>",
        "",
        "<section id=a><p>1</section><section id=b><p>2</section>",
        "<section id=b><p>2</section><section id=a><p>3</section>",
    ];
    let (fake, mut open) = opened(versions[0]);
    for version in versions.into_iter().skip(1) {
        let html = page(version);
        fake.show(&html);
        // The tag of the preview is gone from both.
        let want = format!(
            "new DOMParser().parseFromString({}, 'text/html')",
            serde_json::to_string(&html).unwrap()
        );
        let plain = "(root => { for (const n of root.querySelectorAll('noscript')) n.textContent = n.innerHTML; for (const t of root.querySelectorAll('rungs-preview')) t.remove(); root.normalize(); return root })";
        open.until(&format!("{plain}(document.documentElement.cloneNode(true)).isEqualNode({plain}({want}.documentElement))"));
    }
    was_not_loaded(&mut open);
}

#[test]
fn an_unchanged_page_is_not_touched() {
    let (fake, mut open) = opened("<p>Same</p>");
    open.eval(
        "new MutationObserver(() => { window.touched = true }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true })",
    );
    let before = fake.pages_asked();
    fake.tell(&["/other.css"]);
    open.stays("!window.touched");
    assert_eq!(fake.pages_asked(), before, "nothing was fetched");
}

#[test]
fn scroll_focus_selection_and_fields_stay() {
    let form = |text: &str, value: &str| {
        page(&format!(
            "<p id=text>{text}</p>{}<details><summary>More</summary>Inside</details>\
             <form><input id=name value={value}><input id=box type=checkbox><textarea id=area>{value}</textarea><select id=list><option>a<option>b</select></form><p id=selected>some selected words</p>",
            "<p>Filler</p>".repeat(300)
        ))
    };
    let (fake, mut open) = opened_with(Fake::new(&form("First", "old")));
    open.eval("document.querySelector('details').open = true; box.checked = true; list.value = 'b'; document.getElementById('area').value = 'written'");
    open.eval("document.getElementById('name').focus()");
    open.write("typed ");
    open.eval("document.getElementById('name').setSelectionRange(1, 3); scrollTo(0, 1234)");
    open.eval("area.value, getSelection().setBaseAndExtent(selected.firstChild, 5, selected.firstChild, 13); document.getElementById('name').focus()");
    let state = "JSON.stringify([scrollY, document.activeElement.id, document.getElementById('name').value, document.getElementById('name').selectionStart, \
                 box.checked, list.value, area.value, document.querySelector('details').open])";
    let before = open.text(state);
    assert!(
        before.contains("1234") && before.contains("typed "),
        "{before}"
    );
    fake.show(&form("Second", "new"));
    open.until("text.textContent === 'Second'");
    assert_eq!(open.text(state), before);
    was_not_loaded(&mut open);
}

#[test]
fn a_selection_survives_a_change_of_its_own_text() {
    let (fake, mut open) = opened("<p id=p>An old start, some selected words</p>");
    open.eval("getSelection().setBaseAndExtent(p.firstChild, 14, p.firstChild, 27)");
    assert_eq!(open.text("getSelection().toString()"), "some selected");
    fake.show(&page(
        "<p id=p>A start that is new, some selected words</p>",
    ));
    open.until("p.textContent.includes('new')");
    assert_eq!(open.text("getSelection().toString()"), "some selected");
}

#[test]
fn what_scripts_of_the_theme_did_stays() {
    let body = |text: &str| {
        page(&format!(
            "<nav class=menu id=nav><button aria-expanded=false>Menu</button></nav><ul><li>one</li><li>two</li></ul><p>{text}</p>"
        ))
    };
    let (fake, mut open) = opened_with(Fake::new(&body("First")));
    open.eval(
        "document.documentElement.dataset.theme = 'dark'; nav.classList.add('is-open'); nav.firstChild.setAttribute('aria-expanded', 'true');
         document.body.prepend(document.createElement('dialog')); document.querySelector('p').before(document.createElement('search'));
         document.querySelector('ul').append(document.createElement('li')); document.querySelectorAll('li')[0].hidden = true; document.head.append(document.createElement('meta'))",
    );
    fake.show(
        &body("Second")
            .replace("class=menu", "class='menu wide'")
            .replace("<li>two</li>", "<li>two</li><li>three</li>"),
    );
    open.until("document.querySelector('p').textContent === 'Second'");
    assert_eq!(
        open.text("document.documentElement.dataset.theme + nav.className + nav.firstChild.getAttribute('aria-expanded') + document.querySelectorAll('dialog, search, head meta:not([charset]), li[hidden]').length"),
        "darkis-open menu widetrue4"
    );
    assert_eq!(
        open.text("[...document.querySelectorAll('li')].map(li => li.textContent).join()"),
        "one,two,three,"
    );
    was_not_loaded(&mut open);
}

#[test]
fn what_a_script_changed_gives_way_to_what_its_author_changes_there() {
    let body = |time: &str, class: &str, last: &str| {
        page(&format!(
            "<nav id=nav title=a class={class}><time>{time}</time></nav><div id=list><p>one</p><p>{last}</p></div>"
        ))
    };
    let (fake, mut open) = opened_with(Fake::new(&body("2026-01-01", "old", "two")));
    open.eval("document.querySelector('time').textContent = 'a year ago'; nav.title = 'b'; for (const p of document.querySelectorAll('p')) p.className = 'seen'; list.prepend(document.createElement('p'))");
    fake.show(&body("2026-02-02", "new", "three"));
    open.until("document.querySelector('time').textContent === '2026-02-02'");
    assert_eq!(
        open.text("[nav.title, nav.className, ...[...document.querySelectorAll('p')].map(p => p.className + p.textContent)].join()"),
        "b,new,,seenone,seenthree"
    );
    was_not_loaded(&mut open);
}

#[test]
fn an_id_says_more_than_a_text() {
    let (fake, mut open) =
        opened("<div id=list><details id=a><summary>One</summary></details></div>");
    open.eval("a.open = true");
    fake.show(&page("<div id=list><details><summary>One</summary></details><details id=a><summary>Two</summary></details></div>"));
    open.until("list.children.length === 2");
    assert_eq!(
        open.text("[...list.children].map(d => d.open + d.textContent).join()"),
        "falseOne,trueTwo"
    );
}

#[test]
fn what_a_script_has_moved_away_is_never_stale() {
    let body = |cell: &str| {
        page(&format!(
            "<p>Text</p><table><tr><td>{cell}</td></tr></table>"
        ))
    };
    let (fake, mut open) = opened_with(Fake::new(&body("old")));
    open.eval("const wrap = document.createElement('div'); const table = document.querySelector('table'); table.before(wrap); wrap.append(table)");
    fake.show(&body("new"));
    open.until("document.querySelector('td')?.textContent === 'new'");
    open.has_loaded(2);
}

#[test]
fn an_element_with_an_id_moves_with_its_state() {
    let (fake, mut open) = opened(
        "<div id=list><details id=a><summary>A</summary></details><details id=b><summary>B</summary></details><details id=c><summary>C</summary></details></div>",
    );
    open.eval("c.open = true; c.firstChild.focus(); window.kept = c");
    fake.show(&page("<div id=list><details id=c><summary>C</summary></details><details id=a><summary>A</summary></details><details id=b><summary>B</summary></details></div>"));
    open.until("list.firstChild.id === 'c'");
    assert_eq!(open.eval("list.children.length === 3 && window.kept === c && c.open && document.activeElement === c.firstChild"), true);
    was_not_loaded(&mut open);
}

#[test]
fn a_deleted_page_gives_the_404_page_and_comes_back() {
    let (fake, mut open) = opened("<h1>Here</h1>");
    open.expect_error("404");
    fake.remove("/").tell(&[]);
    open.until(
        "document.title === '404' && document.querySelector('h1').textContent === 'Not found'",
    );
    let updates = open.eval("window.updates");
    fake.tell(&[]);
    open.stays(&format!("window.updates === {updates}"));
    fake.show(&page("<h1>Back</h1>"));
    open.until("document.querySelector('h1').textContent === 'Back'");
    was_not_loaded(&mut open);
}

#[test]
fn a_page_that_was_missing_is_shown_when_it_is_made() {
    let fake = Fake::new("");
    let mut open = Page::new();
    open.expect_error("404");
    open.goto(&fake.url("/a%20role&c+d/?q=1"));
    fake.connected(&mut open);
    fake.page("/a role&c+d/", &page("<h1>Made</h1>"))
        .page("/a%20role&c+d/", &page("<h1>Made</h1>"))
        .tell(&[]);
    open.until("document.querySelector('h1').textContent === 'Made'");
    assert_eq!(open.loads(), 1);
}

#[test]
fn other_scripts_need_a_load_and_the_scroll_position_is_restored() {
    let body = |script: &str| {
        page(&format!(
            "{}<p>End</p><script src={script}></script>",
            "<p>Filler</p>".repeat(300)
        ))
    };
    let fake = Fake::new(&body("/one.js"));
    fake.file("/one.js", "text/javascript", "window.ran = 'one'")
        .file("/two.js", "text/javascript", "window.ran = 'two'");
    let (fake, mut open) = opened_with(fake);
    open.eval("history.scrollRestoration = 'manual'; scrollTo(0, 2000)");
    fake.show(&body("/two.js"));
    open.until("window.ran === 'two' && scrollY === 2000");
    open.has_loaded(2);
}

#[test]
fn what_only_a_load_does_is_left_to_it() {
    let (fake, mut open) = opened("<p>First</p>");
    fake.show(&page(
        "<div id=host><template shadowrootmode=open><b>In the shadow</b></template></div>",
    ));
    open.until("document.getElementById('host')?.shadowRoot?.textContent === 'In the shadow'");
    open.has_loaded(2);
    fake.connected(&mut open);
    fake.show(&page("<template id=row><b>New</b></template>"));
    open.until("document.getElementById('row')?.content.textContent === 'New'");
    open.has_loaded(3);
    fake.connected(&mut open);
    fake.page("/new/", &page("<p>Moved here</p>"));
    fake.show("<!DOCTYPE html><html lang=en><head><title>Moved</title><meta http-equiv=refresh content='0; url=/new/'></head><body></body></html>");
    open.until("location.pathname === '/new/' && document.querySelector('p')?.textContent === 'Moved here'");
    fake.connected(&mut open);
    fake.page("/newer/", &page("<p>Moved again</p>"))
        .file("/new/", REDIRECT, "/newer/")
        .tell(&[]);
    open.until("location.pathname === '/newer/' && document.querySelector('p')?.textContent === 'Moved again'");
}

#[test]
fn data_of_a_script_changes_in_place() {
    let body = |data: &str| page(&format!("<script type=application/ld+json>{data}</script>"));
    let (fake, mut open) = opened_with(Fake::new(&body("[1]")));
    fake.show(&body("[2]"));
    open.until("document.querySelector('script').text === '[2]'");
    was_not_loaded(&mut open);
}

#[test]
fn a_script_that_another_script_added_is_none_of_the_page() {
    let (fake, mut open) = opened_with({
        let fake = Fake::new(&page("<p>First</p><script src=/adds.js></script>"));
        fake.file("/adds.js", "text/javascript", "const s = document.createElement('script'); s.src = '/added.js'; document.head.append(s)");
        fake.file("/added.js", "text/javascript", "window.added = true");
        fake
    });
    open.until("window.added");
    fake.show(&page("<p>Second</p><script src=/adds.js></script>"));
    open.until("document.querySelector('p').textContent === 'Second'");
    was_not_loaded(&mut open);
}

#[test]
fn the_page_of_the_last_of_many_changes_is_shown() {
    let (fake, mut open) = opened("<p>0</p>");
    for i in 1..=50 {
        fake.show(&page(&format!("<p>{i}</p>")));
    }
    open.until("document.querySelector('p').textContent === '50'");
    open.stays("document.querySelector('p').textContent === '50'");
    was_not_loaded(&mut open);
}

#[test]
fn a_large_page_is_merged_quickly() {
    let rows = |first: &str| {
        page(
            &(0..3000)
                .map(|i| {
                    format!(
                        "<section id=s{i}><h2>{}</h2><p>Some <b>words</b> of {i}.</p></section>",
                        if i == 0 { first } else { "Same" }
                    )
                })
                .collect::<String>(),
        )
    };
    let (fake, mut open) = opened_with(Fake::new(&rows("Old")));
    open.eval("window.start = 0; new MutationObserver(() => { window.took = performance.now() - window.start }).observe(document.querySelector('h2'), { subtree: true, characterData: true }); window.start = performance.now()");
    fake.show(&rows("New"));
    open.until("document.querySelector('h2').textContent === 'New'");
    let took = open.eval("window.took").as_f64().unwrap();
    assert!(took < 3000.0, "{took} ms");
    was_not_loaded(&mut open);
}
