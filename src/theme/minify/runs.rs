//! Whether white space stands before a place of a template on all ways that lead there: items come in one by one; what is
//! certain of the character before them goes out. Tags like `{% if %}` print nothing, so that the white space on both
//! sides of them is one run on the page.

use super::markup::{Item, ItemKind, Way};

/// A run of white space, as the character that it becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Run {
    Space,
    Line,
}

impl Run {
    pub fn of(spaces: &str) -> Self {
        if spaces.contains(['\n', '\r']) { Self::Line } else { Self::Space }
    }

    pub fn character(self) -> &'static str {
        match self {
            Self::Space => " ",
            Self::Line => "\n",
        }
    }
}

/// What is certain of the place that was reached.
#[derive(Default)]
pub struct Runs {
    /// The white space that ends here whatever way was taken.
    before: Option<Run>,
    /// Branches and loops that are open.
    open: Vec<Ways>,
    /// By the index of a `for`, the white space that its body ends with.
    ends: std::collections::BTreeMap<usize, Option<Run>>,
    /// Whether some tag leads out of the middle of a loop: then nothing is certain.
    has_jumps: bool,
}

struct Ways {
    before: Option<Run>,
    /// What all finished branches end with.
    behind: Option<Option<Run>>,
    is_complete: bool,
}

impl Runs {
    pub fn of(text: &str, items: &[Item]) -> Self {
        let mut runs = Self::default();
        let mut open: Vec<Option<usize>> = vec![];
        for (at, item) in items.iter().enumerate() {
            let ItemKind::Mark { takes_before, way, .. } = item.kind else { continue };
            match way {
                Way::If => open.push(None),
                Way::For => open.push(Some(at)),
                Way::End | Way::Else => {
                    // The body of a loop ends at its `else`.
                    let start = if way == Way::End { open.pop().flatten() } else { open.last_mut().and_then(Option::take) };
                    let end = if takes_before { None } else { last_run(text, &items[..at]) };
                    runs.ends.extend(start.map(|start| (start, end)));
                }
                Way::Jump => runs.has_jumps = true,
                Way::Prints | Way::On | Way::Elif => {}
            }
        }
        runs
    }

    /// Whether white space here is one run with what stands before it.
    pub fn has(&self, run: Run) -> bool {
        self.before >= Some(run) && !self.has_jumps
    }

    /// White space was written.
    pub fn space(&mut self, run: Run, before: Option<&Item>) {
        let is_taken = matches!(before, Some(Item { kind: ItemKind::Mark { takes_after: true, .. }, .. }));
        self.before = if is_taken { None } else { Some(run) };
    }

    /// Something else was written.
    pub fn other(&mut self) {
        self.before = None;
    }

    /// A tag of Tera was reached, the item with the number `at`.
    pub fn mark(&mut self, at: usize, takes_before: bool, way: Way) {
        if takes_before {
            self.before = None;
        }
        match way {
            Way::On | Way::Jump => {}
            Way::Prints => self.before = None,
            Way::If | Way::For => {
                self.open.push(Ways { before: self.before, behind: None, is_complete: false });
                if way == Way::For {
                    self.before = self.before.min(self.ends.get(&at).copied().flatten());
                }
            }
            Way::Elif | Way::Else => {
                let Some(ways) = self.open.last_mut() else { return };
                ways.behind = Some(ways.behind.map_or(self.before, |behind| behind.min(self.before)));
                ways.is_complete |= way == Way::Else;
                self.before = ways.before;
            }
            Way::End => {
                let Some(Ways { before, behind, is_complete }) = self.open.pop() else { return };
                self.before = self.before.min(behind.unwrap_or(self.before));
                if !is_complete {
                    self.before = self.before.min(before);
                }
            }
        }
    }
}

/// The white space that items end with for certain.
fn last_run(text: &str, items: &[Item]) -> Option<Run> {
    let (last, before) = items.split_last()?;
    let is_taken = matches!(before.last().map(|item| item.kind), Some(ItemKind::Mark { takes_after: true, .. } | ItemKind::Comment));
    (last.kind == ItemKind::Space && !is_taken).then(|| Run::of(text.get(last.span.clone()).unwrap_or_default()))
}
