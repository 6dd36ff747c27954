//! Questions of an interview: when they have a page, and where else they stand.

use serde_json::Value;

use crate::harness::{Built, Site};

const HEAD: &str = "title = \"Nurse\"\ncategory = \"work\"\n";
const PAGE: &str = "roles/nurse/interview-questions/index.html";
const HUB: &str = "roles/nurse/index.html";
const LEVELS: &str = "[[levels]]\nid = \"junior\"\ntitle = \"Junior Nurse\"\n[[levels]]\nid = \"senior\"\ntitle = \"Senior Nurse\"\n";

const QUESTIONS: [&str; 3] = [
    "[[interview_questions]]\nid = \"error\"\nquestion = \"Which error taught you most?\"\nlooks_for = \"It was *reported* at once.\"\nkind = \"experience\"\n",
    "[[interview_questions]]\nquestion = \"Why this ward?\"\nkind = \"motivation\"\nlevel = \"senior\"\n",
    "[[interview_questions]]\nquestion = \"Three lights are on. What now?\"\n",
];

fn nurse(rows: &[&str]) -> Site {
    let mut site = Site::from("");
    let record = format!("{HEAD}{LEVELS}{}", rows.concat());
    site.edit("content/roles/nurse/role.toml", record);
    site
}

fn json(built: &Built) -> Value {
    serde_json::from_str(built.page("roles/nurse/index.json")).unwrap()
}

#[test]
fn three_questions_have_a_page() {
    let built = nurse(&QUESTIONS).build().clean();
    let dom = built.dom(PAGE);
    assert_eq!(dom.text("h1"), "Nurse: interview questions");
    assert!(
        built
            .page(PAGE)
            .contains("It was <em>reported</em> at once.")
    );
    assert!(
        dom.id("error")
            .text
            .contains("Which error taught you most?")
    );
    let second = dom.id("why-this-ward");
    assert!(
        dom.inside(second)
            .any(|part| part.attr("href") == "../ladder/#senior")
    );
    assert!(
        dom.id("three-lights-are-on-what-now")
            .text
            .contains("What now?")
    );
    let hub = built.dom(HUB);
    assert!(hub.addresses().contains(&"interview-questions/"));
    assert!(
        !built.page(HUB).contains("Which error"),
        "the hub shows what has a page"
    );
}

#[test]
fn fewer_questions_stand_on_the_hub() {
    for count in 1..3 {
        let built = nurse(&QUESTIONS[..count]).build().clean();
        assert!(!built.has(PAGE), "{count} questions have a page");
        assert!(built.page(HUB).contains("Which error taught you most?"));
        assert!(
            built
                .page(HUB)
                .contains("It was <em>reported</em> at once.")
        );
    }
    let none = nurse(&[]).build().clean();
    assert!(!none.has(PAGE) && !none.page(HUB).contains("interview"));
}

#[test]
fn prose_makes_the_page_with_few_questions_and_with_none() {
    let prose = "+++\ntitle = \"How nurses are asked\"\ndescription = \"Two rounds.\"\n+++\n## Two rounds\n\nFirst a talk.\n";
    for count in 0..=3 {
        let mut site = nurse(&QUESTIONS[..count]);
        site.edit("content/roles/nurse/interview-questions.md", prose);
        let built = site.build().clean();
        let dom = built.dom(PAGE);
        assert_eq!(dom.text("h1"), "How nurses are asked");
        assert!(built.page(PAGE).contains("First a talk."));
        assert_eq!(built.page(PAGE).contains("Which error"), count > 0);
        assert!(built.dom(HUB).addresses().contains(&"interview-questions/"));
    }
}

#[test]
fn questions_are_in_the_json_of_their_role_as_they_were_written() {
    let json = json(&nurse(&QUESTIONS).build().clean());
    let rows = json["interview_questions"].as_array().unwrap();
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[0]["id"], "error");
    assert_eq!(rows[0]["kind"]["id"], "experience");
    assert_eq!(rows[1]["question"], "Why this ward?");
    assert_eq!(rows[1]["level"]["title"], "Senior Nurse");
    assert_eq!(rows[2]["level"], Value::Null);
}

#[test]
fn settings_and_sections_decide_as_for_every_page_of_a_role() {
    let with = |settings: &str, rows: &[&str]| {
        let mut site = nurse(rows);
        let record = format!("{HEAD}{settings}{LEVELS}{}", rows.concat());
        site.edit("content/roles/nurse/role.toml", record);
        site.build().clean()
    };
    let off = with("[pages]\ninterview-questions = false\n", &QUESTIONS);
    assert!(!off.has(PAGE) && !off.page(HUB).contains("Which error"));
    assert!(with("[pages]\ninterview-questions = true\n", &QUESTIONS[..1]).has(PAGE));
    let section =
        "[sections.interview-questions]\nheading = \"What they ask\"\nintro = \"In this order.\"\n";
    let shown = with(section, &QUESTIONS);
    assert!(
        shown.page(PAGE).contains("What they ask") && shown.page(PAGE).contains("In this order.")
    );
}

#[test]
fn a_question_names_a_level_of_its_role_and_no_id_twice() {
    let unknown = QUESTIONS[1].replace("senior", "snior");
    let said = nurse(&[&unknown]).build().said();
    assert!(said.contains("there is no level `snior`"), "{said}");
    let said = nurse(&[QUESTIONS[0], QUESTIONS[0]]).build().said();
    assert!(said.contains("error") && said.contains("twice"), "{said}");
    let kind = QUESTIONS[1].replace("motivation", "motive");
    let said = nurse(&[&kind]).build().said();
    assert!(said.contains("`motive` is not one of"), "{said}");
}
