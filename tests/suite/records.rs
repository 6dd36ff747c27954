//! Records: the design's reference shape builds, and one mistake is one message.

use crate::harness::Site;

#[test]
fn the_reference_shape_of_a_site_builds() {
    let built = Site::folder("tests/sites/design-example").build();
    let place = "content/roles/backend-developer/role.toml";
    let wanted = format!(
        "warning[stale-figure] {place}:82:1 this figure is of 2023, older than 24 months\n\
         warning[stale-figure] {place}:90:1 this figure is of 2023-10, older than 24 months\n"
    );
    assert_eq!(built.said(), wanted);
    let ladder = built.page("technology/backend-developer/ladder/index.html");
    for level in ["junior", "mid", "senior", "principal", "lead"] {
        assert!(ladder.contains(&format!("id=\"{level}\"")) || ladder.contains(&format!("id={level}")), "the ladder has no {level}");
    }
}

#[test]
fn one_mistake_in_a_list_is_one_message() {
    // The skill that cannot be read is asked for in a role: that reference is right.
    let site = Site::from(
        r#"
=== content/skills.toml
[[skills]]
name = ["SQL"]
[[skills]]
name = "Git"
=== content/roles/nurse/role.toml
title = "Nurse"
category = "work"
[[levels]]
title = "Nurse"
skills = ["sql", "git"]
"#,
    );
    assert_eq!(site.build().said(), "error[wrong-type] content/skills.toml:2:8 this must be a text, not a list\n");
}
