//! The other lists of a record: titles, questions, related jobs, open jobs, and names that must
//! exist.

use super::{role, says, work};
use crate::role::RelatedTo;

const LEVELS: &str = "[[levels]]\nid = \"junior\"\nstage = \"entry\"\ntitle = \"Junior\"\n[[levels]]\nid = \"senior\"\nstage = \"senior\"\ntitle = \"Senior\"\n";

#[test]
fn a_levels_title_is_a_title_by_itself() {
    let text = format!(
        "{LEVELS}[[titles]]\nid = \"first\"\nname = \"JUNIOR\"\ndescription = \"Starts.\"\nfeatured = true\nparent = \"senior\"\n[[titles]]\nname = \"Trainee\"\nlevel = \"junior\"\nparent = \"first\"\nkind = \"reported\"\n[[titles]]\nname = \"Chief\"\nstage = \"executive\""
    );
    let (role, said) = role(&text);
    assert_eq!(said, [""; 0]);
    let shown = |title: &super::super::Title| {
        let stage = title.stage.map_or("-", |stage| stage.as_str());
        let parent = title.parent.as_ref().map_or("-", |parent| parent.as_str());
        format!(
            "{} {} {stage} {parent} {}",
            title.id,
            title.name,
            if title.of_level {
                "level"
            } else {
                title.kind.as_str()
            }
        )
    };
    assert_eq!(
        role.titles.iter().map(shown).collect::<Vec<_>>(),
        [
            "junior Junior entry senior level",
            "senior Senior senior - level",
            "trainee Trainee entry junior reported",
            "chief Chief executive - alternate",
        ]
    );
    assert!(role.titles[0].featured && role.titles[0].description.is_some());
}

#[test]
fn titles_stand_in_a_tree() {
    let text = format!(
        "{LEVELS}[[titles]]\nname = \"One\"\nparent = \"two\"\n[[titles]]\nname = \"Two\"\nparent = \"one\"\n[[titles]]\nname = \"Three\"\nparent = \"thre\"\nlevel = \"snior\"\n[[titles]]\nname = \"Self\"\nparent = \"self\"\n[[titles]]\nname = \"one\"\n[[titles]]\nid = \"senior\"\nname = \"Elder\"\n[[titles]]\nname = \"Child\"\nparent = \"one\""
    );
    let (role, said) = role(&text);
    assert_eq!(
        said,
        [
            "error[cycle] 13:10 the title `two` is its own ancestor",
            "error[unknown-id] 19:10 there is no level or title `thre`",
            "error[unknown-id] 20:9 there is no level `snior`",
            "error[cycle] 23:10 the title `self` is its own ancestor",
            "warning[duplicate-id] 24:1 \"One\" and \"one\" are shown as one title: both have the id `one`",
            "error[duplicate-id] 27:6 the title's id `senior` is that of a level",
        ]
    );
    // Whoever walks the tree comes to an end.
    let parent = |id: &str| {
        role.titles
            .iter()
            .find(|title| title.id.as_str() == id)
            .unwrap()
            .parent
            .as_ref()
            .map(ToString::to_string)
    };
    assert_eq!(
        (
            parent("one"),
            parent("two"),
            parent("self"),
            parent("child")
        ),
        (None, Some("one".into()), None, Some("one".into()))
    );
}

#[test]
fn a_question_is_whole_or_changes_a_generated_one() {
    let text = format!(
        "{LEVELS}[[faqs]]\nid = \"skills-junior\"\nanswer = \"SQL.\"\n[[faqs]]\nid = \"salary\"\nhidden = true\n[[faqs]]\nid = \"years-jnior\"\nhidden = true\n[[faqs]]\nid = \"year-junior\"\nanswer = \"Two.\"\n[[faqs]]\nquestion = \"Why?\"\n[[faqs]]\nanswer = \"Because.\"\n[[faqs]]\nquestion = \"Why not?\"\nanswer = \"So.\"\npages = [\"faq\", \"home\"]\n[[faqs]]\nquestion = \"why NOT?\"\nanswer = \"So.\"\n[[faqs]]\nquestion = \"Later?\"\nhidden = true"
    );
    let (role, said) = role(&text);
    assert_eq!(
        said,
        [
            "error[unknown-id] 18:6 there is no generated question `years-jnior` to hide",
            "error[missing-key] 20:1 the row `year-junior` has no `question`",
            "error[missing-key] 23:1 the row `why` has no `answer`",
            "error[missing-key] 25:1 this row has neither a question nor an id",
            "error[unknown-id] 30:17 there is no kind of page of a role `home`",
            "error[duplicate-id] 31:1 the id `why-not` is used twice: by \"Why not?\" and by \"why NOT?\"",
        ]
    );
    assert_eq!(role.faqs[0].id.as_str(), "skills-junior");
}

