//! Levels: their order, the ways between them, and what they ask for.

use super::{need, needs, next, role, says};

/// Returns levels in the order of the file, each with the lines of its row.
fn ladder(levels: &[(&str, &str)]) -> String {
    levels
        .iter()
        .map(|(id, rows)| format!("[[levels]]\nid = \"{id}\"\ntitle = \"The {id}\"\n{rows}\n"))
        .collect()
}

fn needs_of(text: &str, level: &str) -> String {
    let (role, said) = role(text);
    assert_eq!(said, [""; 0]);
    needs(role.ladder.level(level).unwrap())
}

#[test]
fn the_following_level_of_the_track_is_next() {
    let text = ladder(&[
        ("a", ""),
        ("b", "next = [\"c\", \"m\"]"),
        ("m", "track = \"manager\""),
        ("c", ""),
        ("n", "track = \"manager\""),
        ("d", "next = []"),
    ]);
    let (role, said) = role(&text);
    assert_eq!(said, [""; 0]);
    let tracks: Vec<_> = role
        .ladder
        .tracks
        .iter()
        .map(|track| {
            track
                .levels
                .iter()
                .map(|level| format!("{}>{}", level.id, next(level)))
                .collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(
        tracks,
        [vec!["a>b", "b>c m", "c>d", "d>"], vec!["m>n", "n>"]]
    );
    let previous = |id: &str| role.ladder.level(id).unwrap().previous.clone();
    assert_eq!(
        (
            previous("m").len(),
            previous("a").len(),
            previous("d")[0].as_str()
        ),
        (1, 0, "c")
    );
}

#[test]
fn ways_lead_to_levels_that_exist_and_never_back() {
    let text = ladder(&[
        ("a", "next = [\"a\"]"),
        ("b", "next = [\"bb\", \"c\", \"c\"]"),
        ("c", "next = [\"a\", \"b\"]"),
    ]);
    let wanted = [
        "error[cycle] 6:9 the level `a` follows itself",
        "error[unknown-id] 10:9 there is no level `bb`",
        "error[duplicate-id] 10:20 `c` stands twice in `next`",
        "error[cycle] 14:14 the level `b` leads back to `c`",
    ];
    says(&text, &wanted);
    // What made no sense is left out; the ladder stands.
    assert_eq!(
        role(&text)
            .0
            .ladder
            .levels()
            .map(|level| format!("{}>{}", level.id, next(level)))
            .collect::<Vec<_>>(),
        ["a>", "b>c", "c>a"]
    );
}

#[test]
fn advice_is_for_levels_that_follow() {
    let text = ladder(&[
        ("a", "advance = { b = \"To b.\", c = \"To c.\" }"),
        ("b", ""),
        ("c", ""),
    ]);
    says(
        &text,
        &["error[unknown-id] 6:26 `c` is no level that follows this one"],
    );
    let (role, _) = role(&ladder(&[
        ("a", "next = [\"b\", \"c\"]\nadvance = { c = \"To c.\" }"),
        ("b", "advance = \"Up.\""),
        ("c", ""),
    ]));
    let advice = |id: &str| {
        role.ladder
            .level(id)
            .unwrap()
            .next
            .iter()
            .map(|next| next.advance.as_ref().map(|text| text.text.as_str()))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        (advice("a"), advice("b")),
        (vec![None, Some("To c.")], vec![Some("Up.")])
    );
}

#[test]
fn stages_and_years_do_not_fall_along_a_track() {
    let text = ladder(&[
        (
            "a",
            "stage = \"senior\"\nexperience = { min_years = 5, max_years = 5 }",
        ),
        (
            "m",
            "track = \"manager\"\nstage = \"entry\"\nexperience = { min_years = 0 }",
        ),
        ("b", ""),
        (
            "c",
            "stage = \"mid\"\nexperience = { min_years = 4, max_years = 9 }",
        ),
        ("d", "stage = \"mid\""),
    ]);
    let wanted = [
        "error[out-of-order] 7:14 the years run backwards: from 5 to 5",
        "error[out-of-order] 21:9 the stage falls along the track: mid comes after senior",
        "error[out-of-order] 22:14 the years fall along the track: 4 comes after 5",
    ];
    says(&text, &wanted);
}

#[test]
fn levels_have_ids_and_known_tracks() {
    let text = "[[levels]]\ntitle = \"The One\"\n[[levels]]\nid = \"the-one\"\ntitle = \"Two\"\n[[levels]]\nsummary = \"None.\"\n[[levels]]\ntitle = \"M\"\ntrack = \"managr\"\n[[levels]]\ntitle = \"E\"\ntrack = \"expert\"\n[[tracks]]\nid = \"expert\"\nname = \"Expert\"\n[[tracks]]\nid = \"expert\"\nname = \"Again\"";
    let wanted = [
        "error[duplicate-id] 5:1 the id `the-one` is used twice: by \"The One\" and by a row that says so",
        "error[missing-key] 8:1 this level has no `title`",
        "error[unknown-id] 12:9 there is no track `managr`",
        "error[duplicate-id] 20:6 the id `expert` is used twice",
    ];
    says(text, &wanted);
}

#[test]
fn skills_accumulate() {
    let text = ladder(&[
        (
            "a",
            "skills = [\"git\", { skill = \"sql\", proficiency = \"low\" }, { skill = \"linux\", importance = \"optional\" }]",
        ),
        (
            "b",
            "skills = [{ any_of = [\"java\", \"git\"] }, { skill = \"sql\", proficiency = \"high\" }]",
        ),
        ("c", "skills = [\"linux\"]\ndrops = [\"git\"]"),
    ]);
    assert_eq!(needs_of(&text, "a"), "+git +sql=low +linux?");
    assert_eq!(needs_of(&text, "b"), "+java|git ^sql=high git linux?");
    // `git` alone and `java or git` are both about git.
    assert_eq!(needs_of(&text, "c"), "^linux sql=high");
}

#[test]
fn what_a_raise_does_not_say_stays() {
    let text = ladder(&[
        (
            "a",
            "skills = [{ skill = \"linux\", importance = \"optional\" }, { skill = \"sql\", proficiency = \"low\", importance = \"optional\" }]",
        ),
        (
            "b",
            "skills = [{ skill = \"linux\", proficiency = \"low\" }, { skill = \"sql\", importance = \"essential\" }]",
        ),
    ]);
    assert_eq!(needs_of(&text, "b"), "^linux?=low ^sql=low");
}

#[test]
fn a_level_builds_on_the_first_that_leads_to_it() {
    let text = ladder(&[
        ("a", "skills = [\"git\"]\nnext = [\"b\", \"m\"]"),
        ("b", "skills = [\"sql\"]\nnext = [\"m\"]"),
        ("m", "track = \"manager\"\nskills = [\"java\"]"),
    ]);
    assert_eq!(needs_of(&text, "m"), "+java git");
    let (role, _) = role(&text);
    let gained = |from: &str| {
        let level = role.ladder.level(from).unwrap();
        let way = level
            .next
            .iter()
            .find(|next| next.level.as_str() == "m")
            .unwrap();
        (
            way.gained.iter().map(need).collect::<Vec<_>>().join(" "),
            way.dropped
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(" "),
        )
    };
    assert_eq!(gained("a"), ("+java".into(), String::new()));
    assert_eq!(gained("b"), ("+java".into(), "sql".into()));
}

#[test]
fn a_way_up_gains_what_is_raised_on_it() {
    let text = ladder(&[
        (
            "a",
            "skills = [{ skill = \"sql\", proficiency = \"high\" }]\nnext = [\"c\"]",
        ),
        (
            "b",
            "track = \"manager\"\nskills = [{ skill = \"sql\", proficiency = \"low\" }]\nnext = [\"c\"]",
        ),
        ("c", "skills = [\"git\"]"),
    ]);
    let (role, said) = role(&text);
    assert_eq!(said, [""; 0]);
    let gained = |from: &str| {
        role.ladder.level(from).unwrap().next[0]
            .gained
            .iter()
            .map(need)
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(
        (gained("a").as_str(), gained("b").as_str()),
        ("+git", "+git ^sql=high")
    );
}

#[test]
fn skills_are_known_and_never_fall() {
    let text = ladder(&[
        (
            "a",
            "skills = [\"gti\", { skill = \"sql\", proficiency = \"high\" }, \"git\", \"git\", { any_of = [\"java\", \"java\"] }]",
        ),
        (
            "b",
            "skills = [{ skill = \"sql\", proficiency = \"low\" }, \"git\", { skill = \"linux\", proficiency = \"hihg\" }]",
        ),
        (
            "c",
            "skills = [{ skill = \"git\", importance = \"optional\" }, { skill = \"linux\", proficiency = \"low\" }]\ndrops = [\"rust\", \"linux\"]",
        ),
    ]);
    let wanted = [
        "error[unknown-id] 6:11 there is no skill `gti`",
        "error[duplicate-id] 6:66 `git` stands twice in `skills`",
        "error[duplicate-id] 6:93 `java` stands twice in `any_of`",
        "error[out-of-order] 10:11 the proficiency of `sql` falls along the track",
        "error[bad-value] 10:51 `git` is asked for by a level below already",
        "error[unknown-id] 10:91 there is no proficiency `hihg`",
        "error[out-of-order] 14:11 `git` is essential at the level below, and optional here",
        "error[bad-value] 14:65 the level both asks for `linux` and drops it",
        "error[bad-value] 15:10 the level drops `rust`, which no level below asks for",
    ];
    says(&text, &wanted);
}

#[test]
fn criteria_accumulate_and_are_for_levels() {
    let text = format!(
        "{}[[competencies]]\nname = \"Ownership\"\n[competencies.criteria]\na = [\"One\"]\nb = [\"Two\", {{ text = \"Three\", examples = [\"X\"] }}]\n\"no level\" = [\"?\"]\n[[competencies]]\nname = \"OWNERSHIP\"",
        ladder(&[("a", ""), ("b", ""), ("c", "")])
    );
    let (role, said) = role(&text);
    let at = |id: &str| {
        role.ladder
            .level(id)
            .unwrap()
            .competencies
            .iter()
            .map(|row| (row.kept.len(), row.added.len()))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        (at("a"), at("b"), at("c")),
        (vec![(0, 1)], vec![(1, 2)], vec![(3, 0)])
    );
    assert_eq!(
        said,
        [
            "error[unknown-id] 20:1 there is no level `no level`",
            "error[duplicate-id] 21:1 the id `ownership` is used twice: by \"Ownership\" and by \"OWNERSHIP\""
        ]
    );
}

#[test]
fn a_row_that_cannot_be_read_is_not_said_to_be_missing() {
    let text = "[[levels]]\nid = \"b\"\ntitle = \"B\"\nnext = [\"a\"]\nadvance = { a = \"To a.\" }\n[[levels]]\nid = \"a\"\ntitle = \"Alpha\"\n[[titles]]\nname = \"T\"\nlevel = \"a\"\nparent = \"a\"\n[[faqs]]\nid = \"skills-a\"\nhidden = true\n[[related]]\nname = \"X\"\nfrom = \"a\"";
    says(text, &[]);
    says(
        &text.replace("id = \"a\"", "id = 5"),
        &["error[wrong-type] 9:6 this must be an id, not a whole number"],
    );
    says(
        &text.replace("id = \"a\"", "id = \"a b\""),
        &["error[bad-value] 9:6 `a b` is no id: ids are letters, digits, `-`, `_` and `.`"],
    );
    // Without its title it is a level still.
    says(
        &text.replace("title = \"Alpha\"", "title = 5"),
        &["error[wrong-type] 10:9 this must be a text, not a whole number"],
    );
    // A row of skills that cannot be read at all.
    let skill =
        "[[levels]]\ntitle = \"L\"\nskills = [\"rust\", \"sql\"]\n[[skills]]\nid = \"rust\"";
    says(skill, &["error[missing-key] 6:1 the key `name` is missing"]);
}
