//! Records: one mistake is one message. (What stands in a record is tested in `src/role/tests/`,
//! and its pages in `roles`.)

use crate::harness::Site;

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
    assert_eq!(
        site.build().said(),
        "error[wrong-type] content/skills.toml:2:8 this must be a text, not a list\n"
    );
}