#[test]
fn related_jobs_have_a_page_here_or_a_name() {
    let record = "=== content/roles/a/role.toml\ntitle = \"A\"\ncategory = \"work\"\n[[related]]\nrole = \"b\"\n[[related]]\nname = \"X\"\n[[related]]\nname = \"x\"\n[[related]]\nrole = \"a\"\n[[related]]\nrole = \"bb\"\n[[related]]\nrole = \"b\"\nname = \"B\"\n[[related]]\nkind = \"next\"\n[[related]]\nname = \"Y\"\nfrom = \"junior\"\n[[specializations]]\nname = \"S\"\nrole = \"c\"";
    let worked = work(&format!(
        "{record}\n=== content/roles/b/role.toml\ntitle = \"B\"\ncategory = \"work\"\ndraft = true"
    ));
    let said: Vec<_> = worked
        .said
        .iter()
        .map(|line| line.replace("content/roles/a/role.toml:", ""))
        .collect();
    assert_eq!(
        said,
        [
            "warning[unpublished-link] 4:8 the role `b` is a draft, so no link is made to it",
            "error[duplicate-id] 7:1 this job is related twice",
            "error[bad-value] 10:8 a role cannot name itself here",
            "error[unknown-id] 12:8 there is no role `bb`",
            "error[bad-value] 13:1 a related job has either `role` or `name`",
            "error[bad-value] 16:1 a related job has either `role` or `name`",
            "error[unknown-id] 20:8 there is no level `junior`",
            "error[unknown-id] 23:8 there is no role `c`",
        ]
    );
    // A draft is known.
    assert!(
        matches!(&worked.roles["a"].related[0].target, RelatedTo::Role(id) if id.as_str() == "b")
    );
}

#[test]
fn open_jobs_expire_by_the_build_date() {
    let record = format!(
        "=== content/roles/a/role.toml\ntitle = \"A\"\ncategory = \"work\"\n[figures]\nsource = \"editors\"\n{LEVELS}"
    );
    let job = |title: &str, rows: &str| {
        format!(
            "[[positions]]\ntitle = \"{title}\"\nemployer = \"E\"\nposted = 2026-11-01\n{rows}\n"
        )
    };
    let jobs = [
        job(
            "Today",
            "expires = 2026-11-22\nlevel = \"junior\"\nsalary = { min = 1, max = 2 }",
        ),
        job("Yesterday", "expires = 2026-11-21"),
        job("Open", ""),
        job("Open", ""),
        job(
            "Wrong",
            "expires = 2026-10-01\nlevel = \"jnior\"\ncountry = \"USA\"",
        ),
    ];
    let worked = work(&format!(
        "{record}=== content/roles/a/positions.toml\n{}",
        jobs.concat()
    ));
    let open: Vec<_> = worked.roles["a"]
        .positions
        .iter()
        .map(|position| position.id.as_str())
        .collect();
    assert_eq!(open, ["today-e", "open-e"]);
    let place = "content/roles/a/positions.toml";
    assert_eq!(
        worked.said,
        [
            format!(
                "error[duplicate-id] {place}:18:1 the id `open-e` is used twice: by \"Open E\" and by \"Open E\""
            ),
            format!(
                "error[out-of-order] {place}:27:11 the job expires on 2026-10-01, before it was posted on 2026-11-01"
            ),
            format!("error[unknown-id] {place}:28:9 there is no level `jnior`"),
            format!("error[bad-value] {place}:29:11 `USA` is no ISO 3166 country code"),
        ]
    );
}

#[test]
fn names_of_pages_sections_and_categories_exist() {
    let text = "slug = \"a/b\"\ndate = 2026-02-01\nupdated = 2026-01-31\nexpires = 2026-01-30\n[pages]\nladder = false\nhome = true\n[sections.skils]\nheading = \"S\"\n[sections.skills]\nhidden = true";
    says(
        text,
        &[
            "error[bad-permalink] 3:8 `a/b` cannot be part of an address: the character '/' cannot stand in a file name on every system",
            "error[out-of-order] 5:11 the role was updated on 2026-01-31, before it was published on 2026-02-01",
            "error[out-of-order] 6:11 the role was taken down on 2026-01-30, before it was published on 2026-02-01",
            "error[unknown-key] 9:1 `home` is no kind of page of a role",
            "error[unknown-key] 10:11 there is no generated section `skils`",
        ],
    );
    assert_eq!(
        work("=== content/roles/a/role.toml\ntitle = \"A\"\ncategory = \"wrk\"").said,
        ["error[unknown-id] content/roles/a/role.toml:2:12 there is no category `wrk`"]
    );
}

#[test]
fn only_words_with_consent_are_published() {
    let (role, said) = role(
        "[[testimonials]]\nquote = \"Yes\"\nname = \"A\"\nconsent = true\n[[testimonials]]\nquote = \"No\"\nname = \"B\"",
    );
    assert_eq!(role.testimonials.len(), 1);
    assert_eq!(
        said,
        ["warning[no-consent] 8:9 the words of B are not published: `consent` is not true"]
    );
}

#[test]
fn skills_and_sources_of_roles_and_lists_are_one_namespace() {
    let one = "=== content/roles/a/role.toml\ntitle = \"A\"\ncategory = \"work\"\n[[skills]]\nname = \"SQL\"\n[[skills]]\nname = \"Rust\"\n[[sources]]\nid = \"own\"\ntitle = \"Own\"\nkind = \"own\"\n";
    let two = "=== content/roles/b/role.toml\ntitle = \"B\"\ncategory = \"work\"\n[[skills]]\nname = \"Rust\"\n[[levels]]\ntitle = \"L\"\nskills = [\"rust\"]\nsalary = { value = 1, source = \"own\" }\n";
    assert_eq!(
        work(&format!("{one}{two}")).said,
        [
            "error[duplicate-id] content/roles/a/role.toml:3:1 the id `sql` is used twice: by \"SQL\" and by \"SQL\"",
            "error[duplicate-id] content/roles/b/role.toml:3:1 the id `rust` is used twice: by \"Rust\" and by \"Rust\"",
        ]
    );
}
