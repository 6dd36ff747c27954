//! Whatever stands in a record: it is read or refused, and nothing panics, loops or depends on
//! chance.

use proptest::prelude::*;

use super::{example::EXAMPLE, work, work_out};
use crate::config::tests::inputs;

/// One slip of the hand in a text of lines.
#[derive(Clone, Debug)]
enum Slip {
    Delete(usize),
    Double(usize),
    Exchange(usize, usize),
    /// Replaces the last word of a line by that of another.
    Mistake(usize, usize),
    /// Cuts a line short.
    Cut(usize, usize),
}

fn slip() -> impl Strategy<Value = Slip> {
    let at = || 0..400_usize;
    prop_oneof![
        at().prop_map(Slip::Delete),
        at().prop_map(Slip::Double),
        (at(), at()).prop_map(|(a, b)| Slip::Exchange(a, b)),
        (at(), at()).prop_map(|(a, b)| Slip::Mistake(a, b)),
        (at(), 0..40_usize).prop_map(|(a, b)| Slip::Cut(a, b)),
    ]
}

fn apply(lines: &mut Vec<String>, slip: &Slip) {
    let count = lines.len().max(1);
    match *slip {
        Slip::Delete(at) => drop(lines.remove(at % count)),
        Slip::Double(at) => lines.insert(at % count, lines[at % count].clone()),
        Slip::Exchange(a, b) => lines.swap(a % count, b % count),
        Slip::Mistake(a, b) => {
            let word = lines[b % count]
                .rsplit(' ')
                .next()
                .unwrap_or_default()
                .to_owned();
            let line = &mut lines[a % count];
            let kept = line.rfind(' ').map_or(0, |at| at + 1);
            line.replace_range(kept.., &word);
        }
        Slip::Cut(at, length) => {
            let line = &lines[at % count];
            lines[at % count] = line.chars().take(length).collect();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn slips_are_said_and_the_same_each_time(slips in prop::collection::vec(slip(), 1..5)) {
        let (head, record) = EXAMPLE.split_once("=== content/roles/backend-developer/role.toml\n").unwrap();
        let (record, tail) = record.split_once("\n=== ").unwrap();
        let mut lines: Vec<String> = record.lines().map(str::to_owned).collect();
        slips.iter().for_each(|slip| apply(&mut lines, slip));
        let block = format!("{head}=== content/roles/backend-developer/role.toml\n{}\n=== {tail}", lines.join("\n"));
        let (once, again) = (work_out(&inputs(&block)), work_out(&inputs(&block)));
        prop_assert_eq!(&once.said, &again.said);
        prop_assert_eq!(format!("{:?}", once.roles), format!("{:?}", again.roles));
    }

    #[test]
    fn any_table_is_read_or_refused(table in "(area|value|p50|\"|,|\n| |1|US|é|;|n/a|x){0,40}") {
        let record = "=== content/roles/a/role.toml\ntitle = \"A\"\ncategory = \"work\"\n";
        work(&format!("{record}=== content/roles/a/salary.csv\n{table}"));
        work(&format!("{record}=== content/roles/a/salary.csv\narea,value\n{table}"));
    }
}

#[test]
fn a_long_ladder_takes_no_long_time() {
    let levels: String = (0..2_000)
        .rev()
        .map(|n| {
            format!(
                "[[levels]]\nid = \"l{n}\"\ntitle = \"L{n}\"\nnext = [\"l{}\"]\n",
                n + 1
            )
        })
        .collect();
    let titles: String = (0..1_000)
        .map(|n| {
            format!(
                "[[titles]]\nid = \"t{n}\"\nname = \"T{n}\"\nparent = \"t{}\"\n",
                n + 1
            )
        })
        .collect();
    let worked = work(&format!(
        "=== content/roles/a/role.toml\ntitle = \"A\"\ncategory = \"work\"\n{levels}{titles}"
    ));
    assert_eq!(worked.roles["a"].ladder.levels().count(), 2_000);
    assert_eq!(
        worked.said.len(),
        2,
        "the last level and the last title name ones that are not there: {:?}",
        worked.said
    );
}
